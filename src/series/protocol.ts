import { textOf } from '../core/dicom.ts';
import type { SeriesProtocol } from '../core/series.ts';
import {
  echoTimeOf,
  fieldStrengthOf,
  flipAngleOf,
  inversionTimeOf,
  repetitionTimeOf,
} from './mr-settings.ts';
import type { Plane } from './plane.ts';

const SETTINGS = {
  repetitionTime: repetitionTimeOf,
  echoTime: echoTimeOf,
  inversionTime: inversionTimeOf,
  flipAngle: flipAngleOf,
} as const;

/** Settings of the phases of an MR series; undefined for other modalities and when the files state none. */
export function protocolOf(phases: readonly (readonly Plane[])[]): SeriesProtocol | undefined {
  const { attributes: first } = phases[0][0];
  if (textOf(first.instance, '00080060') !== 'MR') return undefined;
  const out: { -readonly [K in keyof SeriesProtocol]: SeriesProtocol[K] } = {};
  for (const [key, of] of Object.entries(SETTINGS) as [keyof typeof SETTINGS, typeof flipAngleOf][]) {
    const values = phases.map((planes) => settingOf(planes, of));
    if (values.every((v) => v !== undefined)) out[key] = values;
  }
  const field = fieldStrengthOf(first);
  if (field !== undefined) out.fieldStrength = field;
  return Object.keys(out).length > 0 ? out : undefined;
}

/** The setting of one phase, when its planes agree on it to one part in a thousand; zero is a blank of some makers. */
function settingOf(planes: readonly Plane[], of: typeof flipAngleOf): number | undefined {
  const first = of(planes[0].attributes);
  if (first === undefined || !(first > 0)) return undefined;
  const agree = planes.every((p) => Math.abs((of(p.attributes) ?? NaN) - first) <= 1e-3 * first);
  return agree ? first : undefined;
}
