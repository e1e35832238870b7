import { RefusedInput } from '../../core/refusal.ts';
import { checkedNumbers, type CurveCase } from './curve-case.ts';

type Fields = Readonly<Record<string, unknown>>;

const MOST_CASES = 1_000_000;

/**
 * Curves from JSON: `{units?, aif?, cases: [{id, time, aif?, tissue, delay?, fit_delay?, parameters?}]}`; what a case
 * lacks is taken from the head. Names under `parameters` (or `tolerance` of the head) are those in which answers come
 * back. Times in seconds unless `units.time` says minutes.
 * @throws RefusedInput when the text is no such file; a single bad case is refused by {@link caseOf}.
 */
export function readCases(text: string): { readonly head: Fields; readonly cases: readonly Fields[] } {
  let head: unknown;
  try {
    head = JSON.parse(text);
  } catch (error) {
    throw new RefusedInput('settings_invalid', { what: 'curves', expected: 'JSON', received: String(error) });
  }
  const fields: Fields = isFields(head) ? head : {};
  const list = Array.isArray(head)
    ? head
    : Array.isArray(fields.cases)
      ? fields.cases
      : isFields(head) && 'tissue' in head
        ? [head]
        : undefined;
  if (!list || list.length === 0 || list.length > MOST_CASES)
    throw new RefusedInput('settings_invalid', {
      what: 'curves',
      expected: 'cases: [{time, aif, tissue}, …]',
      received: list ? list.length : 'none',
    });
  return { head: fields, cases: list.map((c) => (isFields(c) ? c : {})) };
}

/** One case, checked. @throws RefusedInput naming what is wrong with it. */
export function caseOf(fields: Fields, head: Fields, number: number): CurveCase {
  const pick = (name: string) =>
    fields[name] ?? (isFields(head[name]) && name === 'aif' ? undefined : head[name]);
  const id =
    typeof fields.id === 'string' || typeof fields.id === 'number' ? String(fields.id) : `case ${number}`;
  const units = { ...asFields(head.units), ...asFields(fields.units) };
  const perSecond = unitOfTime(units.time);
  const time = checkedNumbers(pick('time'), `${id}: time`).map((t) => t * perSecond);
  const aif = checkedNumbers(pick('aif'), `${id}: aif`);
  const tissue = checkedNumbers(pick('tissue'), `${id}: tissue`);
  const own = pick('aif_time');
  const aifTime =
    own === undefined ? undefined : checkedNumbers(own, `${id}: aif_time`).map((t) => t * perSecond);
  same(tissue, time, `${id}: tissue`);
  same(aif, aifTime ?? time, `${id}: aif`);
  const delay = fields.delay === undefined ? 0 : checkedNumbers([fields.delay], `${id}: delay`)[0];
  const fitDelay = fields.fit_delay === true;
  const names = new Set([
    ...Object.keys(asFields(fields.parameters)),
    ...Object.keys(asFields(head.tolerance)),
  ]);
  if (!fitDelay) names.delete('delay');
  const wanted = [...names].map((name) => {
    const unit = units[name];
    return typeof unit === 'string' ? { name, unit } : { name };
  });
  return { id, time, aif, ...(aifTime && { aifTime }), tissue, delay, fitDelay, wanted };
}

function unitOfTime(unit: unknown): number {
  if (unit === undefined) return 1;
  if (typeof unit === 'string' && /^s(ec|econds?)?\b/i.test(unit)) return 1;
  if (typeof unit === 'string' && /^min(utes?)?\b/i.test(unit)) return 60;
  throw new RefusedInput('settings_invalid', {
    what: 'unit of time',
    expected: 's, min',
    received: String(unit),
  });
}

function same(values: Float64Array, times: Float64Array, what: string): void {
  if (values.length !== times.length)
    throw new RefusedInput('settings_invalid', {
      what,
      expected: `${times.length} values`,
      received: values.length,
    });
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asFields = (value: unknown): Fields => (isFields(value) ? value : {});
