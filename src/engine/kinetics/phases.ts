import type { CallOptions, Study } from '../api.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import type { Volume } from '../../core/volume.ts';
import type { JobRunner } from '../pool/runner.ts';
import { volumeOf } from '../study/volume.ts';

/** Phases that maps of curve shape need. */
const FEWEST = 2;

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
    throw new RefusedInput('settings_invalid', {
      what: series.description || series.uid,
      expected: `at least ${needed} phases in time${needed > FEWEST ? ' for this model; curve-shape maps need 2' : ''}`,
      received: phases,
    });
  const times = edited ?? series.times;
  if (!times)
    throw new RefusedInput('missing_attributes', {
      attribute: 'AcquisitionTime',
      expected: 'times of the phases',
    });
  if (times.length !== phases)
    throw new RefusedInput('inconsistent_attributes', {
      attribute: 'times',
      expected: phases,
      received: times.length,
    });
  const bad = times.findIndex((t, i) => !Number.isFinite(t) || (i > 0 && t <= times[i - 1]));
  if (bad >= 0)
    throw new RefusedInput('inconsistent_attributes', {
      attribute: 'times',
      expected: 'rising times',
      received: `${times[bad]} s at phase ${bad + 1}`,
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
