import type { CallOptions, Engine } from '../api.ts';
import { MODEL_FREE, MODEL_FREE_IDS, type ModelFreeId } from '../../kinetics/model-free/definitions.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import { KERNELS_HASH } from '../wasm/kernels-hash.generated.ts';
import { GrowingMap } from './maps.ts';
import { phasesOf, secondsOf } from './phases.ts';
import type { ShapeRequest, ShapeResult } from './request.ts';

/** Ranges in which readers know a map, whatever noise does at its ends. */
const SHOWN: Readonly<Partial<Record<ModelFreeId, readonly [number, number]>>> = {
  'signal-enhancement-ratio': [0, 2],
  'curve-type': [1, 3],
};

/** Voxels whose signal before contrast is above a share of the bright ones. */
function aboveThreshold(data: ArrayLike<number>, share: number): Uint8Array {
  const sorted = Float32Array.from(data).filter(Number.isFinite).sort();
  const limit = share * (sorted[Math.floor(0.98 * (sorted.length - 1))] ?? 0);
  return Uint8Array.from(data, (v) => (v > limit ? 1 : 0));
}

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
  const mask = placed?.data ?? aboveThreshold(phases[0].data, settings.threshold ?? 0);
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
      const map = new GrowingMap(id, name, unit.signal === '1' ? '' : (unit.signal ?? ''), grid, modality);
      map.put(found.voxels, maps[id], () => true);
      const made = map.finish();
      const range = SHOWN[id];
      return range ? { ...made, range } : made;
    }),
    unavailable,
    counts: found.counts,
    milliseconds: Date.now() - start,
  };
}
