import type { CallOptions, Study } from '../api.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { sameGrid } from '../../core/geometry.ts';
import type { Series } from '../../core/series.ts';
import type { Conversion } from '../../kinetics/signal/convert-voxels.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf, volumeOf } from '../study/volume.ts';
import type { B1Map, KineticSettings } from './request.ts';

export interface ConversionPlace {
  readonly runner: JobRunner;
  readonly study: Study;
  readonly series: Series;
  readonly settings: KineticSettings;
  readonly baselineFrames: number;
  readonly call: CallOptions;
}

/** How the signals of these voxels become concentrations. @throws RefusedInput naming what the files and settings lack. */
export async function conversionOf(place: ConversionPlace, voxels: Uint32Array): Promise<Conversion> {
  const { settings, baselineFrames } = place;
  const { signal } = settings;
  if (signal.kind === 'none') return { method: 'none', values: {}, r10: 1, baselineFrames };
  if (signal.kind === 'ct-enhancement')
    return {
      method: signal.kind,
      values: { enhancementPerMillimolar: signal.enhancementPerMillimolar },
      r10: 1,
      baselineFrames,
    };
  return {
    method: signal.kind,
    values: echoOf(place.series, settings),
    r10: await nativeRates(place, voxels),
    ...(settings.b1 && { b1: await flipFactors(place, voxels, settings.b1) }),
    baselineFrames,
  };
}

/** The conversion of voxels of blood. */
export function bloodConversion(
  series: Series,
  settings: KineticSettings,
  baselineFrames: number,
  b1 = 1,
): Conversion {
  const { signal, t1 } = settings;
  if (signal.kind === 'none') return { method: 'none', values: {}, r10: 1, baselineFrames };
  if (signal.kind === 'ct-enhancement')
    return {
      method: signal.kind,
      values: { enhancementPerMillimolar: signal.enhancementPerMillimolar },
      r10: 1,
      baselineFrames,
    };
  return { method: signal.kind, values: echoOf(series, settings), r10: 1 / t1.blood, b1, baselineFrames };
}

/** Repetition time in s and flip angle in degrees, as set or as the files say; one for all phases. */
function echoOf(series: Series, { signal }: KineticSettings): Record<string, number> {
  if (signal.kind !== 'spoiled-gradient-echo') return {};
  const { protocol } = series;
  const one = (values: readonly number[] | undefined, attribute: string): number => {
    if (!values || values.length === 0) throw refusedCase('echo_missing', { attribute });
    if (values.some((v) => Math.abs(v - values[0]) > 1e-3 * Math.abs(values[0])))
      throw new RefusedInput('inconsistent_attributes', {
        attribute,
        expected: 'one value for all phases',
        received: [...new Set(values)].slice(0, 6).join(', '),
      });
    return values[0];
  };
  return {
    repetitionTime: signal.repetitionTime ?? one(protocol?.repetitionTime, 'RepetitionTime') / 1000,
    flipAngle: signal.flipAngle ?? one(protocol?.flipAngle, 'FlipAngle'),
    relaxivity: signal.relaxivity,
  };
}

async function nativeRates(place: ConversionPlace, voxels: Uint32Array): Promise<number | Float64Array> {
  const { tissue } = place.settings.t1;
  if (tissue.kind === 'fixed') return 1 / tissue.seconds;
  const data = await mapOnGrid(place, tissue.series, 'T1');
  const scale = tissue.unit === 'ms' ? 1000 : 1;
  return Float64Array.from(voxels, (at) => scale / data[at]);
}

/** True over nominal flip angle of some voxels. */
export async function flipFactors(
  place: Omit<ConversionPlace, 'settings' | 'baselineFrames'>,
  voxels: Uint32Array,
  { series, unit }: B1Map,
): Promise<Float64Array> {
  const data = await mapOnGrid(place, series, 'B1');
  const scale = unit === '%' ? 0.01 : 1;
  return Float64Array.from(voxels, (at) => scale * data[at]);
}

/** Values of a map that must lie on the grid of the series. */
async function mapOnGrid(
  { runner, study, series, call }: Omit<ConversionPlace, 'settings' | 'baselineFrames'>,
  uid: string,
  what: string,
): Promise<ArrayLike<number>> {
  const map = await volumeOf(runner, study, uid, 0, call);
  const [nx, ny, nz] = series.size;
  const grid = series.affine && { size: [nx, ny, nz] as const, affine: series.affine };
  if (!grid || !sameGrid(map.grid, grid))
    throw new RefusedInput('region_grid_differs', {
      region: what,
      series: seriesOf(study, uid).description,
    });
  return map.data;
}
