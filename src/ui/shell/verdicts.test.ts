import { expect, it } from 'vitest';
import type { Severity } from '../../core/finding.ts';
import type { RuleResult } from '../../quality/rules/rule.ts';
import type { Ground } from './grounds.ts';
import { lightOf } from './verdicts.ts';

const place = { stage: 'acquire' } as const;
const rule = (severity: Severity): Ground => ({ kind: 'rule', severity, result: {} as RuleResult, place });
const unjudged: Ground = { kind: 'note', severity: 'na', key: 'light.unjudged', place, dims: true };

it.each<readonly [string, readonly Ground[], Severity | null]>([
  ['is none before there is anything to judge', [], null],
  ['is the worst of what was found', [rule('pass'), rule('fail'), rule('warn')], 'fail'],
  ['is not dimmed by each rule that cannot be assessed', [rule('pass'), rule('na')], 'pass'],
  ['is no pass where nothing could be assessed', [rule('na'), rule('na')], 'na'],
  ['is no pass where the rules have not run', [rule('pass'), rule('info'), unjudged], 'na'],
  ['is worse than unjudged where something was found', [rule('warn'), unjudged], 'warn'],
])('the light of a stage %s', (_, grounds, expected) => {
  expect(lightOf(grounds)).toBe(expected);
});
