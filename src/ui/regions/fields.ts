import type { Localised } from '../../core/localised.ts';
import type { Parameter } from '../../regions/edit/parameters.ts';
import type { MethodParameter } from '../../regions/segment/method.ts';

export type FieldValue = number | string | boolean | readonly string[] | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;

interface Base {
  readonly id: string;
  readonly label: Localised;
  readonly help?: Localised;
  /** Another field and the values of it that bring this one up. */
  readonly when: Readonly<Record<string, readonly FieldValue[]>>;
}

/** A setting of an operation or a method, as a form shows it. */
export type Field =
  | (Base & {
      readonly kind: 'number';
      readonly unit: string;
      readonly min: number;
      readonly max: number;
      readonly start: number | null;
    })
  | (Base & {
      readonly kind: 'choice' | 'set';
      readonly options: readonly { readonly id: string; readonly label: Localised }[];
      readonly start: FieldValue;
    })
  | (Base & { readonly kind: 'flag'; readonly start: boolean });

export const fieldsOfOperation = (parameters: readonly Parameter[]): Field[] =>
  parameters.map((p) => {
    const base = { id: p.id, label: p.label, when: p.when ?? {} };
    if (p.kind === 'flag') return { ...base, kind: p.kind, start: p.start };
    if (p.kind === 'choice') return { ...base, kind: p.kind, options: p.choices, start: p.start };
    return { ...base, kind: p.kind, unit: p.unit, min: p.min, max: p.max, start: p.start ?? null };
  });

export const fieldsOfMethod = (parameters: readonly MethodParameter[]): Field[] =>
  parameters.map((p) => {
    const base = { id: p.id, label: p.label, help: p.help, when: p.when ? { [p.when.id]: p.when.is } : {} };
    if (p.kind !== 'number') return { ...base, kind: p.kind, options: p.options, start: p.default };
    const unit = p.unit === 'intensity' ? 'image' : p.unit === 'voxels' ? '' : p.unit;
    return { ...base, kind: p.kind, unit, min: p.range[0], max: p.range[1], start: p.default };
  });

export const startOf = (fields: readonly Field[]): FieldValues =>
  Object.fromEntries(fields.map((f) => [f.id, f.start]));

export const isShown = (field: Field, values: FieldValues): boolean =>
  Object.entries(field.when).every(([id, wanted]) => wanted.includes(values[id] ?? null));

/** Whether a value may be sent: within its bounds, something ticked. */
export function isValid(field: Field, value: FieldValue | undefined): boolean {
  if (field.kind === 'number')
    return value === null || (typeof value === 'number' && value >= field.min && value <= field.max);
  return field.kind !== 'set' || (Array.isArray(value) && value.length > 0);
}

/** What was filled in, without fields left open. */
export const filled = (values: FieldValues): Record<string, Exclude<FieldValue, null>> =>
  Object.fromEntries(
    Object.entries(values).filter((e): e is [string, Exclude<FieldValue, null>] => e[1] !== null),
  );
