import { B1_FACTOR, REPETITION_TIME } from '../signal/parameters.ts';
import type { T1Method } from './method.ts';
import { checkFlipAngles, isMagnitude, type FlipAngleFit } from './flip-angles.ts';
import { fitLine } from './linear-line.ts';
import { noEstimate } from './t1-estimate.ts';

/**
 * DESPOT1: the line S/sinα = E · S/tanα + S0 (1−E) with equal weights. Exact without noise; with noise it favours the
 * small flip angles and is biased. OSIPI P.NR2.002.
 */
export const fitLinearFlipAngles: FlipAngleFit = (signal, protocol, b1 = 1) => {
  checkFlipAngles(protocol, signal.length);
  return isMagnitude(signal) && b1 > 0 ? fitLine(signal, protocol, b1) : noEstimate('signal-not-valid');
};

export const linearFlipAngles: T1Method = {
  id: 'linear-flip-angles',
  family: 'flip-angles',
  name: {
    en: 'Variable flip angle, linear (DESPOT1)',
    ru: 'Переменный угол отклонения, линейный (DESPOT1)',
    zh: '可变翻转角，线性（DESPOT1）',
  },
  caplex: 'P.NR2.002',
  source: 'Deoni, Rutt & Peters, Magn Reson Med 2003;49:515',
  parameters: [REPETITION_TIME, B1_FACTOR],
  fit: fitLinearFlipAngles,
};
