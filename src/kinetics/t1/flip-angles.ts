import { RefusedInput } from '../../core/refusal.ts';
import type { T1Estimate } from './t1-estimate.ts';

/** A variable-flip-angle measurement: one TR in s, nominal flip angles in degrees, in the order of the signals. */
export interface FlipAngleProtocol {
  readonly repetitionTime: number;
  readonly flipAngles: readonly number[];
}

/** T1 of one voxel from its signals at each flip angle; `b1` is true over nominal flip angle. */
export type FlipAngleFit = (
  signal: ArrayLike<number>,
  protocol: FlipAngleProtocol,
  b1?: number,
) => T1Estimate;

/** True flip angles in radians. */
export const trueAngles = ({ flipAngles }: FlipAngleProtocol, b1: number): Float64Array =>
  Float64Array.from(flipAngles, (degrees) => (degrees * b1 * Math.PI) / 180);

/**
 * Refuses a protocol that no voxel could be fitted with: no or odd TR, fewer than two different flip angles, or another
 * number of signals than of angles.
 */
export function checkFlipAngles({ repetitionTime, flipAngles }: FlipAngleProtocol, signals: number): void {
  if (!(repetitionTime > 0 && repetitionTime < Infinity))
    throw new RefusedInput('settings_invalid', {
      key: 'repetitionTime',
      expected: '> 0 s',
      received: repetitionTime,
    });
  const ok = flipAngles.every((angle) => angle > 0 && angle < 180) && new Set(flipAngles).size >= 2;
  if (!ok)
    throw new RefusedInput('settings_invalid', {
      key: 'flipAngles',
      expected: '≥ 2, 0 … 180°',
      received: flipAngles.slice(0, 20).join(', ') || '—',
    });
  if (signals !== flipAngles.length)
    throw new RefusedInput('inconsistent_attributes', {
      what: 'flipAngles',
      expected: flipAngles.length,
      received: signals,
    });
}

/** Signals that magnitude images can have and that hold something: finite, none negative, not all 0. */
export function isMagnitude(signal: ArrayLike<number>): boolean {
  let largest = 0;
  for (let i = 0; i < signal.length; i++) {
    const s = signal[i]!;
    if (!(s >= 0 && s < Infinity)) return false;
    if (s > largest) largest = s;
  }
  return largest > 0;
}
