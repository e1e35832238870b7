import type { Size3 } from '../../core/geometry.ts';
import type { VolumeData } from '../../core/volume.ts';
import type { VoxelBox } from '../box.ts';
import { EMPTY_SLICE, trimmed, type MaskDelta, type PackedSlice } from '../document/packed-mask.ts';

export type Axis = 0 | 1 | 2;

/** Only voxels whose intensity lies in this closed range are changed. */
export interface IntensityLimit {
  readonly data: VolumeData;
  readonly low: number;
  readonly high: number;
}

/**
 * Writes into the bytes of a mask and remembers which voxels it turned over, a bit each, so that the edit can be taken
 * back, kept and sent without a copy of the mask. A painter writes one value: within an edit no voxel turns twice.
 */
export class Painter {
  readonly #slices = new Map<number, Uint32Array<ArrayBuffer>>();
  readonly #words: number;
  #low: [number, number, number] = [Infinity, Infinity, Infinity];
  #high: [number, number, number] = [-1, -1, -1];
  #changed = 0;

  constructor(
    readonly data: Uint8Array,
    readonly size: Size3,
    readonly value: 0 | 1,
    private readonly limit: IntensityLimit | null = null,
  ) {
    this.#words = (size[0] + 31) >> 5;
  }

  /** How many voxels were turned over so far. */
  get changed(): number {
    return this.#changed;
  }

  /** Paints `count` voxels from (x, y, z) on along an axis; what lies beyond the image is left out. */
  run(x: number, y: number, z: number, axis: Axis, count: number): void {
    const [nx, ny, nz] = this.size;
    const start = axis === 0 ? x : axis === 1 ? y : z;
    const end = Math.min(start + count, this.size[axis]);
    const first = Math.max(0, start);
    if (first >= end) return;
    if (axis !== 0 && (x < 0 || x >= nx)) return;
    if (axis !== 1 && (y < 0 || y >= ny)) return;
    if (axis !== 2 && (z < 0 || z >= nz)) return;
    if (axis === 0) this.#alongX(first, end, y, z);
    else for (let n = first; n < end; n++) this.#alongX(x, x + 1, axis === 1 ? n : y, axis === 2 ? n : z);
  }

  #alongX(from: number, to: number, y: number, z: number): void {
    const { data, value, limit } = this;
    const row = this.size[0] * (y + this.size[1] * z);
    let bits: Uint32Array | undefined;
    let first = -1;
    let last = -1;
    for (let x = from; x < to; x++) {
      const i = row + x;
      if (data[i] === value) continue;
      if (limit !== null) {
        const v = limit.data[i];
        if (!(v >= limit.low && v <= limit.high)) continue;
      }
      data[i] = value;
      bits ??= this.#bitsOf(z);
      bits[this.#words * y + (x >> 5)] |= 1 << (x & 31);
      this.#changed++;
      if (first < 0) first = x;
      last = x;
    }
    if (first < 0) return;
    const [low, high] = [this.#low, this.#high];
    if (first < low[0]) low[0] = first;
    if (last >= high[0]) high[0] = last + 1;
    if (y < low[1]) low[1] = y;
    if (y >= high[1]) high[1] = y + 1;
    if (z < low[2]) low[2] = z;
    if (z >= high[2]) high[2] = z + 1;
  }

  #bitsOf(z: number): Uint32Array {
    let bits = this.#slices.get(z);
    if (!bits) this.#slices.set(z, (bits = new Uint32Array(this.#words * this.size[1])));
    return bits;
  }

  /** The box of the voxels that were turned over since the last call; null when there are none. */
  takeBox(): VoxelBox | null {
    if (this.#high[0] < 0) return null;
    const box: VoxelBox = { low: this.#low, high: this.#high };
    this.#low = [Infinity, Infinity, Infinity];
    this.#high = [-1, -1, -1];
    return box;
  }

  /** Everything that was turned over. */
  delta(): MaskDelta {
    if (this.#slices.size === 0) return { from: 0, slices: [] };
    const touched = [...this.#slices.keys()];
    const from = Math.min(...touched);
    const rows = this.size[1];
    const slices = new Array<PackedSlice>(Math.max(...touched) - from + 1).fill(EMPTY_SLICE);
    for (const [z, bits] of this.#slices) {
      slices[z - from] = trimmed({ left: 0, top: 0, columns: this.#words, rows, bits: bits.slice() });
    }
    return { from, slices };
  }
}
