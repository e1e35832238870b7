import { scalable, type PopulationInput } from './population.ts';

/**
 * Two exponentials without a first pass: Cp = D (3.99 e^(−0.144 t) + 4.78 e^(−0.0111 t)), t in min, D in mmol/kg,
 * amplitudes in kg/L. The step at t = 0 stands for the injection.
 */
export const weinmann: PopulationInput = {
  id: 'weinmann',
  name: {
    en: 'Weinmann, as in Tofts & Kermode (human)',
    ru: 'Weinmann, как у Tofts и Kermode (человек)',
    zh: 'Weinmann，按 Tofts 与 Kermode（人）',
  },
  caplex: 'M.IC2.003',
  source:
    'Weinmann, Laniado & Mützel, Physiol Chem Phys Med NMR 1984;16:167; Tofts & Kermode, Magn Reson Med 1991;17:357',
  parameters: scalable(0.1),
  species: 'human',
  compartment: 'plasma',
  referenceDose: 0.1,
  concentration: (seconds) => {
    const t = seconds / 60;
    return 0.1 * (3.99 * Math.exp(-0.144 * t) + 4.78 * Math.exp(-0.0111 * t));
  },
};
