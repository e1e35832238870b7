import type { Localised } from '../../core/localised.ts';
import { RefusedInput } from '../../core/refusal.ts';

export type ParameterValue = number | string | boolean;
/** By parameter id. A number that may be left out and is, is absent. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

interface Base {
  readonly id: string;
  readonly label: Localised;
  /** Shown only while another parameter has one of these values. */
  readonly when?: Readonly<Record<string, readonly ParameterValue[]>>;
}

export interface NumberParameter extends Base {
  readonly kind: 'number';
  /** `image`: the unit of the image. */
  readonly unit: 'mm' | 'mm³' | '%' | 'image' | 'SUV';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Undefined: may be left out. */
  readonly start: number | undefined;
}

export interface ChoiceParameter extends Base {
  readonly kind: 'choice';
  readonly choices: readonly { readonly id: string; readonly label: Localised }[];
  readonly start: string;
}

export interface FlagParameter extends Base {
  readonly kind: 'flag';
  readonly start: boolean;
}

export type Parameter = NumberParameter | ChoiceParameter | FlagParameter;

/** Values a form starts with. */
export const startValues = (parameters: readonly Parameter[]): ParameterValues =>
  Object.fromEntries(parameters.flatMap((p) => (p.start === undefined ? [] : [[p.id, p.start]])));

/**
 * The values with starts filled in, checked against kind and bounds.
 * @throws RefusedInput `settings_invalid` that names the parameter, what was expected and what was given.
 */
export function checkedValues(parameters: readonly Parameter[], given: ParameterValues): ParameterValues {
  const stranger = Object.keys(given).find((id) => !parameters.some((p) => p.id === id));
  if (stranger !== undefined) {
    throw new RefusedInput('settings_invalid', {
      setting: stranger,
      expected: parameters.map((p) => p.id).join(', '),
      received: stranger,
    });
  }
  const values = { ...startValues(parameters), ...given };
  for (const p of parameters) {
    const value = values[p.id];
    if (value === undefined || fits(p, value)) continue;
    throw new RefusedInput('settings_invalid', {
      setting: p.id,
      expected: expectedOf(p),
      received: String(value),
    });
  }
  return values;
}

function fits(p: Parameter, value: ParameterValue): boolean {
  if (p.kind === 'number') return typeof value === 'number' && value >= p.min && value <= p.max;
  if (p.kind === 'choice') return p.choices.some((c) => c.id === value);
  return typeof value === 'boolean';
}

function expectedOf(p: Parameter): string {
  if (p.kind === 'number') return `${p.min}…${p.max} ${p.unit}`.trim();
  return p.kind === 'choice' ? p.choices.map((c) => c.id).join(', ') : 'true, false';
}

/** A number that was given or has a start; undefined when it was left out. */
export function numberOf(values: ParameterValues, id: string): number | undefined {
  const value = values[id];
  return typeof value === 'number' ? value : undefined;
}
