import type {
  Change,
  Reading,
  RegionDocument,
  RegionProperties,
  RegionRecord,
  Step,
} from '../../regions/document/document.ts';
import type { Size3 } from '../../core/geometry.ts';
import type { PackedSlice } from '../../regions/document/packed-mask.ts';

/** One slice of a region, with a checksum of its place and words. */
export interface StoredSlice extends PackedSlice {
  readonly sum: number;
}

/** One step of the history. Series and imported regions stand under hashes of their content and id. */
export interface StoredStep {
  readonly step: Step;
  readonly sum: number;
}

/** A region without its voxels, which stand slice by slice beside it. */
export interface StoredRegion extends Omit<RegionRecord, 'mask' | 'proposal'> {
  readonly size: Size3;
  readonly proposed: boolean;
  /** Over the checksums of its slices. */
  readonly sum: number;
}

/** The manifest of the work on the regions of one study; written last in every transaction. */
export interface StoredWork {
  readonly key: string;
  /** Hashes of the images that the work is on. */
  readonly series: readonly string[];
  readonly used: number;
  /** The tab that writes, and how often it has: another tab's writing is noticed. */
  readonly writer: string;
  readonly revision: number;
  readonly regions: readonly StoredRegion[];
  readonly leftOut: readonly string[];
  readonly overrides: Readonly<Record<string, Partial<RegionProperties>>>;
  readonly reading: Reading;
  readonly steps: readonly number[];
  readonly done: number;
  readonly nextNumber: number;
}

/** 32-bit FNV-1a (Fowler, Noll, Vo), a word at a time. */
export function checksum(words: Iterable<number>, start = 0x811c9dc5): number {
  let sum = start;
  for (const w of words) sum = Math.imul(sum ^ w, 0x01000193);
  return sum >>> 0;
}

export function sumOfSlice({ left, top, columns, rows, bits }: PackedSlice): number {
  let sum = checksum([left, top, columns, rows]);
  for (let i = 0; i < bits.length; i++) sum = Math.imul(sum ^ bits[i], 0x01000193);
  return sum >>> 0;
}

/** Over everything of a step that is not plain text: its voxels. */
export function sumOfStep({ number, changes }: Step): number {
  const sums = changes.flatMap((c) => {
    if (c.kind === 'mask') return c.delta.slices.map(sumOfSlice);
    return c.kind === 'add' || c.kind === 'remove' ? c.record.mask.slices.map(sumOfSlice) : [];
  });
  return checksum([number, ...sums]);
}

/** Other names for series and for imported regions: hashes for storing, and back. */
export interface Names {
  readonly series: (uid: string) => string;
  readonly imported: (id: string) => string;
}

const renamedRecord = (record: RegionRecord, names: Names): RegionRecord => ({
  ...record,
  series: names.series(record.series),
});

/** The document under other names. Masks are the same objects. */
export function renamed(document: RegionDocument, names: Names): RegionDocument {
  const { state } = document;
  return {
    ...document,
    state: {
      ...state,
      regions: state.regions.map((r) => renamedRecord(r, names)),
      leftOut: state.leftOut.map(names.imported),
      overrides: Object.fromEntries(
        Object.entries(state.overrides).map(([id, o]) => [names.imported(id), o]),
      ),
    },
    steps: document.steps.map((step) => renamedStep(step, names)),
  };
}

export const renamedStep = (step: Step, names: Names): Step => ({
  ...step,
  changes: step.changes.map((change): Change => {
    if (change.kind === 'add' || change.kind === 'remove') {
      return { ...change, record: renamedRecord(change.record, names) };
    }
    if (change.kind === 'left-out') return { ...change, region: names.imported(change.region) };
    if (change.kind === 'properties') return { ...change, region: names.imported(change.region) };
    return change;
  }),
});
