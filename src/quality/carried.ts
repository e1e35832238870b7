import { contentHash } from '../core/content-hash.ts';
import type { Finding } from '../core/finding.ts';
import { readTable, tableText } from '../statistics/verdict/columns.ts';
import { CARRIED_TEXTS as TEXTS } from './carried-texts.ts';
import { asksForReason, gateOf, notRun, together, verdictRead, verdictText, type Verdict } from './gate.ts';

/** What a row of a table, or a case of a file of curves, says of where its numbers come from. */
export interface Origin {
  /** SHA-256 as the exports of this program give them; empty where nothing is said. */
  readonly settingsHash: string;
  readonly qcHash: string;
  /** Null: nobody asked the rules. */
  readonly verdict: Verdict | null;
}

/**
 * What quality rules said of numbers that come in a table or a file of curves: no image is there, so no rule can run, and what
 * was said when the numbers were made is all there is.
 */
export interface Carried {
  /** The worst of all; null: not assessed. Numbers that nobody judged among others that were leave it `notRun`. */
  readonly verdict: Verdict | null;
  /** One hash, or where there are several the hash of them all; empty where nothing is said. */
  readonly settingsHash: string;
  readonly qcHash: string;
  /** Each different origin of the numbers that are used, with how many it has. */
  readonly sources: readonly (Origin & { readonly rows: number })[];
  /** Rows that say nothing of the rules. */
  readonly notJudged: number;
  /** Rows under a block that nobody answered for: they are not used. */
  readonly leftOut: number;
  readonly findings: readonly Finding[];
}

/** Must numbers that say this of themselves not be used? */
export const isClosed = ({ verdict }: Origin): boolean => verdict !== null && gateOf(verdict) === 'closed';

const VERDICT_COLUMNS = ['verdict', 'qc'];

/**
 * What a table says of its rows in the columns that this program's exports have for it (`settings_hash`, `qc_hash`, and
 * `verdict` or `qc`), and the table without these columns and without rows whose numbers must not be used. A column of such a
 * name that holds no verdict is one like any other; a table without any stays as it is.
 */
export function carriedBy(text: string): { readonly text: string; readonly carried: Carried } {
  const { header, rows } = readTable(text);
  const columns = header.map((name) => name.toLowerCase());
  const verdictAt = columns.findIndex(
    (name, at) => VERDICT_COLUMNS.includes(name) && rows.some((r) => isSaid(r[at] ?? '')),
  );
  if (verdictAt < 0) return { text, carried: carriedOf(rows.map(() => NOTHING)) };
  const [settingsAt, qcAt] = [columns.indexOf('settings_hash'), columns.indexOf('qc_hash')];
  const origins = rows.map((row): Origin => {
    const qcHash = row[qcAt] ?? '';
    return {
      settingsHash: row[settingsAt] ?? '',
      qcHash,
      verdict: verdictRead(row[verdictAt] ?? '', qcHash),
    };
  });
  const kept = header.flatMap((_, at) => ([verdictAt, settingsAt, qcAt].includes(at) ? [] : [at]));
  const open = rows.filter((_, n) => !isClosed(origins[n]!));
  const rest = [header, ...open].map((row) => kept.map((at) => row[at] ?? ''));
  return { text: tableText(rest), carried: carriedOf(origins) };
}

/** What several numbers say of themselves, together. Those that must not be used are counted and say nothing more. */
export function carriedOf(origins: readonly Origin[]): Carried {
  const open = origins.filter((o) => !isClosed(o));
  const keyOf = ({ settingsHash, qcHash, verdict }: Origin) =>
    JSON.stringify([settingsHash, qcHash, verdict && verdictText(verdict)]);
  const counts = new Map<string, { origin: Origin; rows: number }>();
  for (const origin of open) {
    const found = counts.get(keyOf(origin));
    if (found) found.rows++;
    else counts.set(keyOf(origin), { origin, rows: 1 });
  }
  const sources = [...counts.values()].map(({ origin, rows }) => ({ ...origin, rows }));
  const judged = sources.flatMap(({ verdict }) => verdict ?? []);
  const silent = sources.filter((s) => s.verdict === null).reduce((sum, s) => sum + s.rows, 0);
  const verdict =
    judged.length === 0 ? null : together(silent > 0 ? [...judged, notRun(judged[0]!.profile)] : judged);
  const settings = distinct(sources.map((s) => s.settingsHash));
  const carried = {
    verdict,
    settingsHash: oneHash(settings),
    qcHash: verdict === null ? '' : oneHash(distinct(sources.map((s) => s.qcHash))),
    sources,
    notJudged: silent,
    leftOut: origins.length - open.length,
  };
  return { ...carried, findings: findingsOf(carried, settings.length) };
}

/**
 * What a case of a file of curves says of itself, or else the head of the file: `settingsHash`, `qcHash` and `verdict`, as JSON
 * of this program has them, the words of a table's columns, or those of the file beside a NIfTI map.
 */
export function originOf(fields: Fields, head: Fields): Origin {
  const pick = (...names: readonly string[]) =>
    [fields, head].flatMap((f) => names.map((name) => f[name])).find((v) => v !== undefined && v !== null);
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const qcHash = text(pick('qcHash', 'qc_hash', 'QcHash'));
  const said = pick('verdict', 'qc', 'QcRules');
  const verdict = typeof said === 'string' ? verdictRead(said, qcHash) : verdictIn(said);
  return {
    settingsHash: text(pick('settingsHash', 'settings_hash', 'SettingsHash')),
    qcHash: qcHash || (verdict?.qcHash ?? ''),
    verdict,
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** A verdict as JSON has it; null for what is none. Read by way of its text, so that nothing else comes in with it. */
function verdictIn(value: unknown): Verdict | null {
  if (typeof value !== 'object' || value === null) return null;
  const { severity, profile, rules, override, qcHash, notRun: unknown } = value as Partial<Verdict>;
  if (typeof profile !== 'string' || !Array.isArray(rules)) return null;
  try {
    return verdictRead(
      verdictText({
        severity: severity!,
        profile,
        rules: rules as Verdict['rules'],
        notAssessable: [],
        qcHash: '',
        ...(override && { override }),
        ...(unknown && { notRun: unknown }),
      }),
      typeof qcHash === 'string' ? qcHash : '',
    );
  } catch {
    return null; // a list of rules with something else in it
  }
}

const NOTHING: Origin = { settingsHash: '', qcHash: '', verdict: null };

const isSaid = (cell: string): boolean => cell === 'not judged' || verdictRead(cell) !== null;

const distinct = (hashes: readonly string[]): string[] => [...new Set(hashes)].filter((h) => h !== '');

const oneHash = (hashes: readonly string[]): string =>
  hashes.length > 1 ? contentHash(hashes) : (hashes[0] ?? '');

function findingsOf(
  { verdict, leftOut, notJudged }: Omit<Carried, 'findings'>,
  settings: number,
): readonly Finding[] {
  const found: Finding[] = [];
  const put = (id: keyof typeof TEXTS, severity: Finding['severity'], facts: Finding['facts']) =>
    found.push({ id, severity, subject: '', ...TEXTS[id], facts });
  if (leftOut > 0) put('R-carried-blocked', 'warn', { rows: leftOut });
  if (verdict === null) put('R-carried-nothing', 'na', {});
  else {
    put('R-carried-verdict', verdict.severity, { verdict: verdictText(verdict) });
    if (notJudged > 0) put('R-carried-part', 'na', { rows: notJudged });
    if (asksForReason(verdict) && verdict.notRun !== true) put('R-carried-no-reason', 'warn', {});
  }
  if (settings > 1) put('R-carried-settings', 'warn', { settings });
  return found;
}
