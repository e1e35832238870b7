import type { CallOptions, Engine, Study } from '../api.ts';
import { sameGrid } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import type { Volume } from '../../core/volume.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf, volumeOf } from '../study/volume.ts';
import { GrowingMap } from './maps.ts';
import { flipFactors } from './conversion.ts';
import type { B1Map, T1MethodId, T1Protocol, T1Request, T1Result } from './request.ts';

/** One image of a T1 measurement. */
interface Weighting {
  readonly series: Series;
  readonly phase: number;
  readonly repetitionTime: number | undefined;
  readonly flipAngle: number | undefined;
  readonly inversionTime: number | undefined;
}

/**
 * T1 before contrast from spoiled gradient echoes of several flip angles, or from inversion recovery: one series that
 * holds them all, or one series each.
 * @throws RefusedInput when the headers do not say what differs between the images, or their grids differ.
 */
export async function runT1(
  { runner, placeRegion }: { readonly runner: JobRunner; readonly placeRegion: Engine['placeRegion'] },
  { study, series: uids, region, method, b1 }: T1Request,
  { signal, onProgress }: CallOptions = {},
): Promise<T1Result> {
  const call = signal ? { signal } : {};
  const weightings = uids.flatMap((uid) => weightingsOf(seriesOf(study, uid)));
  const protocol = protocolOf(weightings, method);
  const images = await imagesOf(runner, study, weightings, call);
  const { grid, modality } = images[0];
  const placed = region === null ? undefined : (await placeRegion(study, region, uids[0], call)).mask;
  const mask = placed?.data ?? aboveNoise(images);
  const found = await runner.run(
    't1-map',
    {
      images: images.map((i) => i.data),
      mask,
      protocol,
      ...(b1 && { b1: await factorsOf({ runner, study, series: weightings[0].series, call }, mask, b1) }),
    },
    { ...call, ...(onProgress && { onProgress }) },
  );
  const map = (id: string, name: string, unit: string, values: Float32Array) => {
    const growing = new GrowingMap(id, { en: name, ru: name, zh: name }, unit, grid, modality);
    growing.put(found.voxels, values, () => true);
    return growing.finish();
  };
  return {
    protocol,
    maps: [
      map('T1', 'T1', 'ms', found.t1),
      map('T1_error', 'σ(T1)', 'ms', found.t1Error),
      map('S0', 'S0', '', found.s0),
    ],
    counts: found.counts,
  };
}

/** Factors of the flip angle in the voxels of a mask, in their order. */
function factorsOf(
  place: Parameters<typeof flipFactors>[0],
  mask: Uint8Array,
  b1: B1Map,
): Promise<Float64Array> {
  const voxels: number[] = [];
  for (let v = 0; v < mask.length; v++) if (mask[v]) voxels.push(v);
  return flipFactors(place, Uint32Array.from(voxels), b1);
}

function weightingsOf(series: Series): Weighting[] {
  const { protocol } = series;
  return Array.from({ length: series.size[3] }, (_, phase) => ({
    series,
    phase,
    repetitionTime: protocol?.repetitionTime?.[phase],
    flipAngle: protocol?.flipAngle?.[phase],
    inversionTime: protocol?.inversionTime?.[phase],
  }));
}

const RECOVERIES: readonly string[] = ['inversion-recovery', 'saturation-recovery'];

/** What the images differ in: flip angles, or inversion times; a method may be asked for that suits neither. */
function protocolOf(weightings: readonly Weighting[], method: T1MethodId | undefined): T1Protocol {
  const values = (pick: (w: Weighting) => number | undefined, attribute: string): number[] =>
    weightings.map((w) => {
      const value = pick(w);
      if (value === undefined) throw new RefusedInput('missing_attributes', { attribute });
      return value;
    });
  const differs = (pick: (w: Weighting) => number | undefined) => new Set(weightings.map(pick)).size > 1;
  const recovers = method ? RECOVERIES.includes(method) : !differs((w) => w.flipAngle);
  if (weightings.length < 2 || !differs((w) => (recovers ? w.inversionTime : w.flipAngle)))
    throw new RefusedInput('settings_invalid', {
      what: 'T1',
      expected: 'images of at least 2 flip angles or 3 inversion times',
      received: weightings.length,
    });
  const times = values((w) => w.repetitionTime, 'RepetitionTime');
  if (times.some((t) => Math.abs(t - times[0]) > 1e-3 * times[0]))
    throw new RefusedInput('inconsistent_attributes', {
      attribute: 'RepetitionTime',
      expected: 'one value',
      received: times.join(', '),
    });
  const repetitionTime = times[0] / 1000;
  if (!recovers)
    return {
      kind: 'flip-angles',
      repetitionTime,
      flipAngles: values((w) => w.flipAngle, 'FlipAngle'),
      method: method === 'linear' || method === 'weighted' ? method : 'nonlinear',
    };
  return {
    kind: method === 'saturation-recovery' ? 'saturation-recovery' : 'inversion-recovery',
    repetitionTime,
    delays: values((w) => w.inversionTime, 'InversionTime').map((ms) => ms / 1000),
  };
}

async function imagesOf(
  runner: JobRunner,
  study: Study,
  weightings: readonly Weighting[],
  call: CallOptions,
): Promise<Volume[]> {
  const images: Volume[] = [];
  for (const { series, phase } of weightings) {
    const image = await volumeOf(runner, study, series.uid, phase, call);
    if (images.length > 0 && !sameGrid(images[0].grid, image.grid))
      throw new RefusedInput('region_grid_differs', { region: 'T1', series: series.description });
    images.push(image);
  }
  return images;
}

/** Voxels whose brightest image stands out from the noise. */
function aboveNoise(images: readonly Volume[]): Uint8Array {
  const brightest = Float32Array.from(images[0].data, (_, i) => Math.max(...images.map((v) => v.data[i])));
  const sorted = brightest.filter(Number.isFinite).sort();
  const limit = 0.08 * (sorted[Math.floor(0.98 * (sorted.length - 1))] ?? 0);
  return Uint8Array.from(brightest, (v) => (v > limit ? 1 : 0));
}
