import type { Severity } from '../../core/finding.ts';

/** From worst to best. What could not be assessed is no pass. */
const ORDER: readonly Severity[] = ['block', 'fail', 'warn', 'na', 'info', 'pass'];

export function worst(severities: Iterable<Severity>): Severity | null {
  let at = ORDER.length;
  for (const severity of severities) at = Math.min(at, ORDER.indexOf(severity));
  return ORDER[at] ?? null;
}

export const bySeverity = (a: { severity: Severity }, b: { severity: Severity }): number =>
  ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity);
