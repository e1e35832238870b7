import { numberOf } from '../core/dicom.ts';
import { frameNumber, MACRO, type FrameAttributes } from './functional-groups.ts';

/** Fields stronger than this, T, are stated in gauss, as some GE and older Philips files do. */
const STRONGEST = 50;
const GAUSS_IN_TESLA = 10_000;

/** Repetition time of a frame, ms. */
export const repetitionTimeOf = (f: FrameAttributes): number | undefined =>
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
  return stated > STRONGEST ? stated / GAUSS_IN_TESLA : stated;
}
