import { cusumFalseAlarm } from './cusum-run-length.ts';
import { ewmaFalseAlarm, falseAlarmProbability, type Knowledge } from './run-length.ts';
import type { RunRuleId } from './run-rules.ts';

/**
 * The nominal rate of false alarms of a chart: how likely a stable device rings a rule, the weighted mean or the cumulative sum
 * at least once in a number of runs; at most the sum of the three, since they may ring together.
 */
export const falseAlarmOfChart = (rules: readonly RunRuleId[], runs: number, knowledge: Knowledge): number =>
  Math.min(
    1,
    falseAlarmProbability(rules, runs, knowledge) +
      ewmaFalseAlarm(runs, knowledge) +
      cusumFalseAlarm(runs, knowledge),
  );
