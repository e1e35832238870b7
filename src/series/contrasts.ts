import type { FrameAttributes } from './functional-groups.ts';
import type { Plane } from './plane.ts';
import { flipAngleOf, inversionTimeOf } from './mr-settings.ts';

/** Volumes at the same places that differ in a setting, not in time: the measurements of a T1 map. */
export interface Contrasts {
  readonly setting: 'flipAngle' | 'inversionTime';
  /** Degrees or ms, rising. */
  readonly values: readonly number[];
  /** Planes of each contrast, in the order of the places. */
  readonly phases: readonly (readonly Plane[])[];
}

const SETTINGS = [
  ['flipAngle', flipAngleOf],
  ['inversionTime', inversionTimeOf],
] as const;

/** More is no list of contrasts, but a setting that follows the slice. */
const MOST = 64;

/**
 * Contrasts of a stack where every place has each flip angle, or else each inversion time, exactly once. Undefined where
 * that is not so, as in a dynamic series.
 */
export function contrastsOf(places: readonly (readonly Plane[])[]): Contrasts | undefined {
  const count = places[0].length;
  if (count < 2 || count > MOST || places.some((p) => p.length !== count)) return undefined;
  for (const [setting, of] of SETTINGS) {
    const sorted = places.map((planes) => byValue(planes, of));
    const values = sorted[0]?.map((s) => s.value);
    if (!values) continue;
    const same = sorted.every((s) => s?.every((v, i) => near(v.value, values[i])));
    const apart = values.every((v, i) => i === 0 || !near(v, values[i - 1]));
    if (!same || !apart) continue;
    return { setting, values, phases: values.map((_, i) => sorted.map((s) => s![i].plane)) };
  }
  return undefined;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-3 * Math.abs(b);

function byValue(planes: readonly Plane[], of: (f: FrameAttributes) => number | undefined) {
  const read = planes.map((plane) => ({ plane, value: of(plane.attributes) ?? NaN }));
  if (read.some((r) => !(r.value > 0))) return undefined;
  return read.sort((a, b) => a.value - b.value);
}
