import type { CallOptions, Study } from '../api.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { sameGrid } from '../../core/geometry.ts';
import type { Series } from '../../core/series.ts';
import type { Conversion } from '../../kinetics/signal/convert-voxels.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf, volumeOf } from '../study/volume.ts';
import type { KineticSettings } from './request.ts';

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
    baselineFrames,
  };
}

/** The conversion of voxels of blood. */
export function bloodConversion(
  series: Series,
  settings: KineticSettings,
  baselineFrames: number,
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
  return { method: signal.kind, values: echoOf(series, settings), r10: 1 / t1.blood, baselineFrames };
}

/** Repetition time in s and flip angle in degrees, as set or as the files say; one for all phases. */
function echoOf(series: Series, { signal }: KineticSettings): Record<string, number> {
  if (signal.kind !== 'spoiled-gradient-echo') return {};
  const { protocol } = series;
  const one = (values: readonly number[] | undefined, attribute: string): number => {
    if (!values || values.length === 0) throw new RefusedInput('missing_attributes', { attribute });
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

async function nativeRates(
  { runner, study, series, settings, call }: ConversionPlace,
  voxels: Uint32Array,
): Promise<number | Float64Array> {
  const { tissue } = settings.t1;
  if (tissue.kind === 'fixed') return 1 / tissue.seconds;
  const map = await volumeOf(runner, study, tissue.series, 0, call);
  const [nx, ny, nz] = series.size;
  const grid = series.affine && { size: [nx, ny, nz] as const, affine: series.affine };
  if (!grid || !sameGrid(map.grid, grid))
    throw new RefusedInput('region_grid_differs', {
      region: 'T1',
      series: seriesOf(study, tissue.series).description,
    });
  const scale = tissue.unit === 'ms' ? 1000 : 1;
  return Float64Array.from(voxels, (at) => scale / map.data[at]);
}
