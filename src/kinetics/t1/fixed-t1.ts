import { NATIVE_T1 } from '../signal/parameters.ts';
import type { T1Method } from './method.ts';
import { estimate, noEstimate, type T1Estimate } from './t1-estimate.ts';

/** A T1 in s taken from the literature for all voxels: no S0 and no error. OSIPI P.NR2.001. */
export const fixedT1 = (t1: number): T1Estimate =>
  t1 > 0 && t1 < Infinity ? estimate(1 / t1, NaN, NaN, NaN, NaN) : noEstimate('signal-not-valid');

/** Rates (1/s) of an imported T1 map; NaN where T1 is 0, negative or missing. */
export function ratesOfT1Map(t1: ArrayLike<number>, unit: 's' | 'ms'): Float64Array {
  const perSecond = unit === 's' ? 1 : 1000;
  return Float64Array.from(t1, (value) => (value > 0 && value < Infinity ? perSecond / value : NaN));
}

export const fixed: T1Method = {
  id: 'fixed-t1',
  family: 'fixed',
  name: { en: 'Fixed T1', ru: 'Заданное T1', zh: '固定 T1' },
  caplex: 'P.NR2.001',
  source: 'Haacke, Filleti, Gattu et al., Magn Reson Med 2007;58:463',
  parameters: [NATIVE_T1],
  fit: fixedT1,
};
