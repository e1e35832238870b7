import { mostNeighbours } from '../neighbourhood.ts';
import { mergedTones, type ToneDifferences } from '../ngtdm/differences.ts';
import { ngtdmFeatures } from '../ngtdm/formulas.ts';
import { differencesByKernel } from '../ngtdm/kernel.ts';
import { differencesReference } from '../ngtdm/reference.ts';
import { paddedLevels, type PaddedLevels } from '../padded-levels.ts';
import { anglesOf, areNeighbours, distancesOf } from './angles.ts';
import type { ClassContext, ClassValues } from './class.ts';

/** Largest table, cells of 16 bytes. */
const MOST_CELLS = 2 ** 24;
/** Most levels: complexity takes all pairs of them. */
const MOST_LEVELS = 16384;

/**
 * NGTDM features. Unlike IBSI, a voxel without any neighbour counts among n_i, with the difference 0; busyness whose
 * divisor is 0 is 0.
 */
export function ngtdmClass(context: ClassContext): ClassValues {
  const { sample, settings, planar, kernels } = context;
  const distances = distancesOf(settings);
  const levels = paddedLevels(sample, Math.max(...distances), 'level', kernels);
  if (levels === null) return 'region_empty';
  const occurring = levels.counts.reduce((n, count) => n + (count > 0 ? 1 : 0), 0);
  const cells = levels.values.length * (mostNeighbours(levels, false) + 1);
  if (occurring > MOST_LEVELS || cells > MOST_CELLS) return 'too_many_levels';
  const tones = areNeighbours(distances)
    ? neighbours(levels, context)
    : differencesAt(levels, distances, planar);
  const f = ngtdmFeatures(withLonelyVoxels(tones, levels));
  if (f === null) return 'region_empty';
  const value = (tag: string): number => (typeof f[tag] === 'number' ? f[tag] : 0);
  return {
    Busyness: value('ngt_busyness'),
    Coarseness: value('ngt_coarseness'),
    Complexity: value('ngt_complexity'),
    Contrast: value('ngt_contrast'),
    Strength: value('ngt_strength'),
  };
}

function neighbours(levels: PaddedLevels, { planar, kernels }: ClassContext): ToneDifferences {
  const counts = kernels
    ? differencesByKernel(levels, planar, kernels)
    : differencesReference(levels, planar);
  return planar ? mergedTones(counts.slices().map((z) => counts.slice(z))) : counts.volume();
}

function differencesAt(
  { data, values, size }: PaddedLevels,
  distances: readonly number[],
  planar: boolean,
): ToneDifferences {
  const steps = anglesOf(distances, planar).map(([x, y, z]) => x + size[0] * (y + size[1] * z));
  const columns = 2 * steps.length + 1;
  const voxels = new Float64Array(values.length * columns);
  const differences = new Float64Array(values.length * columns);
  for (let v = 0; v < data.length; v++) {
    const level = data[v]!;
    if (level === 0) continue;
    let sum = 0;
    let count = 0;
    for (const step of steps) {
      for (const other of [data[v + step]!, data[v - step]!]) {
        if (other === 0) continue;
        sum += other;
        count++;
      }
    }
    if (count === 0) continue;
    voxels[level * columns + count]!++;
    differences[level * columns + count]! += Math.abs(level * count - sum);
  }
  return { columns, voxels, differences };
}

/** The same with every voxel of the region counted; where is of no matter, since its difference is 0. */
function withLonelyVoxels(
  { columns, voxels, differences }: ToneDifferences,
  { counts, values }: PaddedLevels,
): ToneDifferences {
  const wider = Math.max(2, columns);
  const all = {
    columns: wider,
    voxels: new Float64Array(values.length * wider),
    differences: new Float64Array(values.length * wider),
  };
  for (let i = 1; i < values.length; i++) {
    let lonely = counts[i]!;
    for (let c = 1; c < columns; c++) {
      lonely -= voxels[i * columns + c]!;
      all.voxels[i * wider + c] = voxels[i * columns + c]!;
      all.differences[i * wider + c] = differences[i * columns + c]!;
    }
    all.voxels[i * wider + 1]! += lonely;
  }
  return all;
}
