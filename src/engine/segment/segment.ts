import type { Volume } from '../../core/volume.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { cropped } from '../../regions/segment/crop.ts';
import { outcomeOf, type SegmentationOutcome } from '../../regions/segment/segment.ts';
import type { CallOptions, SegmentCall } from '../api.ts';
import type { JobRunner } from '../pool/runner.ts';
import { volumeOf } from '../study/volume.ts';

/** Runs a method in a worker, which gets the box alone. */
export async function runSegmentation(
  runner: JobRunner,
  { study, series, phase = 0, backend = 'wasm', ...request }: SegmentCall,
  options: CallOptions = {},
): Promise<SegmentationOutcome> {
  const volume = await volumeOf(
    runner,
    study,
    series,
    phase,
    options.signal ? { signal: options.signal } : {},
  );
  const part = outcomeOf(() => cropped(volume, request));
  if ('outcome' in part) return part;
  const found = await runner.run('segment', { volume: part.volume, request: part.request, backend }, options);
  return found.outcome === 'done' ? { ...found, box: part.box } : found;
}

/** How steady the features are over the placements that a digital biopsy came back with. */
export async function runStability(
  runner: JobRunner,
  call: SegmentCall,
  { box, placements }: Extract<SegmentationOutcome, { outcome: 'done' }>,
  settings: ExtractionSettings,
  options: CallOptions = {},
) {
  const whole: Volume = await volumeOf(runner, call.study, call.series, call.phase ?? 0, options);
  const { volume } = cropped(whole, { method: call.method, box });
  return runner.run('biopsy-stability', { volume, placements: placements ?? [], settings }, options);
}
