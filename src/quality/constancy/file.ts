import { refusedCase } from '../../core/refusal-cases.ts';
import { JsonFields } from '../json-fields.ts';
import { RAISED, type Limit, type Raised } from '../rules/rule.ts';
import {
  ROLES,
  RUN_KINDS,
  type Baseline,
  type DeviceBook,
  type LimitSet,
  type PhantomRun,
  type SignOff,
} from './run.ts';

const KIND = 'kinetex equipment runs';
const VERSION = 1;
/** Characters of the longest file that is read, and things in it. */
const MOST_TEXT = 32 * 2 ** 20;
const MOST = { devices: 200, runs: 5000, results: 400, baselines: 200, limits: 400 } as const;

/** Books as one JSON text that a site keeps, sends and reads back. Holds no pixels and nothing of a patient. */
export const booksToJson = (books: readonly DeviceBook[], software: string): string =>
  `${JSON.stringify({ kind: KIND, version: VERSION, software, devices: books }, null, 1)}\n`;

/**
 * Reads what {@link booksToJson} wrote, field by field; anything else in it is left out.
 * @throws RefusedInput `runs_not_json` for what is cut or no JSON, `runs_not_ours`, `runs_version`, `runs_field`
 */
export function booksFromJson(text: string): DeviceBook[] {
  if (text.length > MOST_TEXT)
    throw refusedCase('runs_field', { where: 'file', expected: `≤ ${MOST_TEXT}`, received: text.length });
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw refusedCase('runs_not_json', { received: text.length });
  }
  if (typeof given !== 'object' || given === null || (given as { kind?: unknown }).kind !== KIND) {
    throw refusedCase('runs_not_ours', { expected: KIND });
  }
  const version = (given as { version?: unknown }).version;
  if (version !== VERSION) {
    throw refusedCase('runs_version', { expected: VERSION, received: String(version).slice(0, 20) });
  }
  const books = new JsonFields(given, '', 'runs_field').list('devices', MOST.devices).map(bookOf);
  const twice = books.find((b, n) => books.findIndex((x) => x.device.id === b.device.id) !== n);
  if (twice)
    throw refusedCase('runs_field', { where: 'devices', expected: 'id ≠', received: twice.device.id });
  return books;
}

function bookOf(f: JsonFields): DeviceBook {
  const device = f.object('device');
  const runs = f.list('runs', MOST.runs).map(runFrom);
  const keys = new Set(runs.map((r) => `${r.id} ${r.version}`));
  if (keys.size !== runs.length)
    throw refusedCase('runs_field', { where: 'runs', expected: 'id + version ≠', received: '=' });
  return {
    device: { id: device.id('id'), label: device.text('label', 120), modality: device.text('modality', 16) },
    runs,
    baselines: f.list('baselines', MOST.baselines).map(baselineFrom),
    limits: f.list('limits', MOST.limits).map(limitsFrom),
    revision: 0,
  };
}

function runFrom(f: JsonFields): PhantomRun {
  const template = f.object('template');
  return {
    id: f.id('id'),
    version: f.whole('version', 1, 10_000),
    kind: f.oneOf('kind', RUN_KINDS),
    date: f.day('date'),
    template: { id: template.id('id'), version: template.whole('version', 1, 10_000) },
    results: f.list('results', MOST.results).map((r) => ({
      id: r.id('id'),
      value: r.numberOrNull('value'),
      unit: r.text('unit', 40),
    })),
    operator: f.oneOf('operator', ROLES),
    notes: f.text('notes', 4000),
    laboratory: f.text('laboratory'),
    accreditation: f.text('accreditation'),
    software: { name: 'kinetex', version: f.object('software').text('version', 40) },
    series: f.text('series', 128),
    amends: f.text('amends', 1000),
    signed: f.has('signed') ? signatureFrom(f.object('signed')) : null,
  };
}

const signatureFrom = (f: JsonFields): SignOff => ({
  role: f.oneOf('role', ROLES),
  name: f.text('name'),
  date: f.day('date'),
  seal: f.text('seal', 64),
});

const baselineFrom = (f: JsonFields): Baseline => ({
  template: f.id('template'),
  version: f.whole('version', 1, 10_000),
  date: f.day('date'),
  role: f.oneOf('role', ROLES),
  reason: f.text('reason', 1000),
  runs: f.values('runs', MOST.runs).map((v) => {
    if (typeof v !== 'string' || v.length > 120)
      throw refusedCase('runs_field', {
        where: 'baselines.runs',
        expected: '"…"',
        received: String(v).slice(0, 40),
      });
    return v;
  }),
  after: f.day('after'),
  values: Object.fromEntries(
    f
      .entries('values', MOST.results)
      .map(([id, v]) => [
        id,
        { mean: v.number('mean'), sd: v.number('sd', 0, 1e100), n: v.whole('n', 3, 5000) },
      ]),
  ),
});

const limitsFrom = (f: JsonFields): LimitSet => ({
  kind: f.oneOf('kind', ['acceptance', 'periodic']),
  template: f.id('template'),
  limits: Object.fromEntries(
    f.entries('limits', MOST.results).map(([id, v]) => {
      const raise = v.oneOf('raise', ['above', 'below', 'outside']);
      const own = v.object('limits');
      const limits: Partial<Record<Raised, Limit>> = {};
      for (const severity of RAISED) {
        if (!own.has(severity)) continue;
        limits[severity] =
          raise === 'outside' ? (own.numbers(severity, 2) as [number, number]) : own.number(severity);
      }
      return [id, { raise, limits }];
    }),
  ),
});
