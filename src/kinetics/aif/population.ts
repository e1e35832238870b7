import { RefusedInput } from '../../core/refusal.ts';
import type { MethodDefinition, MethodParameter } from '../signal/method.ts';
import { plasmaFromBlood } from '../signal/haematocrit.ts';

/** An arterial input averaged over a population, as a function of time. */
export interface PopulationInput extends MethodDefinition {
  readonly species: 'human' | 'rat';
  /** What the curve is the concentration of. Models want plasma: divide blood by (1 − haematocrit). */
  readonly compartment: 'blood' | 'plasma';
  /** Dose that the curve was made with, mmol/kg; null when the curve cannot be scaled to another. */
  readonly referenceDose: number | null;
  /** Concentration, mM, at seconds ≥ 0 after the arrival of the bolus. */
  readonly concentration: (seconds: number) => number;
}

const DELAY: MethodParameter = {
  id: 'delay',
  name: { en: 'Arrival of the bolus', ru: 'Приход болюса', zh: '团注到达时间' },
  unit: 's',
  range: [-600, 600],
  default: 0,
};

/** Settings of a population input with a known dose, in mmol/kg. */
export const scalable = (dose: number): readonly MethodParameter[] => [
  DELAY,
  {
    id: 'dose',
    name: { en: 'Dose', ru: 'Доза', zh: '剂量' },
    unit: 'mmol/kg',
    range: [0.001, 1],
    default: dose,
  },
];

export const UNSCALABLE: readonly MethodParameter[] = [DELAY];

export interface PopulationOptions {
  /** Seconds from the first frame to the arrival of the bolus; the curve is 0 before. Default 0. */
  readonly delay?: number;
  /** mmol/kg; the curve is scaled in proportion. Default: the dose it was made with. */
  readonly dose?: number;
}

/**
 * A population input at given times: C(t − delay) · dose/reference dose, 0 before the arrival, mM in the input's own
 * compartment. The function is evaluated at t − delay itself, on any grid.
 *
 * @param times s, any order.
 * @throws RefusedInput `settings_invalid` for a dose that is not positive or that the input cannot be scaled to.
 */
export function populationCurve(
  input: PopulationInput,
  times: ArrayLike<number>,
  { delay = 0, dose }: PopulationOptions = {},
): Float64Array {
  if (!Number.isFinite(delay))
    throw new RefusedInput('settings_invalid', { key: 'delay', expected: 's', received: delay });
  const scale = doseScale(input, dose);
  return Float64Array.from(times, (t) => {
    const since = t - delay;
    return since < 0 ? 0 : scale * input.concentration(since);
  });
}

/** The same in plasma, mM: blood is divided by (1 − haematocrit), a plasma curve stays as it is. */
export function populationPlasma(
  input: PopulationInput,
  times: ArrayLike<number>,
  haematocrit: number,
  options: PopulationOptions = {},
): Float64Array {
  const curve = populationCurve(input, times, options);
  return input.compartment === 'blood' ? plasmaFromBlood(curve, haematocrit) : curve;
}

function doseScale({ referenceDose }: PopulationInput, dose: number | undefined): number {
  if (dose === undefined) return 1;
  if (referenceDose === null || !(dose > 0 && dose < Infinity))
    throw new RefusedInput('settings_invalid', {
      key: 'dose',
      expected: referenceDose === null ? '—' : '> 0 mmol/kg',
      received: dose,
    });
  return dose / referenceDose;
}
