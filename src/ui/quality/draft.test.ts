import { describe, expect, it } from 'vitest';
import { BUILT_IN, profileFromJson, profileToJson } from '../../quality/rules/profile.ts';
import { RULES } from '../../quality/rules/registry.ts';
import { asBuilt, changes, withLimit, withSwitch, wrongRules } from './draft.ts';

const rule = RULES.find((r) => r.id === 'C-05')!;
const check = rule.checks.find((c) => c.quantity === 'slice_thickness')!;

describe('the draft of a profile', () => {
  const stricter = withLimit(BUILT_IN, check, 'fail', 2);

  it('holds the whole set of limits of an edited quantity, and survives a file', () => {
    expect(stricter.limits).toEqual({ slice_thickness: { ...check.limits, fail: 2 } });
    const back = profileFromJson(profileToJson(RULES, { ...stricter, name: 'own' }, 'en'), RULES);
    expect(back).toEqual({ name: 'own', off: [], limits: stricter.limits });
  });

  it('forgets a limit that is set back, and a rule that is reset', () => {
    expect(withLimit(stricter, check, 'fail', check.limits.fail).limits).toEqual({});
    const off = withSwitch(stricter, 'C-05', false);
    expect(changes(off, rule)).toBe(true);
    expect(asBuilt(off, rule)).toEqual(BUILT_IN);
  });

  it('takes a limit away', () => {
    expect(withLimit(BUILT_IN, check, 'warn', undefined).limits.slice_thickness).toEqual({
      fail: check.limits.fail,
    });
  });

  it('names rules whose limits are no numbers or no range', () => {
    expect(wrongRules(stricter, RULES)).toEqual([]);
    expect(wrongRules(withLimit(BUILT_IN, check, 'fail', Number.NaN), RULES).map((r) => r.id)).toEqual([
      'C-05',
    ]);
    const range = RULES.flatMap((r) => r.checks).find((c) => c.quantity === 'air_peak')!;
    expect(wrongRules(withLimit(BUILT_IN, range, 'fail', [-950, -1050]), RULES).map((r) => r.id)).toEqual([
      'C-09',
    ]);
  });
});
