import type { Localised } from '../../core/localised.ts';
import { RefusedInput } from '../../core/refusal.ts';

export interface HaematocritPreset {
  readonly id: string;
  readonly name: Localised;
  /** Volume share of cells in blood. */
  readonly value: number;
  readonly source: string;
}

/** Haematocrit of large vessels. */
export const HAEMATOCRITS: readonly HaematocritPreset[] = [
  {
    id: 'adult',
    name: { en: 'Adult, large vessels', ru: 'Взрослый, крупные сосуды', zh: '成人，大血管' },
    value: 0.42,
    source: 'Parker et al., Magn Reson Med 2006;56:993',
  },
  {
    id: 'qiba',
    name: { en: 'QIBA digital phantoms', ru: 'Цифровые фантомы QIBA', zh: 'QIBA 数字体模' },
    value: 0.45,
    source: 'QIBA DCE-MRI digital reference object',
  },
];

/**
 * Plasma from blood concentration: Cp = Cb/(1 − Hct), as extracellular agents stay out of the cells.
 * @throws RefusedInput `settings_invalid` for a haematocrit outside [0, 0.8].
 */
export function plasmaFromBlood(blood: ArrayLike<number>, haematocrit: number): Float64Array {
  if (!(haematocrit >= 0 && haematocrit <= 0.8))
    throw new RefusedInput('settings_invalid', {
      key: 'haematocrit',
      expected: '0 … 0.8',
      received: haematocrit,
    });
  return Float64Array.from(blood, (c) => c / (1 - haematocrit));
}
