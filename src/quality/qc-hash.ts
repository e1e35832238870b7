import { contentHash } from '../core/content-hash.ts';
import type { Severity } from '../core/finding.ts';
import type { RuleProfile } from './rules/profile.ts';
import type { RuleResult } from './rules/rule.ts';

/** Digits of a measured number that count: engines of JavaScript differ in the last ones of a logarithm. */
const DIGITS = 12;

/** What rules said, as far as its hash goes. */
export interface HashedResult {
  readonly results: readonly RuleResult[];
  readonly reading: readonly { readonly id: string; readonly severity: Severity }[];
  readonly profile: RuleProfile;
  /** Name of the region that the numbers come from; null: the whole image. */
  readonly region: string | null;
}

/**
 * Names the result of the quality rules (SPEC §0): SHA-256 of the canonical JSON of every rule with its severity, what was
 * measured (12 digits) and the limit that was broken, of the remarks of reading, of the profile with its limits, and of the
 * region. The same files, regions, settings, answers and profile give the same hash in the page and in the command line;
 * a rule that measures days since a calibration changes it from day to day.
 */
export const qcHashOf = ({ results, reading, profile, region }: HashedResult): string =>
  contentHash({
    profile: { name: profile.name, off: profile.off.toSorted(), limits: profile.limits },
    region,
    rules: results
      .map(({ id, severity, checks }) => ({
        id,
        severity,
        checks: checks.map(({ check, severity: raised, measured, limit }) => ({
          quantity: check.quantity,
          severity: raised,
          measured: 'na' in measured ? measured.na : rounded(measured.value),
          limit: limit ?? null,
        })),
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    reading: reading.map(({ id, severity }) => `${id} ${severity}`).toSorted(),
  });

const rounded = (value: number): number =>
  Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : value;
