import type { Localised } from './localised.ts';
import { RefusedInput } from './refusal.ts';

/** A number, a chosen option, a flag, several options; null where a number stays open. */
export type ParameterValue = number | string | boolean | readonly string[] | null;
/** By parameter id. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

interface Base {
  readonly id: string;
  readonly label: Localised;
  /** One plain sentence: what it does to the result. */
  readonly help?: Localised;
  /** Shown only while another parameter has, or holds, one of these options. */
  readonly when?: { readonly id: string; readonly is: readonly string[] };
}

export interface NumberParameter extends Base {
  readonly kind: 'number';
  /** `mm`, `voxels`, `%`, …; `intensity` stands for the unit of the image; empty for pure numbers. */
  readonly unit: string;
  readonly range: readonly [number, number];
  /** Null where the parameter may stay open and does so at first. */
  readonly default: number | null;
  /** What it means while it stays open, in a word. */
  readonly open?: Localised;
  readonly whole?: boolean;
}

interface Option {
  readonly id: string;
  readonly label: Localised;
}

export interface ChoiceParameter extends Base {
  readonly kind: 'choice';
  readonly options: readonly Option[];
  readonly default: string;
}

/** Several of the options at once; at least one. */
export interface SetParameter extends Base {
  readonly kind: 'set';
  readonly options: readonly Option[];
  readonly default: readonly string[];
}

export interface FlagParameter extends Base {
  readonly kind: 'flag';
  readonly default: boolean;
}

/** A setting of an operation, a method or a step. Its form, its check and its record all follow from this. */
export type Parameter = NumberParameter | ChoiceParameter | SetParameter | FlagParameter;

/** Checked values, read by id. */
export interface CheckedValues {
  readonly number: (id: string) => number;
  readonly open: (id: string) => number | null;
  readonly choice: (id: string) => string;
  readonly set: (id: string) => readonly string[];
  readonly flag: (id: string) => boolean;
}

/** What a form starts with. */
export const defaultsOf = (parameters: readonly Parameter[]): ParameterValues =>
  Object.fromEntries(parameters.map((p) => [p.id, p.default]));

/** Whether a form shows a parameter while the others have these values. */
export function isAsked({ when }: Parameter, values: ParameterValues): boolean {
  if (!when) return true;
  const other = values[when.id];
  const held = Array.isArray(other) ? (other as readonly string[]) : [String(other)];
  return held.some((v) => when.is.includes(v));
}

/** Whether a value is of the parameter's kind and within its bounds. */
export function fits(p: Parameter, value: ParameterValue | undefined): boolean {
  switch (p.kind) {
    case 'number': {
      if (value === null) return p.default === null;
      const [low, high] = p.range;
      return (
        typeof value === 'number' && value >= low && value <= high && (!p.whole || Number.isInteger(value))
      );
    }
    case 'choice':
      return p.options.some((o) => o.id === value);
    case 'set':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        (value as readonly unknown[]).every((v) => p.options.some((o) => o.id === v))
      );
    case 'flag':
      return typeof value === 'boolean';
  }
}

/**
 * Every parameter with its value, given or default. Plain data, which crosses the worker border.
 * @throws RefusedInput `settings_invalid` that names the parameter, what is allowed and what was received.
 */
export function checkedValues(
  parameters: readonly Parameter[],
  given: ParameterValues = {},
): ParameterValues {
  const ids = parameters.map((p) => p.id);
  for (const name of Object.keys(given)) if (!ids.includes(name)) throw invalid(name, ids.join(', '), name);
  const values: ParameterValues = { ...defaultsOf(parameters), ...given };
  for (const p of parameters)
    if (!fits(p, values[p.id])) throw invalid(p.id, allowed(p), String(values[p.id]));
  return values;
}

/** Reads values that were checked. @throws RangeError for an id that is none, or of another kind: a slip in the code. */
export function readValues(values: ParameterValues): CheckedValues {
  const read = <T>(id: string, is: (v: ParameterValue) => v is ParameterValue & T): T => {
    const v = values[id];
    if (v === undefined || !is(v)) throw new RangeError(`no such parameter: ${id}`);
    return v;
  };
  return {
    number: (id) => read(id, (v): v is number => typeof v === 'number'),
    open: (id) => read(id, (v): v is number | null => v === null || typeof v === 'number'),
    choice: (id) => read(id, (v): v is string => typeof v === 'string'),
    set: (id) => read(id, (v): v is readonly string[] => Array.isArray(v)),
    flag: (id) => read(id, (v): v is boolean => typeof v === 'boolean'),
  };
}

/** {@link checkedValues}, to be read by id. */
export const checkValues = (parameters: readonly Parameter[], given?: ParameterValues): CheckedValues =>
  readValues(checkedValues(parameters, given));

/** As a record keeps them: without what stayed open, several options in one text. */
export const writtenValues = (values: ParameterValues): Readonly<Record<string, string | number | boolean>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([id, v]) =>
      v === null ? [] : [[id, typeof v === 'object' ? v.join(' ') : v]],
    ),
  );

function allowed(p: Parameter): string {
  if (p.kind === 'number') return `${p.range[0]} – ${p.range[1]} ${p.unit}`.trim();
  return p.kind === 'flag' ? 'true, false' : p.options.map((o) => o.id).join(', ');
}

const invalid = (name: string, expected: string, received: string) =>
  new RefusedInput('settings_invalid', { name, expected, received });
