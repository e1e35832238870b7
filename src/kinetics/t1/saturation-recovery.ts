import type { T1Method } from './method.ts';
import { RefusedInput } from '../../core/refusal.ts';
import {
  checkDelays,
  isFiniteSignal,
  type SaturationEstimate,
  type SaturationProtocol,
} from './recovery-times.ts';
import { separableFitter, type SeparableModel } from './separable-fit.ts';
import { estimate, noEstimate } from './t1-estimate.ts';

/**
 * T1 from saturation recovery, S = S0 [1 − (1−ρ) exp(−TD·R1)], ρ the share of magnetisation that the pulse leaves.
 * OSIPI P.NR2.003.
 *
 * @throws RefusedInput `settings_invalid` for too few or odd delays or an odd residual.
 */
export function fitSaturationRecovery(
  signal: ArrayLike<number>,
  { delays, residual }: SaturationProtocol,
): SaturationEstimate {
  const fitted = residual === 'fitted';
  checkDelays(delays, fitted ? 3 : 2, signal.length);
  if (!fitted && !(residual >= -1 && residual < 1))
    throw new RefusedInput('settings_invalid', { key: 'residual', expected: '−1 … <1', received: residual });
  if (!isFiniteSignal(signal)) return { ...noEstimate('signal-not-valid'), residual: NaN };
  const points = delays.length;
  const model: SeparableModel = {
    points,
    amplitudes: fitted ? 2 : 1,
    evaluate: (r1, basis, slope) => {
      for (let i = 0; i < points; i++) {
        const e = Math.exp(-delays[i]! * r1);
        const left = fitted ? 1 : 1 - residual;
        basis[i] = 1 - left * e;
        slope[i] = left * delays[i]! * e;
        if (fitted) {
          basis[points + i] = e;
          slope[points + i] = -delays[i]! * e;
        }
      }
    },
  };
  const { r1, amplitudes, rss, covariance, status } = separableFitter(model)(signal);
  const s0 = amplitudes[0]!;
  if (!(s0 > 0)) return { ...noEstimate('no-answer'), residual: NaN };
  const size = amplitudes.length + 1;
  return {
    ...estimate(
      r1,
      s0,
      Math.sqrt(covariance[0]!),
      Math.sqrt(covariance[size + 1]!),
      Math.sqrt(rss / points),
      status,
    ),
    residual: fitted ? amplitudes[1]! / s0 : residual,
  };
}

export const saturationRecovery: T1Method = {
  id: 'saturation-recovery',
  family: 'saturation-recovery',
  name: { en: 'Saturation recovery', ru: 'Насыщение-восстановление', zh: '饱和恢复' },
  caplex: 'P.NR2.003',
  source: 'Parker, Baustert, Tanner & Leach, Magn Reson Imaging 2000;18:157',
  parameters: [],
  fit: fitSaturationRecovery,
};
