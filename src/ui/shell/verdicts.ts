import type { Severity } from '../../core/finding.ts';
import { worst } from '../controls/severity.ts';
import type { Ground } from './grounds.ts';

/**
 * The light of a stage: the worst of what it rests on, null before there is anything to judge. Every series has rules that
 * cannot be assessed, and a light that each of them dims would say nothing: they are told beside it. It is "not assessable"
 * where nothing else was found, where the rules have not run, and where a device cannot be judged.
 */
export function lightOf(grounds: readonly Ground[]): Severity | null {
  const counted = grounds.filter((g) => g.severity !== 'na' || g.dims);
  return worst((counted.length > 0 ? counted : grounds).map((g) => g.severity));
}
