import type { PreprocessingRecord } from '../../core/preprocessing.ts';
import type { Series } from '../../core/series.ts';
import type { Volume } from '../../core/volume.ts';
import { writeNifti } from '../../formats/nifti/write.ts';
import type { CallOptions, Engine, Study } from '../api.ts';
import { sha256 } from '../hash.ts';
import type { JobRunner } from '../pool/runner.ts';
import { sessionOf } from '../study/session.ts';
import { seriesOf, volumeOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import { KERNELS_HASH } from '../wasm/kernels-hash.generated.ts';
import type { Preprocessed, PreprocessRequest } from './request.ts';

export { STEPS } from '../../imaging/preprocess/registry.ts';

interface Place {
  readonly runner: JobRunner;
  readonly placeRegion: Engine['placeRegion'];
}

/** Runs steps on one phase of a series, in a worker. @throws RefusedInput where a step has no answer. */
export async function runPreprocess(
  { runner, placeRegion }: Place,
  request: PreprocessRequest,
  options: CallOptions = {},
): Promise<Preprocessed> {
  const start = Date.now();
  const { study, phase = 0, steps, region = null, references = [] } = request;
  const call = options.signal ? { signal: options.signal } : {};
  const from = seriesOf(study, request.series);
  const placed = region === null ? null : await placeRegion(study, region, from.uid, call);
  const volume = await volumeOf(runner, study, from.uid, phase, call);
  const others: Volume[] = [];
  for (const uid of references) others.push(await volumeOf(runner, study, uid, 0, call));
  const done = await runner.run(
    'preprocess',
    { volume, steps, region: placed?.mask.data ?? null, references: others },
    options,
  );
  const record: PreprocessingRecord = {
    source: { uid: from.uid, description: from.description, phase },
    region: placed?.mask.name ?? null,
    references: references.map((uid) => seriesOf(study, uid).description),
    // Steps before this one belong to the image too.
    steps: [...(from.preprocessing?.steps ?? []), ...done.steps],
    normalised: done.normalised || from.preprocessing?.normalised === true,
    software: { name: 'kinetex', version: VERSION, kernels: KERNELS_HASH },
  };
  return {
    source: from.uid,
    volume: done.volume,
    record,
    evidence: done.evidence,
    milliseconds: Date.now() - start,
  };
}

/** A study with the image as one more series, which carries how it was made. */
export async function withPreprocessed(
  study: Study,
  { source, volume, record, evidence }: Preprocessed,
  label: string,
): Promise<Study> {
  const from = seriesOf(study, source);
  const session = sessionOf(study);
  const values = Float32Array.from(volume.data);
  const kept: Volume = { ...volume, data: values };
  const hash = await sha256(JSON.stringify({ grid: volume.grid, record }), new Uint8Array(values.buffer));
  const uid = `${source}/preprocessed/${hash.slice(0, 12) || study.series.length}`;
  if (session.derived.has(uid)) return study;
  const file = `${from.description || from.modality} · ${label}`;
  session.derived.set(uid, kept);
  session.hashes.set(file, hash);
  const window = evidence.at(-1)?.after.window;
  const { affine } = volume.grid;
  const edge = (a: 0 | 1 | 2) => Math.hypot(...affine.matrix[a]);
  const series: Series = {
    uid,
    format: 'derived',
    modality: from.modality,
    description: file,
    size: [...volume.grid.size, 1],
    affine,
    spacing: [edge(0), edge(1), edge(2)],
    times: undefined,
    unit: volume.unit,
    inverted: from.inverted,
    samples: 1,
    frameOfReference: from.frameOfReference,
    files: [file],
    planes: [],
    ...(window && { window: [(window[0] + window[1]) / 2, window[1] - window[0]] as const }),
    findings: [],
    preprocessing: record,
  };
  return { ...study, series: [...study.series, series] };
}

/** The image as a gzipped NIfTI file; its description names the steps. */
export function preprocessedAsNifti({ volume, record }: Preprocessed): Uint8Array<ArrayBuffer> {
  const kept = { ...volume, data: Float32Array.from(volume.data) };
  return writeNifti(kept, {
    description: `kinetex ${record.steps.map((s) => s.id).join(' ')}`,
  }) as Uint8Array<ArrayBuffer>;
}
