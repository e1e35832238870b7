import type { ExtractionSettings } from '../../radiomics/settings.ts';

/** A remark on the settings, by field. Errors stop the extraction, cautions do not. */
export interface Remark {
  readonly field:
    | 'spacing'
    | 'mask_threshold'
    | 'range'
    | 'outlier'
    | 'bins'
    | 'width'
    | 'ivh'
    | 'distance'
    | 'alpha'
    | 'families';
  readonly level: 'error' | 'caution';
  readonly key:
    | 'check.spacing'
    | 'check.spacing2d'
    | 'check.threshold'
    | 'check.rangeOrder'
    | 'check.number'
    | 'check.outlier'
    | 'check.bins'
    | 'check.width'
    | 'check.distance'
    | 'check.alpha'
    | 'check.families'
    | 'check.fbsArbitrary'
    | 'check.fbsNoRange';
}

/** Most grey levels that the discretised image holds (16 bit). */
const MOST_BINS = 65_535;
/** Smallest new voxel edge, mm: finer grids have no use and cost memory by the third power. */
const FINEST = 0.05;

const isWhole = (n: number, least: number, most: number) => Number.isInteger(n) && n >= least && n <= most;

/** What is wrong or doubtful with settings for an image whose intensities have this unit. */
export function checkSettings(s: ExtractionSettings, unit: string): Remark[] {
  const remarks: Remark[] = [];
  const error = (field: Remark['field'], key: Remark['key']) => remarks.push({ field, level: 'error', key });
  const caution = (field: Remark['field'], key: Remark['key']) =>
    remarks.push({ field, level: 'caution', key });

  if (s.interpolation) {
    const edges = s.interpolation.spacing;
    if (edges.some((e) => e !== null && !(e >= FINEST && e <= 100))) error('spacing', 'check.spacing');
    else if (s.approach === '2D' && edges[2] !== null) caution('spacing', 'check.spacing2d');
    const at = s.interpolation.mask_threshold;
    if (!(at > 0 && at <= 1)) error('mask_threshold', 'check.threshold');
  }
  const [low, high] = s.resegmentation.range ?? [null, null];
  if (Number.isNaN(low) || Number.isNaN(high)) error('range', 'check.number');
  else if (low !== null && high !== null && low >= high) error('range', 'check.rangeOrder');
  const sigma = s.resegmentation.outlier_sigma;
  if (sigma !== null && !(sigma > 0 && sigma <= 100)) error('outlier', 'check.outlier');

  const { method, bins, width } = s.discretisation;
  if (method === 'FBN' && !isWhole(bins, 2, MOST_BINS)) error('bins', 'check.bins');
  if (method === 'FBS') {
    if (!(width > 0 && Number.isFinite(width))) error('width', 'check.width');
    else if (unit === 'arbitrary') caution('width', 'check.fbsArbitrary');
    else if (low === null) caution('width', 'check.fbsNoRange');
  }
  if (s.ivh.method === 'FBN' && !isWhole(s.ivh.bins, 2, MOST_BINS)) error('ivh', 'check.bins');
  if (s.ivh.method === 'FBS' && !(s.ivh.width > 0 && Number.isFinite(s.ivh.width)))
    error('ivh', 'check.width');
  if (!isWhole(s.texture.distance, 1, 10)) error('distance', 'check.distance');
  if (!isWhole(s.texture.ngldm_alpha, 0, 100)) error('alpha', 'check.alpha');
  if (s.families !== null && s.families.length === 0) error('families', 'check.families');
  return remarks;
}
