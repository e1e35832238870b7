import { UNSCALABLE, type PopulationInput } from './population.ts';

const RISE = 7; // s
const [FAST, FAST_RATE] = [3.4, 0.045]; // mM, 1/s
const [SLOW, SLOW_RATE] = [1.81, 0.0015];

/**
 * A straight rise over 7 s, then two exponentials (model B, table 1, eq. 5):
 * (A1+A2) t/t0 up to t0, then A1 e^(−k1 (t−t0)) + A2 e^(−k2 (t−t0)), t in s.
 */
export const mcgrath: PopulationInput = {
  id: 'preclinical-mcgrath',
  name: { en: 'McGrath (rat)', ru: 'McGrath (крыса)', zh: 'McGrath（大鼠）' },
  source: 'McGrath, Bradley, Tessier et al., Magn Reson Med 2009;61:1173',
  parameters: UNSCALABLE,
  species: 'rat',
  compartment: 'blood',
  referenceDose: null,
  concentration: (seconds) => {
    if (seconds <= RISE) return ((FAST + SLOW) * seconds) / RISE;
    const since = seconds - RISE;
    return FAST * Math.exp(-FAST_RATE * since) + SLOW * Math.exp(-SLOW_RATE * since);
  },
};
