import type { CallOptions, Study } from '../api.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import type { Series } from '../../core/series.ts';
import type { Volume } from '../../core/volume.ts';
import type { JobRunner } from '../pool/runner.ts';
import { volumeOf } from '../study/volume.ts';

/**
 * Times of the frames, s, as the person gave them or the files say.
 * @throws RefusedInput when there are too few phases, or times that are absent or do not rise.
 */
export function secondsOf(
  series: Series,
  edited: readonly number[] | undefined,
  needed: number,
): Float64Array {
  const phases = series.size[3];
  if (phases < needed)
    throw refusedCase(phases === 1 ? 'one_phase' : 'too_few_phases', { needed, received: phases });
  const times = edited ?? series.times;
  if (!times) throw refusedCase('times_missing', { received: phases });
  if (times.length !== phases)
    throw refusedCase('times_differ', { expected: phases, received: times.length });
  const bad = times.findIndex((t, i) => !Number.isFinite(t) || (i > 0 && t <= times[i - 1]));
  if (bad >= 0)
    throw refusedCase('times_not_rising', {
      at: bad + 1,
      received: times[bad],
      before: bad > 0 ? times[bad - 1] : Number.NaN,
    });
  return Float64Array.from(times);
}

/** Every phase of a series, in order. */
export async function phasesOf(
  runner: JobRunner,
  study: Study,
  series: Series,
  { signal, onProgress }: CallOptions,
) {
  const count = series.size[3];
  const phases: Volume[] = [];
  for (let f = 0; f < count; f++) {
    phases.push(await volumeOf(runner, study, series.uid, f, signal ? { signal } : {}));
    onProgress?.((f + 1) / count);
  }
  return phases;
}
