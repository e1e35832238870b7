import { RefusedInput } from '../../core/refusal.ts';
import { RAISED, type Check, type Limit, type Raised, type Rule } from './rule.ts';

/** What a site changed about the rules: which are off, and other limits. Everything else is as built. */
export interface RuleProfile {
  readonly name: string;
  readonly off: readonly string[];
  /** Limits of quantities, whole sets: a severity that is left out is not raised. */
  readonly limits: Readonly<Record<string, Check['limits']>>;
}

export const BUILT_IN: RuleProfile = { name: 'built-in', off: [], limits: {} };

/** The rules as a profile wants them. */
export function applyProfile(rules: readonly Rule[], { off, limits }: RuleProfile): Rule[] {
  return rules
    .filter((r) => !off.includes(r.id))
    .map((r) => ({
      ...r,
      checks: r.checks.map((c) =>
        Object.hasOwn(limits, c.quantity) ? { ...c, limits: limits[c.quantity]! } : c,
      ),
    }));
}

/** The rules whole, as a JSON text that a site can keep, read and edit: limits with their unit, title and source. */
export function profileToJson(
  rules: readonly Rule[],
  profile: RuleProfile,
  language: 'en' | 'ru' | 'zh',
): string {
  const applied = applyProfile(rules, { ...profile, off: [] });
  return JSON.stringify(
    {
      kind: 'kinetex rule profile',
      name: profile.name,
      rules: applied.map((r) => ({
        id: r.id,
        on: !profile.off.includes(r.id),
        title: r.title[language],
        modalities: r.modalities,
        tags: r.tags,
        source: r.source,
        mark: r.mark,
        checks: r.checks.map(({ quantity, unit, raise, limits }) => ({ quantity, unit, raise, ...limits })),
      })),
    },
    null,
    2,
  );
}

const refuse = (expected: string, received: unknown): RefusedInput =>
  new RefusedInput('settings_invalid', {
    name: 'rule profile',
    expected,
    received: String(received).slice(0, 80),
  });

/**
 * Reads a profile that {@link profileToJson} wrote and a person may have edited.
 * @throws RefusedInput `settings_invalid` for unknown rules or quantities, and for limits that are no limits
 */
export function profileFromJson(text: string, rules: readonly Rule[]): RuleProfile {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw refuse('JSON', text);
  }
  if (!isRecord(given) || given.kind !== 'kinetex rule profile' || !Array.isArray(given.rules))
    throw refuse('{"kind": "kinetex rule profile", "rules": [...]}', text);
  const off: string[] = [];
  const limits: Record<string, Check['limits']> = {};
  for (const item of given.rules as unknown[]) {
    const rule = isRecord(item) ? rules.find((r) => r.id === item.id) : undefined;
    if (!isRecord(item) || !rule)
      throw refuse(rules.map((r) => r.id).join(', '), isRecord(item) ? item.id : item);
    if (item.on === false) off.push(rule.id);
    for (const checked of Array.isArray(item.checks) ? (item.checks as unknown[]) : []) {
      const check = isRecord(checked) ? rule.checks.find((c) => c.quantity === checked.quantity) : undefined;
      if (!isRecord(checked) || !check)
        throw refuse(
          rule.checks.map((c) => c.quantity).join(', '),
          isRecord(checked) ? checked.quantity : checked,
        );
      const read = limitsOf(checked, check);
      if (JSON.stringify(read) !== JSON.stringify(ordered(check.limits))) limits[check.quantity] = read;
    }
  }
  return { name: typeof given.name === 'string' ? given.name.slice(0, 200) : 'imported', off, limits };
}

function limitsOf(given: Readonly<Record<string, unknown>>, check: Check): Check['limits'] {
  const out: Partial<Record<Raised, Limit>> = {};
  for (const severity of RAISED) {
    const value = given[severity];
    if (value === undefined || value === null) continue;
    if (check.raise === 'outside') {
      if (!isRange(value)) throw refuse(`${check.quantity}: [low, high]`, JSON.stringify(value));
      out[severity] = [value[0], value[1]];
    } else {
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw refuse(`${check.quantity}: a number`, JSON.stringify(value));
      out[severity] = value;
    }
  }
  return out;
}

const ordered = (limits: Check['limits']): Check['limits'] =>
  Object.fromEntries(RAISED.flatMap((s) => (limits[s] === undefined ? [] : [[s, limits[s]]])));

const isRecord = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && !Array.isArray(x);

const isRange = (x: unknown): x is [number, number] =>
  Array.isArray(x) && x.length === 2 && x.every((n) => Number.isFinite(n)) && x[0] <= x[1];
