import type { Volume } from '../../../core/volume.ts';
import { firstVolume, type SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { percent, plain } from '../measuring.ts';
import { noiseOf, pixelFacts } from '../pixels.ts';
import { MOST_VOXELS, type Measured, type Measurement } from '../rule.ts';

/**
 * Voxels at the end of the scale. In regions both ends count; without one the bright end of the body does, as air and
 * the corners outside the field may well lie at the lower end.
 */
function clipped(c: SeriesContext): Measurement {
  const volume = firstVolume(c);
  if (!volume) return { na: 'pixels' };
  const { min, max, threshold, foreground, atMax } = pixelFacts(volume);
  // Where the scale ends at one value there is nothing to clip; a label map or mask ends often.
  if (!(max > min)) return null;
  if (c.masks.length === 0) {
    // One voxel is always the brightest.
    const count = atMax > 1 ? atMax : 0;
    return withVoxels(percent(count, foreground), count, volume, (v) => v > threshold && v === max);
  }
  let worst: Measured = plain(0);
  for (const { data } of c.masks) {
    let n = 0;
    let ends = 0;
    for (let i = 0; i < data.length; i++) {
      if (data[i] !== 1) continue;
      n++;
      const v = volume.data[i]!;
      if (v === min || v === max) ends++;
    }
    const count = ends > 1 ? ends : 0;
    const share = percent(count, n);
    if (share > worst.value)
      worst = withVoxels(share, count, volume, (v, i) => data[i] === 1 && (v === min || v === max));
  }
  return worst;
}

function withVoxels(
  value: number,
  count: number,
  { data }: Volume,
  wanted: (v: number, i: number) => boolean,
): Measured {
  if (count === 0) return plain(value);
  const indices = new Uint32Array(Math.min(count, MOST_VOXELS));
  for (let i = 0, n = 0; i < data.length && n < indices.length; i++)
    if (wanted(data[i]!, i)) indices[n++] = i;
  return { value, evidence: { kind: 'voxels', indices, count, phase: 0 } };
}

/** Hounsfield units count from air: their zero is water, not silence. */
const AIR_HU = -1000;

function signalToNoise(c: SeriesContext): Measurement {
  const volume = firstVolume(c);
  if (!volume) return { na: 'pixels' };
  const noise = noiseOf(volume);
  if (Number.isNaN(noise)) return { na: 'structure' };
  if (noise === 0) return plain(Infinity);
  const zero = volume.unit === 'HU' ? AIR_HU : 0;
  const means = c.masks.flatMap(({ data }) => {
    let n = 0;
    let sum = 0;
    for (let i = 0; i < data.length; i++) {
      const v = volume.data[i]!;
      if (data[i] !== 1 || v !== v) continue;
      n++;
      sum += v;
    }
    return n === 0 ? [] : [sum / n];
  });
  const mean = means.length > 0 ? Math.min(...means) : pixelFacts(volume).foregroundMean;
  return plain(Math.max(0, mean - zero) / noise, `σ ${noise.toPrecision(3)}`);
}

/** Measurements of G-09 and G-18. */
export const PIXEL_MEASURES: Readonly<Record<string, Measure>> = {
  clipped_share: clipped,
  signal_to_noise: signalToNoise,
};
