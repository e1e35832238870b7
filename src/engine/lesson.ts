import { toPatient, type Grid, type Size3 } from '../core/geometry.ts';
import type { Mask, Volume } from '../core/volume.ts';
import type { RegionSlice } from '../radiomics/region-slice.ts';
import type { ExtractionSettings } from '../radiomics/settings.ts';
import type { CallOptions, Engine, LessonRequest } from './api.ts';
import type { JobRunner } from './pool/runner.ts';
import { SharedWork } from './study/shared-work.ts';
import { volumeOf } from './study/volume.ts';

/** Prepared slices kept, so that a slider needs no image chain. The oldest goes first. */
const KEPT = 2;

interface Prepared {
  readonly name: string;
  readonly unit: string;
  readonly slice: RegionSlice;
}

/** The calls that teach: matrices of a slice and histograms of a region, redrawn while a slider moves. */
export function createLessons(
  runner: JobRunner,
  placeRegion: Engine['placeRegion'],
): Pick<Engine, 'matrix' | 'histogram'> & { readonly forget: () => void } {
  const kept = new Map<string, SharedWork<Prepared>>();

  async function prepare({ region, settings }: LessonRequest, call: CallOptions): Promise<Prepared> {
    if (region === null) {
      const slice = await runner.run('region-slice', { region: null, settings }, call);
      return { name: '', unit: 'arbitrary', slice };
    }
    const { study, series, phase, slice: z, resample } = region;
    const { mask } = await placeRegion(study, region.region, series, { ...call, resample });
    const volume = await volumeOf(runner, study, series, phase, call);
    const part = partAround(volume, mask, settings);
    const slice = await runner.run(
      'region-slice',
      { region: { volume: part.volume, mask: part.mask, slice: z - part.from[2] }, settings },
      call,
    );
    return { name: mask.name, unit: volume.unit, slice };
  }

  function prepared(request: LessonRequest, call: CallOptions): Promise<Prepared> {
    const { image, interpolation, resegmentation, approach } = request.settings;
    const { study, ...place } = request.region ?? {};
    const key = JSON.stringify([study?.id, place, image, interpolation, resegmentation, approach]);
    const known = kept.get(key);
    if (known && !known.stopped) return known.wait(call.signal);
    const made = new SharedWork((signal) => prepare(request, { signal }));
    kept.set(key, made);
    made.result.catch(() => {
      if (kept.get(key) === made) kept.delete(key);
    });
    for (const old of kept.keys()) if (kept.size > KEPT) kept.delete(old);
    return made.wait(call.signal);
  }

  return {
    forget: () => kept.clear(),
    async matrix(request, call = {}) {
      const { sample, extremes } = (await prepared(request, call)).slice;
      const { settings, discretisation, family, direction } = request;
      const slice = { sample, extremes };
      return runner.run('matrix', { slice, settings, discretisation, family, direction }, call);
    },
    async histogram(request, call = {}) {
      const { name, unit, slice } = await prepared(request, call);
      const { values } = slice;
      const { settings, discretisation } = request;
      return runner.run('histogram', { name, unit, values, settings, discretisation }, call);
    },
  };
}

/**
 * The part of an image that a region needs, so that less is sent to the worker. Axes that are resampled stay whole:
 * the new grid is aligned with the whole image.
 */
function partAround(
  volume: Volume,
  mask: Mask,
  { approach, interpolation }: ExtractionSettings,
): { volume: Volume; mask: Mask; from: Size3 } {
  const [nx, ny, nz] = volume.grid.size;
  const lo: [number, number, number] = [nx, ny, nz];
  const hi: [number, number, number] = [0, 0, 0];
  mask.data.forEach((inside, v) => {
    if (inside === 0) return;
    const at = [v % nx, Math.floor(v / nx) % ny, Math.floor(v / (nx * ny))] as const;
    for (const a of [0, 1, 2] as const) {
      lo[a] = Math.min(lo[a], at[a]);
      hi[a] = Math.max(hi[a], at[a] + 1);
    }
  });
  for (const a of [0, 1, 2] as const) {
    const resampled = (interpolation?.spacing[a] ?? null) !== null && !(approach === '2D' && a === 2);
    const margin = a === 2 ? 0 : 1;
    if (resampled || hi[0] === 0) [lo[a], hi[a]] = [0, volume.grid.size[a]];
    else [lo[a], hi[a]] = [Math.max(0, lo[a] - margin), Math.min(volume.grid.size[a], hi[a] + margin)];
  }
  const size: Size3 = [hi[0] - lo[0], hi[1] - lo[1], hi[2] - lo[2]];
  const grid: Grid = {
    size,
    affine: { ...volume.grid.affine, origin: toPatient(volume.grid.affine, ...lo) },
  };
  const voxels = size[0] * size[1] * size[2];
  const data = volume.data instanceof Float32Array ? new Float32Array(voxels) : new Float64Array(voxels);
  const inside = new Uint8Array(voxels);
  let to = 0;
  for (let k = lo[2]; k < hi[2]; k++) {
    for (let j = lo[1]; j < hi[1]; j++, to += size[0]) {
      const row = nx * (j + ny * k);
      data.set(volume.data.subarray(row + lo[0], row + hi[0]), to);
      inside.set(mask.data.subarray(row + lo[0], row + hi[0]), to);
    }
  }
  return { volume: { ...volume, grid, data }, mask: { ...mask, grid, data: inside }, from: lo };
}
