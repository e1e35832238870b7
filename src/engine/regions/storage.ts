import type { RegionDocument, RegionRecord, Step } from '../../regions/document/document.ts';
import { EMPTY_SLICE, type PackedMask, type PackedSlice } from '../../regions/document/packed-mask.ts';
import type { Database, SliceKey } from '../cache/database.ts';
import {
  checksum,
  renamed,
  renamedStep,
  sumOfSlice,
  sumOfStep,
  type Names,
  type StoredRegion,
  type StoredWork,
} from './stored.ts';

/** What was written last, so that only what differs is written next. */
export interface Written {
  readonly document: RegionDocument;
  readonly revision: number;
}

/** Another tab has written this work since. */
export class WrittenElsewhere extends Error {}

const PARTS = [0, 1] as const;

const partOf = (record: RegionRecord | undefined, part: 0 | 1): PackedMask | undefined =>
  part === 0 ? record?.mask : record?.proposal;

/**
 * Writes what differs between two documents, and the manifest, in one transaction: after a kill the store holds the one or
 * the other, whole. Slices and steps that both share are not written again.
 * @throws WrittenElsewhere when the manifest is not the one that was written last.
 */
export async function writeWork(
  db: Database,
  key: string,
  series: readonly string[],
  writer: string,
  before: Written | null,
  document: RegionDocument,
  names: Names,
): Promise<Written> {
  const stores = ['region-works', 'region-slices', 'region-steps'] as const;
  const transaction = db.transaction(stores, 'readwrite');
  const [works, slices, steps] = stores.map((name) => transaction.objectStore(name)) as unknown as [
    ReturnType<typeof transaction.objectStore<'region-works'>>,
    ReturnType<typeof transaction.objectStore<'region-slices'>>,
    ReturnType<typeof transaction.objectStore<'region-steps'>>,
  ];
  const failed = transaction.done;
  failed.catch(() => undefined);
  try {
    const present = await works.get(key);
    const own = present === undefined || present.writer === writer;
    if (before !== null && (!own || (present?.revision ?? 0) !== before.revision))
      throw new WrittenElsewhere();
    if (before === null && present !== undefined) {
      void slices.delete(IDBKeyRange.bound([key], [key, []]));
      void steps.delete(IDBKeyRange.bound([key], [key, []]));
    }
    writeSlices(before?.document ?? null, document, key, slices);
    const old = new Map(before?.document.steps.map((s) => [s.number, s]) ?? []);
    for (const step of document.steps) {
      if (old.get(step.number) === step) continue;
      void steps.put({ step: renamedStep(step, names), sum: sumOfStep(step) }, [key, step.number]);
    }
    const kept = new Set(document.steps.map((s) => s.number));
    for (const number of old.keys()) if (!kept.has(number)) void steps.delete([key, number]);
    const revision = (before?.revision ?? present?.revision ?? 0) + 1;
    void works.put(manifest(key, series, writer, revision, renamed(document, names)));
    await failed;
    return { document, revision };
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended already.
    }
    // The reason of the transaction is the one to tell: a full disk, not the request that it stopped.
    throw transaction.error ?? error;
  }
}

interface SliceStore {
  put(value: PackedSlice & { readonly sum: number }, key: SliceKey): Promise<unknown>;
  delete(key: SliceKey | IDBKeyRange): Promise<unknown>;
}

function writeSlices(
  before: RegionDocument | null,
  document: RegionDocument,
  key: string,
  store: SliceStore,
): void {
  const old = new Map(before?.state.regions.map((r) => [r.id, r]) ?? []);
  for (const record of document.state.regions) {
    for (const part of PARTS) {
      const was = partOf(old.get(record.id), part);
      partOf(record, part)?.slices.forEach((slice, z) => {
        const last = was?.slices[z];
        if (last === slice || (slice.rows === 0 && (last?.rows ?? 0) === 0)) return;
        if (slice.rows === 0) void store.delete([key, record.id, part, z]);
        else void store.put({ ...slice, sum: sumOfSlice(slice) }, [key, record.id, part, z]);
      });
    }
    old.delete(record.id);
  }
  for (const id of old.keys()) void store.delete(IDBKeyRange.bound([key, id], [key, id, []]));
}

function manifest(
  key: string,
  series: readonly string[],
  writer: string,
  revision: number,
  { state, steps, done, nextNumber }: RegionDocument,
): StoredWork {
  const regions = state.regions.map(({ mask, proposal, ...rest }): StoredRegion => ({
    ...rest,
    size: mask.size,
    proposed: proposal !== undefined,
    sum: sumOfMasks(mask, proposal),
  }));
  return {
    key,
    series,
    used: Date.now(),
    writer,
    revision,
    regions,
    leftOut: state.leftOut,
    overrides: state.overrides,
    reading: state.reading,
    steps: steps.map((s: Step) => s.number),
    done,
    nextNumber,
  };
}

const sums = new WeakMap<PackedSlice, number>();

function sumOfMasks(...masks: readonly (PackedMask | undefined)[]): number {
  return checksum(
    masks.flatMap((mask) =>
      (mask?.slices ?? []).map((slice) => {
        const known = sums.get(slice) ?? sumOfSlice(slice);
        sums.set(slice, known);
        return known;
      }),
    ),
  );
}

/** What was read back. */
export interface ReadWork {
  readonly document: RegionDocument;
  readonly revision: number;
  /** Names of regions whose voxels do not match their checksum: they are left out. */
  readonly damaged: readonly string[];
}

/** The work on the images of these hashes, or on some of them, that was used last; undefined when there is none. */
export async function findWork(db: Database, series: readonly string[]): Promise<StoredWork | undefined> {
  const found = new Map<string, StoredWork>();
  for (const hash of series) {
    for (const work of await db.getAllFromIndex('region-works', 'series', hash)) found.set(work.key, work);
  }
  return [...found.values()]
    .filter((w) => w.series.every((hash) => series.includes(hash)))
    .sort((a, b) => b.series.length - a.series.length || b.used - a.used)[0];
}

/** Reads a work, checking every slice and step. */
export async function readWork(db: Database, work: StoredWork): Promise<ReadWork> {
  const transaction = db.transaction(['region-slices', 'region-steps']);
  const range = (...of: readonly (string | number)[]) => IDBKeyRange.bound([...of], [...of, []]);
  const damaged: string[] = [];
  const regions: RegionRecord[] = [];
  for (const { size, proposed, sum, ...rest } of work.regions) {
    const [mask, proposal] = await Promise.all(
      PARTS.map(async (part) => {
        const store = transaction.objectStore('region-slices');
        const [keys, values] = await Promise.all([
          store.getAllKeys(range(work.key, rest.id, part)),
          store.getAll(range(work.key, rest.id, part)),
        ]);
        const slices = new Array<PackedSlice>(size[2]).fill(EMPTY_SLICE);
        values.forEach(({ sum: _, ...slice }, n) => (slices[keys[n][3]] = slice));
        return { size, slices };
      }),
    );
    if (sumOfMasks(mask, proposed ? proposal : undefined) !== sum) damaged.push(rest.name);
    else regions.push({ ...rest, mask, ...(proposed && { proposal }) });
  }
  const stored = await Promise.all(
    work.steps.map((number) => transaction.objectStore('region-steps').get([work.key, number])),
  );
  const steps = stored.flatMap((s) => (s && sumOfStep(s.step) === s.sum ? [s.step] : []));
  // A history with a gap, or about a region that is gone, cannot be walked: the regions stay, without it.
  const whole = steps.length === work.steps.length && damaged.length === 0;
  return {
    damaged,
    revision: work.revision,
    document: {
      state: { regions, leftOut: work.leftOut, overrides: work.overrides, reading: work.reading },
      steps: whole ? steps : [],
      done: whole ? work.done : 0,
      nextNumber: work.nextNumber,
    },
  };
}

/** Removes the work that was used longest ago, other than one; false when there is none. */
export async function dropOldestWork(db: Database, except: string): Promise<boolean> {
  const works = (await db.getAll('region-works')).filter((w) => w.key !== except);
  const oldest = works.sort((a, b) => a.used - b.used)[0];
  if (!oldest) return false;
  const transaction = db.transaction(['region-works', 'region-slices', 'region-steps'], 'readwrite');
  const range = IDBKeyRange.bound([oldest.key], [oldest.key, []]);
  void transaction.objectStore('region-works').delete(oldest.key);
  void transaction.objectStore('region-slices').delete(range);
  void transaction.objectStore('region-steps').delete(range);
  await transaction.done;
  return true;
}
