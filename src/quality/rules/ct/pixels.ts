import { spacingOf } from '../../../core/geometry.ts';
import type { Volume } from '../../../core/volume.ts';
import { firstVolume, type SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { plain } from '../measuring.ts';
import { BLOCK } from '../pixel-pass.ts';
import { noiseOf, pixelFacts } from '../pixels.ts';
import { boxOf, meanWithin } from '../region-runs.ts';
import { MOST_VOXELS, type Measurement } from '../rule.ts';

/** A measurement of the first image, when it is in HU. */
export const onVolume =
  (measure: (volume: Volume, c: SeriesContext) => Measurement): Measure =>
  (c) => {
    const volume = firstVolume(c);
    if (!volume) return { na: 'pixels' };
    // What follows speaks of Hounsfield units.
    return volume.unit === 'HU' ? measure(volume, c) : null;
  };

/** Soft tissue, HU: what a homogeneous cube may hold. */
const SOFT = [-150, 150] as const;
/** Edge of the cube of one cubic centimetre, mm. */
const CUBE = 10;

/** Standard deviation of the calmest cubes of 1 cm³ in soft tissue: the tenth percentile over cubes side by side. */
function homogeneousNoise({ data, grid }: Volume): Measurement {
  const edges = spacingOf(grid.affine);
  const [bx, by, bz] = edges.map((e) => Math.max(1, Math.round(CUBE / e))) as [number, number, number];
  const [nx, ny, nz] = grid.size;
  const found: number[] = [];
  // At most about twenty layers of cubes: the rest would say the same.
  const layers = Math.max(bz, bz * Math.ceil(nz / bz / 20));
  for (let k = 0; k + bz <= nz; k += layers) {
    for (let j = 0; j + by <= ny; j += by) {
      cube: for (let i = 0; i + bx <= nx; i += bx) {
        let n = 0;
        let sum = 0;
        let squares = 0;
        for (let z = k; z < k + bz; z++) {
          for (let y = j; y < j + by; y++) {
            const row = nx * (y + ny * z) + i;
            for (let x = row; x < row + bx; x++) {
              const v = data[x]!;
              if (!(v > SOFT[0] && v < SOFT[1])) continue cube;
              n++;
              sum += v;
              squares += v * v;
            }
          }
        }
        if (n > 7) found.push(Math.sqrt(Math.max(0, (squares - (sum * sum) / n) / (n - 1))));
      }
    }
  }
  if (found.length === 0) return { na: 'structure' };
  found.sort((a, b) => a - b);
  return plain(found[Math.floor(0.1 * (found.length - 1))]!);
}

/**
 * Peak of the histogram between two HU: the centre of the highest bin of 5 HU after smoothing over five bins, when it is
 * higher than both ends and holds at least a thousandth of the voxels around it.
 */
function peakWithin(volume: Volume, low: number, high: number): number | undefined {
  const { low: first, scale, counts } = pixelFacts(volume).bins!;
  const at = (hu: number) => Math.floor((hu - first) * scale);
  const smooth = (b: number) => {
    let sum = 0;
    for (let d = -2; d <= 2; d++) sum += counts[b + d] ?? 0;
    return sum;
  };
  let best = at(low);
  for (let b = at(low); b <= at(high); b++) if (smooth(b) > smooth(best)) best = b;
  if (best <= at(low) || best >= at(high)) return undefined;
  let around = 0;
  for (let b = at(low); b <= at(high); b++) around += counts[b]!;
  return smooth(best) > 50 && smooth(best) > 0.02 * around ? first + (best + 0.5) / scale : undefined;
}

const peak =
  (low: number, high: number): Measure =>
  (c) =>
    onVolume((volume) => {
      // In this much noise air and tissue have no peaks of their own.
      if (!(noiseOf(volume) < MOST_NOISE)) return { na: 'structure' };
      const found = peakWithin(volume, low, high);
      return found === undefined ? { na: 'structure' } : plain(found);
    })(c);

const MOST_NOISE = 60; // HU
const METAL = 3000;
const DENSE = 2500;
/** So many voxels above 2500 HU that touch are metal; fewer may be enamel or dense contrast. */
const CLUSTER = 20;
const NEAR = 30; // mm

/** Voxels of metal: above 3000 HU, or in a cluster of at least 20 above 2500 HU (26 neighbours). */
function metalOf(volume: Volume): Uint32Array {
  const { data, grid } = volume;
  const dense: number[] = [];
  pixelFacts(volume).blockMax.forEach((max, b) => {
    if (!(max > DENSE)) return;
    const end = Math.min(data.length, (b + 1) * BLOCK);
    for (let i = b * BLOCK; i < end && dense.length < MOST_VOXELS; i++) if (data[i]! > DENSE) dense.push(i);
  });
  if (dense.length === 0) return new Uint32Array();
  const [nx, ny] = grid.size;
  const waiting = new Set(dense);
  const found: number[] = [];
  for (const seed of dense) {
    if (!waiting.delete(seed)) continue;
    const cluster = [seed];
    for (let n = 0; n < cluster.length; n++) {
      for (let dk = -1; dk <= 1; dk++)
        for (let dj = -1; dj <= 1; dj++)
          for (let di = -1; di <= 1; di++) {
            const next = cluster[n]! + di + nx * (dj + ny * dk);
            if (waiting.delete(next)) cluster.push(next);
          }
    }
    if (cluster.length >= CLUSTER) found.push(...cluster);
    else found.push(...cluster.filter((i) => data[i]! > METAL));
  }
  return Uint32Array.from(found);
}

const metals = new WeakMap<Volume, Uint32Array>();

function metal(volume: Volume): Uint32Array {
  const found = metals.get(volume) ?? metalOf(volume);
  metals.set(volume, found);
  return found;
}

function metalNearRegion(volume: Volume, { masks }: SeriesContext): Measurement {
  if (masks.length === 0) return { na: 'region' };
  const all = metal(volume);
  if (all.length === 0) return plain(0);
  const [nx, ny] = volume.grid.size;
  const reach = spacingOf(volume.grid.affine).map((e) => NEAR / e);
  const boxes = masks.flatMap((m) => boxOf(m) ?? []);
  const near = all.filter((i) => {
    const at = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
    for (let b = 0; b < boxes.length; b += 2)
      if (at.every((v, a) => v >= boxes[b]![a]! - reach[a]! && v <= boxes[b + 1]![a]! + reach[a]!))
        return true;
    return false;
  });
  return {
    value: near.length,
    ...(near.length > 0 && { evidence: { kind: 'voxels', indices: near, count: near.length, phase: 0 } }),
  };
}

function metalVoxels(volume: Volume): Measurement {
  const all = metal(volume);
  return {
    value: all.length,
    ...(all.length > 0 && { evidence: { kind: 'voxels', indices: all, count: all.length, phase: 0 } }),
  };
}

/** A region named as an aorta is one: what contrast is judged by. */
const AORTA = /aort/i;
const ENHANCED = 150; // HU
const PLAIN = 100;

function contrastContradiction(c: SeriesContext): Measurement {
  const { headers, masks, reference } = c;
  const agent = headers.has('00180010') && !/^none$/i.test(headers.text('00180010')!.trim());
  const volume = firstVolume(c);
  const aorta = masks.find((m) => AORTA.test(m.name));
  if (aorta && volume) {
    const { mean } = meanWithin(aorta, volume.data);
    return plain((agent && mean < PLAIN) || (!agent && mean > ENHANCED) ? 1 : 0, `${mean.toFixed(0)} HU`);
  }
  if (!reference) return { na: 'cohort' };
  const theirs = reference.headers.has('00180010');
  return plain(agent === theirs ? 0 : 1);
}

/** Measurements of C-07, C-09, C-10 and C-14. */
export const CT_PIXEL_MEASURES: Readonly<Record<string, Measure>> = {
  homogeneous_noise: onVolume((v) => homogeneousNoise(v)),
  resolution_f50: ({ answers }) =>
    typeof answers.resolution_f50 === 'number' ? plain(answers.resolution_f50) : { na: 'answer' },
  air_peak: peak(-1100, -850),
  fat_peak: peak(-170, -20),
  contrast_contradiction: contrastContradiction,
  metal_near_region: onVolume(metalNearRegion),
  metal_voxels: onVolume((v) => metalVoxels(v)),
};
