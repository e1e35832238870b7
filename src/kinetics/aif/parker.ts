import { scalable, type PopulationInput } from './population.ts';

/** A Gaussian of the given area (mM·min), centre and width (min), at t in min. */
const gaussian = (area: number, centre: number, width: number, t: number): number =>
  (area / (width * Math.sqrt(2 * Math.PI))) * Math.exp(-((t - centre) ** 2) / (2 * width * width));

/**
 * First pass and recirculation as two Gaussians, wash-out as an exponential behind a sigmoid (eq. 1 and table 1):
 * Cb = Σ A_n/(σ_n √2π) exp(−(t−T_n)²/2σ_n²) + α exp(−βt)/(1 + exp(−s(t−τ))), t in min. Cb(0) = 0.0804 mM, not 0.
 */
export const parker: PopulationInput = {
  id: 'parker',
  name: { en: 'Parker (human)', ru: 'Parker (человек)', zh: 'Parker（人）' },
  caplex: 'M.IC2.001',
  source:
    'Parker, Roberts, Macdonald et al., Magn Reson Med 2006;56:993 (23 patients, gadodiamide 0.1 mmol/kg)',
  parameters: scalable(0.1),
  species: 'human',
  compartment: 'blood',
  referenceDose: 0.1,
  concentration: (seconds) => {
    const t = seconds / 60;
    return (
      gaussian(0.809, 0.17046, 0.0563, t) +
      gaussian(0.33, 0.365, 0.132, t) +
      (1.05 * Math.exp(-0.1685 * t)) / (1 + Math.exp(-38.078 * (t - 0.483)))
    );
  },
};
