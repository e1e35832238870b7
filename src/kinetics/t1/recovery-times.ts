import { RefusedInput } from '../../core/refusal.ts';
import type { T1Estimate } from './t1-estimate.ts';

export interface InversionProtocol {
  /** Inversion times, s, in the order of the signals. */
  readonly delays: readonly number[];
  /** s; Infinity (the default) when the magnetisation recovers fully between inversions. */
  readonly repetitionTime?: number;
  /** `magnitude`: the images show |S|. `signed`: the sign was kept (phase-sensitive or real images). */
  readonly signs: 'magnitude' | 'signed';
  /** cos of the inversion angle: `fitted` (3 parameters), or a fixed value such as −1 for a perfect inversion. */
  readonly inversion: 'fitted' | number;
}

export interface InversionEstimate extends T1Estimate {
  /** cos of the effective inversion angle: −1 perfect inversion, 0 saturation. */
  readonly inversion: number;
}

export interface SaturationProtocol {
  /** Delays after the saturation pulse, s, in the order of the signals. */
  readonly delays: readonly number[];
  /** Share of the magnetisation left by the pulse: `fitted` (3 parameters), or fixed, 0 for a perfect saturation. */
  readonly residual: 'fitted' | number;
}

export interface SaturationEstimate extends T1Estimate {
  readonly residual: number;
}

/** Refuses a list of inversion or saturation delays (s) that no voxel could be fitted with. */
export function checkDelays(delays: readonly number[], unknowns: number, signals: number): void {
  const ok = delays.every((d) => d >= 0 && d < Infinity) && new Set(delays).size >= unknowns;
  if (!ok)
    throw new RefusedInput('settings_invalid', {
      key: 'delays',
      expected: `≥ ${unknowns}, ≥ 0 s`,
      received: delays.slice(0, 20).join(', ') || '—',
    });
  if (signals !== delays.length)
    throw new RefusedInput('inconsistent_attributes', {
      what: 'delays',
      expected: delays.length,
      received: signals,
    });
}

/** Finite signals that are not all 0; signed ones may be negative. */
export function isFiniteSignal(signal: ArrayLike<number>): boolean {
  let largest = 0;
  for (let i = 0; i < signal.length; i++) {
    const s = Math.abs(signal[i]!);
    if (!(s < Infinity)) return false;
    if (s > largest) largest = s;
  }
  return largest > 0;
}
