import { numberOf, textOf } from '../core/dicom.ts';
import type { SeriesProtocol } from '../core/series.ts';
import { frameNumber, MACRO, type FrameAttributes } from './functional-groups.ts';
import type { Plane } from './plane.ts';

/** Fields stronger than this, T, are stated in gauss, as some GE and older Philips files do. */
const STRONGEST = 50;
const GAUSS = 1e-4;

/** Repetition time of a frame, ms. */
const repetitionTimeOf = (f: FrameAttributes): number | undefined =>
  frameNumber(f, MACRO.mrTiming, '00180080');

/** Echo time, ms. */
export const echoTimeOf = (f: FrameAttributes): number | undefined =>
  frameNumber(f, MACRO.mrEcho, '00189082') ?? numberOf(f.instance, '00180081');

/** Inversion time, ms; the first where a frame lists several. */
export const inversionTimeOf = (f: FrameAttributes): number | undefined =>
  frameNumber(f, MACRO.mrModifier, '00189079') ?? numberOf(f.instance, '00180082');

/** Nominal flip angle, degrees. */
export const flipAngleOf = (f: FrameAttributes): number | undefined =>
  frameNumber(f, MACRO.mrTiming, '00181314');

/** Strength of the main field, T, whether the file states it in tesla or in gauss. */
export function fieldStrengthOf(f: FrameAttributes): number | undefined {
  const stated = numberOf(f.instance, '00180087');
  if (stated === undefined || !(stated > 0)) return undefined;
  return stated > STRONGEST ? stated * GAUSS : stated;
}

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
