import type { CallOptions, Engine } from '../api.ts';
import type { Finding } from '../../core/finding.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { framesBeforeArrival } from '../../kinetics/dynamic/arrival.ts';
import { meanCurve, type CurveBlock } from '../../kinetics/dynamic/gather.ts';
import { BLOCK_STATUSES } from '../../kinetics/fit/fit-block.ts';
import type { QuantityId } from '../../kinetics/models/model.ts';
import { QUANTITIES } from '../../kinetics/models/quantities.ts';
import { modelOf } from '../../kinetics/models/registry.ts';
import { convertVoxels, type Conversion } from '../../kinetics/signal/convert-voxels.ts';
import type { FittedVoxels } from '../jobs/fit-voxels.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import { KERNELS_HASH } from '../wasm/kernels-hash.generated.ts';
import { conversionOf } from './conversion.ts';
import { kineticFindings, type Checked } from './findings.ts';
import { inputOf, type Artery } from './input.ts';
import { GrowingMap } from './maps.ts';
import { phasesOf, secondsOf } from './phases.ts';
import type { KineticMap, KineticRequest, KineticResult } from './request.ts';

interface Place {
  readonly runner: JobRunner;
  readonly placeRegion: Engine['placeRegion'];
}

/** Phases beyond the parameters: for the spread of the fit, and before the contrast. */
const SPARE = 3;
/** Voxels of one piece of work: small enough to show maps as they fill and to cancel soon. */
const PIECE = 2048;
/** Maps are shown again at most this often, ms. */
const SHOW_EVERY = 250;

/**
 * Kinetic maps of a dynamic series: concentrations, the arterial input, and a model fitted to every voxel of the
 * region, in pieces over all workers. Stopping keeps what is done.
 * @throws RefusedInput when the series, its times, its settings or the input cannot carry the fit.
 */
export async function runKinetics(
  { runner, placeRegion }: Place,
  request: KineticRequest,
  {
    signal,
    onProgress,
    onMaps,
  }: CallOptions & { readonly onMaps?: (maps: readonly KineticMap[]) => void } = {},
): Promise<KineticResult> {
  const start = Date.now();
  const call = signal ? { signal } : {};
  const { study, settings } = request;
  const series = seriesOf(study, request.series);
  const model = modelOf(settings.model);
  const seconds = secondsOf(series, settings.seconds, model.parameters.length + SPARE);
  const phases = await phasesOf(runner, study, series, {
    ...call,
    onProgress: (s) => onProgress?.(0.3 * s),
  });
  const region = await regionOf(placeRegion, request, series, phases, call);
  const block = await runner.run(
    'dynamic-curves',
    { phases: phases.map((p) => p.data), mask: region.mask.data },
    call,
  );
  const artery = await arteryOf(runner, placeRegion, request, phases, seconds, call);
  const baselineFrames = settings.baselineFrames ?? baselineOf(artery?.block ?? block, seconds.length);
  const conversion = await conversionOf(
    { runner, study, series, settings, baselineFrames, call },
    block.voxels,
  );
  const tissue = meanConcentration(block, conversion, seconds.length);
  const input = inputOf({ settings, seconds, artery, tissue, baselineFrames, series });
  onProgress?.(0.35, model.name.en);

  const { grid, modality } = phases[0];
  const quantities: readonly QuantityId[] = [
    ...model.parameters.map((p) => p.quantity),
    ...(typeof settings.delay === 'number' ? [] : (['delay'] as const)),
    ...model.derived,
  ];
  const valueMaps = quantities.map(
    (q) => new GrowingMap(q, QUANTITIES[q].name, QUANTITIES[q].unit, grid, modality),
  );
  const errorMaps = quantities.map(
    (q) => new GrowingMap(q, QUANTITIES[q].name, QUANTITIES[q].unit, grid, modality),
  );
  const quality = QUALITY.map((q) => new GrowingMap(q.id, q.name, q.unit, grid, modality));
  const counts = { converged: 0, at_bound: 0, no_enhancement: 0, failed: 0, unconverted: 0, not_done: 0 };
  const curves = new Float32Array(block.curves.length).fill(Number.NaN);
  const frames = seconds.length;
  const voxels = block.voxels.length;
  let done = 0;
  let shown = Date.now();

  const take = (from: number, to: number, { block: fitted, concentrations, unconverted }: FittedVoxels) => {
    curves.set(concentrations, from * frames);
    const places = block.voxels.subarray(from, to);
    const answered = (v: number) =>
      unconverted[v] === 0 && ANSWERED.includes(BLOCK_STATUSES[fitted.status[v]]);
    for (let v = 0; v < to - from; v++) {
      if (unconverted[v]) counts.unconverted++;
      else counts[BLOCK_STATUSES[fitted.status[v]]]++;
    }
    quantities.forEach((q, i) => {
      valueMaps[i].put(places, fitted.parameters.get(q)!, answered);
      errorMaps[i].put(places, fitted.errors.get(q)!, answered);
    });
    const fittedAtAll = (v: number) =>
      answered(v) || (unconverted[v] === 0 && BLOCK_STATUSES[fitted.status[v]] === 'no_enhancement');
    quality[0].put(places, fitted.r2, fittedAtAll);
    quality[1].put(places, fitted.rmse, fittedAtAll);
    quality[2].put(
      places,
      Float32Array.from(fitted.status, (s, v) => (unconverted[v] ? BLOCK_STATUSES.length : s)),
      () => true,
    );
  };
  let complete = true;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < voxels && !signal?.aborted) {
      const from = next;
      const to = Math.min(voxels, from + PIECE);
      next = to;
      const fitted = await runner.run(
        'fit-voxels',
        {
          model: model.id,
          settings: { delay: settings.delay },
          input: { seconds: input.seconds, plasma: input.plasma },
          seconds,
          signals: block.curves.slice(from * frames, to * frames),
          conversion: pieceOf(conversion, from, to),
        },
        call,
      );
      take(from, to, fitted);
      done += to - from;
      onProgress?.(0.35 + (0.65 * done) / voxels, model.name.en);
      if (onMaps && Date.now() - shown > SHOW_EVERY) {
        onMaps(valueMaps.map((m) => m.finish()));
        shown = Date.now();
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: runner.size }, lane));
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  if (done < voxels) {
    complete = false;
    counts.not_done += voxels - done;
    if (done === 0) throw new DOMException('stopped before a voxel was fitted', 'AbortError');
  }
  const mean = tissue && (await meanFit(runner, tissue, input, seconds, settings));
  const findings: Finding[] = kineticFindings({
    series,
    settings,
    seconds,
    input,
    mean,
    counts,
    baselineFrames,
  } satisfies Checked);
  return {
    model: model.id,
    settings,
    software: { name: 'kinetex', version: VERSION, kernels: KERNELS_HASH },
    series: series.uid,
    regionName: region.mask.name,
    seconds,
    baselineFrames,
    input,
    voxels: block.voxels,
    curves,
    mean,
    maps: [...valueMaps, ...quality].map((m) => m.finish()),
    errorMaps: errorMaps.map((m) => m.finish()),
    counts,
    findings,
    milliseconds: Date.now() - start,
    complete,
  };
}

/** Voxels whose parameters are shown; those at a bound are, and the map of statuses says so. */
const ANSWERED: readonly string[] = ['converged', 'at_bound'];

/** Maps that say how far the others can be trusted. */
const QUALITY = [
  {
    id: 'r2',
    unit: '',
    name: { en: 'coefficient of determination R²', ru: 'коэффициент детерминации R²', zh: '决定系数 R²' },
  },
  {
    id: 'rmse',
    unit: 'mmol/L',
    name: { en: 'root mean square residual', ru: 'среднеквадратичный остаток', zh: '残差均方根' },
  },
  {
    id: 'status',
    unit: '',
    name: {
      en: 'fit status (1 converged, 2 at a bound, 3 no enhancement, 4 failed, 5 no concentration)',
      ru: 'итог подгонки (1 сошлась, 2 на границе, 3 нет накопления, 4 не удалась, 5 нет концентрации)',
      zh: '拟合状态（1 收敛，2 在边界，3 无增强，4 失败，5 无浓度）',
    },
  },
] as const;

/** The voxels to fit: a region, or all whose first phase stands out from the noise. */
async function regionOf(
  placeRegion: Engine['placeRegion'],
  { study, region, series: uid }: KineticRequest,
  series: Series,
  phases: readonly Volume[],
  call: CallOptions,
): Promise<{ mask: Mask }> {
  if (region !== null) return placeRegion(study, region, uid, call);
  const { data, grid } = phases[0];
  const sorted = Float32Array.from(data).filter(Number.isFinite).sort();
  const limit = 0.08 * (sorted[Math.floor(0.98 * (sorted.length - 1))] ?? 0);
  return {
    mask: {
      grid,
      data: Uint8Array.from(data, (v) => (v > limit ? 1 : 0)),
      name: series.description,
      colour: [255, 255, 255],
    },
  };
}

/** The voxels of a measured input: a region, or what the search finds; undefined for other inputs. */
async function arteryOf(
  runner: JobRunner,
  placeRegion: Engine['placeRegion'],
  { study, series, settings }: KineticRequest,
  phases: readonly Volume[],
  seconds: Float64Array,
  call: CallOptions,
): Promise<Artery | undefined> {
  const data = phases.map((p) => p.data);
  if (settings.input.kind === 'region') {
    const { mask } = await placeRegion(study, settings.input.region, series, call);
    return { block: await runner.run('dynamic-curves', { phases: data, mask: mask.data }, call) };
  }
  if (settings.input.kind !== 'automatic') return undefined;
  const { size } = phases[0].grid;
  const found = await runner.run('detect-input', { phases: data, size, seconds }, call);
  if (found.chosen.length === 0)
    throw new RefusedInput('settings_invalid', {
      what: 'arterial input',
      expected: 'voxels that rise high, early and for a short time',
      received: 0,
    });
  const mask = new Uint8Array(data[0].length);
  for (const v of found.chosen) mask[v] = 1;
  const candidates = Uint32Array.from(found.candidates, (c) => c.voxel);
  return { block: await runner.run('dynamic-curves', { phases: data, mask }, call), candidates };
}

function baselineOf(block: CurveBlock, frames: number): number {
  const mean = meanCurve(block);
  return mean ? Math.min(framesBeforeArrival(mean), frames - 1) : 1;
}

function pieceOf(conversion: Conversion, from: number, to: number): Conversion {
  const { r10 } = conversion;
  return typeof r10 === 'number' ? conversion : { ...conversion, r10: r10.slice(from, to) };
}

/** Mean concentration of the region; null where the equation has no answer for it. */
function meanConcentration(block: CurveBlock, conversion: Conversion, frames: number): Float64Array | null {
  const signal = meanCurve(block);
  if (!signal) return null;
  const { r10 } = conversion;
  const rate = typeof r10 === 'number' ? r10 : r10.reduce((s, v) => s + v / r10.length, 0);
  const { concentrations } = convertVoxels(Float32Array.from(signal), frames, { ...conversion, r10: rate });
  return concentrations.every(Number.isFinite) ? Float64Array.from(concentrations) : null;
}

async function meanFit(
  runner: JobRunner,
  curve: Float64Array,
  { origin, seconds: at, plasma, voxels }: KineticResult['input'],
  seconds: Float64Array,
  { delay, model }: KineticRequest['settings'],
): Promise<KineticResult['mean']> {
  const input = { origin, seconds: at, plasma, voxels };
  const [{ fit, fitted }] = await runner.run('inspect-curve', {
    seconds,
    input,
    curve,
    delay,
    models: [model],
  });
  return { curve, fit, fitted };
}
