import { numberOf } from '../core/dicom.ts';
import { diffusionOf, type Diffusion } from './diffusion.ts';
import type { PlaneTime } from './plane-time.ts';
import type { Plane } from './plane.ts';
import { overMidnight } from './time-of-day.ts';

/** Which attribute told the phases apart. */
export type PhaseSource = keyof PlaneTime | 'diffusion' | 'instanceNumber';

/** The order in which the time attributes are asked. */
const ORDER: readonly (keyof PlaneTime)[] = [
  'temporalPosition',
  'scanBegin',
  'trigger',
  'acquisition',
  'acquisitionNumber',
  'content',
];

export interface Phases {
  /** Planes of each phase, in the order of the places. */
  readonly phases: readonly (readonly Plane[])[];
  readonly source: PhaseSource | undefined;
  /** Seconds from the first phase, and the attribute they come from. */
  readonly times: readonly number[] | undefined;
  readonly timesFrom: Clock | 'temporalResolution' | undefined;
  /** A clock, better than the one that gave the times if any, that does not rise in this order. */
  readonly backwards?: Clock;
  /** b-value of each phase, s/mm², of a diffusion series. */
  readonly bValues: readonly number[] | undefined;
  /** Time points and slices that were left out because not all of their planes are there. */
  readonly leftOut: { readonly phases: number; readonly slices: number };
}

const NOTHING_LEFT_OUT = { phases: 0, slices: 0 };
const single = (planes: readonly Plane[]): Phases => ({
  phases: [planes],
  source: undefined,
  times: undefined,
  timesFrom: undefined,
  bValues: undefined,
  leftOut: NOTHING_LEFT_OUT,
});

/**
 * Deals the planes of each place to phases: by diffusion weighting, else in time by the first attribute that tells all
 * repeats apart in the same way at every place. Where places hold unequal numbers of planes, time points or end slices that
 * lack planes are left out and counted.
 * @returns undefined when several planes stand at one place and nothing tells them apart.
 */
export function phasesOf(places: readonly (readonly Plane[])[]): Phases | undefined {
  const count = places.reduce((most, p) => Math.max(most, p.length), 0);
  if (count === 1) return single(places.map((p) => p[0]));
  const clocks = clocksOf(places.flat());
  if (places.every((p) => p.length === count)) {
    const weighted = byDiffusion(places, clocks);
    if (weighted) return weighted;
    for (const key of ORDER) {
      const phases = dealtBy(places, key, clocks);
      if (!phases) continue;
      // Trigger times start anew with every heart beat: volumes seconds apart are in the order of their acquisition.
      const apart = key === 'trigger' ? dealtBy(places, 'acquisition', clocks) : undefined;
      return apart && secondsApart(apart, clocks)
        ? timed(apart, 'acquisition', clocks)
        : timed(phases, key, clocks);
    }
  }
  return byCommonKey(places, clocks);
}

/** A time of each plane that runs on across midnight, one reading a plane and attribute. */
type Clocks = (plane: Plane, key: keyof PlaneTime) => number | undefined;

function clocksOf(planes: readonly Plane[]): Clocks {
  const read = (key: 'acquisition' | 'content') => {
    const run = overMidnight(planes.map((p) => p.time[key]));
    return new Map(planes.map((p, i) => [p, run[i]]));
  };
  const runs = { acquisition: read('acquisition'), content: read('content') };
  return (plane, key) =>
    key === 'acquisition' || key === 'content' ? runs[key].get(plane) : plane.time[key];
}

/** Phases by one attribute, if it is everywhere, tells all repeats apart, and means the same at every place. */
function dealtBy(
  places: readonly (readonly Plane[])[],
  key: keyof PlaneTime,
  clocks: Clocks,
): Plane[][] | undefined {
  const sorted: Plane[][] = [];
  for (const planes of places) {
    const values = planes.map((p) => clocks(p, key));
    if (values.some((v) => v === undefined) || new Set(values).size < values.length) return undefined;
    sorted.push([...planes].sort((a, b) => clocks(a, key)! - clocks(b, key)!));
  }
  const phases = sorted[0].map((_, t) => sorted.map((s) => s[t]));
  const values = phases.map((p) => p.map((plane) => clocks(plane, key)!));
  if (key === 'temporalPosition' || key === 'acquisitionNumber')
    return values.every((v) => v.every((x) => x === v[0])) ? phases : undefined;
  // Beats differ in length, so trigger times of a cine differ from slice to slice; their order does not.
  if (key === 'trigger') return phases;
  return coherent(values) ? phases : undefined;
}

/**
 * Do clock times mean the same phases at every place? Either each phase ends before the next begins, or every place goes
 * through the same steps at its own time (slice after slice).
 */
function coherent(values: readonly (readonly number[])[]): boolean {
  const inTurn = values.every((v, t) => t === 0 || Math.max(...values[t - 1]) <= Math.min(...v));
  if (inTurn) return true;
  const since = values.map((v) => v.map((x, place) => x - values[0][place]));
  const step = Math.min(...since.slice(1).map((s, t) => Math.min(...s) - Math.min(...since[t])));
  return step > 0 && since.every((s) => Math.max(...s) - Math.min(...s) < step / 2);
}

/** Clocks in the order of trust: content times may be those of reconstruction, and come after all others. */
const CLOCKS = ['scanBegin', 'acquisition', 'trigger', 'content'] as const;
type Clock = (typeof CLOCKS)[number];

/** Seconds of each phase from the first, by the first clock that rises from phase to phase. */
function timed(phases: readonly (readonly Plane[])[], source: PhaseSource, clocks: Clocks): Phases {
  const none = { phases, source, bValues: undefined, leftOut: NOTHING_LEFT_OUT };
  const resolution = numberOf(phases[0][0].instance.attributes, '00200110');
  let backwards: Clock | undefined;
  const found = (times: readonly number[], timesFrom: Phases['timesFrom']): Phases => ({
    ...none,
    times,
    timesFrom,
    ...(backwards && { backwards }),
  });
  for (const key of CLOCKS) {
    if (key === 'content' && source === 'temporalPosition' && resolution !== undefined && resolution > 0)
      return found(
        phases.map((_, t) => (t * resolution) / 1000),
        'temporalResolution',
      );
    const times = secondsBy(phases, key, clocks);
    if (!times) continue;
    if (times.every((s, t) => t === 0 || s > times[t - 1])) return found(times, key);
    // A clock that stands still says nothing; one that runs back contradicts the order, unless beats make the order.
    if (source !== 'trigger' && times.some((s) => s !== 0)) backwards ??= key;
  }
  return { ...none, times: undefined, timesFrom: undefined, ...(backwards && { backwards }) };
}

/** Is every place imaged again a second or more after the time before? */
const secondsApart = (phases: readonly (readonly Plane[])[], clocks: Clocks): boolean =>
  phases.every(
    (planes, t) =>
      t === 0 ||
      planes.every((p, k) => clocks(p, 'acquisition')! - clocks(phases[t - 1][k], 'acquisition')! >= 1),
  );

function secondsBy(phases: readonly (readonly Plane[])[], key: Clock, clocks: Clocks): number[] | undefined {
  // Slice after slice, or volume after volume: the middle of what the places say since their own first.
  const since = phases.map((p) =>
    p.map((plane, place) => (clocks(plane, key) ?? NaN) - (clocks(phases[0][place], key) ?? NaN)),
  );
  if (since.some((s) => s.some(Number.isNaN))) return undefined;
  const perSecond = key === 'trigger' ? 1000 : 1;
  return since.map((s) => Math.round((median(s) / perSecond) * 1e6) / 1e6);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[(values.length - 1) >> 1];

/**
 * Phases of a diffusion series. They keep the order of acquisition, as b-tables do, when that order has one weighting in
 * each phase; else they stand in order of b-value, directions in the order in which the first place met them.
 */
function byDiffusion(places: readonly (readonly Plane[])[], clocks: Clocks): Phases | undefined {
  const weights = new Map<Plane, Diffusion>();
  for (const plane of places.flat()) {
    const d = diffusionOf(plane.attributes);
    if (!d) return undefined;
    weights.set(plane, d);
  }
  const b = (p: Plane): number => weights.get(p)!.b;
  if (new Set([...weights.keys()].map(b)).size < 2) return undefined;
  const name = (p: Plane): string =>
    `${b(p)} ${
      weights
        .get(p)!
        .gradient?.map((v) => v.toFixed(3))
        .join() ?? ''
    }`;
  const uniform = (phases: readonly (readonly Plane[])[]): boolean =>
    phases.every((planes) => planes.every((p) => name(p) === name(planes[0])));
  let phases: readonly (readonly Plane[])[] | undefined;
  for (const key of ORDER) {
    const dealt = phases ? undefined : dealtBy(places, key, clocks);
    if (dealt && uniform(dealt)) phases = dealt;
  }
  phases ??= byWeight(places, name, b);
  if (!uniform(phases)) return undefined;
  return {
    phases,
    source: 'diffusion',
    times: undefined,
    timesFrom: undefined,
    bValues: phases.map((p) => b(p[0])),
    leftOut: NOTHING_LEFT_OUT,
  };
}

function byWeight(
  places: readonly (readonly Plane[])[],
  name: (p: Plane) => string,
  b: (p: Plane) => number,
): Plane[][] {
  const met = [...places[0]].sort((p, q) => p.instanceNumber - q.instanceNumber || p.frame - q.frame);
  const ranks = new Map<string, number>();
  for (const p of met) if (!ranks.has(name(p))) ranks.set(name(p), ranks.size);
  const rank = (p: Plane): readonly number[] => [b(p), ranks.get(name(p)) ?? -1, p.instanceNumber, p.frame];
  const sorted = places.map((planes) => [...planes].sort((p, q) => compare(rank(p), rank(q))));
  return sorted[0].map((_, t) => sorted.map((s) => s[t]));
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((v, i) => v !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}

/** Time points by a value that planes share across places, some planes being absent. */
function byCommonKey(places: readonly (readonly Plane[])[], clocks: Clocks): Phases | undefined {
  for (const key of ORDER) {
    const found = new Map<number, (Plane | undefined)[]>();
    const usable = places.every((planes, place) =>
      planes.every((p) => {
        const v = clocks(p, key);
        if (v === undefined) return false;
        const phase = found.get(v) ?? new Array<Plane | undefined>(places.length).fill(undefined);
        found.set(v, phase);
        const free = phase[place] === undefined;
        phase[place] = p;
        return free && found.size <= 1000;
      }),
    );
    if (!usable || found.size < 2) continue;
    const all = [...found].sort(([a], [b]) => a - b).map(([, planes]) => planes);
    const best = moreOf(wholePhases(all), wholeSlices(all));
    if (!best) continue;
    const { phases, leftOut } = best;
    return phases.length > 1 ? { ...timed(phases, key, clocks), leftOut } : { ...single(phases[0]), leftOut };
  }
  return undefined;
}

type Kept = Pick<Phases, 'phases' | 'leftOut'>;
const planesIn = (kept: Kept | undefined): number => kept?.phases.reduce((n, p) => n + p.length, 0) ?? 0;
const moreOf = (a: Kept | undefined, b: Kept | undefined): Kept | undefined =>
  planesIn(a) >= planesIn(b) ? a : b;

const isWhole = (planes: readonly (Plane | undefined)[]): planes is Plane[] =>
  planes.every((p) => p !== undefined);

/** Time points that have every slice. */
function wholePhases(all: readonly (readonly (Plane | undefined)[])[]): Kept | undefined {
  const phases = all.filter((p): p is Plane[] => isWhole(p));
  if (phases.length === 0) return undefined;
  return { phases, leftOut: { phases: all.length - phases.length, slices: 0 } };
}

/** Slices that every time point has, when those that are left out stand at the ends. */
function wholeSlices(all: readonly (readonly (Plane | undefined)[])[]): Kept | undefined {
  const slices = all[0].length;
  const whole = Array.from({ length: slices }, (_, k) => all.every((p) => p[k] !== undefined));
  const first = whole.indexOf(true);
  const end = whole.lastIndexOf(true) + 1;
  if (first < 0 || end - first < 2) return undefined;
  const phases = all.map((p) => p.slice(first, end)).filter((p): p is Plane[] => isWhole(p));
  if (phases.length < all.length) return undefined;
  return { phases, leftOut: { phases: 0, slices: slices - (end - first) } };
}

/**
 * The last resort where no attribute tells the repeats apart: instances numbered through, whole volumes one after the
 * other, or all repeats of a slice together.
 */
export function phasesByNumber(places: readonly (readonly Plane[])[]): Phases | undefined {
  const count = places.reduce((most, p) => Math.max(most, p.length), 0);
  if (places.some((p) => p.length !== count)) return undefined;
  const numbered = places.flat().sort((a, b) => a.instanceNumber - b.instanceNumber || a.frame - b.frame);
  const rank = new Map<Plane, number>();
  for (const [i, p] of numbered.entries()) {
    const before = numbered[i - 1];
    if (before && before.instanceNumber === p.instanceNumber && before.frame === p.frame) return undefined;
    rank.set(p, i);
  }
  const sorted = places.map((planes) => [...planes].sort((a, b) => rank.get(a)! - rank.get(b)!));
  const step = rank.get(sorted[0][1])! - rank.get(sorted[0][0])!;
  const regular = sorted.every((s) =>
    s.every((p, t) => t === 0 || rank.get(p)! - rank.get(s[t - 1])! === step),
  );
  if (!regular || (step !== 1 && step !== places.length)) return undefined;
  return {
    ...single([]),
    phases: sorted[0].map((_, t) => sorted.map((s) => s[t])),
    source: 'instanceNumber',
  };
}
