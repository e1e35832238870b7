import { refusedCase } from '../../core/refusal-cases.ts';
import type { KineticSettings } from './request.ts';

/**
 * Settings that would turn every value of the maps into something that is no answer: T1 before contrast, frames before
 * contrast.
 * @param frames phases of the series.
 * @throws RefusedInput naming the setting, its range and what was given.
 */
export function checkSettings(
  { signal, t1, baselineFrames }: Pick<KineticSettings, 'signal' | 't1' | 'baselineFrames'>,
  frames: number,
): void {
  if (signal.kind === 'spoiled-gradient-echo') {
    const times = [...(t1.tissue.kind === 'fixed' ? [t1.tissue.seconds] : []), t1.blood];
    const bad = times.find((t) => !(t > 0 && t < Infinity));
    if (bad !== undefined) throw refusedCase('t1_not_positive', { received: bad });
  }
  if (baselineFrames === null) return;
  const most = frames - 1;
  if (!(Number.isInteger(baselineFrames) && baselineFrames >= 1 && baselineFrames <= most))
    throw refusedCase('baseline_impossible', { received: baselineFrames, most });
}
