import type { Severity } from '../../core/finding.ts';
import { worst } from '../controls/severity.ts';
import type { Ground } from './grounds.ts';

/**
 * The light of a stage: the worst of what it rests on, null before there is anything to judge. Every series has rules that
 * cannot be assessed, and a light that they dim would say nothing: the light is "not assessable" where nothing else was
 * found, and what could not be assessed is told beside it.
 */
export function lightOf(grounds: readonly Ground[]): Severity | null {
  const severities = grounds.map((g) => g.severity);
  return worst(severities.filter((s) => s !== 'na')) ?? worst(severities);
}
