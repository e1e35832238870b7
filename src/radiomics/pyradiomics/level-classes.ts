import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { longestRun, runsByKernel } from '../glrlm/kernel.ts';
import { runsReference } from '../glrlm/reference.ts';
import {
  levelMatrixFeatures,
  levelMatrixOf,
  mergedLevelMatrix,
  type LevelMatrix,
  type LevelMatrixFeatures,
} from '../level-matrix.ts';
import { mostNeighbours } from '../neighbourhood.ts';
import { dependencesByKernel } from '../ngldm/kernel.ts';
import { dependencesReference } from '../ngldm/reference.ts';
import { paddedLevels, type PaddedLevels } from '../padded-levels.ts';
import { zoneMatrices } from '../zones.ts';
import { anglesOf, areNeighbours, distancesOf, lengthOf, mergesAngles } from './angles.ts';
import type { ClassContext, ClassValues } from './class.ts';
import { EPSILON } from './glcm-formulas.ts';
import { MeanValues } from './mean-values.ts';
import { spansTwoVoxels } from './lines.ts';

/** Largest table of one matrix, cells. */
const MOST_CELLS = 2 ** 26;

/** GLRLM features, averaged over angles, or of the sum of the angles each multiplied by its length in mm. */
export function glrlmClass({ sample, settings, planar, kernels }: ClassContext): ClassValues {
  const levels = paddedLevels(sample, 1, 'rank', kernels);
  if (levels === null) return 'region_empty';
  if ((levels.ranks + 1) * (longestRun(levels) + 1) > MOST_CELLS) return 'too_many_levels';
  const runs = (kernels ? runsByKernel(levels, kernels) : runsReference(levels)).volume();
  const directions = DIRECTIONS.slice(0, planar ? IN_PLANE : DIRECTIONS.length);
  // An angle along which the region is one voxel thick everywhere is left out, as a plane has no third direction.
  const used = directions.flatMap((step, d) =>
    spansTwoVoxels(levels, step) ? [{ step, matrix: runs[d]! }] : [],
  );
  if (used.length === 0) return levels.voxels === 1 ? 'single_voxel' : 'no_pairs';
  const mean = new MeanValues();
  if (mergesAngles(settings)) {
    const weights = used.map(({ step }) => lengthOf(step, sample.spacing, settings) ?? 1);
    mean.add(
      runValues(
        mergedLevelMatrix(
          used.map((u) => u.matrix),
          weights,
        ),
      ),
    );
  } else for (const { matrix } of used) mean.add(runValues(matrix));
  return mean.values() ?? 'no_pairs';
}

/** GLSZM features. */
export function glszmClass({ sample, planar, kernels }: ClassContext): ClassValues {
  const [zones] = zoneMatrices(sample, planar ? '2.5D' : '3D', kernels) ?? [];
  const f = zones && levelMatrixFeatures(zones.sizes);
  if (!zones || !f) return 'region_empty';
  return {
    GrayLevelNonUniformity: f.levelNonUniformity,
    GrayLevelNonUniformityNormalized: f.levelNonUniformityNormalised,
    GrayLevelVariance: f.levelVariance,
    HighGrayLevelZoneEmphasis: f.high,
    LargeAreaEmphasis: f.long,
    LargeAreaHighGrayLevelEmphasis: f.longHigh,
    LargeAreaLowGrayLevelEmphasis: f.longLow,
    LowGrayLevelZoneEmphasis: f.low,
    SizeZoneNonUniformity: f.lengthNonUniformity,
    SizeZoneNonUniformityNormalized: f.lengthNonUniformityNormalised,
    SmallAreaEmphasis: f.short,
    SmallAreaHighGrayLevelEmphasis: f.shortHigh,
    SmallAreaLowGrayLevelEmphasis: f.shortLow,
    ZoneEntropy: entropyOf(zones.sizes),
    ZonePercentage: f.percentage,
    ZoneVariance: f.lengthVariance,
  };
}

/** GLDM features. A dependence counts the voxel itself and its neighbours within gldm_a, at the asked distances. */
export function gldmClass(context: ClassContext): ClassValues {
  const { sample, settings, planar, kernels } = context;
  const distances = distancesOf(settings);
  const coarseness = Math.floor(settings.texture.ngldm_alpha);
  const reach = Math.max(...distances);
  const levels = paddedLevels(sample, reach, coarseness === 0 ? 'rank' : 'level', kernels);
  if (levels === null) return 'region_empty';
  if (levels.values.length * (mostNeighbours(levels, false) + 1) > MOST_CELLS) return 'too_many_levels';
  const m = areNeighbours(distances)
    ? neighbours(levels, coarseness, context)
    : dependencesAt(levels, coarseness, distances, planar);
  const f = levelMatrixFeatures(m);
  if (f === null) return 'region_empty';
  return {
    DependenceEntropy: entropyOf(m),
    DependenceNonUniformity: f.lengthNonUniformity,
    DependenceNonUniformityNormalized: f.lengthNonUniformityNormalised,
    DependenceVariance: f.lengthVariance,
    GrayLevelNonUniformity: f.levelNonUniformity,
    GrayLevelVariance: f.levelVariance,
    HighGrayLevelEmphasis: f.high,
    LargeDependenceEmphasis: f.long,
    LargeDependenceHighGrayLevelEmphasis: f.longHigh,
    LargeDependenceLowGrayLevelEmphasis: f.longLow,
    LowGrayLevelEmphasis: f.low,
    SmallDependenceEmphasis: f.short,
    SmallDependenceHighGrayLevelEmphasis: f.shortHigh,
    SmallDependenceLowGrayLevelEmphasis: f.shortLow,
  };
}

function neighbours(
  levels: PaddedLevels,
  coarseness: number,
  { planar, kernels }: ClassContext,
): LevelMatrix {
  const counts = kernels
    ? dependencesByKernel(levels, coarseness, planar, kernels)
    : dependencesReference(levels, coarseness, planar);
  return planar ? mergedLevelMatrix(counts.slices().map((z) => counts.slice(z))) : counts.volume();
}

function dependencesAt(
  levels: PaddedLevels,
  coarseness: number,
  distances: readonly number[],
  planar: boolean,
): LevelMatrix {
  const { data, values, size } = levels;
  const steps = anglesOf(distances, planar).map(([x, y, z]) => x + size[0] * (y + size[1] * z));
  const columns = values.length;
  const table = new Uint32Array(columns * (2 * steps.length + 2));
  for (let v = 0; v < data.length; v++) {
    const level = data[v]!;
    if (level === 0) continue;
    let dependence = 1;
    for (const step of steps) {
      for (const other of [data[v + step]!, data[v - step]!]) {
        if (other > 0 && Math.abs(values[other]! - values[level]!) <= coarseness) dependence++;
      }
    }
    table[dependence * columns + level]!++;
  }
  return levelMatrixOf(table, values, levels.voxels);
}

function runValues(m: LevelMatrix): Record<string, number> | null {
  const f: LevelMatrixFeatures | null = levelMatrixFeatures(m);
  return (
    f && {
      GrayLevelNonUniformity: f.levelNonUniformity,
      GrayLevelNonUniformityNormalized: f.levelNonUniformityNormalised,
      GrayLevelVariance: f.levelVariance,
      HighGrayLevelRunEmphasis: f.high,
      LongRunEmphasis: f.long,
      LongRunHighGrayLevelEmphasis: f.longHigh,
      LongRunLowGrayLevelEmphasis: f.longLow,
      LowGrayLevelRunEmphasis: f.low,
      RunEntropy: entropyOf(m),
      RunLengthNonUniformity: f.lengthNonUniformity,
      RunLengthNonUniformityNormalized: f.lengthNonUniformityNormalised,
      RunPercentage: f.percentage,
      RunVariance: f.lengthVariance,
      ShortRunEmphasis: f.short,
      ShortRunHighGrayLevelEmphasis: f.shortHigh,
      ShortRunLowGrayLevelEmphasis: f.shortLow,
    }
  );
}

/** −Σ p log₂(p + ε) over the entries of a matrix. */
function entropyOf({ counts }: LevelMatrix): number {
  let total = 0;
  for (let e = 0; e < counts.length; e++) total += counts[e]!;
  let sum = 0;
  for (let e = 0; e < counts.length; e++) {
    const p = counts[e]! / total;
    if (p > 0) sum -= p * Math.log2(p + EPSILON);
  }
  return sum;
}
