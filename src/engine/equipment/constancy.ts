import { textOf } from '../../core/dicom.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import {
  BASELINE_LEAST,
  BASELINE_USUAL,
  mergeBooks,
  withAmendment,
  withBaseline,
  withLimits,
  withoutRun,
  withRun,
  withSignature,
} from '../../quality/constancy/book.ts';
import { booksFromJson, booksToJson } from '../../quality/constancy/file.ts';
import {
  CHART_SETTINGS,
  judgeConstancy,
  judgeDevice,
  judgeLimits,
  rings,
} from '../../quality/constancy/judge.ts';
import {
  currentRuns,
  newBook,
  ROLES,
  RUN_KINDS,
  sealedText,
  type DeviceBook,
  type PhantomRun,
} from '../../quality/constancy/run.ts';
import { falseAlarmOfChart } from '../../statistics/control-charts/chart-run-length.ts';
import { RULE_SETS, RUN_RULES } from '../../statistics/control-charts/run-rules.ts';
import { sha256 } from '../hash.ts';
import { databaseExists } from '../cache/database.ts';
import { protocolOf } from '../quality/headers.ts';
import { sessionOf } from '../study/session.ts';
import { wordsOut } from '../study/told.ts';
import { seriesOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import type { Constancy } from './api.ts';
import { changeBook, readBooks } from './storage.ts';

const IDENTITY = ['00080070', '00081090', '00081010', '00181000'] as const;

async function checkSeals(books: readonly DeviceBook[]): Promise<void> {
  for (const run of books.flatMap((b) => b.runs)) {
    if (!run.signed || run.signed.seal === '') continue;
    const seal = await sha256(sealedText(run, run.signed));
    if (seal !== '' && seal !== run.signed.seal) throw refusedCase('run_seal_broken', { date: run.date });
  }
}

/** What was worked out before: a weighted mean takes a third of a second. */
const alarms = new Map<string, number>();

const present = (book: DeviceBook | undefined): DeviceBook => {
  if (!book) throw refusedCase('book_elsewhere');
  return book;
};

async function fromJson(text: string): Promise<DeviceBook[]> {
  const books = booksFromJson(text);
  await checkSeals(books);
  return books;
}

/** Changes a book that must be there, and gives it back. */
const changed = async (device: string, change: (book: DeviceBook) => DeviceBook): Promise<DeviceBook> =>
  (await changeBook(device, (now) => change(present(now))))!;

export const constancy: Constancy = {
  kinds: RUN_KINDS,
  roles: ROLES,
  rules: RUN_RULES,
  ruleSets: RULE_SETS,
  usual: { baseline: BASELINE_USUAL, least: BASELINE_LEAST, charts: CHART_SETTINGS },
  kept: databaseExists,
  books: readBooks,
  async deviceOf(study, uid) {
    const series = seriesOf(study, uid);
    const headers = sessionOf(study).instances.get(series.files[0] ?? '')?.attributes;
    const words = IDENTITY.map((tag) => (headers ? (textOf(headers, tag) ?? '') : ''));
    const label = wordsOut(false).machine(words.slice(0, 2).filter(Boolean).join(' ')).slice(0, 100);
    if (words.every((w) => w === '')) return { id: '', label: '', modality: series.modality };
    const hash = await sha256(JSON.stringify([series.modality, ...words]));
    return {
      id: `device:${(hash || encodeURIComponent(words.join('-'))).slice(0, 16)}`,
      label,
      modality: series.modality,
    };
  },
  async deviceNamed(label, modality) {
    const name = label.trim();
    if (name === '')
      throw new RefusedInput('settings_invalid', { name: 'device', expected: 'A–Z', received: '""' });
    const hash = await sha256(`${modality} ${name}`);
    return {
      id: `device:${(hash || encodeURIComponent(name)).slice(0, 16)}`,
      label: name.slice(0, 120),
      modality,
    };
  },
  async fingerprint(study, series) {
    const { hashes } = sessionOf(study);
    const files = seriesOf(study, series).files.map((f) => hashes.get(f) ?? f);
    return sha256(JSON.stringify([protocolOf(study, series).settings, files]));
  },
  async saveRun(device, given) {
    const run: PhantomRun = {
      notes: '',
      laboratory: '',
      accreditation: '',
      series: '',
      ...given,
      id: `run:${crypto.randomUUID()}`,
      version: 1,
      software: { name: 'kinetex', version: VERSION },
      amends: '',
      signed: null,
    };
    return (await changeBook(device.id, (now) => withRun(now ?? newBook(device), run)))!;
  },
  async sign(device, id, version, by) {
    const { books } = await readBooks();
    const run = books
      .find((b) => b.device.id === device)
      ?.runs.find((r) => r.id === id && r.version === version);
    const seal = run ? await sha256(sealedText(run, by)) : '';
    return changed(device, (book) => withSignature(book, id, version, { ...by, seal }));
  },
  amend: (device, run, change, reason) => changed(device, (book) => withAmendment(book, run, change, reason)),
  removeRun: (device, run, version) => changed(device, (book) => withoutRun(book, run, version)),
  freezeBaseline: (device, request) => changed(device, (book) => withBaseline(book, request)),
  setLimits: (device, set) => changed(device, (book) => withLimits(book, set)),
  removeDevice: async (device) => void (await changeBook(device, () => undefined)),
  currentRuns,
  judgeConstancy,
  judgeLimits,
  judgeDevice,
  rings,
  falseAlarms(rules, runs, n, kind) {
    const key = `${rules} ${runs} ${n} ${kind}`;
    const value = alarms.get(key) ?? falseAlarmOfChart(RULE_SETS[rules], runs, { known: false, n, kind });
    alarms.set(key, value);
    return value;
  },
  toJson: (books) => booksToJson(books, VERSION),
  fromJson,
  async importJson(text) {
    const books = await fromJson(text);
    const sum = { devices: books.length, added: 0, same: 0, kept: 0 };
    for (const there of books) {
      await changeBook(there.device.id, (now) => {
        const merged = mergeBooks(now ?? newBook(there.device), there);
        sum.added += merged.added;
        sum.same += merged.same;
        sum.kept += merged.kept;
        return merged.book;
      });
    }
    return sum;
  },
};
