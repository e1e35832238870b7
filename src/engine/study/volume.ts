import type { CallOptions, Study, Thumbnail } from '../api.ts';
import type { Series } from '../../core/series.ts';
import type { Volume, VolumeData } from '../../core/volume.ts';
import type { DecodedPixels } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { startVolume } from '../../series/volume.ts';
import { volumeOfImageFile } from '../../series/image-file.ts';
import type { JobRunner } from '../pool/runner.ts';
import { sessionOf, type Session } from './session.ts';
import { SharedWork } from './shared-work.ts';

/** Volumes kept in memory: the least recently used go first. */
const VOLUME_BUDGET = 2 * 2 ** 30;
/** Longest stretch of work on the page's own thread, ms. */
const SLICE_OF_TIME = 8;

/** @throws RangeError when the study has no such series. */
export function seriesOf(study: Study, uid: string): Series {
  const series = study.series.find((s) => s.uid === uid);
  if (!series) throw new RangeError(`no series ${uid} in this study`);
  return series;
}

/** The image of one phase, from pixels at hand or decoded now; kept while memory allows. */
export function volumeOf(
  runner: JobRunner,
  study: Study,
  uid: string,
  phase: number,
  options: CallOptions = {},
): Promise<Volume> {
  const session = sessionOf(study);
  const series = seriesOf(study, uid);
  const made = session.derived.get(uid);
  if (made) return Promise.resolve(made);
  const key = `${uid} ${phase} ${series.planes.length}`;
  const { signal, ...call } = options;
  const known = session.volumes.get(key);
  if (known && !known.stopped) {
    session.volumes.delete(key);
    session.volumes.set(key, known);
    return known.wait(signal);
  }
  const work = new SharedWork((stop) =>
    series.planes.length === 0
      ? fromImageFile(session, series, phase)
      : fromPlanes(runner, session, series, phase, { ...call, signal: stop }),
  );
  session.volumes.set(key, work);
  work.result.then(
    () => forgetOld(session),
    () => {
      if (session.volumes.get(key) === work) session.volumes.delete(key);
    },
  );
  return work.wait(signal);
}

async function fromImageFile(session: Session, series: Series, phase: number): Promise<Volume> {
  const image = session.images.get(series.files[0]);
  if (!image) throw new RangeError(`no image ${series.files[0]}`);
  const volume = volumeOfImageFile(image, series, phase);
  const data =
    image.data instanceof Float32Array ? allocate(volume.data.length) : new Float64Array(volume.data.length);
  data.set(volume.data);
  return { ...volume, data };
}

/** Voxels that workers see without a copy where the page is cross-origin isolated; plain memory elsewhere. */
function allocate(voxels: number): VolumeData {
  const shared = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  return shared ? new Float32Array(new SharedArrayBuffer(4 * voxels)) : new Float32Array(voxels);
}

async function fromPlanes(
  runner: JobRunner,
  session: Session,
  series: Series,
  phase: number,
  { signal, onProgress }: CallOptions,
): Promise<Volume> {
  const blocked = series.findings.find((f) => f.severity === 'block' && f.id === 'G-01');
  if (blocked) throw new RefusedInput('ambiguous_position', blocked.facts);
  const slices = series.size[2];
  const planes = series.planes.slice(phase * slices, (phase + 1) * slices);
  const target = startVolume(series, allocate);
  const files = [...new Set(planes.map((p) => p.file))];
  let since = Date.now();
  let done = 0;
  const place = async (file: number): Promise<void> => {
    const pixels = await pixelsOf(runner, session, series.files[file], signal);
    planes.forEach((plane, slice) => {
      if (plane.file === file) target.put(slice, plane, pixels);
    });
    done++;
    onProgress?.(done / files.length);
    if (Date.now() - since > SLICE_OF_TIME) {
      await breathe();
      since = Date.now();
    }
    // Single-frame files have given all they had.
    if (pixels.frames === 1 && planes.filter((p) => p.file === file).length <= 1) {
      session.pixels.delete(series.files[file]);
    }
  };
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < files.length) await place(files[next++]);
  };
  await Promise.all(Array.from({ length: runner.size * 2 }, lane));
  return target.volume;
}

async function pixelsOf(
  runner: JobRunner,
  session: Session,
  path: string,
  signal: AbortSignal | undefined,
): Promise<DecodedPixels> {
  const kept = session.pixels.get(path);
  if (kept) return kept;
  const source = session.sources.get(path);
  if (!source) throw new RangeError(`no file ${path}`);
  return runner.run('decode-file', { source }, signal ? { signal } : {});
}

function forgetOld(session: Session): void {
  void Promise.all(
    [...session.volumes].map(async ([key, v]) => [key, (await v.result).data.byteLength] as const),
  ).then(
    (sizes) => {
      let total = sizes.reduce((n, [, bytes]) => n + bytes, 0);
      for (const [key, bytes] of sizes.slice(0, -1)) {
        if (total <= VOLUME_BUDGET) return;
        session.volumes.delete(key);
        total -= bytes;
      }
    },
    () => undefined,
  );
}

/** Lets the page draw and answer before more work is done. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

const THUMBNAIL = 96;

/** The middle slice of a series, small and windowed; from one file, so that it is there before the volume. */
export async function thumbnailOf(
  runner: JobRunner,
  study: Study,
  uid: string,
  options: CallOptions = {},
): Promise<Thumbnail> {
  const session = sessionOf(study);
  const series = seriesOf(study, uid);
  const [nx, ny, nz] = series.size;
  const slice = nz >> 1;
  let plane: ArrayLike<number>;
  if (series.planes.length === 0) {
    const { data } = await volumeOf(runner, study, uid, 0, options);
    plane = data.subarray(slice * nx * ny, (slice + 1) * nx * ny);
  } else {
    const ref = series.planes[slice];
    const one = startVolume({ ...series, size: [nx, ny, 1, 1] });
    one.put(0, ref, await pixelsOf(runner, session, series.files[ref.file], options.signal));
    plane = one.volume.data;
  }
  return shrink(plane, nx, ny, series);
}

/** Nearest-neighbour reduction with the series' window, or the 1st to 99th percentile where it has none. */
function shrink(plane: ArrayLike<number>, nx: number, ny: number, series: Series): Thumbnail {
  const [dx, dy] = series.spacing ?? [1, 1];
  const scale = THUMBNAIL / Math.max(nx * dx, ny * dy);
  const columns = Math.max(1, Math.round(nx * dx * scale));
  const rows = Math.max(1, Math.round(ny * dy * scale));
  const values = new Float32Array(columns * rows);
  for (let r = 0; r < rows; r++) {
    const j = Math.min(ny - 1, Math.floor(((r + 0.5) * ny) / rows));
    for (let c = 0; c < columns; c++) {
      values[r * columns + c] = plane[j * nx + Math.min(nx - 1, Math.floor(((c + 0.5) * nx) / columns))];
    }
  }
  const sorted = values.filter((v) => Number.isFinite(v)).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const [low, high] = series.window
    ? [series.window[0] - series.window[1] / 2, series.window[0] + series.window[1] / 2]
    : [at(0.01), at(0.99)];
  const grey = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const v = Math.round((255 * (values[i] - low)) / (high - low || 1));
    grey[i] = Number.isFinite(v) ? Math.max(0, Math.min(255, series.inverted ? 255 - v : v)) : 0;
  }
  return { columns, rows, grey };
}
