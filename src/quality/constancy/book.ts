import { refusedCase } from '../../core/refusal-cases.ts';
import { mean, variance } from '../../statistics/moments.ts';
import {
  currentRuns,
  type Baseline,
  type DeviceBook,
  type LimitSet,
  type PhantomRun,
  type Role,
  type SignOff,
} from './run.ts';

const grown = (book: DeviceBook, change: Partial<DeviceBook>): DeviceBook => ({
  ...book,
  ...change,
  revision: book.revision + 1,
});

/** A run more, or an unsigned run in its new form. @throws RefusedInput `run_signed` when the run is signed. */
export function withRun(book: DeviceBook, run: PhantomRun): DeviceBook {
  const known = book.runs.find((r) => r.id === run.id && r.version === run.version);
  if (known?.signed) throw refusedCase('run_signed', { date: known.date, role: known.signed.role });
  return grown(book, { runs: [...book.runs.filter((r) => r !== known), run] });
}

/** A run signed. @throws RefusedInput `run_signed` when it already is. */
export function withSignature(book: DeviceBook, id: string, version: number, signed: SignOff): DeviceBook {
  const run = runOf(book, id, version);
  if (run.signed) throw refusedCase('run_signed', { date: run.date, role: run.signed.role });
  return grown(book, { runs: book.runs.map((r) => (r === run ? { ...r, signed } : r)) });
}

/** A new version of a run, unsigned; the old one stays as it was. @throws RefusedInput `reason_missing` */
export function withAmendment(
  book: DeviceBook,
  id: string,
  change: Partial<
    Pick<PhantomRun, 'kind' | 'date' | 'results' | 'operator' | 'notes' | 'laboratory' | 'accreditation'>
  >,
  reason: string,
): DeviceBook {
  if (reason.trim() === '') throw refusedCase('reason_missing');
  const versions = book.runs.filter((r) => r.id === id);
  const last = versions.reduce((a, b) => (b.version > a.version ? b : a));
  const run: PhantomRun = {
    ...last,
    ...change,
    version: last.version + 1,
    amends: reason.trim(),
    signed: null,
  };
  return grown(book, { runs: [...book.runs, run] });
}

/** Without a run that is not signed. @throws RefusedInput `run_signed` */
export function withoutRun(book: DeviceBook, id: string, version: number): DeviceBook {
  const run = runOf(book, id, version);
  if (run.signed) throw refusedCase('run_signed', { date: run.date, role: run.signed.role });
  return grown(book, { runs: book.runs.filter((r) => r !== run) });
}

/** Fewest runs of a baseline, and how many are taken unasked. */
export const BASELINE_LEAST = 3;
export const BASELINE_USUAL = 5;

export interface BaselineRequest {
  readonly template: string;
  /** How many runs; default {@link BASELINE_USUAL}. */
  readonly count?: number;
  /** First day whose runs count, such as the day after a service; default: from the first run. */
  readonly from?: string;
  readonly reason: string;
  readonly role: Role;
  readonly date: string;
}

/**
 * Freezes a baseline from the first constancy runs of a template: mean and sample SD of every result that all of them
 * have. The one before stays in the book.
 * @throws RefusedInput `baseline_too_few` with fewer than three, `reason_missing` for a second one without a reason
 */
export function withBaseline(book: DeviceBook, request: BaselineRequest): DeviceBook {
  const { template, count = BASELINE_USUAL, from = '', reason, role, date } = request;
  const before = book.baselines.filter((b) => b.template === template);
  if (before.length > 0 && reason.trim() === '') throw refusedCase('reason_missing');
  const all = constancyRuns(book, template).filter((r) => r.date >= from);
  const used = all.slice(0, Math.max(BASELINE_LEAST, count));
  if (used.length < Math.max(BASELINE_LEAST, count)) {
    throw refusedCase('baseline_too_few', {
      received: used.length,
      expected: Math.max(BASELINE_LEAST, count),
    });
  }
  const ids = used[0]!.results.map((r) => r.id);
  const values = Object.fromEntries(
    ids.flatMap((id) => {
      const got = used.map((r) => r.results.find((x) => x.id === id)?.value ?? null);
      if (!got.every((v): v is number => v !== null)) return [];
      return [[id, { mean: mean(got), sd: Math.sqrt(variance(got)), n: got.length }]];
    }),
  );
  const baseline: Baseline = {
    template,
    version: Math.max(0, ...before.map((b) => b.version)) + 1,
    date,
    role,
    reason: reason.trim(),
    runs: used.map((r) => r.id),
    after: used.at(-1)!.date,
    values,
  };
  return grown(book, { baselines: [...book.baselines, baseline] });
}

/** Limits for acceptance or periodic runs, in place of those before. */
export const withLimits = (book: DeviceBook, set: LimitSet): DeviceBook =>
  grown(book, {
    limits: [...book.limits.filter((l) => l.kind !== set.kind || l.template !== set.template), set],
  });

/** Constancy runs of a template in order of their days. */
export const constancyRuns = (book: DeviceBook, template: string): PhantomRun[] =>
  currentRuns(book).filter((r) => r.kind === 'constancy' && r.template.id === template);

/** The baseline that holds now. */
export const baselineOf = (book: DeviceBook, template: string): Baseline | undefined =>
  book.baselines.filter((b) => b.template === template).sort((a, b) => b.version - a.version)[0];

export interface Merged {
  readonly book: DeviceBook;
  readonly added: number;
  /** Already there, the same. */
  readonly same: number;
  /** There under the same id and version but otherwise: what is here stays. */
  readonly kept: number;
}

/** What another book of the same device has more. Nothing that is here is changed. */
export function mergeBooks(here: DeviceBook, there: DeviceBook): Merged {
  let [added, same, kept] = [0, 0, 0];
  const runs = [...here.runs];
  for (const run of there.runs) {
    const known = runs.find((r) => r.id === run.id && r.version === run.version);
    if (!known) {
      runs.push(run);
      added++;
    } else if (JSON.stringify(known) === JSON.stringify(run)) same++;
    else kept++;
  }
  const baselines = [...here.baselines];
  for (const b of there.baselines) {
    if (!baselines.some((x) => x.template === b.template && x.version === b.version)) baselines.push(b);
  }
  const limits = [
    ...here.limits,
    ...there.limits.filter((l) => !here.limits.some((x) => x.kind === l.kind && x.template === l.template)),
  ];
  return { book: grown(here, { runs, baselines, limits }), added, same, kept };
}

function runOf(book: DeviceBook, id: string, version: number): PhantomRun {
  const run = book.runs.find((r) => r.id === id && r.version === version);
  if (!run) throw new RangeError(`no run ${id} version ${version}`);
  return run;
}
