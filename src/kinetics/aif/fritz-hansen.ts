import { scalable, type PopulationInput } from './population.ts';

/**
 * Two exponentials fitted to the inputs that Fritz-Hansen et al. measured in the heart:
 * Cp = 2.4 e^(−3.0 t) + 0.62 e^(−0.016 t) mM, t in min.
 */
export const fritzHansen: PopulationInput = {
  id: 'fritz-hansen',
  name: { en: 'Fritz-Hansen (human)', ru: 'Fritz-Hansen (человек)', zh: 'Fritz-Hansen（人）' },
  source:
    'Fritz-Hansen, Rostrup, Larsson et al., Magn Reson Med 1996;36:225; exponentials of Whitcher & Schmid, J Stat Softw 2011;44(5)',
  parameters: scalable(0.1),
  species: 'human',
  compartment: 'plasma',
  referenceDose: 0.1,
  concentration: (seconds) => {
    const t = seconds / 60;
    return 2.4 * Math.exp(-3 * t) + 0.62 * Math.exp(-0.016 * t);
  },
};
