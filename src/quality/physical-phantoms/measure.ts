import type { Severity } from '../../core/finding.ts';
import type { Volume } from '../../core/volume.ts';
import { raisedBy } from '../rules/judge.ts';
import type { Limit } from '../rules/rule.ts';
import { metricValue, type InsertValues } from './metric-values.ts';
import type { Pose } from './pose.ts';
import { regionValues, type NotMeasured } from './region-values.ts';
import { unitFactor, type Insert, type PhantomTemplate, type Tolerance } from './template.ts';

/** One insert as measured, in the unit of the template. */
export interface InsertResult {
  readonly id: string;
  readonly voxels: number;
  readonly mean: number | null;
  /** Sample SD, ÷(n − 1). */
  readonly sd: number | null;
  readonly truth: number | null;
  /** Measured less truth. */
  readonly difference: number | null;
  /** In per cent of the truth; null on an interval scale and for a truth of zero. */
  readonly bias: number | null;
  /** 100·SD/|mean|; null on an interval scale and for a mean of zero. */
  readonly cov: number | null;
  /** Against the tolerance; `na` without one, or without a value. */
  readonly severity: Severity;
  readonly reason?: NotMeasured;
}

export interface MetricResult {
  readonly id: string;
  readonly value: number | null;
  readonly unit: string;
  readonly severity: Severity;
  /** The limit that was broken. */
  readonly limit?: Limit;
  readonly reason?: NotMeasured;
}

export interface PhantomMeasurement {
  readonly template: { readonly id: string; readonly version: number };
  readonly pose: Pose;
  /** Image values times this are in the unit of the template. */
  readonly factor: number;
  readonly inserts: readonly InsertResult[];
  readonly metrics: readonly MetricResult[];
}

export interface MeasureOptions {
  /** Factor from image values to the unit of the template; default: from the unit that the image states. */
  readonly factor?: number;
  /** A second acquisition on the same grid, for noise from the difference. */
  readonly second?: Volume;
  /** Slice thickness that the headers state, mm. */
  readonly thickness?: number;
}

/** Measures every region of a placed phantom, and what its template asks of them. */
export function measurePhantom(
  volume: Volume,
  template: PhantomTemplate,
  pose: Pose,
  {
    factor = unitFactor(volume.unit, template.imageUnit ?? template.unit),
    second,
    thickness,
  }: MeasureOptions = {},
): PhantomMeasurement {
  const regions = template.inserts.map((insert): InsertValues => {
    const found = regionValues(volume, template, pose, insert);
    const reason =
      found.coverage < 0.9 ? 'outside_image' : found.values.length < 10 ? 'too_few_voxels' : undefined;
    return { insert, found, ...momentsOf(found.values, factor), ...(reason && { reason }) };
  });
  const context = {
    volume,
    template,
    pose,
    factor,
    regions,
    ...(second && { second }),
    ...(thickness && { thickness }),
  };
  return {
    template: { id: template.id, version: template.version },
    pose,
    factor,
    inserts: regions.map((r) => insertResult(template, r)),
    metrics: template.metrics.map((metric): MetricResult => {
      const value = metricValue(metric.quantity, context);
      const base = { id: metric.quantity, unit: metric.unit };
      if (typeof value !== 'number') return { ...base, value: null, severity: 'na', reason: value };
      const severity = raisedBy(value, metric);
      const limited = Object.keys(metric.limits).length > 0;
      if (severity === undefined) return { ...base, value, severity: limited ? 'pass' : 'na' };
      return { ...base, value, severity, limit: metric.limits[severity]! };
    }),
  };
}

function momentsOf(values: Float64Array, factor: number): { mean: number; sd: number } {
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  const squares = values.reduce((s, v) => s + (v - mean) ** 2, 0);
  return { mean: factor * mean, sd: Math.abs(factor) * Math.sqrt(squares / (values.length - 1)) };
}

function insertResult(
  template: PhantomTemplate,
  { insert, found, mean, sd, reason }: InsertValues,
): InsertResult {
  const base = { id: insert.id, voxels: found.values.length, truth: insert.truth };
  if (reason) {
    return { ...base, mean: null, sd: null, difference: null, bias: null, cov: null, severity: 'na', reason };
  }
  const ratio = template.scale === 'ratio';
  // The truths of a calibrated phantom are in another unit than its image: no difference there, see its line.
  const comparable = template.imageUnit === undefined && insert.use === 'material';
  const difference = insert.truth === null || !comparable ? null : mean - insert.truth;
  return {
    ...base,
    mean,
    sd,
    difference,
    bias: difference === null || !ratio || insert.truth === 0 ? null : (100 * difference) / insert.truth!,
    cov: !ratio || mean === 0 ? null : (100 * sd) / Math.abs(mean),
    severity:
      difference === null || insert.tolerance === null
        ? 'na'
        : within(mean, insert.truth!, insert.tolerance)
          ? 'pass'
          : 'fail',
  };
}

/** Is the mean within the tolerance of the truth? On the limit counts as within. */
export function within(mean: number, truth: number, tolerance: Tolerance): boolean {
  if (tolerance.kind === 'range') return mean >= tolerance.low && mean <= tolerance.high;
  const allowed = tolerance.kind === 'absolute' ? tolerance.value : (tolerance.value / 100) * Math.abs(truth);
  return Math.abs(mean - truth) <= allowed;
}

/** The inserts whose means stand against their truths, for the plot of linearity. */
export const measuredPairs = (template: PhantomTemplate, inserts: readonly InsertResult[]) =>
  template.inserts.flatMap((i: Insert, n) => {
    const got = inserts[n]!;
    return i.use === 'material' && got.mean !== null && got.truth !== null
      ? [{ id: i.id, truth: got.truth, mean: got.mean, sd: got.sd! }]
      : [];
  });
