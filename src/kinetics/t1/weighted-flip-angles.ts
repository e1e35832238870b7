import { B1_FACTOR, REPETITION_TIME } from '../signal/parameters.ts';
import type { T1Method } from './method.ts';
import { checkFlipAngles, isMagnitude, trueAngles, type FlipAngleFit } from './flip-angles.ts';
import { fitLine } from './linear-line.ts';
import { noEstimate } from './t1-estimate.ts';

const ITERATIONS = 100;

/**
 * The line of DESPOT1 with the weights of Chang et al., w = (sinα/(1 − E cosα))², which undo the unequal noise of its
 * two axes; E comes from the fit before, starting with equal weights, until R1 changes by less than 1e-10 of itself.
 */
export const fitWeightedFlipAngles: FlipAngleFit = (signal, protocol, b1 = 1) => {
  checkFlipAngles(protocol, signal.length);
  if (!(isMagnitude(signal) && b1 > 0)) return noEstimate('signal-not-valid');
  const angles = trueAngles(protocol, b1);
  let current = fitLine(signal, protocol, b1);
  for (let n = 0; n < ITERATIONS; n++) {
    // Without a start the weights of a long T1 serve: they are finite and near those of most tissues.
    const e = Math.exp(-protocol.repetitionTime * (current.status === 'ok' ? current.r1 : 0.5));
    const weights = angles.map((angle) => (Math.sin(angle) / (1 - e * Math.cos(angle))) ** 2);
    const next = fitLine(signal, protocol, b1, weights);
    if (next.status !== 'ok') return next;
    const done = Math.abs(next.r1 - current.r1) <= 1e-10 * next.r1;
    current = next;
    if (done) return current;
  }
  return { ...current, status: 'not-converged' };
};

export const weightedFlipAngles: T1Method = {
  id: 'weighted-flip-angles',
  family: 'flip-angles',
  name: {
    en: 'Variable flip angle, weighted linear',
    ru: 'Переменный угол отклонения, взвешенный линейный',
    zh: '可变翻转角，加权线性',
  },
  caplex: 'P.NR2.002',
  source: 'Chang, Koay, Basser & Pierpaoli, Magn Reson Med 2008;60:496',
  parameters: [REPETITION_TIME, B1_FACTOR],
  fit: fitWeightedFlipAngles,
};
