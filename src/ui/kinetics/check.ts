import type { KineticSettings } from '../../engine/kinetics/request.ts';
import type { kineticsEn } from '../i18n/kinetics-en.ts';

type CheckKey = Extract<keyof typeof kineticsEn, `kinetics.check.${string}`>;

/** What is wrong with a setting: these stop the fit. */
export interface Remark {
  readonly field:
    | 'input'
    | 'dose'
    | 'arrival'
    | 'haematocrit'
    | 'delay'
    | 'repetitionTime'
    | 'flipAngle'
    | 'relaxivity'
    | 'enhancement'
    | 't1'
    | 't1Blood'
    | 'baseline';
  readonly key: CheckKey;
  readonly facts?: Readonly<Record<string, string | number>>;
}

const positive = (v: number) => v > 0 && v < Infinity;

/** Settings that cannot be fitted with, by field. @param frames phases of the series. */
export function checkKinetics(s: KineticSettings, frames: number): Remark[] {
  const remarks: Remark[] = [];
  const wrong = (field: Remark['field'], key: CheckKey, facts?: Remark['facts']) =>
    remarks.push({ field, key, ...(facts && { facts }) });
  const { input, signal, delay, t1, baselineFrames: baseline } = s;

  if (input.kind === 'population') {
    if (!positive(input.dose)) wrong('dose', 'kinetics.check.positive');
    if (input.arrival !== null && !Number.isFinite(input.arrival)) wrong('arrival', 'kinetics.check.number');
  } else if (input.kind === 'region' ? input.region === '' : input.kind === 'table' && input.text === '')
    wrong('input', 'kinetics.check.input');
  if (!(s.haematocrit >= 0 && s.haematocrit <= 0.9)) wrong('haematocrit', 'kinetics.check.haematocrit');
  if (typeof delay === 'number') {
    if (!Number.isFinite(delay)) wrong('delay', 'kinetics.check.number');
  } else if (!(delay.lower < delay.upper)) wrong('delay', 'kinetics.check.delay');
  if (signal.kind === 'spoiled-gradient-echo') {
    if (signal.repetitionTime !== null && !positive(signal.repetitionTime))
      wrong('repetitionTime', 'kinetics.check.positive');
    if (signal.flipAngle !== null && !(signal.flipAngle > 0 && signal.flipAngle < 180))
      wrong('flipAngle', 'kinetics.check.angle');
    if (!positive(signal.relaxivity)) wrong('relaxivity', 'kinetics.check.positive');
    if (t1.tissue.kind === 'fixed' && !positive(t1.tissue.seconds)) wrong('t1', 'kinetics.check.positive');
    if (!positive(t1.blood)) wrong('t1Blood', 'kinetics.check.positive');
  } else if (signal.kind === 'ct-enhancement' && !positive(signal.enhancementPerMillimolar))
    wrong('enhancement', 'kinetics.check.positive');
  if (baseline !== null && !(Number.isInteger(baseline) && baseline >= 1 && baseline < frames))
    wrong('baseline', 'kinetics.check.baseline', { most: frames - 1 });
  return remarks;
}

/** Times read from pasted text: numbers apart by spaces, lines, commas or semicolons. */
export function readTimes(text: string): number[] {
  // A comma is a decimal mark when something else sets the numbers apart.
  const byComma = !/[\s;]/.test(text.trim().replaceAll(/,\s+/g, ','));
  const parts = text.trim().split(byComma ? /,/ : /[\s;]+|,\s+/);
  return parts
    .filter((p) => p !== '')
    .map((p) => Number(byComma ? p : p.replace(/,$/, '').replace(',', '.')));
}

/** What is wrong with times of frames, or null. */
export function checkTimes(times: readonly number[], frames: number): Pick<Remark, 'key' | 'facts'> | null {
  if (times.length !== frames)
    return { key: 'kinetics.check.times', facts: { n: frames, got: times.length } };
  const bad = times.findIndex((t, i) => !Number.isFinite(t) || (i > 0 && t <= times[i - 1]!));
  return bad < 0 ? null : { key: 'kinetics.check.rising', facts: { at: bad + 1 } };
}
