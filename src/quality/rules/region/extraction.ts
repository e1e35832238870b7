import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { CHAIN_STEPS, type ExtractionFacts } from '../extraction-facts.ts';
import { percent, plain } from '../measuring.ts';
import type { Measured, Measurement } from '../rule.ts';
import { voxelsOf } from './masks.ts';

const CALIBRATED = new Set(['HU', 'SUVbw', 'GML', 'Bq/mL', 'mm²/s', 'Gy', 'percent']);

const tagged = (e: ExtractionFacts, tag: string): number | undefined =>
  e.diagnostics.find((d) => d.tag === tag)?.value ?? undefined;

/** The worst of the extractions that the quantity concerns. */
function worstOf(
  { regionFacts, masks }: SeriesContext,
  worse: (a: number, b: number) => boolean,
  of: (e: ExtractionFacts) => number | Measured | undefined,
): Measurement {
  if (masks.length === 0) return { na: 'region' };
  const all = regionFacts?.extractions ?? [];
  if (all.length === 0) return { na: 'extraction' };
  const found = all.flatMap((e) => {
    const value = of(e);
    if (value === undefined) return [];
    return [typeof value === 'number' ? plain(value, e.mask.name) : value];
  });
  if (found.length === 0) return null;
  return found.reduce((a, b) => (worse(b.value, a.value) ? b : a));
}
const larger = (a: number, b: number): boolean => a > b;
const smaller = (a: number, b: number): boolean => a < b;

/** Farthest from the middle of a good range, on a logarithmic scale. */
const farther =
  (low: number, high: number) =>
  (a: number, b: number): boolean =>
    Math.abs(Math.log(a / Math.sqrt(low * high))) > Math.abs(Math.log(b / Math.sqrt(low * high)));

/** Voxels that features are computed from; of the mask itself before there are features. */
const voxels: Measure = (c) => {
  if (c.masks.length === 0) return { na: 'region' };
  const after = (c.regionFacts?.extractions ?? []).flatMap((e) => {
    const n = tagged(e, 'int_mask_vox_count_reseg_roi');
    return n === undefined ? [] : [{ name: e.mask.name, n }];
  });
  const before = c.masks
    .filter((m) => !after.some((a) => a.name === m.name))
    .map((m) => ({ name: m.name, n: voxelsOf(m) }));
  const all = [...after, ...before].filter((r) => r.n > 0);
  if (all.length === 0) return null;
  const least = all.reduce((a, b) => (b.n < a.n ? b : a));
  return plain(least.n, least.name);
};

const removed: Measure = (c) =>
  worstOf(c, larger, (e) => {
    const before = tagged(e, 'int_mask_vox_count_interp_roi');
    const after = tagged(e, 'int_mask_vox_count_reseg_roi');
    return before && after !== undefined ? percent(before - after, before) : undefined;
  });

interface Bins {
  readonly bins: number;
  readonly voxels: number;
}

/** Grey levels that a region takes: the number asked for (FBN), or those between its extremes (FBS, IBSI 3.4). */
function binsOf(e: ExtractionFacts): Bins | undefined {
  const { method, bins, width } = e.settings.discretisation;
  const voxelCount = tagged(e, 'int_mask_vox_count_reseg_roi');
  const min = tagged(e, 'int_mask_min_int_reseg_roi');
  const max = tagged(e, 'int_mask_max_int_reseg_roi');
  if (!voxelCount || min === undefined || max === undefined || max === min) return undefined;
  if (method === 'FBN') return { bins, voxels: voxelCount };
  if (method !== 'FBS') return undefined;
  const lower = originOf(e) ?? min;
  const level = (v: number) => Math.floor((v - lower) / width);
  return { bins: level(max) - level(min) + 1, voxels: voxelCount };
}

/** Where bins of a fixed width start: the lower bound of re-segmentation; PyRadiomics counts from zero. */
const originOf = ({ settings }: ExtractionFacts): number | undefined =>
  settings.profile === 'pyradiomics' ? 0 : (settings.resegmentation.range?.[0] ?? undefined);

const binNumber: Measure = (c) =>
  worstOf(c, farther(8, 128), (e) =>
    e.settings.discretisation.method === 'FBN' ? e.settings.discretisation.bins : undefined,
  );

const binsInRegion: Measure = (c) =>
  worstOf(c, farther(30, 130), (e) =>
    e.settings.discretisation.method === 'FBS' ? binsOf(e)?.bins : undefined,
  );

const isFixedWidth = (e: ExtractionFacts): boolean => e.settings.discretisation.method === 'FBS';

const fixedWidthUnits: Measure = (c) =>
  worstOf(c, larger, (e) => {
    if (!isFixedWidth(e)) return undefined;
    const { unit } = e.image;
    return plain(CALIBRATED.has(unit) ? 0 : 1, unit);
  });

const fixedWidthOrigin: Measure = (c) =>
  worstOf(c, larger, (e) => (isFixedWidth(e) ? (originOf(e) === undefined ? 1 : 0) : undefined));

const flat: Measure = (c) =>
  worstOf(c, larger, (e) => {
    const min = tagged(e, 'int_mask_min_int_reseg_roi');
    return min === undefined ? undefined : min === tagged(e, 'int_mask_max_int_reseg_roi') ? 1 : 0;
  });

const voxelsPerLevel: Measure = (c) =>
  worstOf(c, smaller, (e) => {
    const found = binsOf(e);
    return found && plain(found.voxels / found.bins, `${e.mask.name}: ${found.voxels} / ${found.bins}`);
  });

const finer =
  (value: (before: number, after: number) => number): Measure =>
  (c) =>
    worstOf(c, larger, (e) => {
      if (e.settings.interpolation === null) return undefined;
      const factors = ['x', 'y', 'z'].flatMap((axis) => {
        const before = tagged(e, `vox_dim_${axis}_init_img`);
        const after = tagged(e, `vox_dim_${axis}_interp_img`);
        return before && after ? [{ axis, factor: value(before, after), before, after }] : [];
      });
      if (factors.length === 0) return undefined;
      const most = factors.reduce((a, b) => (b.factor > a.factor ? b : a));
      return plain(
        most.factor,
        `${most.axis}: ${Number(most.before.toPrecision(4))} → ${Number(most.after.toPrecision(4))} mm`,
      );
    });

/** The image chain counts these voxels while it has them; it speaks up beyond 0.5 %. */
const overshoot: Measure = (c) =>
  worstOf(c, larger, (e) => {
    if (e.settings.interpolation === null) return undefined;
    const said = e.findings.find((f) => f.id === 'V-12')?.facts['percent'];
    return typeof said === 'number' ? said : 0;
  });

/** Steps that come before one they should follow. */
const wrongOrder: Measure = (c) =>
  worstOf(c, larger, (e) => {
    if (e.steps === undefined) return undefined;
    const order = e.steps.map((s) => CHAIN_STEPS.indexOf(s));
    const wrong = order.filter((n, i) => i > 0 && n < order[i - 1]!).length;
    return plain(wrong, e.steps.join(' → '));
  });

/** Measurements of V-02 and V-08 to V-13 on extractions. */
export const EXTRACTION_MEASURES: Readonly<Record<string, Measure>> = {
  region_voxels: voxels,
  resegmentation_removed_percent: removed,
  bin_number: binNumber,
  bins_in_region: binsInRegion,
  fixed_width_without_unit: fixedWidthUnits,
  fixed_width_without_origin: fixedWidthOrigin,
  flat_region: flat,
  voxels_per_level: voxelsPerLevel,
  upsampling_factor: finer((before, after) => before / after),
  downsampling_factor: finer((before, after) => after / before),
  overshoot_percent: overshoot,
  steps_out_of_order: wrongOrder,
};
