import type { Plane, PlaneTime } from './plane.ts';

/** Which attribute told the phases apart, in the order in which they are asked. */
export type TimeSource = keyof PlaneTime | 'instanceNumber';

const ORDER: readonly (keyof PlaneTime)[] = [
  'temporalPosition',
  'trigger',
  'acquisition',
  'acquisitionNumber',
  'content',
];
const DAY = 86_400;

export interface Phases {
  /** Planes of each phase, in the order of the given places. */
  readonly phases: readonly (readonly Plane[])[];
  readonly source: TimeSource | undefined;
  /** Seconds from the first phase, when the files say. */
  readonly times: readonly number[] | undefined;
  /** Phases that lack planes and were left out. */
  readonly incomplete: number;
}

/**
 * Deals the planes of each place to phases in time. Where places hold unequal numbers of planes, phases are told apart
 * by their time keys alone and incomplete ones are left out.
 * @returns undefined when several planes stand at one place and nothing tells them apart.
 */
export function phasesOf(places: readonly (readonly Plane[])[]): Phases | undefined {
  const count = Math.max(...places.map((p) => p.length));
  if (count === 1)
    return { phases: [places.map((p) => p[0])], source: undefined, times: undefined, incomplete: 0 };
  if (places.every((p) => p.length === count)) {
    for (const key of ORDER) {
      const sorted = places.map((p) => sortedBy(p, key));
      if (sorted.some((s) => s === undefined)) continue;
      const phases = Array.from({ length: count }, (_, t) => sorted.map((s) => s![t]));
      const ordered = key === 'acquisition' || key === 'content' ? overMidnight(phases, key) : phases;
      return { phases: ordered, source: key, times: secondsOfPhases(ordered), incomplete: 0 };
    }
    // Instances numbered through: whole volumes one after the other, or all phases of a slice together.
    const byNumber = places.map((p) =>
      [...p].sort((a, b) => a.instanceNumber - b.instanceNumber || a.frame - b.frame),
    );
    const numbers = new Set(places.flat().map((p) => `${p.instanceNumber} ${p.frame}`));
    if (numbers.size < places.length * count || !looksTimed(byNumber)) return undefined;
    const phases = Array.from({ length: count }, (_, t) => byNumber.map((s) => s[t]));
    return { phases, source: 'instanceNumber', times: undefined, incomplete: 0 };
  }
  return byCommonKey(places);
}

/** Repetition is a pattern, not one stray image: every place has it, and it is the same instance step everywhere. */
function looksTimed(places: readonly (readonly Plane[])[]): boolean {
  const step = places[0][1].instanceNumber - places[0][0].instanceNumber;
  return places.every((p) =>
    p.every(
      (plane, i) =>
        i === 0 || plane.instanceNumber - p[i - 1].instanceNumber === step || plane.frame !== p[i - 1].frame,
    ),
  );
}

/** The planes of one place in the order of a key, if the key is there and differs for all. */
function sortedBy(planes: readonly Plane[], key: keyof PlaneTime): Plane[] | undefined {
  const values = planes.map((p) => p.time[key]);
  if (values.some((v) => v === undefined) || new Set(values).size < values.length) return undefined;
  return [...planes].sort((a, b) => a.time[key]! - b.time[key]!);
}

/** Times without a date that run past midnight: the later half has the small numbers. */
function overMidnight(
  phases: readonly (readonly Plane[])[],
  key: 'acquisition' | 'content',
): readonly (readonly Plane[])[] {
  const at = phases.map((p) => p[0].time[key]!);
  if (at[at.length - 1] >= DAY) return phases; // dated
  const gap = at.findIndex((t, i) => i > 0 && t - at[i - 1] > DAY / 2);
  return gap < 0 ? phases : [...phases.slice(gap), ...phases.slice(0, gap)];
}

/** Seconds of each phase from the first, from the first attribute that rises from phase to phase. */
function secondsOfPhases(phases: readonly (readonly Plane[])[]): number[] | undefined {
  for (const key of ['acquisition', 'trigger', 'content'] as const) {
    const raw = phases.map((p) => Math.min(...p.map((plane) => plane.time[key] ?? NaN)));
    if (raw.some(Number.isNaN)) continue;
    const perSecond = key === 'trigger' ? 1000 : 1;
    const seconds: number[] = [];
    let days = 0;
    for (const [i, t] of raw.entries()) {
      if (i > 0 && t < raw[i - 1] && raw[i - 1] < DAY && key !== 'trigger') days += DAY;
      seconds.push((t + days - raw[0]) / perSecond);
    }
    if (seconds.every((s, i) => i === 0 || s > seconds[i - 1]))
      return seconds.map((s) => Math.round(s * 1e6) / 1e6);
  }
  return undefined;
}

function byCommonKey(places: readonly (readonly Plane[])[]): Phases | undefined {
  for (const key of ['temporalPosition', 'trigger', 'acquisition', 'content'] as const) {
    const values = new Set<number>();
    let usable = true;
    for (const planes of places) {
      const here = planes.map((p) => p.time[key]);
      if (here.some((v) => v === undefined) || new Set(here).size < here.length) usable = false;
      else for (const v of here) values.add(v!);
    }
    if (!usable || values.size > 10_000) continue;
    const all = [...values]
      .sort((a, b) => a - b)
      .map((v) => places.map((p) => p.find((plane) => plane.time[key] === v)));
    const whole = all.filter((p): p is Plane[] => p.every((plane) => plane !== undefined));
    if (whole.length === 0 || whole.length === all.length) continue;
    return {
      phases: whole,
      source: key,
      times: whole.length > 1 ? secondsOfPhases(whole) : undefined,
      incomplete: all.length - whole.length,
    };
  }
  return undefined;
}
