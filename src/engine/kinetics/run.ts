import type { CallOptions, Engine } from '../api.ts';
import type { Finding } from '../../core/finding.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import type { Series } from '../../core/series.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { framesBeforeArrival } from '../../kinetics/dynamic/arrival.ts';
import { meanCurve, type CurveBlock } from '../../kinetics/dynamic/gather.ts';
import { modelOf } from '../../kinetics/models/registry.ts';
import { convertVoxels, type Conversion } from '../../kinetics/signal/convert-voxels.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import { KERNELS_HASH } from '../wasm/kernels-hash.generated.ts';
import { checkSettings } from './check-settings.ts';
import { conversionOf, flipFactors } from './conversion.ts';
import { kineticFindings, type Checked } from './findings.ts';
import { inputOf, type Artery } from './input.ts';
import { FillingMaps } from './filling-maps.ts';
import { withoutMotion } from './motion.ts';
import { phasesOf, secondsOf } from './phases.ts';
import type { KineticMap, KineticRequest, KineticResult } from './request.ts';

interface Place {
  readonly runner: JobRunner;
  readonly placeRegion: Engine['placeRegion'];
}

/** Phases beyond the parameters: for the spread of the fit, and before the contrast. */
export const SPARE = 3;
/** Of the residual bootstrap of the region's mean. */
const DRAWS = 500;
/** Voxels of one piece of work: small enough to show maps as they fill and to cancel soon. */
const PIECE = 2048;
/** On a GPU: enough to fill it. */
const GPU_PIECE = 2 ** 16;
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
  const { study, settings, backend = 'wasm' } = request;
  const series = seriesOf(study, request.series);
  const model = modelOf(settings.model);
  const seconds = secondsOf(series, settings.seconds, model.parameters.length + SPARE);
  checkSettings(settings, seconds.length);
  const moved = settings.correctMotion === true;
  const read = await phasesOf(runner, study, series, {
    ...call,
    onProgress: (s) => onProgress?.((moved ? 0.1 : 0.3) * s),
  });
  const still = moved
    ? await withoutMotion(runner, read, { ...call, onProgress: (s) => onProgress?.(0.1 + 0.2 * s) })
    : undefined;
  const phases = still?.phases ?? read;
  const region = await regionOf(placeRegion, request, series, phases, call);
  const block = await runner.run(
    'dynamic-curves',
    { phases: phases.map((p) => p.data), mask: region.mask.data },
    call,
  );
  const artery = await arteryOf(runner, placeRegion, request, phases, seconds, call);
  const baselineFrames = settings.baselineFrames ?? baselineOf(artery?.block ?? block, seconds.length);
  const place = { runner, study, series, settings, baselineFrames, call };
  const conversion = await conversionOf(place, block.voxels);
  if (artery && settings.b1) {
    const factors = await flipFactors(place, artery.block.voxels, settings.b1);
    artery.b1 = factors.reduce((s, v) => s + v / factors.length, 0);
  }
  const tissue = meanConcentration(block, conversion, seconds.length);
  const input = inputOf({ settings, seconds, artery, tissue, baselineFrames, series });
  onProgress?.(0.35, model.name.en);

  const filling = new FillingMaps(model, typeof settings.delay !== 'number', phases[0], block);
  const frames = seconds.length;
  const voxels = block.voxels.length;
  const piece = backend === 'webgpu' ? GPU_PIECE : PIECE;
  const lanes = backend === 'webgpu' ? 1 : runner.size;
  let done = 0;
  let shown = Date.now();
  let complete = true;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < voxels && !signal?.aborted) {
      const from = next;
      const to = Math.min(voxels, from + piece);
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
          backend,
        },
        call,
      );
      filling.take(from, to, fitted);
      done += to - from;
      onProgress?.(0.35 + (0.65 * done) / voxels, model.name.en);
      if (onMaps && Date.now() - shown > SHOW_EVERY) {
        onMaps(filling.values());
        shown = Date.now();
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  if (done < voxels) {
    complete = false;
    filling.leaveOut(voxels - done);
    if (done === 0) throw new DOMException('stopped before a voxel was fitted', 'AbortError');
  }
  const mean = tissue && (await meanFit(runner, tissue, input, seconds, settings));
  const { counts } = filling;
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
    curves: filling.curves,
    mean,
    maps: filling.all(),
    errorMaps: filling.errors(),
    ...(still && { motion: still.motions }),
    counts,
    backend: filling.backend,
    findings,
    milliseconds: Date.now() - start,
    complete,
  };
}

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
    if (!mask.data.some((inside) => inside !== 0)) throw refusedCase('artery_empty');
    return { block: await runner.run('dynamic-curves', { phases: data, mask: mask.data }, call) };
  }
  if (settings.input.kind !== 'automatic') return undefined;
  const { size } = phases[0].grid;
  const found = await runner.run('detect-input', { phases: data, size, seconds }, call);
  if (found.chosen.length === 0) throw refusedCase('no_artery');
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
  const { r10, b1 } = conversion;
  return {
    ...conversion,
    ...(typeof r10 !== 'number' && { r10: r10.slice(from, to) }),
    ...(b1 !== undefined && typeof b1 !== 'number' && { b1: b1.slice(from, to) }),
  };
}

/** Mean concentration of the region; null where the equation has no answer for it. */
function meanConcentration(block: CurveBlock, conversion: Conversion, frames: number): Float64Array | null {
  const signal = meanCurve(block);
  if (!signal) return null;
  const mean = (v: number | Float64Array) =>
    typeof v === 'number' ? v : v.reduce((s, x) => s + x / v.length, 0);
  const { r10, b1 = 1 } = conversion;
  const { concentrations } = convertVoxels(Float32Array.from(signal), frames, {
    ...conversion,
    r10: mean(r10),
    b1: mean(b1),
  });
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
  const [{ fit, fitted, bootstrap }] = await runner.run('inspect-curve', {
    seconds,
    input,
    curve,
    delay,
    models: [model],
    bootstrap: DRAWS,
  });
  return { curve, fit, fitted, ...(bootstrap && { bootstrap }) };
}
