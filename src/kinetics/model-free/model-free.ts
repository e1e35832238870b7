import { RefusedInput } from '../../core/refusal.ts';
import { MODEL_FREE_IDS, type CurveKind, type ModelFreeId } from './definitions.ts';
import { arrivalTime, initialArea, peakFrame, slopeBetween } from './enhancement-curve.ts';

export interface ModelFreeSettings {
  readonly kind: CurveKind;
  /** Number of first frames before the agent; their mean is the baseline S0. */
  readonly baseline: number;
  /** Frame (from 0) of the early phase, S1. */
  readonly early: number;
  /** Frame (from 0) of the late phase, S2; after the early one. The last frame when absent. */
  readonly late?: number;
  /** A voxel whose baseline signal is not above this is left out; 0 when absent. Signal only. */
  readonly minimumBaseline?: number;
  /** Wash-out is the line through the frames from one time to another, seconds; early to late frame when absent. */
  readonly washOut?: { readonly from: number; readonly to: number };
  /** The same kind of curve in an artery, a value a frame, for the normalised areas. */
  readonly blood?: ArrayLike<number>;
}

/** What became of a voxel: the number in the status map is the place in this list. */
export const MODEL_FREE_STATUSES = ['valid', 'no_baseline', 'not_finite', 'no_enhancement'] as const;

/** Why a map holds no value anywhere. */
export type Unavailable = 'too_few_frames' | 'no_blood' | 'not_for_concentration';

export interface ModelFreeMaps {
  /** One value a voxel; NaN where it is not defined. */
  readonly maps: Readonly<Record<ModelFreeId, Float32Array>>;
  /** Index into {@link MODEL_FREE_STATUSES}, one a voxel. */
  readonly status: Uint8Array;
  readonly unavailable: Readonly<Partial<Record<ModelFreeId, Unavailable>>>;
}

/** A change of more than this share of the early value is no plateau (Kuhl 1999, BI-RADS). */
const PLATEAU = 0.1;
export const PERSISTENT = 1;
export const PLATEAU_TYPE = 2;
export const WASH_OUT = 3;

const [VALID, NO_BASELINE, NOT_FINITE, NO_ENHANCEMENT] = [0, 1, 2, 3];

/**
 * Model-free maps of a block of dynamic curves; definitions, units and sources are in `definitions.ts`. Enhancement is
 * 100·(S − S0)/S0 for signal, and the concentration itself for concentration. The peak is looked for after the
 * baseline; arrival, area and slopes are measured on the curve as straight between its frames, whatever their steps.
 *
 * Voxels without a finite curve or with a baseline that is not positive are NaN in every map. A voxel that never rises
 * over three standard deviations of its baseline has percent enhancement, ratio, maximum and wash-out, but no arrival,
 * and so no area, time to peak, wash-in or curve type.
 *
 * @param curves frame-major: value of voxel v in frame f at `f · voxels + v`, as phases lie one after another.
 * @param seconds time of each frame, rising; steps may differ.
 * @throws RefusedInput `settings_invalid` when lengths do not fit, times do not rise, or a phase is not in the series.
 */
export function modelFree(
  curves: Float32Array | Float64Array,
  seconds: Float64Array,
  settings: ModelFreeSettings,
): ModelFreeMaps {
  const plan = planOf(curves.length, seconds, settings);
  const { voxels, frames, baseline, kind } = plan;
  const maps = Object.fromEntries(
    MODEL_FREE_IDS.map((id) => [id, new Float32Array(voxels).fill(Number.NaN)]),
  ) as Record<ModelFreeId, Float32Array>;
  const status = new Uint8Array(voxels);
  const raw = new Float64Array(frames);
  const values = new Float64Array(frames);
  const least = settings.minimumBaseline ?? 0;
  for (let v = 0; v < voxels; v++) {
    let sum = 0;
    let before = 0;
    for (let f = 0; f < frames; f++) {
      raw[f] = curves[f * voxels + v];
      sum += raw[f];
      if (f < baseline) before += raw[f];
    }
    const s0 = before / baseline;
    if (!Number.isFinite(sum)) status[v] = NOT_FINITE;
    else if (kind === 'signal' && !(s0 > least)) status[v] = NO_BASELINE;
    else {
      // 100·rise first: a whole percentage then comes out whole.
      for (let f = 0; f < frames; f++) values[f] = kind === 'signal' ? (100 * (raw[f] - s0)) / s0 : raw[f];
      status[v] = measure(plan, raw, s0, values, maps, v) ? VALID : NO_ENHANCEMENT;
    }
  }
  return { maps, status, unavailable: plan.unavailable };
}

interface Plan {
  readonly kind: CurveKind;
  readonly seconds: Float64Array;
  readonly voxels: number;
  readonly frames: number;
  readonly baseline: number;
  readonly early: number;
  readonly late: number;
  readonly washOut: readonly [first: number, last: number];
  readonly bloodAreas: readonly [number, number];
  readonly unavailable: Partial<Record<ModelFreeId, Unavailable>>;
}

/** Fills one voxel of every map; false when it does not enhance. */
function measure(
  plan: Plan,
  raw: Float64Array,
  s0: number,
  values: Float64Array,
  maps: Readonly<Record<ModelFreeId, Float32Array>>,
  v: number,
): boolean {
  const { seconds, baseline, early, late, unavailable, kind } = plan;
  const curve = { seconds, values };
  const peak = peakFrame(values, baseline);
  const zero = kind === 'signal' ? s0 : 0;
  if (kind === 'signal') maps['percent-enhancement'][v] = values[early];
  maps['maximum-enhancement'][v] = values[peak];
  maps['wash-out-slope'][v] = slopeBetween(curve, plan.washOut[0], plan.washOut[1]);
  const lateRise = raw[late] - zero;
  if (unavailable['signal-enhancement-ratio'] === undefined && lateRise !== 0)
    maps['signal-enhancement-ratio'][v] = (raw[early] - zero) / lateRise;
  const arrival = arrivalTime(curve, peak, deviation(values, baseline));
  if (Number.isNaN(arrival)) return false;
  maps['arrival-time'][v] = arrival - seconds[0];
  const rise = seconds[peak] - arrival;
  maps['time-to-peak'][v] = rise;
  if (rise > 0) maps['wash-in-slope'][v] = (60 * values[peak]) / rise;
  const areas = [initialArea(curve, arrival, 60), initialArea(curve, arrival, 90)];
  maps.iauc60[v] = areas[0];
  maps.iauc90[v] = areas[1];
  maps['iauc60-blood-normalised'][v] = areas[0] / plan.bloodAreas[0];
  maps['iauc90-blood-normalised'][v] = areas[1] / plan.bloodAreas[1];
  if (unavailable['curve-type'] === undefined && raw[early] > zero)
    maps['curve-type'][v] = curveType(raw[early], raw[late]);
  return true;
}

/** 1 persistent, 2 plateau, 3 wash-out, by the change from the early value; exactly 10 % is a plateau. */
function curveType(early: number, late: number): number {
  const change = (late - early) / early;
  return change > PLATEAU ? PERSISTENT : change < -PLATEAU ? WASH_OUT : PLATEAU_TYPE;
}

/** Standard deviation of the first `n` values; 0 for fewer than three, which say nothing of noise. */
function deviation(values: Float64Array, n: number): number {
  if (n < 3) return 0;
  let mean = 0;
  for (let f = 0; f < n; f++) mean += values[f] / n;
  let squares = 0;
  for (let f = 0; f < n; f++) squares += (values[f] - mean) ** 2;
  return Math.sqrt(squares / (n - 1));
}

function planOf(length: number, seconds: Float64Array, settings: ModelFreeSettings): Plan {
  const { kind, baseline, early, blood } = settings;
  const frames = seconds.length;
  const late = settings.late ?? frames - 1;
  const check = (name: string, ok: boolean, expected: string, received: number | string) => {
    if (!ok) throw new RefusedInput('settings_invalid', { name, expected, received });
  };
  const frameNumber = (n: number, from: number) => Number.isInteger(n) && n >= from && n < frames;
  check('frames', frames >= 2, '>= 2', frames);
  check('curves', length % frames === 0, `n × ${frames}`, length);
  for (let f = 0; f < frames; f++)
    check(
      'times',
      Number.isFinite(seconds[f]) && !(seconds[f] <= seconds[f - 1]),
      't(n) > t(n-1)',
      seconds[f],
    );
  check(
    'baseline',
    Number.isInteger(baseline) && baseline >= 1 && baseline < frames,
    `1 – ${frames - 1}`,
    baseline,
  );
  check('early', frameNumber(early, baseline), `${baseline} – ${frames - 1}`, early);
  check('late', frameNumber(late, early), `${early} – ${frames - 1}`, late);
  if (blood) check('blood', blood.length === frames, `${frames}`, blood.length);
  const unavailable: Partial<Record<ModelFreeId, Unavailable>> = {};
  if (kind === 'concentration') unavailable['percent-enhancement'] = 'not_for_concentration';
  if (late === early) {
    unavailable['signal-enhancement-ratio'] = 'too_few_frames';
    unavailable['curve-type'] = 'too_few_frames';
  }
  const washOut = framesWithin(seconds, settings.washOut ?? { from: seconds[early], to: seconds[late] });
  if (washOut[1] <= washOut[0]) unavailable['wash-out-slope'] = 'too_few_frames';
  for (const [id, window] of [
    ['iauc60', 60],
    ['iauc90', 90],
  ] as const) {
    const normalised = `${id}-blood-normalised` as const;
    if (!someWindowHolds(seconds, window)) unavailable[id] = unavailable[normalised] = 'too_few_frames';
    else if (!blood) unavailable[normalised] = 'no_blood';
  }
  return {
    kind,
    seconds,
    voxels: length / frames,
    frames,
    baseline,
    early,
    late,
    washOut,
    bloodAreas: blood ? bloodAreas(blood, seconds, kind, baseline) : [Number.NaN, Number.NaN],
    unavailable,
  };
}

function framesWithin(seconds: Float64Array, { from, to }: { from: number; to: number }): [number, number] {
  const first = seconds.findIndex((t) => t >= from);
  return first < 0 ? [0, -1] : [first, seconds.findLastIndex((t) => t <= to)];
}

/** Can any window of this many seconds, within the series, hold the three frames that an area needs? */
function someWindowHolds(seconds: Float64Array, window: number): boolean {
  const last = seconds[seconds.length - 1];
  return seconds.some(
    (t, f) =>
      f + 2 < seconds.length && seconds[f + 2] - t < window && last - seconds[Math.max(0, f - 1)] >= window,
  );
}

/** Areas of the artery from its own arrival, each NaN where it has none. */
function bloodAreas(
  blood: ArrayLike<number>,
  seconds: Float64Array,
  kind: CurveKind,
  baseline: number,
): [number, number] {
  const raw = Float64Array.from(blood);
  const s0 = raw.subarray(0, baseline).reduce((sum, b) => sum + b / baseline, 0);
  const values = kind === 'signal' ? raw.map((b) => (100 * (b - s0)) / s0) : raw;
  const curve = { seconds, values };
  const arrival = arrivalTime(curve, peakFrame(values, baseline), deviation(values, baseline));
  if (Number.isNaN(arrival) || (kind === 'signal' && !(s0 > 0))) return [Number.NaN, Number.NaN];
  return [initialArea(curve, arrival, 60), initialArea(curve, arrival, 90)];
}
