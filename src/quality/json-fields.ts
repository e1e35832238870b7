import type { RefusalCaseId } from '../core/refusal-cases.ts';
import { refusedCase } from '../core/refusal-cases.ts';

/** An object of a JSON text whose fields are read one by one, each checked; nothing else of it is kept. */
export class JsonFields {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #where: string;
  readonly #refusal: RefusalCaseId;

  /** @throws RefusedInput of the case when the value is no object. */
  constructor(value: unknown, where: string, refusal: RefusalCaseId) {
    this.#where = where;
    this.#refusal = refusal;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.#wrong('', '{…}', value);
    this.#value = value as Readonly<Record<string, unknown>>;
  }

  #get(name: string): unknown {
    return Object.hasOwn(this.#value, name) ? this.#value[name] : undefined;
  }

  #wrong(name: string, expected: string, received: unknown) {
    const shown = received === undefined ? '—' : (JSON.stringify(received) ?? '—').slice(0, 60);
    const where = name === '' ? this.#where : `${this.#where}.${name}`;
    return refusedCase(this.#refusal, { where, expected, received: shown });
  }

  has(name: string): boolean {
    return this.#get(name) !== undefined && this.#get(name) !== null;
  }

  /** Text of at most so many characters; control characters are refused, not cleaned. */
  text(name: string, most = 200): string {
    const value = this.#get(name);
    if (
      typeof value !== 'string' ||
      value.length > most ||
      /[\u0000-\u0008\u000b-\u001f\u007f]/.test(value)
    ) {
      throw this.#wrong(name, `"…" (≤ ${most})`, value);
    }
    return value;
  }

  /** A short name: letters, digits and the marks of ids. */
  id(name: string): string {
    const value = this.text(name, 120);
    if (!/^[\p{L}\p{N}][\p{L}\p{N} ._:#+/-]*$/u.test(value))
      throw this.#wrong(name, 'a-z 0-9 . _ : -', value);
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = this.#get(name);
    const found = values.find((v) => v === value);
    if (found === undefined) throw this.#wrong(name, values.join(', '), value);
    return found;
  }

  number(name: string, low = -1e100, high = 1e100): number {
    const value = this.#get(name);
    if (typeof value !== 'number' || !(value >= low && value <= high)) {
      throw this.#wrong(name, Math.abs(low) >= 1e99 ? '0.0' : `${low} – ${high}`, value);
    }
    return value;
  }

  whole(name: string, low: number, high: number): number {
    const value = this.number(name, low, high);
    if (!Number.isInteger(value)) throw this.#wrong(name, `${low} – ${high}`, value);
    return value;
  }

  numberOrNull(name: string): number | null {
    return this.#get(name) === null ? null : this.number(name);
  }

  /** A day of the calendar, `YYYY-MM-DD`. */
  day(name: string): string {
    const value = this.#get(name);
    if (typeof value !== 'string' || !isDay(value)) throw this.#wrong(name, 'YYYY-MM-DD', value);
    return value;
  }

  flag(name: string): boolean {
    const value = this.#get(name);
    if (typeof value !== 'boolean') throw this.#wrong(name, 'true, false', value);
    return value;
  }

  object(name: string): JsonFields {
    return new JsonFields(
      this.#get(name),
      this.#where === '' ? name : `${this.#where}.${name}`,
      this.#refusal,
    );
  }

  /** Objects in a list of at most so many. */
  list(name: string, most: number): JsonFields[] {
    return this.values(name, most).map(
      (v, n) => new JsonFields(v, `${this.#where}.${name}[${n}]`, this.#refusal),
    );
  }

  values(name: string, most: number): readonly unknown[] {
    const value = this.#get(name);
    if (!Array.isArray(value) || value.length > most) throw this.#wrong(name, `[…] (≤ ${most})`, value);
    return value;
  }

  numbers(name: string, length: number): readonly number[] {
    const value = this.values(name, length);
    if (value.length !== length || !value.every((v) => typeof v === 'number' && Math.abs(v) <= 1e100)) {
      throw this.#wrong(name, `[${length} × 0.0]`, value);
    }
    return value as readonly number[];
  }

  /** Names and objects of a map. */
  entries(name: string, most: number): [string, JsonFields][] {
    const map = this.#get(name);
    if (typeof map !== 'object' || map === null || Array.isArray(map)) throw this.#wrong(name, '{…}', map);
    const all = Object.entries(map);
    if (all.length > most) throw this.#wrong(name, `≤ ${most}`, all.length);
    return all.map(([key, v]) => [
      key,
      new JsonFields(v, `${this.#where}.${name}.${key.slice(0, 40)}`, this.#refusal),
    ]);
  }
}

/** Does the calendar have this day? */
export function isDay(text: string): boolean {
  const [, y, m, d] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (y === undefined) return false;
  const days = new Date(Date.UTC(Number(y), Number(m), 0)).getUTCDate();
  return Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= days;
}
