import { REPETITION_TIME } from '../signal/parameters.ts';
import type { T1Method } from './method.ts';
import { RefusedInput } from '../../core/refusal.ts';
import {
  checkDelays,
  isFiniteSignal,
  type InversionEstimate,
  type InversionProtocol,
} from './recovery-times.ts';
import { separableFitter, type SeparableFit, type SeparableModel } from './separable-fit.ts';
import { estimate, noEstimate } from './t1-estimate.ts';

/**
 * T1 from inversion recovery, S = S0 [1 − (1−c) exp(−TI·R1) − c exp(−TR·R1)], c = cos of the inversion angle (without
 * TR: S0 [1 − (1−c) exp(−TI·R1)]). Magnitude signals get their signs back by trying every place of the zero crossing
 * and keeping the smallest residual (as Barral et al. 2010 do). OSIPI P.NR2.004.
 *
 * @throws RefusedInput `settings_invalid` for too few or odd delays, TR, or inversion.
 */
export function fitInversionRecovery(
  signal: ArrayLike<number>,
  protocol: InversionProtocol,
): InversionEstimate {
  const { delays, repetitionTime = Infinity, signs, inversion } = protocol;
  const fitted = inversion === 'fitted';
  checkDelays(delays, fitted ? 3 : 2, signal.length);
  if (!(repetitionTime > Math.max(...delays)))
    throw new RefusedInput('settings_invalid', {
      key: 'repetitionTime',
      expected: `> ${Math.max(...delays)} s`,
      received: repetitionTime,
    });
  if (!fitted && !(inversion >= -1 && inversion < 1))
    throw new RefusedInput('settings_invalid', {
      key: 'inversion',
      expected: '−1 … <1',
      received: inversion,
    });
  if (!isFiniteSignal(signal)) return { ...noEstimate('signal-not-valid'), inversion: NaN };

  const model = inversionModel(delays, repetitionTime, inversion);
  const best = signs === 'signed' ? separableFitter(model)(signal) : bestSigns(model, delays, signal);
  const { r1, amplitudes, rss, covariance, status } = best;
  const s0 = amplitudes[0]!;
  if (!(s0 > 0)) return { ...noEstimate('no-answer'), inversion: NaN };
  const size = amplitudes.length + 1;
  return {
    ...estimate(
      r1,
      s0,
      Math.sqrt(covariance[0]!),
      Math.sqrt(covariance[size + 1]!),
      Math.sqrt(rss / signal.length),
      status,
    ),
    inversion: fitted ? amplitudes[1]! / s0 : inversion,
  };
}

/** Amplitudes S0 and S0·c on (1 − e^(−TI·R1)) and (e^(−TI·R1) − e^(−TR·R1)); one amplitude when c is fixed. */
function inversionModel(delays: readonly number[], tr: number, inversion: 'fitted' | number): SeparableModel {
  const points = delays.length;
  return {
    points,
    amplitudes: inversion === 'fitted' ? 2 : 1,
    evaluate: (r1, basis, slope) => {
      const late = Math.exp(-tr * r1);
      const lateSlope = tr === Infinity ? 0 : -tr * late;
      for (let i = 0; i < points; i++) {
        const e = Math.exp(-delays[i]! * r1);
        const eSlope = -delays[i]! * e;
        if (inversion === 'fitted') {
          basis[i] = 1 - e;
          slope[i] = -eSlope;
          basis[points + i] = e - late;
          slope[points + i] = eSlope - lateSlope;
        } else {
          basis[i] = 1 - e + inversion * (e - late);
          slope[i] = -eSlope + inversion * (eSlope - lateSlope);
        }
      }
    },
  };
}

/** The fit with the smallest residual over every number of early signals taken as negative. */
function bestSigns(
  model: SeparableModel,
  delays: readonly number[],
  signal: ArrayLike<number>,
): SeparableFit {
  const order = delays.map((_, i) => i).sort((a, b) => delays[a]! - delays[b]!);
  const signed = Float64Array.from(signal, Math.abs);
  const fit = separableFitter(model);
  let best = fit(signed);
  for (const index of order) {
    signed[index] = -signed[index]!;
    const next = fit(signed);
    const better = next.rss < best.rss && next.amplitudes[0]! > 0;
    if (better || !(best.amplitudes[0]! > 0)) best = next;
  }
  return best;
}

export const inversionRecovery: T1Method = {
  id: 'inversion-recovery',
  family: 'inversion-recovery',
  name: { en: 'Inversion recovery', ru: 'Инверсия-восстановление', zh: '反转恢复' },
  caplex: 'P.NR2.004',
  source: 'Barral, Gudmundson, Stikov et al., Magn Reson Med 2010;64:1057',
  parameters: [{ ...REPETITION_TIME, range: [1e-4, null], default: Infinity }],
  fit: fitInversionRecovery,
};
