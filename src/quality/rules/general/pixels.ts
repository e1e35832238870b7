import type { Mask, Volume } from '../../../core/volume.ts';
import { firstVolume, type SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { isMap } from '../image-type.ts';
import { percent, plain } from '../measuring.ts';
import { BLOCK } from '../pixel-pass.ts';
import { noiseOf, pixelFacts } from '../pixels.ts';
import { meanWithin, runsOf } from '../region-runs.ts';
import { MOST_VOXELS, type Measured, type Measurement } from '../rule.ts';

/**
 * Voxels at the end of the scale. In regions both ends count; without one the bright end of the body does, as air and
 * the corners outside the field may well lie at the lower end.
 */
function clipped(c: SeriesContext): Measurement {
  const volume = firstVolume(c);
  if (!volume) return { na: 'pixels' };
  const { min, max, foreground, atMax } = pixelFacts(volume);
  // Where the scale ends at one value there is nothing to clip; a label map or mask ends often.
  if (!(max > min)) return null;
  if (c.masks.length === 0) {
    // One voxel is always the brightest.
    const count = atMax > 1 ? atMax : 0;
    return withVoxels(percent(count, foreground), count, brightest(volume));
  }
  // The lower end of a map is where nothing was computed.
  const low = isMap(c.headers.text('00080008')) ? NaN : min;
  let worst: Measured = plain(0);
  for (const mask of c.masks) {
    const { voxels } = runsOf(mask);
    let ends = 0;
    for (const _ of atEnds(mask, volume, low, max)) ends++;
    const count = ends > 1 ? ends : 0;
    const share = percent(count, voxels);
    if (share > worst.value) worst = withVoxels(share, count, atEnds(mask, volume, low, max));
  }
  return worst;
}

/** Places of the largest value; blocks that do not reach it are passed over. */
function* brightest(volume: Volume): Generator<number> {
  const { max, blockMax } = pixelFacts(volume);
  const { data } = volume;
  for (let b = 0; b < blockMax.length; b++) {
    if (blockMax[b] !== max) continue;
    const end = Math.min(data.length, (b + 1) * BLOCK);
    for (let i = b * BLOCK; i < end; i++) if (data[i] === max) yield i;
  }
}

/** Places in a region of the least and the largest value; NaN: of none. */
function* atEnds(mask: Mask, { data }: Volume, min: number, max: number): Generator<number> {
  const { count, ends } = runsOf(mask);
  for (let r = 0; r < count; r++) {
    for (let i = ends[2 * r]!; i < ends[2 * r + 1]!; i++) {
      const v = data[i]!;
      if (v === min || v === max) yield i;
    }
  }
}

function withVoxels(value: number, count: number, places: Iterable<number>): Measured {
  if (count === 0) return plain(value);
  const indices = new Uint32Array(Math.min(count, MOST_VOXELS));
  let n = 0;
  for (const i of places) {
    if (n === indices.length) break;
    indices[n++] = i;
  }
  return { value, evidence: { kind: 'voxels', indices, count, phase: 0 } };
}

/** Hounsfield units count from air: their zero is water, not silence. */
const AIR_HU = -1000;

function signalToNoise(c: SeriesContext): Measurement {
  const volume = firstVolume(c);
  if (!volume) return { na: 'pixels' };
  const noise = noiseOf(volume);
  // Without a unit, numbers below zero say that zero is not silence: HU in a NIfTI file, say.
  const zeroUnknown = volume.unit === 'arbitrary' && volume.modality === '' && pixelFacts(volume).min < 0;
  if (Number.isNaN(noise) || zeroUnknown) return { na: 'structure' };
  if (noise === 0) return plain(Infinity);
  const zero = volume.unit === 'HU' ? AIR_HU : 0;
  const means = c.masks.flatMap((m) => {
    const { n, mean } = meanWithin(m, volume.data);
    return n === 0 ? [] : [mean];
  });
  const mean = means.length > 0 ? Math.min(...means) : pixelFacts(volume).foregroundMean;
  return plain(Math.max(0, mean - zero) / noise, `σ ${noise.toPrecision(3)}`);
}

/** Measurements of G-09 and G-18. */
export const PIXEL_MEASURES: Readonly<Record<string, Measure>> = {
  clipped_share: clipped,
  signal_to_noise: signalToNoise,
};
