import type { Finding } from '../core/finding.ts';
import type { Localised } from '../core/localised.ts';
import { carriedBy, type Carried } from '../quality/carried.ts';
import { agreementPlot, type AgreementPlot } from '../statistics/agreement/agreement-plot.ts';
import { NO_VALUE_TEXTS, type NoValueReason, type Outcome } from '../statistics/outcome.ts';
import { changeVerdict, CHANGE_TEXTS, type ChangeVerdict } from '../statistics/repeatability/change.ts';
import { METHODS, type Method } from '../statistics/registry.ts';
import {
  isGap,
  numberOf,
  readTable,
  TABLE_PROBLEM_TEXTS,
  type TableProblem,
} from '../statistics/verdict/columns.ts';
import {
  keepRobust,
  measurementsOf,
  readRobust,
  repeatabilityOf,
  type Measurement,
  type RepeatabilityOptions,
  type RepeatabilityReport,
  type RobustList,
  type UnreadableTable,
} from '../statistics/verdict/repeated-table.ts';
import { robustFindings, type MeasuredWith } from './repeatability/robust-match.ts';

/**
 * Statistics of tables that a person brings: small, so they run where they are called. Rows that say of themselves that a rule
 * blocks them, and that nobody answered for, are left out of all of them.
 */
export interface Statistics {
  readonly methods: readonly Method[];
  /** What a table says of the quality rules on its numbers, in the columns that exports have for it. */
  carried(text: string): Carried;
  /** A method on the columns of a CSV text; the outcome is `{noValue}` or `{problem}` where there is none. */
  run(id: string, text: string): unknown;
  /** The verdict table of repeated measurements in long format. */
  repeatability(text: string, options?: RepeatabilityOptions): RepeatabilityReport | UnreadableTable;
  /** What was measured of one feature, in the order of the table. */
  measurements(text: string, feature: string): readonly Measurement[];
  /** Differences against means with limits of agreement, in the unit of the feature or in per cent of the mean. */
  agreement(measurements: readonly Measurement[], percent?: boolean): Outcome<AgreementPlot>;
  /** A list that was saved; null for a text that is none. */
  readRobust(text: string): RobustList | null;
  /** An exported table without the features that are not on the list. */
  keepRobust(table: string, robust: RobustList): string;
  /** That a list was made with other settings or on another modality than a table that it filters, or does not say. */
  robustFindings(robust: RobustList, table: MeasuredWith): readonly Finding[];
  /** Whether a change exceeds the repeatability coefficient. */
  change(before: number, after: number, rc: number): Outcome<ChangeVerdict>;
  explainChange(verdict: ChangeVerdict): Localised;
  /** The sentence of a missing value or an unreadable table; `{name}` marks are filled from the facts. */
  explain(reason: NoValueReason): Localised;
  explainTable(problem: TableProblem): Localised;
}

/** A table without the rows that must not be used. */
function opened(text: string): { readonly text: string } | UnreadableTable {
  const { text: rest, carried } = carriedBy(text);
  const { leftOut, sources } = carried;
  if (leftOut > 0 && sources.length === 0) return { problem: 'withheld', facts: { rows: leftOut } };
  return { text: rest };
}

export const statistics: Statistics = {
  methods: METHODS,
  carried: (text) => carriedBy(text).carried,
  run(id, text) {
    const method = METHODS.find((m) => m.id === id);
    if (!method) throw new RangeError(`no method ${id}`);
    const open = opened(text);
    if ('problem' in open) return open;
    const { header, rows } = readTable(open.text);
    if (rows.length === 0) return { problem: 'empty', facts: {} } satisfies UnreadableTable;
    const columns = header.map((name, at) => ({ name, at, values: rows.map((r) => numberOf(r[at])) }));
    const numeric = columns.filter((c) => c.values.some((v) => v !== null));
    if (numeric.length === 0) return { problem: 'no_feature', facts: {} } satisfies UnreadableTable;
    for (const { name, at, values } of numeric) {
      const row = rows.findIndex((r, i) => values[i] === null && !isGap(r[at]));
      if (row >= 0)
        return {
          problem: 'no_number',
          facts: { row: row + 1, column: name, cell: rows[row]![at]!.slice(0, 40) },
        } satisfies UnreadableTable;
    }
    return method.run(numeric.map((c) => c.values));
  },
  repeatability(text, options) {
    const open = opened(text);
    return 'problem' in open ? open : repeatabilityOf(open.text, options);
  },
  measurements: (text, feature) => measurementsOf(carriedBy(text).text, feature),
  agreement: agreementPlot,
  readRobust,
  keepRobust,
  robustFindings,
  change: changeVerdict,
  explainChange: (verdict) => CHANGE_TEXTS[verdict],
  explain: (reason) => NO_VALUE_TEXTS[reason],
  explainTable: (problem) => TABLE_PROBLEM_TEXTS[problem],
};
