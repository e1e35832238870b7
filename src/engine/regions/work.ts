import type { Grid, Size3 } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import type { VoxelBox } from '../../regions/box.ts';
import {
  commit,
  NEW_DOCUMENT,
  redo,
  undo,
  type Change,
  type RegionDocument,
  type RegionRecord,
} from '../../regions/document/document.ts';
import {
  bytesOf,
  flipBytes,
  packedBox,
  unpackMask,
  xorSlices,
  type MaskDelta,
} from '../../regions/document/packed-mask.ts';
import type { RegionChange } from './api.ts';

/** Bytes of masks that are held unpacked for drawing; the least recently used go first. */
const LIVE_BYTES = 768 * 2 ** 20;

/** Grid of a series. @throws RefusedInput `region_grid_differs` when the files give no usable geometry. */
export function gridOf(series: Series): Grid {
  if (!series.affine) {
    throw new RefusedInput('region_grid_differs', { region: '', series: series.description });
  }
  const [nx, ny, nz] = series.size;
  return { size: [nx, ny, nz], affine: series.affine };
}

/** The regions of one open study: the document, the masks that are being drawn on, and who listens. */
export class RegionWork {
  #document: RegionDocument = NEW_DOCUMENT;
  readonly #live = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #listeners = new Set<(change: RegionChange) => void>();
  /** Regions that were read from files, also those that are left out of the lists. */
  readonly imports = new Map<string, RegionSource>();
  /** Records that no step of the history knows yet: they come with their first stroke. */
  readonly fresh = new Map<string, RegionRecord>();
  /** A stroke is under way: nothing else may change the document. */
  drawing = false;
  /** Told of every new document. */
  onDocument: (document: RegionDocument) => void = () => undefined;

  get document(): RegionDocument {
    return this.#document;
  }

  /** Takes up a document that was kept. */
  load(document: RegionDocument): void {
    this.#document = document;
    // Masks that are being drawn on stay the arrays that the picture knows.
    for (const id of this.#live.keys()) if (!this.record(id)) this.#live.delete(id);
    this.tell({ kind: 'list' });
  }

  record(id: string): RegionRecord | undefined {
    return this.#document.state.regions.find((r) => r.id === id) ?? this.fresh.get(id);
  }

  /** @throws RangeError when there is no such region. */
  need(id: string): RegionRecord {
    const record = this.record(id);
    if (!record) throw new RangeError(`no editable region ${id} in this study`);
    return record;
  }

  /** A region that may be changed. @throws RefusedInput `settings_invalid` when it is locked. */
  unlocked(id: string): RegionRecord {
    const record = this.need(id);
    if (!record.locked) return record;
    throw refusedCase('region_locked', { name: 'locked', expected: 'false', received: record.name });
  }

  /** The bytes of a region, drawn on in place. @throws RefusedInput `too_large` when memory has no room for them. */
  live(record: RegionRecord): Uint8Array<ArrayBuffer> {
    const known = this.#live.get(record.id);
    const data = known ?? this.#unpacked(record);
    this.#live.delete(record.id);
    this.#live.set(record.id, data);
    if (!known) this.#forgetOld();
    return data;
  }

  #unpacked({ name, mask }: RegionRecord): Uint8Array<ArrayBuffer> {
    try {
      return unpackMask(mask);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw refusedCase('region_memory', { region: name, size: mask.size.join(' × ') });
    }
  }

  #forgetOld(): void {
    let bytes = [...this.#live.values()].reduce((sum, d) => sum + d.length, 0);
    for (const [id, data] of [...this.#live].slice(0, -1)) {
      if (bytes <= LIVE_BYTES) return;
      this.#live.delete(id);
      bytes -= data.length;
    }
  }

  /** One more step. `drawn`: the region whose live bytes hold the change already. */
  commit(tool: string, subject: string, changes: readonly Change[], drawn?: string): void {
    this.#assertIdle();
    this.#adopt(commit(this.#document, { when: Date.now(), tool, subject, changes }), drawn);
  }

  undo(): boolean {
    return this.#step(undo(this.#document));
  }

  redo(): boolean {
    return this.#step(redo(this.#document));
  }

  #step(next: RegionDocument): boolean {
    this.#assertIdle();
    if (next === this.#document) return false;
    this.#adopt(next);
    return true;
  }

  #assertIdle(): void {
    if (this.drawing) throw new RangeError('a stroke is under way: end or cancel it first');
  }

  /** Brings the live bytes after the packed masks; slices that both documents share cost nothing. */
  #adopt(next: RegionDocument, drawn?: string): void {
    const before = this.#document;
    this.#document = next;
    for (const record of next.state.regions) {
      this.fresh.delete(record.id);
      const old = before.state.regions.find((r) => r.id === record.id);
      if (!old && record.id !== drawn) this.#live.delete(record.id);
      if (!old || old.mask === record.mask || record.id === drawn) continue;
      const slices = old.mask.slices.map((s, z) =>
        s === record.mask.slices[z] ? NOTHING : xorSlices(s, record.mask.slices[z]),
      );
      this.#flipped(record, { from: 0, slices });
    }
    for (const id of this.#live.keys()) if (!this.record(id)) this.#live.delete(id);
    this.tell({ kind: 'list' });
    this.onDocument(next);
  }

  #flipped(record: RegionRecord, delta: MaskDelta): void {
    const box = packedBox(delta);
    if (box === null) return;
    const live = this.#live.get(record.id);
    if (live) flipBytes(live, record.mask.size, delta);
    this.changed(record, box);
  }

  changed(record: RegionRecord, box: VoxelBox): void {
    this.tell({ kind: 'voxels', region: record.id, series: record.series, box });
  }

  /** Takes back what a stroke that was cancelled wrote into the live bytes. */
  takeBack(record: RegionRecord, delta: MaskDelta): void {
    if (bytesOf(delta) > 0) this.#flipped(record, delta);
  }

  listen(listener: (change: RegionChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: RegionChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

const NOTHING = { left: 0, top: 0, columns: 0, rows: 0, bits: new Uint32Array(0) };

/** Sizes of two grids are equal. */
export const sameSize = (a: Size3, b: Size3): boolean => a.every((n, axis) => n === b[axis]);
