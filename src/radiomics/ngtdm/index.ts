import type { AbsenceReason, Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import { MeanOutcomes } from '../mean-outcomes.ts';
import { mostNeighbours } from '../neighbourhood.ts';
import { paddedLevels } from '../padded-levels.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';
import { toneEntries } from './entries.ts';
import { mergedTones, type ToneCounts, type ToneDifferences } from './differences.ts';
import { ngtdmFeatures } from './formulas.ts';
import { differencesByKernel } from './kernel.ts';
import { differencesReference } from './reference.ts';

/** Largest table, cells of 16 bytes. */
const MOST_CELLS = 2 ** 24;
/** Most levels that occur: complexity takes all pairs of them. */
const MOST_LEVELS = 16384;

/** The family of {@link DESCRIPTION}, computed. */
export const ngtdm: Family = { ...DESCRIPTION, compute, matrix: toneEntries };

function compute({ sample, texture, aggregations, kernels }: FamilyContext): FeatureValue[] {
  const absent = (reason: AbsenceReason): FeatureValue[] => allAbsent(DEFINITIONS, aggregations, reason);
  if (sample.discretised === null) {
    return absent(sample.intensity.includes(1) ? 'needs_discretisation' : 'region_empty');
  }
  const levels = paddedLevels(sample, texture.distance, 'level', kernels);
  if (levels === null) return absent('region_empty');
  const occurring = levels.counts.reduce((n, count) => n + (count > 0 ? 1 : 0), 0);
  if (occurring > MOST_LEVELS || levels.values.length * mostNeighbours(levels, false) > MOST_CELLS) {
    return absent('too_many_levels');
  }
  const count = (planar: boolean): ToneCounts =>
    kernels ? differencesByKernel(levels, planar, kernels) : differencesReference(levels, planar);
  const slices = aggregations.some((a) => a !== '3D') ? bySlice(count(true)) : [];
  return aggregations.flatMap((aggregation) => {
    const mean = new MeanOutcomes();
    const tones =
      aggregation === '3D' ? [count(false).volume()] : aggregation === '2D' ? slices : [mergedTones(slices)];
    for (const t of tones) {
      const outcomes = ngtdmFeatures(t);
      if (outcomes) mean.add(outcomes);
    }
    if (!mean.empty) return featureValues(DEFINITIONS, mean.outcomes(), aggregation);
    return allAbsent(DEFINITIONS, [aggregation], levels.voxels === 1 ? 'single_voxel' : 'no_pairs');
  });
}

const bySlice = ({ slices, slice }: ToneCounts): ToneDifferences[] => slices().map((z) => slice(z));
