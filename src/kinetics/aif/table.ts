import { RefusedInput } from '../../core/refusal.ts';
import { readHeading, type ColumnWords, type Compartment, type TimeUnit } from './table-columns.ts';

/** A curve read from a table. */
export interface CurveTable {
  /** s, rising */
  readonly times: Float64Array;
  /** mM, as the table has them */
  readonly concentrations: Float64Array;
  /** Unit that the times were written in, and whether the table said so itself. */
  readonly timeUnit: TimeUnit;
  readonly unitFrom: 'table' | 'setting';
  /** Null: the table does not say whether it is blood or plasma. */
  readonly compartment: Compartment | null;
}

const MOST_CHARACTERS = 32 * 1024 * 1024;
const MOST_ROWS = 200_000;
const FEWEST_ROWS = 3;
const SECONDS: Readonly<Record<TimeUnit, number>> = { s: 1, min: 60, ms: 0.001 };

interface RawTable {
  /** `row`: line of the text or place in the list, from 1. */
  readonly rows: readonly (readonly [time: unknown, concentration: unknown, row: number])[];
  readonly timeUnit: TimeUnit | null;
  readonly compartment: Compartment | null;
}

/**
 * Reads an arterial input from text: CSV, semicolons, tabs or blanks with or without headings, or JSON
 * (`{time: [...], concentration: [...], units: {time: "s"}}`, or a list of pairs or of such objects).
 *
 * @param statedUnit unit of the times; needed only where no heading names it, and wins over the heading.
 * @throws RefusedInput `empty_file`; `too_large`; `malformed` for what is no table of numbers; `settings_invalid` when
 * the unit of time is nowhere said; `inconsistent_attributes` for times that do not rise.
 */
export function readCurveTable(text: string, statedUnit?: TimeUnit): CurveTable {
  if (text.length > MOST_CHARACTERS)
    throw new RefusedInput('too_large', { size: text.length, limit: MOST_CHARACTERS });
  const body = text.replace(/^\uFEFF/, '');
  if (body.trim() === '') throw new RefusedInput('empty_file');
  const raw = /^\s*[[{]/.test(body) ? readJson(body) : readDelimited(body);
  if (raw.rows.length > MOST_ROWS)
    throw new RefusedInput('too_large', { size: raw.rows.length, limit: MOST_ROWS });
  if (raw.rows.length < FEWEST_ROWS)
    throw new RefusedInput('malformed', {
      what: 'rows',
      expected: `≥ ${FEWEST_ROWS}`,
      received: raw.rows.length,
    });
  const timeUnit = statedUnit ?? raw.timeUnit;
  if (timeUnit === null)
    throw new RefusedInput('settings_invalid', {
      key: 'timeUnit',
      expected: 'time_s, time_min, time_ms',
      received: '—',
    });

  const times = new Float64Array(raw.rows.length);
  const concentrations = new Float64Array(raw.rows.length);
  raw.rows.forEach(([time, concentration, row], n) => {
    times[n] = numberOf(time, row) * SECONDS[timeUnit];
    concentrations[n] = numberOf(concentration, row);
    if (n > 0 && !(times[n]! > times[n - 1]!))
      throw new RefusedInput('inconsistent_attributes', {
        what: `row ${row}`,
        expected: `> ${times[n - 1]! / SECONDS[timeUnit]} ${timeUnit}`,
        received: times[n]! / SECONDS[timeUnit],
      });
  });
  const unitFrom = statedUnit === undefined ? 'table' : 'setting';
  return { times, concentrations, timeUnit, unitFrom, compartment: raw.compartment };
}

function numberOf(value: unknown, row: number): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? parseNumber(value) : NaN;
  if (!Number.isFinite(number))
    throw new RefusedInput('malformed', {
      what: `row ${row}`,
      expected: '1.5',
      received: typeof value === 'string' ? value.slice(0, 40) || '—' : typeof value,
    });
  return number;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A written number; NaN for anything else, such as `12abc`, `0x10`, `NaN` or an empty cell. */
const parseNumber = (cell: string): number => (NUMBER.test(cell) ? Number(cell) : NaN);

function readDelimited(body: string): RawTable {
  const lines = body
    .split(/\r\n|\n|\r/)
    .map((line, n) => ({ line: line.trim(), row: n + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'));
  const delimiter = delimiterOf(lines.map(({ line }) => line));
  const cellsOf = (line: string): string[] => {
    const cells = line.split(delimiter).map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    );
    // With a comma between cells it cannot be the decimal sign as well.
    return delimiter === ',' ? cells : cells.map((cell) => cell.replace(/^([+-]?\d*),(\d+)/, '$1.$2'));
  };
  const first = lines[0];
  if (!first) throw new RefusedInput('empty_file');
  const top = cellsOf(first.line);
  const headed = top.some((cell) => Number.isNaN(parseNumber(cell)));
  const [time, concentration] = headed ? chooseColumns(top.map(readHeading)) : plainColumns(top.length);
  const numbers = headed ? lines.slice(1) : lines;
  const rows = numbers.map(({ line, row }) => {
    const cells = cellsOf(line);
    if (cells.length !== top.length)
      throw new RefusedInput('malformed', {
        what: `row ${row}`,
        expected: top.length,
        received: cells.length,
      });
    return [cells[time], cells[concentration], row] as const;
  });
  const words = headed ? top.map(readHeading) : null;
  return {
    rows,
    timeUnit: words?.[time]?.timeUnit ?? null,
    compartment: words?.[concentration]?.compartment ?? null,
  };
}

function delimiterOf(lines: readonly string[]): string | RegExp {
  for (const sign of ['\t', ';', ',']) if (lines.every((line) => line.includes(sign))) return sign;
  return /\s+/;
}

function plainColumns(count: number): [number, number] {
  if (count !== 2) throw new RefusedInput('malformed', { what: 'columns', expected: 2, received: count });
  return [0, 1];
}

/** Columns of time and concentration; of two columns the first is the time where headings do not tell. */
function chooseColumns(words: readonly ColumnWords[]): [number, number] {
  const times = words.flatMap((w, n) => (w.isTime ? [n] : []));
  const concentrations = words.flatMap((w, n) => (w.isConcentration ? [n] : []));
  if (times.length === 1 && concentrations.length === 1) return [times[0]!, concentrations[0]!];
  if (words.length === 2) {
    if (times.length === 1) return [times[0]!, 1 - times[0]!];
    if (concentrations.length === 1) return [1 - concentrations[0]!, concentrations[0]!];
    return [0, 1];
  }
  throw new RefusedInput('malformed', {
    what: 'columns',
    expected: 'time, concentration',
    received: `${times.length}, ${concentrations.length}`,
  });
}

const TIME_KEYS = ['time', 'times', 't'];
const CONCENTRATION_KEYS = ['aif', 'concentration', 'concentrations', 'ca', 'cp', 'cb', 'c'];

function readJson(body: string): RawTable {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new RefusedInput('malformed', { what: 'JSON' });
  }
  if (Array.isArray(value)) {
    const keyed = value[0] as unknown;
    const [time, concentration] = Array.isArray(keyed)
      ? ['0', '1']
      : [keyIn(keyed, TIME_KEYS), keyIn(keyed, CONCENTRATION_KEYS)];
    return {
      rows: value.map(
        (entry: unknown, n) => [member(entry, time), member(entry, concentration), n + 1] as const,
      ),
      timeUnit: null,
      compartment: compartmentOf(concentration),
    };
  }
  const concentration = keyIn(value, CONCENTRATION_KEYS);
  const times = member(value, keyIn(value, TIME_KEYS));
  const values = member(value, concentration);
  if (!Array.isArray(times) || !Array.isArray(values))
    throw new RefusedInput('malformed', {
      what: 'time, concentration',
      expected: '[…]',
      received: typeof times,
    });
  if (times.length !== values.length)
    throw new RefusedInput('inconsistent_attributes', {
      what: 'time, concentration',
      expected: times.length,
      received: values.length,
    });
  const unit = member(member(value, 'units'), 'time') ?? member(value, 'timeUnit');
  return {
    rows: times.map((t: unknown, n) => [t, values[n] as unknown, n + 1] as const),
    timeUnit: typeof unit === 'string' ? readHeading(unit).timeUnit : null,
    compartment: compartmentOf(concentration),
  };
}

const compartmentOf = (key: string): Compartment | null =>
  key === 'cp' ? 'plasma' : key === 'cb' ? 'blood' : null;

function keyIn(value: unknown, names: readonly string[]): string {
  const found = names.find((name) => member(value, name) !== undefined);
  if (found === undefined)
    throw new RefusedInput('malformed', { what: names.join(', '), expected: names[0]!, received: '—' });
  return found;
}

/** An own member of an object or list; undefined for everything else, inherited ones included. */
const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
