import { sameGrid, spacingOf } from '../../../core/geometry.ts';
import { compareMasks } from '../../../regions/compare.ts';
import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { plain } from '../measuring.ts';
import type { Measurement } from '../rule.ts';
import { spearman } from './spearman.ts';

/** Closed ranges that the definitions allow (IBSI reference manual), by tag. */
const RANGES: Readonly<Record<string, readonly [low: number, high: number]>> = {
  morph_volume: [0, Infinity],
  morph_vol_approx: [0, Infinity],
  morph_area_mesh: [0, Infinity],
  morph_sphericity: [0, 1],
  morph_asphericity: [0, Infinity],
  ih_entropy: [0, Infinity],
  ih_uniformity: [0, 1],
  cm_joint_max: [0, 1],
  cm_joint_entr: [0, Infinity],
  cm_diff_entr: [0, Infinity],
  cm_sum_entr: [0, Infinity],
  cm_energy: [0, 1],
  cm_inv_diff: [0, 1],
  cm_inv_diff_norm: [0, 1],
  cm_inv_diff_mom: [0, 1],
  cm_inv_diff_mom_norm: [0, 1],
  cm_corr: [-1, 1],
  cm_info_corr1: [-1, 0],
  cm_info_corr2: [0, 1],
  rlm_rl_entr: [0, Infinity],
  rlm_glnu_norm: [0, 1],
  rlm_rlnu_norm: [0, 1],
  szm_zs_entr: [0, Infinity],
  szm_glnu_norm: [0, 1],
  szm_zsnu_norm: [0, 1],
  dzm_zd_entr: [0, Infinity],
  dzm_glnu_norm: [0, 1],
  dzm_zdnu_norm: [0, 1],
  ngl_dc_entr: [0, Infinity],
  ngl_glnu_norm: [0, 1],
  ngl_dcnu_norm: [0, 1],
  ngl_dc_energy: [0, 1],
};

/** Rounding of a sum of many terms. */
const TOLERANCE = 1e-6;

/** Names and values of features of the extractions that are as `bad` says. */
function badFeatures(
  { regionFacts, masks }: SeriesContext,
  bad: (tag: string, value: number | null, reason?: string) => boolean,
): Measurement {
  if (masks.length === 0) return { na: 'region' };
  const all = regionFacts?.extractions ?? [];
  if (all.length === 0) return { na: 'extraction' };
  const found = all.flatMap((e) => e.features.filter((f) => bad(f.tag, f.value, f.reason)));
  return {
    ...plain(found.length, [...new Set(found.map((f) => f.name))].slice(0, 6).join(', ')),
    ...(found.length > 0 && {
      evidence: {
        kind: 'table',
        columns: [FEATURE, VALUE],
        rows: found.slice(0, 200).map((f) => [f.name, f.value === null ? '—' : String(f.value)]),
      },
    }),
  };
}

const FEATURE = { en: 'Feature', ru: 'Признак', zh: '特征' };
const VALUE = { en: 'Value', ru: 'Значение', zh: '数值' };

const outOfRange: Measure = (c) =>
  badFeatures(c, (tag, value) => {
    const range = RANGES[tag];
    return (
      range !== undefined && value !== null && (value < range[0] - TOLERANCE || value > range[1] + TOLERANCE)
    );
  });

/** No number, and nobody says why. */
const noNumber: Measure = (c) =>
  badFeatures(c, (_, value, reason) =>
    value === null ? reason === undefined || reason === '' : !Number.isFinite(value),
  );

/** Fewest patients on whom a feature is called constant or a copy of the volume. */
const FEWEST = 10;

const ofCohort =
  (measure: (values: Float64Array, volumes: Float64Array) => number): Measure =>
  ({ regionFacts }) => {
    const rows = regionFacts?.cohort ?? [];
    if (rows.length < FEWEST) return { na: 'patients' };
    const volumes = Float64Array.from(rows, (r) => r.volume);
    const names = Object.keys(rows[0]!.features);
    const all = names.map((name) => ({
      name,
      value: measure(
        Float64Array.from(rows, (r) => r.features[name] ?? NaN),
        volumes,
      ),
    }));
    if (all.length === 0) return null;
    const sorted = all.filter((a) => !Number.isNaN(a.value)).sort((a, b) => b.value - a.value);
    return {
      ...plain(
        sorted[0]?.value ?? 0,
        sorted
          .slice(0, 6)
          .filter((a) => a.value > 0)
          .map((a) => a.name)
          .join(', '),
      ),
      evidence: {
        kind: 'table',
        columns: [FEATURE, VALUE],
        rows: sorted.slice(0, 200).map((a) => [a.name, Number(a.value.toPrecision(3))]),
      },
    };
  };

const constant: Measure = ofCohort((values) => (values.every((v) => v === values[0]) ? 1 : 0));
const volumeSurrogate: Measure = ofCohort((values, volumes) => Math.abs(spearman(values, volumes)));

/** Agreement of each region with the second reader's of the same name, the worst of them. */
const ofReaders =
  (
    read: (c: ReturnType<typeof compareMasks>, thickness: number) => number,
    worse: 'less' | 'more',
  ): Measure =>
  ({ masks, regionFacts }) => {
    if (masks.length === 0) return { na: 'region' };
    const second = regionFacts?.secondReader ?? [];
    const pairs = masks.flatMap((a) => {
      const b = second.find((m) => m.name === a.name);
      return b && sameGrid(a.grid, b.grid) ? [[a, b] as const] : [];
    });
    if (pairs.length === 0) return { na: 'reader' };
    const all = pairs.map(([a, b]) => ({
      name: a.name,
      value: read(compareMasks(a, b), spacingOf(a.grid.affine)[2]),
    }));
    const worst = all.reduce((a, b) => ((worse === 'less') === b.value < a.value ? b : a));
    return plain(worst.value, worst.name);
  };

/** Measurements of V-14 to V-16. */
export const FEATURE_MEASURES: Readonly<Record<string, Measure>> = {
  features_without_number: noNumber,
  constant_features: constant,
  volume_surrogate: volumeSurrogate,
  features_out_of_range: outOfRange,
  reader_dice: ofReaders((c) => c.dice ?? 0, 'less'),
  reader_hd95_slices: ofReaders((c, thickness) => (c.hd95 ?? Infinity) / thickness, 'more'),
};
