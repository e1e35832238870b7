import { RefusedInput } from '../../core/refusal.ts';
import type {
  CheckedValues,
  MethodParameter,
  NumberParameter,
  ParameterValue,
  ParameterValues,
} from './method.ts';

/**
 * Every parameter with its value, given or default, checked against its bounds.
 * @throws RefusedInput `settings_invalid` naming the parameter, what is allowed and what was received.
 */
export function checkValues(
  parameters: readonly MethodParameter[],
  given: ParameterValues = {},
): CheckedValues {
  const known = new Map(parameters.map((p) => [p.id, p]));
  for (const name of Object.keys(given))
    if (!known.has(name)) throw invalid(name, [...known.keys()].join(', '), name);
  const values = new Map(
    parameters.map((p) => [p.id, checkValue(p, Object.hasOwn(given, p.id) ? given[p.id]! : p.default)]),
  );
  const read = <T>(id: string, is: (v: ParameterValue) => v is ParameterValue & T): T => {
    const v = values.get(id);
    if (v === undefined || !is(v)) throw new RangeError(`no such parameter: ${id}`);
    return v;
  };
  return {
    number: (id) => read(id, (v): v is number => typeof v === 'number'),
    open: (id) => read(id, (v): v is number | null => v === null || typeof v === 'number'),
    choice: (id) => read(id, (v): v is string => typeof v === 'string'),
    set: (id) => read(id, (v): v is readonly string[] => Array.isArray(v)),
  };
}

function checkValue(p: MethodParameter, value: ParameterValue): ParameterValue {
  if (p.kind === 'number') return checkNumber(p, value);
  const ids = p.options.map((o) => o.id);
  const asked = p.kind === 'choice' ? [value] : Array.isArray(value) ? value : [];
  if (asked.length === 0 || asked.some((v) => !ids.includes(v as string)))
    throw invalid(p.id, ids.join(', '), String(value));
  return value;
}

function checkNumber(p: NumberParameter, value: ParameterValue): number | null {
  const [low, high] = p.range;
  if (value === null && p.default === null) return null;
  if (typeof value !== 'number' || !(value >= low && value <= high) || (p.whole && !Number.isInteger(value)))
    throw invalid(p.id, `${low} – ${high}`, String(value));
  return value;
}

const invalid = (name: string, expected: string, received: string) =>
  new RefusedInput('settings_invalid', { name, expected, received });
