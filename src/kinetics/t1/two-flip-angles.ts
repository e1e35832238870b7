import { B1_FACTOR, REPETITION_TIME } from '../signal/parameters.ts';
import type { T1Method } from './method.ts';
import { checkFlipAngles, isMagnitude, type FlipAngleFit } from './flip-angles.ts';
import { fitLine } from './linear-line.ts';
import { noEstimate } from './t1-estimate.ts';

/**
 * T1 from two flip angles in closed form: the line S/sinα against S/tanα through two points. From a longer series the
 * smallest and the largest flip angle are taken. No errors can be given, as nothing is left over. OSIPI P.NR2.002.
 */
export const fitTwoFlipAngles: FlipAngleFit = (signal, protocol, b1 = 1) => {
  checkFlipAngles(protocol, signal.length);
  const { flipAngles, repetitionTime } = protocol;
  const low = flipAngles.indexOf(Math.min(...flipAngles));
  const high = flipAngles.indexOf(Math.max(...flipAngles));
  const pair = [signal[low]!, signal[high]!];
  if (!(isMagnitude(pair) && b1 > 0)) return noEstimate('signal-not-valid');
  return fitLine(pair, { repetitionTime, flipAngles: [flipAngles[low]!, flipAngles[high]!] }, b1);
};

export const twoFlipAngles: T1Method = {
  id: 'two-flip-angles',
  family: 'flip-angles',
  name: { en: 'Two flip angles', ru: 'Два угла отклонения', zh: '双翻转角' },
  caplex: 'P.NR2.002',
  source: 'Wang, Riederer & Lee, Magn Reson Med 1987;5:399',
  parameters: [REPETITION_TIME, B1_FACTOR],
  fit: fitTwoFlipAngles,
};
