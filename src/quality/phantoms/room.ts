import type { Localised } from '../../core/localised.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Mask, Volume } from '../../core/volume.ts';

/** A number that a phantom is made from. */
export interface PhantomParameter {
  readonly id: string;
  readonly label: Localised;
  readonly unit: string;
  readonly default: number;
  readonly range: readonly [number, number];
}

/** A value known from the construction of the phantom, not measured on its voxels. */
export interface TruthValue {
  readonly id: string;
  readonly label: Localised;
  readonly value: number;
  readonly unit: string;
  /** Name of the region that it belongs to. */
  readonly region?: string;
}

/** A made object: one volume for each phase, its regions, and what is true of it. */
export interface Phantom {
  readonly phases: readonly Volume[];
  /** Seconds from the first phase; absent when there is one. */
  readonly times?: readonly number[];
  readonly masks: readonly Mask[];
  readonly truth: readonly TruthValue[];
}

/** A digital phantom: an object with known truth, made anew from its parameters and seed every time. */
export interface PhantomRoom {
  readonly id: string;
  readonly label: Localised;
  readonly description: Localised;
  readonly parameters: readonly PhantomParameter[];
  /** Parameters that are not given take their default. @throws RefusedInput `settings_invalid` outside the range. */
  readonly generate: (values?: Readonly<Record<string, number>>) => Phantom;
}

/** The value of every parameter: as given, else its default. @throws RefusedInput `settings_invalid` */
export function parameterValues<Id extends string>(
  parameters: readonly (PhantomParameter & { readonly id: Id })[],
  given: Readonly<Record<string, number>> = {},
): Record<Id, number> {
  const out = Object.create(null) as Record<Id, number>;
  for (const { id, range, default: usual } of parameters) {
    const value = Object.hasOwn(given, id) ? (given[id] ?? NaN) : usual;
    if (!(value >= range[0] && value <= range[1])) {
      throw new RefusedInput('settings_invalid', {
        name: id,
        expected: `${range[0]} – ${range[1]}`,
        received: value,
      });
    }
    out[id] = value;
  }
  return out;
}

/** The seed, which every phantom with chance in it has. */
export const SEED = {
  id: 'seed',
  label: { en: 'Seed', ru: 'Начальное число генератора', zh: '随机种子' },
  unit: '',
  default: 1,
  range: [0, 4294967295],
} as const satisfies PhantomParameter;
