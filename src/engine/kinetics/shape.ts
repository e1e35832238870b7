import type { CallOptions, Engine } from '../api.ts';
import { MODEL_FREE, MODEL_FREE_IDS } from '../../kinetics/model-free/definitions.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import { KERNELS_HASH } from '../wasm/kernels-hash.generated.ts';
import { GrowingMap } from './maps.ts';
import { phasesOf, secondsOf } from './phases.ts';
import type { ShapeRequest, ShapeResult } from './request.ts';

/** A phase before the agent, one early and one late. */
const FEWEST_PHASES = 2;

/**
 * Maps of the shape of enhancement curves (percent enhancement, signal enhancement ratio, areas, slopes, types), for
 * any series with a phase before the agent and one after it.
 * @throws RefusedInput when the series or its times cannot carry them.
 */
export async function runShapes(
  { runner, placeRegion }: { readonly runner: JobRunner; readonly placeRegion: Engine['placeRegion'] },
  { study, series: uid, region, settings }: ShapeRequest,
  { signal, onProgress }: CallOptions = {},
): Promise<ShapeResult> {
  const start = Date.now();
  const call = signal ? { signal } : {};
  const series = seriesOf(study, uid);
  const seconds = secondsOf(series, settings.seconds, FEWEST_PHASES);
  const phases = await phasesOf(runner, study, series, { ...call, onProgress: (s) => onProgress?.(0.6 * s) });
  const { grid, modality } = phases[0];
  const placed = region === null ? undefined : (await placeRegion(study, region, uid, call)).mask;
  const mask = placed?.data ?? Uint8Array.from(phases[0].data, (v) => (v > 0 ? 1 : 0));
  const found = await runner.run(
    'curve-shape',
    { phases: phases.map((p) => p.data), mask, seconds, settings },
    call,
  );
  onProgress?.(1);
  const { maps, unavailable } = found.shapes;
  return {
    settings: { ...settings, baselineFrames: found.baselineFrames, early: found.early },
    software: { name: 'kinetex', version: VERSION, kernels: KERNELS_HASH },
    series: uid,
    regionName: placed?.name ?? series.description,
    seconds,
    maps: MODEL_FREE_IDS.filter((id) => unavailable[id] === undefined).map((id) => {
      const { name, unit } = MODEL_FREE[id];
      const map = new GrowingMap(id, name, unit.signal ?? '', grid, modality);
      map.put(found.voxels, maps[id], () => true);
      return map.finish();
    }),
    unavailable,
    counts: found.counts,
    milliseconds: Date.now() - start,
  };
}
