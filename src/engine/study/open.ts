import type { CallOptions, FileSource, Study, StudyObject } from '../api.ts';
import type { DicomInstance, ImageFile } from '../../core/instance.ts';
import { RefusedInput, type Refusal } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import { readLabelmap } from '../../regions/import/labelmap.ts';
import { recognised, recognisedImages } from '../../regions/import/own-uids.ts';
import { assembleSeries } from '../../series/assemble.ts';
import { seriesFromImageFile } from '../../series/image-file.ts';
import type { ReadFile } from '../jobs/read-file.ts';
import { JobFailed, type JobRunner } from '../pool/runner.ts';
import { openSession, type Session } from './session.ts';
import { addTold } from './told-words.ts';

/** Pixels kept from reading until they are asked for; beyond it files are decoded again when needed. */
const PIXEL_BUDGET = 1.5 * 2 ** 30;
/** Between two pictures of a study that is still being read, ms. */
const SHOW_EVERY = 250;
const MOST_FILES = 50_000;

export interface OpenOptions extends CallOptions {
  readonly into?: Study;
  readonly onStudy?: (study: Study) => void;
}

/** What has been read so far: the growing side of a study. */
interface Reading {
  readonly instances: DicomInstance[];
  readonly images: { image: ImageFile; labels: boolean; told: boolean }[];
  readonly regions: RegionSource[];
  readonly objects: StudyObject[];
  readonly refused: Refusal[];
  readonly files: string[];
}

type QueuedFile = FileSource & { readonly inArchive?: boolean };

const readings = new WeakMap<Study, Reading>();
/** The last reading of a session: for studies that were made from a read one, by a map or a drawn region. */
const lastReadings = new WeakMap<Session, Reading>();
let made = 0;

/**
 * Reads files into a study. Each file is read on its own: one that is refused is named and the rest goes on.
 * Archives are unpacked one level deep and their entries read like files.
 */
export async function openStudy(
  runner: JobRunner,
  sources: readonly FileSource[],
  options: OpenOptions = {},
): Promise<Study> {
  const id = options.into?.id ?? `study-${++made}`;
  const session = openSession(id);
  const reading = copyOf((options.into && readings.get(options.into)) ?? lastReadings.get(session));
  const queue: QueuedFile[] = named(sources, session);
  let kept = [...session.pixels.values()].reduce((n, p) => n + p.values.byteLength, 0);
  let done = 0;
  let shown = Date.now();

  const one = async (source: FileSource, inArchive: boolean): Promise<void> => {
    reading.files.push(source.path);
    try {
      const decode = kept < PIXEL_BUDGET;
      const result = await runner.run(
        'read-file',
        { source, companions: companionsOf(source, sources), decode },
        { ...(options.signal && { signal: options.signal }) },
      );
      if (result.kind === 'archive') {
        addTold(session.told, source.path, {});
        // Entries are read now; an archive inside an archive is not opened.
        if (inArchive) throw new RefusedInput('bad_archive', { problem: 'nested' });
        queue.push(...named(result.entries, session).map((entry) => ({ ...entry, inArchive: true })));
        return;
      }
      kept += take(result, source, session, reading);
    } catch (error) {
      reading.refused.push(refusalOf(error, source.path));
    } finally {
      done++;
      options.onProgress?.(done / queue.length, source.path);
      if (options.onStudy && Date.now() - shown > SHOW_EVERY && reading.instances.length > 0) {
        shown = Date.now();
        options.onStudy(assemble(id, reading, options.into));
      }
    }
  };

  // A few more in flight than there are workers, so that none waits for the page.
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < queue.length) {
      const item: QueuedFile = queue[next++];
      if (next > MOST_FILES) {
        reading.refused.push({
          kind: 'too_large',
          file: item.path,
          facts: { limit: MOST_FILES, what: 'files' },
        });
        continue;
      }
      await one(item, item.inArchive === true);
    }
  };
  // Lanes that ran dry before an archive unfolded are started again.
  while (next < queue.length) await Promise.all(Array.from({ length: runner.size * 2 }, lane));

  const study = assemble(id, reading, options.into);
  readings.set(study, reading);
  lastReadings.set(session, reading);
  return study;
}

/** Puts what a file turned out to be where it belongs; tells how many bytes of pixels were kept. */
function take(result: ReadFile, { path, use }: FileSource, session: Session, reading: Reading): number {
  if (result.kind === 'archive') return 0;
  addTold(session.told, path, result.kind === 'dicom' ? result.instance.attributes : {});
  if (result.kind === 'companion') {
    reading.objects.push({ file: path, kind: 'companion' });
    return 0;
  }
  session.hashes.set(path, result.hash);
  if (result.kind === 'image') {
    session.images.set(path, result.image);
    // The voxels stay with the session; what is listed needs none.
    reading.images.push({
      image: result.image,
      labels: use === undefined ? result.labels : use === 'mask',
      told: use !== undefined,
    });
    return result.image.data.byteLength;
  }
  reading.regions.push(...result.regions);
  if (result.instance.kind === 'object' || result.instance.objectKind !== undefined) {
    reading.objects.push({ file: path, kind: result.instance.objectKind ?? 'object' });
    return 0;
  }
  reading.instances.push(result.instance);
  session.instances.set(result.instance.file, result.instance);
  if (!result.pixels) return 0;
  session.pixels.set(path, result.pixels);
  return result.pixels.values.byteLength;
}

function assemble(id: string, reading: Reading, into: Study | undefined): Study {
  const { series: made, findings, refused } = assembleSeries(reading.instances);
  const series = recognisedImages(made);
  const asImages = reading.images.filter((i) => !i.labels);
  // A label map alone is shown as an image; beside images it is a set of regions.
  const hasImages = series.length > 0 || asImages.length > 0 || reading.images.some((i) => i.told);
  const shown = hasImages ? asImages : reading.images;
  const masks = hasImages ? reading.images.filter((i) => i.labels) : [];
  return {
    id,
    series: [
      ...series,
      ...shown.map((i) => seriesFromImageFile(i.image)),
      // Maps that were computed from what was open stay.
      ...(into?.series.filter((s) => s.format === 'derived') ?? []),
    ],
    regions: [...recognised(reading.regions, series), ...masks.flatMap((i) => readLabelmap(i.image))],
    objects: [...reading.objects],
    refused: [...reading.refused, ...refused],
    findings,
    files: [...reading.files],
  };
}

function refusalOf(error: unknown, file: string): Refusal {
  if (error instanceof RefusedInput) return error.toRefusal(file);
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  const silent = error instanceof JobFailed && error.reason === 'silent';
  return { kind: silent ? 'timed_out' : 'worker_failed', file, facts: {} };
}

/** Files under paths that no other file of the study has: the second `a.dcm` becomes `a.dcm (2)`. */
function named(sources: readonly FileSource[], session: Session): FileSource[] {
  return sources.map((given) => {
    let free = given.path;
    for (let n = 2; session.sources.has(free); n++) free = `${given.path} (${n})`;
    const source = { ...given, path: free };
    session.sources.set(free, source);
    return source;
  });
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** Files beside a detached header, where its data may be. */
function companionsOf(source: FileSource, all: readonly FileSource[]): readonly FileSource[] {
  if (!/\.(hdr|nhdr)(\.gz)?$/i.test(source.path)) return [];
  return all.filter((s) => s.path !== source.path && s.path.startsWith(folderOf(source.path)));
}

function copyOf(reading: Reading | undefined): Reading {
  return {
    instances: [...(reading?.instances ?? [])],
    images: [...(reading?.images ?? [])],
    regions: [...(reading?.regions ?? [])],
    objects: [...(reading?.objects ?? [])],
    refused: [...(reading?.refused ?? [])],
    files: [...(reading?.files ?? [])],
  };
}
