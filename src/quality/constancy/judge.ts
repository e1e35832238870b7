import type { Severity } from '../../core/finding.ts';
import { cusum } from '../../statistics/control-charts/cusum.ts';
import { ewma } from '../../statistics/control-charts/ewma.ts';
import { linesOf, zoneOf, type LimitKind } from '../../statistics/control-charts/limits.ts';
import {
  RULE_SETS,
  rungBy,
  type RuleSet,
  type RunRuleId,
} from '../../statistics/control-charts/run-rules.ts';
import { trend, type Trend } from '../../statistics/control-charts/trend.ts';
import { isNoValue } from '../../statistics/outcome.ts';
import { TEMPLATES } from '../physical-phantoms/registry.ts';
import type { PhantomTemplate } from '../physical-phantoms/template.ts';
import { raisedBy, worstOf } from '../rules/judge.ts';
import type { Check, Limit } from '../rules/rule.ts';
import { baselineOf, constancyRuns } from './book.ts';
import { currentRuns, type Baseline, type BaselineValue, type DeviceBook, type PhantomRun } from './run.ts';

/** How constancy is judged; the defaults are those of {@link CHART_SETTINGS}. */
export interface ChartSettings {
  readonly rules: RuleSet;
  readonly limits: LimitKind;
}

export const CHART_SETTINGS: ChartSettings = { rules: 'western-electric', limits: 'prediction' };

/** One run on a chart. */
export interface ChartRun {
  readonly run: string;
  readonly date: string;
  readonly value: number;
  /** Action rules that ring here. */
  readonly rung: readonly RunRuleId[];
  /** Beyond the warning line of 2 SD. */
  readonly warned: boolean;
  readonly ewma: number;
  readonly ewmaLimit: number;
  readonly ewmaSignal: boolean;
  readonly up: number;
  readonly down: number;
  readonly cusumSignal: boolean;
}

export interface ControlChart {
  /** Id of the result. */
  readonly result: string;
  readonly unit: string;
  readonly baseline: BaselineValue;
  /** Distances of the lines of 1, 2 and 3 SD from the mean, in the unit of the result. */
  readonly lines: readonly [number, number, number];
  /** Values of the runs that the baseline was made from. */
  readonly before: readonly { readonly run: string; readonly date: string; readonly value: number }[];
  readonly runs: readonly ChartRun[];
  readonly trend: Trend | null;
  /**
   * `fail`: an action rule, the weighted mean or the cumulative sum rings at the newest run (SPEC R56). `warn`: one rang
   * before, the newest run lies beyond 2 SD, or the runs rise or fall. `na`: no run since the baseline, or no spread in it.
   */
  readonly severity: Severity;
  /** The baseline varies by more than 15 % of its mean. */
  readonly baselineVaries: boolean;
}

export interface ConstancyVerdict {
  readonly template: string;
  readonly baseline: Baseline | null;
  readonly severity: Severity;
  readonly charts: readonly ControlChart[];
  /** Constancy runs there are, and since the baseline. */
  readonly runs: number;
  readonly since: number;
}

/** The control charts of a device on one phantom, from the newest baseline on. */
export function judgeConstancy(
  book: DeviceBook,
  template: string,
  settings: ChartSettings = CHART_SETTINGS,
): ConstancyVerdict {
  const runs = constancyRuns(book, template);
  const baseline = baselineOf(book, template) ?? null;
  if (!baseline) return { template, baseline, severity: 'na', charts: [], runs: runs.length, since: 0 };
  const made = new Set(baseline.runs);
  const since = runs.filter((r) => !made.has(r.id) && r.date >= baseline.after);
  const before = runs.filter((r) => made.has(r.id));
  const charts = Object.entries(baseline.values).map(([result, values]) =>
    chartOf(result, values, before, since, settings),
  );
  const severity = since.length === 0 ? 'na' : worstOf(charts.map((c) => c.severity));
  return { template, baseline, severity, charts, runs: runs.length, since: since.length };
}

function chartOf(
  result: string,
  baseline: BaselineValue,
  before: readonly PhantomRun[],
  since: readonly PhantomRun[],
  { rules, limits }: ChartSettings,
): ControlChart {
  const read = (run: PhantomRun) => {
    const value = run.results.find((r) => r.id === result)?.value ?? null;
    return value === null ? [] : [{ run: run.id, date: run.date, value }];
  };
  const points = since.flatMap(read);
  const values = points.map((p) => p.value);
  const zones = values.map((v) => zoneOf(v, baseline, limits));
  const rung = rungBy(zones, RULE_SETS[rules]);
  const weighted = ewma(values, baseline, limits);
  const sums = cusum(values, baseline, limits);
  const charted = points.map((p, i): ChartRun => ({
    ...p,
    rung: rung[i]!,
    warned: zones[i]!.level >= 2,
    ewma: weighted[i]!.value,
    ewmaLimit: weighted[i]!.limit,
    ewmaSignal: weighted[i]!.signal,
    up: sums[i]!.up,
    down: sums[i]!.down,
    cusumSignal: sums[i]!.signal,
  }));
  const moved = trend(values);
  const found = isNoValue(moved) ? null : moved;
  const unit = [...before, ...since].flatMap((r) => r.results.filter((x) => x.id === result))[0]?.unit ?? '';
  const lines = linesOf(baseline.n, limits).map((k) => k * baseline.sd) as unknown as ControlChart['lines'];
  return {
    result,
    unit,
    baseline,
    lines,
    before: before.flatMap(read),
    runs: charted,
    trend: found,
    severity: severityOf(charted, baseline, found),
    baselineVaries: baseline.sd > 0.15 * Math.abs(baseline.mean),
  };
}

/** Does anything that asks for action ring at this run? */
export const rings = (run: ChartRun): boolean => run.rung.length > 0 || run.ewmaSignal || run.cusumSignal;

function severityOf(runs: readonly ChartRun[], { sd }: BaselineValue, moved: Trend | null): Severity {
  const last = runs.at(-1);
  if (!last || sd === 0) return 'na';
  if (rings(last)) return 'fail';
  if (runs.some(rings) || last.warned || moved?.present === true) return 'warn';
  return 'pass';
}

/** One result of an acceptance or periodic run against its limits. */
export interface LimitResult {
  readonly id: string;
  readonly value: number | null;
  readonly unit: string;
  readonly severity: Severity;
  readonly limit?: Limit;
}

export interface LimitVerdict {
  readonly run: string;
  readonly severity: Severity;
  readonly results: readonly LimitResult[];
  /** Limits that a person entered were used; else those of the template, which are a profile's and not the maker's. */
  readonly entered: boolean;
}

/** An acceptance or periodic run against the limits entered for it, or else those of its template. */
export function judgeLimits(
  book: DeviceBook,
  run: PhantomRun,
  templates: readonly PhantomTemplate[] = TEMPLATES,
): LimitVerdict {
  const entered = book.limits.find((l) => l.kind === run.kind && l.template === run.template.id);
  const metrics = templates.find((t) => t.id === run.template.id)?.metrics ?? [];
  const checkOf = (id: string): Pick<Check, 'raise' | 'limits'> | undefined => {
    if (entered && Object.hasOwn(entered.limits, id)) return entered.limits[id];
    return metrics.find((m) => m.quantity === id);
  };
  const results = run.results.map(({ id, value, unit }): LimitResult => {
    const check = checkOf(id);
    if (!check || value === null || Object.keys(check.limits).length === 0)
      return { id, value, unit, severity: 'na' };
    const severity = raisedBy(value, check as Check);
    if (severity === undefined) return { id, value, unit, severity: 'pass' };
    return { id, value, unit, severity, limit: check.limits[severity]! };
  });
  const judged = results.filter((r) => r.severity !== 'na');
  const severity = judged.length === 0 ? 'na' : worstOf(judged.map((r) => r.severity));
  return { run: run.id, severity, results, entered: entered !== undefined };
}

/** The verdict on a device: the worst of its charts, and of its newest acceptance and periodic runs. */
export function judgeDevice(book: DeviceBook, settings: ChartSettings = CHART_SETTINGS) {
  const runs = currentRuns(book);
  const templates = [...new Set(runs.map((r) => r.template.id))];
  const constancy = templates
    .filter((t) => runs.some((r) => r.kind === 'constancy' && r.template.id === t))
    .map((t) => judgeConstancy(book, t, settings));
  const limits = templates.flatMap((t) =>
    (['acceptance', 'periodic'] as const).flatMap((kind) => {
      const last = runs.filter((r) => r.kind === kind && r.template.id === t).at(-1);
      return last ? [judgeLimits(book, last)] : [];
    }),
  );
  const all = [...constancy.map((c) => c.severity), ...limits.map((l) => l.severity)].filter(
    (s) => s !== 'na',
  );
  return { severity: all.length === 0 ? ('na' as const) : worstOf(all), constancy, limits };
}
