import type { Series } from '../core/series.ts';
import type { CallOptions, Engine, ExtractRequest, FeatureTable } from './api.ts';
import type { ResultCache } from './cache/results.ts';
import { sha256 } from './hash.ts';
import type { JobRunner } from './pool/runner.ts';
import { sessionOf } from './study/session.ts';
import { seriesOf, volumeOf } from './study/volume.ts';
import { VERSION } from './version.ts';
import { KERNELS_HASH } from './wasm/kernels-hash.generated.ts';

interface Place {
  readonly runner: JobRunner;
  readonly cache: ResultCache;
  readonly wholeImage: boolean;
  readonly placeRegion: Engine['placeRegion'];
}

/**
 * Features of one region as a table, from the cache when the same pixels, mask, settings and kernels were
 * computed before.
 */
export async function extractTable(
  { runner, cache, wholeImage, placeRegion }: Place,
  request: ExtractRequest,
  { signal, onProgress }: CallOptions = {},
): Promise<FeatureTable> {
  const { study, settings, phase = 0, backend = 'wasm', resample = false } = request;
  if (backend === 'webgpu') throw new RangeError('no WebGPU backend for whole feature tables');
  const call = signal ? { signal } : {};
  const series = seriesOf(study, request.series);
  const start = Date.now();
  const placed = await placeRegion(study, request.region, request.series, { ...call, resample });
  onProgress?.(0.05, placed.mask.name);
  const image = await imageHash(series, phase, sessionOf(study).hashes);
  const mask = await sha256(JSON.stringify(placed.mask.grid), placed.mask.data as Uint8Array<ArrayBuffer>);
  const key =
    image &&
    mask &&
    (await sha256(JSON.stringify({ image, mask, settings, backend, wholeImage, VERSION, KERNELS_HASH })));
  const known = (await cache.get(key)) as FeatureTable | undefined;
  if (known) return { ...known, fromCache: true, milliseconds: Date.now() - start };

  const volume = await volumeOf(runner, study, request.series, phase, call);
  onProgress?.(0.1, placed.mask.name);
  const { rows, diagnostics, findings } = await runner.run(
    'extract',
    { volume, mask: placed.mask, settings, backend, wholeImage },
    { ...call, onProgress: (share, what) => onProgress?.(0.1 + 0.9 * share, what) },
  );
  const table: FeatureTable = {
    settings,
    software: { name: 'kinetex', version: VERSION, kernels: KERNELS_HASH },
    image: {
      uid: series.uid,
      description: series.description,
      modality: series.modality,
      unit: series.unit,
      phase,
      hash: image,
      ...(series.preprocessing && { preprocessing: series.preprocessing }),
    },
    mask: { name: placed.mask.name, voxels: placed.voxels, hash: mask },
    diagnostics,
    features: rows,
    findings: [...placed.findings, ...findings],
    backend,
    milliseconds: Date.now() - start,
    fromCache: false,
  };
  await cache.put(key, table);
  return table;
}

/** Names the pixels of one phase: the bytes of its files in their order, and how they are placed. */
async function imageHash(
  series: Series,
  phase: number,
  hashes: ReadonlyMap<string, string>,
): Promise<string> {
  const files = series.files.map((f) => hashes.get(f) ?? '');
  if (files.some((h) => h === '')) return '';
  return sha256(
    JSON.stringify({ files, planes: series.planes, affine: series.affine, unit: series.unit, phase }),
  );
}
