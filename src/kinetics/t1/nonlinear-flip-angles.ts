import { B1_FACTOR, REPETITION_TIME } from '../signal/parameters.ts';
import type { T1Method } from './method.ts';
import {
  checkFlipAngles,
  isMagnitude,
  trueAngles,
  type FlipAngleFit,
  type FlipAngleProtocol,
} from './flip-angles.ts';
import { separableFitter, type SeparableModel } from './separable-fit.ts';
import { estimate, noEstimate, type T1Estimate } from './t1-estimate.ts';

/**
 * T1 and S0 by least squares on the signals themselves, S = S0 sinα (1−E)/(1−E cosα), which is the maximum-likelihood
 * answer for equal Gaussian noise. Prepared once for a protocol and B1 factor, for all voxels that share them.
 * OSIPI P.NR2.002.
 */
export function prepareNonlinearFlipAngles(
  protocol: FlipAngleProtocol,
  b1 = 1,
): (signal: ArrayLike<number>) => T1Estimate {
  checkFlipAngles(protocol, protocol.flipAngles.length);
  if (!(b1 > 0 && b1 < Infinity)) return () => noEstimate('signal-not-valid');
  const fit = separableFitter(spoiledEchoModel(protocol, b1));
  const points = protocol.flipAngles.length;
  return (signal) => {
    if (signal.length !== points) checkFlipAngles(protocol, signal.length);
    if (!isMagnitude(signal)) return noEstimate('signal-not-valid');
    const { r1, amplitudes, rss, covariance, status } = fit(signal);
    return estimate(
      r1,
      amplitudes[0]!,
      Math.sqrt(covariance[0]!),
      Math.sqrt(covariance[3]!),
      Math.sqrt(rss / points),
      status,
    );
  };
}

/** One voxel by {@link prepareNonlinearFlipAngles}. */
export const fitNonlinearFlipAngles: FlipAngleFit = (signal, protocol, b1 = 1) =>
  prepareNonlinearFlipAngles(protocol, b1)(signal);

function spoiledEchoModel(protocol: FlipAngleProtocol, b1: number): SeparableModel {
  const { repetitionTime } = protocol;
  const sines = trueAngles(protocol, b1).map(Math.sin);
  const cosines = trueAngles(protocol, b1).map(Math.cos);
  const points = sines.length;
  return {
    points,
    amplitudes: 1,
    evaluate: (r1, basis, slope) => {
      const recovered = -Math.expm1(-repetitionTime * r1);
      const e = 1 - recovered;
      for (let i = 0; i < points; i++) {
        const below = 1 - cosines[i]! + cosines[i]! * recovered;
        basis[i] = (sines[i]! * recovered) / below;
        slope[i] = (repetitionTime * e * sines[i]! * (1 - cosines[i]!)) / (below * below);
      }
    },
  };
}

export const nonlinearFlipAngles: T1Method = {
  id: 'nonlinear-flip-angles',
  family: 'flip-angles',
  name: {
    en: 'Variable flip angle, non-linear',
    ru: 'Переменный угол отклонения, нелинейный',
    zh: '可变翻转角，非线性',
  },
  caplex: 'P.NR2.002',
  source: 'Wang, Riederer & Lee, Magn Reson Med 1987;5:399; Golub & Pereyra, SIAM J Numer Anal 1973;10:413',
  parameters: [REPETITION_TIME, B1_FACTOR],
  fit: fitNonlinearFlipAngles,
};
