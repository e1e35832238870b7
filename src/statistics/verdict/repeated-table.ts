import type { Facts } from '../../core/localised.ts';
import { LIMIT_PERCENT } from '../agreement/bias.ts';
import { definitionOfColumn, measurementScale } from '../../radiomics/measurement-scale.ts';
import type { IccForm } from '../agreement/icc.ts';
import { numberOf, readTable, tableText, type TableProblem } from './columns.ts';
import { featureVerdict, type FeatureVerdict } from './feature-verdict.ts';

/** Columns that tell the repeats of a subject apart, in the order they are looked for. */
const CONDITIONS = ['replicate', 'reader', 'device', 'site', 'perturbation'] as const;

export interface RepeatabilityOptions {
  /** Name of the column of true values. */
  readonly truth?: string;
  /** ICC(2,1) by default: absolute agreement, one measurement. */
  readonly icc?: IccForm;
  /**
   * Largest CoV and bias of a robust feature, per cent; 15 by default, which is a rule of bioanalysis, not of imaging.
   * Null: ICC alone decides.
   */
  readonly limitPercent?: number | null;
  /** Zero of the image means none (SUV, ADC, Ktrans): its intensity features are on a ratio scale. */
  readonly trueZero?: boolean;
}

export interface RepeatabilityReport {
  readonly condition: string;
  readonly subjects: readonly string[];
  readonly replicates: readonly string[];
  readonly features: readonly FeatureVerdict[];
  /** Where the scale of a feature comes from: its definition, or, for a foreign name, whether all values are above 0. */
  readonly scaleFrom: Readonly<Record<string, 'definition' | 'values'>>;
  readonly robust: RobustList;
}

/** The features that may be kept in a later extraction; saved as JSON. */
export interface RobustList {
  readonly kinetex: 'robust-features';
  readonly version: 1;
  readonly iccForm: IccForm;
  readonly limitPercent: number | null;
  /** Hashes of the perturbation study and of its settings, where the list comes from one. */
  readonly study?: string;
  readonly settings?: string;
  /** DICOM modality code of the images, where known. */
  readonly modality?: string;
  /** What quality rules said of the numbers that the list rests on: hash and text, where they were asked. */
  readonly qcHash?: string;
  readonly verdict?: string;
  readonly features: readonly string[];
}

export interface UnreadableTable {
  readonly problem: TableProblem;
  readonly facts: Facts;
}

/**
 * The verdict table of repeated measurements in long format: `subject`, `replicate` (or reader, device, site,
 * perturbation), then one column for each feature; one row is one measurement. Empty cells are gaps.
 */
export function repeatabilityOf(
  text: string,
  { truth, icc = 'ICC(2,1)', limitPercent = LIMIT_PERCENT, trueZero = false }: RepeatabilityOptions = {},
): RepeatabilityReport | UnreadableTable {
  const { header, rows } = readTable(text);
  const bad = (problem: TableProblem, facts: Facts = {}): UnreadableTable => ({ problem, facts });
  if (rows.length === 0) return bad('empty');
  const at = (name: string) => header.findIndex((h) => h.toLowerCase() === name.toLowerCase());
  const subjectAt = at('subject');
  if (subjectAt < 0) return bad('no_subject');
  const condition = CONDITIONS.find((name) => at(name) >= 0);
  if (!condition) return bad('no_replicate');
  const conditionAt = at(condition);
  const truthAt = truth === undefined ? -1 : at(truth);
  if (truth !== undefined && truthAt < 0)
    return bad('unknown_column', { column: truth, columns: header.join(', ') });

  const subjects = [...new Set(rows.map((r) => r[subjectAt] ?? ''))];
  const replicates = [...new Set(rows.map((r) => r[conditionAt] ?? ''))];
  const rowOf = new Map<string, readonly string[]>();
  for (const row of rows) {
    const key = JSON.stringify([row[subjectAt] ?? '', row[conditionAt] ?? '']);
    if (rowOf.has(key))
      return bad('duplicate', {
        subject: row[subjectAt] ?? '',
        replicate: `${condition} ${row[conditionAt] ?? ''}`,
      });
    rowOf.set(key, row);
  }
  const cellsOf = (column: number) =>
    subjects.map((s) => replicates.map((r) => numberOf(rowOf.get(JSON.stringify([s, r]))?.[column])));
  const truths = truthAt < 0 ? null : cellsOf(truthAt).map((row) => row.find((v) => v !== null) ?? null);

  const scaleFrom: Record<string, 'definition' | 'values'> = {};
  const features: FeatureVerdict[] = [];
  header.forEach((name, column) => {
    const table = cellsOf(column);
    const other = [subjectAt, conditionAt, truthAt].includes(column);
    if (other || CONDITIONS.some((c) => c === name.toLowerCase()) || !table.flat().some((v) => v !== null))
      return;
    const definition = definitionOfColumn(name);
    scaleFrom[name] = definition ? 'definition' : 'values';
    const positive = table.flat().every((v) => v === null || v > 0);
    const scale = definition ? measurementScale(definition, trueZero) : positive ? 'ratio' : 'interval';
    features.push(
      featureVerdict({ name, scale, table, ...(truths && { truth: truths }) }, icc, limitPercent),
    );
  });
  if (features.length === 0) return bad('no_feature');
  const robust = features.filter((f) => f.verdict === 'robust').map((f) => f.name);
  return {
    condition,
    subjects,
    replicates,
    features,
    scaleFrom,
    robust: { kinetex: 'robust-features', version: 1, iccForm: icc, limitPercent, features: robust },
  };
}

/**
 * An exported table without the features that are not on the list: rows by their name where the table has a column
 * `feature` (as `kinetex extract --csv` writes it), else columns by theirs; columns that are no feature stay. Written with
 * commas.
 */
export function keepRobust(table: string, { features }: RobustList): string {
  const { header, rows } = readTable(table);
  const nameAt = header.indexOf('feature');
  const kept = header.flatMap((name, i) =>
    nameAt < 0 && definitionOfColumn(name) && !features.includes(name) ? [] : [i],
  );
  const shown = nameAt < 0 ? rows : rows.filter((row) => features.includes(row[nameAt] ?? ''));
  return tableText([header, ...shown].map((row) => kept.map((i) => row[i] ?? '')));
}

/** One value of the long table. */
export interface Measurement {
  readonly subject: string;
  readonly replicate: string;
  readonly value: number;
}

/** What was measured of one feature, gaps left out; empty where the table has no such column. */
export function measurementsOf(text: string, feature: string): readonly Measurement[] {
  const { header, rows } = readTable(text);
  const at = (name: string) => header.findIndex((h) => h.toLowerCase() === name);
  const condition = CONDITIONS.find((name) => at(name) >= 0);
  const [subject, replicate, column] = [
    at('subject'),
    condition ? at(condition) : -1,
    header.indexOf(feature),
  ];
  if (subject < 0 || replicate < 0 || column < 0) return [];
  return rows.flatMap((row) => {
    const value = numberOf(row[column]);
    return value === null ? [] : [{ subject: row[subject] ?? '', replicate: row[replicate] ?? '', value }];
  });
}

/** Reads a list of robust features back; null for anything else. */
export function readRobust(text: string): RobustList | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  const list = found as Partial<RobustList> | null;
  const whole =
    typeof list === 'object' &&
    list?.kinetex === 'robust-features' &&
    list.version === 1 &&
    Array.isArray(list.features) &&
    list.features.every((f) => typeof f === 'string') &&
    [list.study, list.settings, list.modality, list.qcHash, list.verdict].every(
      (v) => v === undefined || typeof v === 'string',
    );
  return whole
    ? {
        ...(list as RobustList),
        limitPercent: list.limitPercent === undefined ? LIMIT_PERCENT : list.limitPercent,
      }
    : null;
}
