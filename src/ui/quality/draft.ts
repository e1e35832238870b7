import type { Check, Limit, Raised, Rule } from '../../quality/rules/rule.ts';
import type { RuleProfile } from '../../quality/rules/profile.ts';

type Limits = Check['limits'];

/** The limits of a check under a profile. */
export const limitsUnder = ({ limits }: RuleProfile, check: Check): Limits =>
  limits[check.quantity] ?? check.limits;

const same = (a: Limits, b: Limits): boolean =>
  (['info', 'warn', 'fail', 'block'] as const).every((s) => JSON.stringify(a[s]) === JSON.stringify(b[s]));

/** The profile with one limit set; `undefined` takes the limit away. Limits as built are not written down. */
export function withLimit(
  profile: RuleProfile,
  check: Check,
  severity: Raised,
  limit: Limit | undefined,
): RuleProfile {
  const { [severity]: _, ...rest } = limitsUnder(profile, check);
  const next: Limits = limit === undefined ? rest : { ...rest, [severity]: limit };
  const { [check.quantity]: __, ...others } = profile.limits;
  return { ...profile, limits: same(next, check.limits) ? others : { ...others, [check.quantity]: next } };
}

/** The profile with a rule switched on or off. */
export const withSwitch = (profile: RuleProfile, rule: string, on: boolean): RuleProfile => ({
  ...profile,
  off: on ? profile.off.filter((id) => id !== rule) : [...profile.off, rule],
});

/** The profile with one rule as built. */
export function asBuilt(profile: RuleProfile, rule: Rule): RuleProfile {
  const own = rule.checks.map((c) => c.quantity);
  return {
    ...withSwitch(profile, rule.id, true),
    limits: Object.fromEntries(
      Object.entries(profile.limits).filter(([quantity]) => !own.includes(quantity)),
    ),
  };
}

/** Does the profile change this rule? */
export const changes = ({ off, limits }: RuleProfile, rule: Rule): boolean =>
  off.includes(rule.id) || rule.checks.some((c) => Object.hasOwn(limits, c.quantity));

/** Is a limit one that can be kept: a finite number, or a range from low to high? */
export const isLimit = (limit: Limit): boolean =>
  typeof limit === 'number'
    ? Number.isFinite(limit)
    : limit.every((n) => Number.isFinite(n)) && limit[0] <= limit[1];

/** Rules with a limit that cannot be kept. */
export const wrongRules = (profile: RuleProfile, rules: readonly Rule[]): Rule[] =>
  rules.filter((r) =>
    r.checks.some((c) =>
      Object.values(profile.limits[c.quantity] ?? {}).some((limit) => limit !== undefined && !isLimit(limit)),
    ),
  );
