import type { Size3, Vec3 } from '../core/geometry.ts';
import type { KernelModule } from '../core/kernel-module.ts';

/** Figures of a row: y, z, index of its first and of its last voxel, number of its voxels. */
const FIGURES = 5;

/**
 * The rows along x that hold voxels of a mask, in order: found once, after which extent, moments and outline need no
 * look at the mask. A row has no gaps where `last − first + 1` is its number of voxels.
 */
export class MaskRows {
  readonly count: number;
  /** Voxels of all rows. */
  readonly voxels: number;
  readonly #figures: Int32Array;
  readonly #nx: number;

  constructor(figures: Int32Array, nx: number) {
    this.count = figures.length / FIGURES;
    this.#figures = figures;
    this.#nx = nx;
    let voxels = 0;
    for (let r = 0; r < this.count; r++) voxels += this.voxelsOf(r);
    this.voxels = voxels;
  }

  y(row: number): number {
    return this.#figures[FIGURES * row]!;
  }
  z(row: number): number {
    return this.#figures[FIGURES * row + 1]!;
  }
  first(row: number): number {
    return this.#figures[FIGURES * row + 2]!;
  }
  last(row: number): number {
    return this.#figures[FIGURES * row + 3]!;
  }
  voxelsOf(row: number): number {
    return this.#figures[FIGURES * row + 4]!;
  }
  /** Index of the voxel at x = 0 of the row. */
  start(row: number): number {
    const first = this.first(row);
    return first - (first % this.#nx);
  }

  /** Fills `into` with the values under the mask that the rows are of, in order. */
  gather(values: Float64Array, mask: Uint8Array, into: Float64Array): Float64Array {
    for (let r = 0, n = 0; r < this.count; r++) {
      const [first, last] = [this.first(r), this.last(r)];
      if (this.voxelsOf(r) === last - first + 1) {
        into.set(values.subarray(first, last + 1), n);
        n += last - first + 1;
      } else for (let i = first; i <= last; i++) if (mask[i] === 1) into[n++] = values[i]!;
    }
    return into;
  }

  /** The way back: puts numbers, in order, to the places under the mask. */
  scatter(numbers: Uint16Array, mask: Uint8Array, into: Uint16Array): void {
    for (let r = 0, n = 0; r < this.count; r++) {
      const [first, last] = [this.first(r), this.last(r)];
      if (this.voxelsOf(r) === last - first + 1) {
        into.set(numbers.subarray(n, n + last - first + 1), first);
        n += last - first + 1;
      } else for (let i = first; i <= last; i++) if (mask[i] === 1) into[i] = numbers[n++]!;
    }
  }

  /** Number of voxels and the edges of the bounding box; null when there is none. */
  get extent(): { count: number; lo: Vec3; hi: Vec3; box: Size3 } | null {
    if (this.count === 0) return null;
    let [x0, x1, y0, y1] = [Infinity, -1, Infinity, -1];
    for (let r = 0; r < this.count; r++) {
      const start = this.start(r);
      x0 = Math.min(x0, this.first(r) - start);
      x1 = Math.max(x1, this.last(r) - start);
      y0 = Math.min(y0, this.y(r));
      y1 = Math.max(y1, this.y(r));
    }
    const [z0, z1] = [this.z(0), this.z(this.count - 1)];
    return {
      count: this.voxels,
      lo: [x0, y0, z0],
      hi: [x1 + 1, y1 + 1, z1 + 1],
      box: [x1 - x0 + 1, y1 - y0 + 1, z1 - z0 + 1],
    };
  }
}

/** The rows of a mask of 0 and 1. */
export function maskRows(mask: Uint8Array, [nx, ny, nz]: Size3, kernels: KernelModule | null): MaskRows {
  if (kernels !== null) return byKernel(mask, [nx, ny, nz], kernels);
  const found: number[] = [];
  // Empty stretches are skipped by the platform's own search, so an empty image costs little.
  for (let first = mask.indexOf(1); first !== -1;) {
    const row = Math.floor(first / nx);
    const end = (row + 1) * nx;
    const last = mask.lastIndexOf(1, end - 1);
    let voxels = last - first + 1;
    if (mask.subarray(first, last + 1).includes(0)) {
      voxels = 0;
      for (let i = first; i <= last; i++) voxels += mask[i]!;
    }
    found.push(row % ny, Math.floor(row / ny), first, last, voxels);
    first = mask.indexOf(1, end);
  }
  return new MaskRows(Int32Array.from(found), nx);
}

/** Bytes of a mask that go to the kernel at a time: the memory of the kernels never shrinks. */
const SLAB_BYTES = 2 ** 23;

function byKernel(mask: Uint8Array, [nx, ny, nz]: Size3, { arena, call }: KernelModule): MaskRows {
  const slice = nx * ny;
  const thick = Math.max(1, Math.floor(SLAB_BYTES / slice));
  const parts: Int32Array[] = [];
  let from = Math.floor(mask.indexOf(1) / slice);
  if (from < 0) return new MaskRows(new Int32Array(0), nx);
  arena.reset();
  const at = arena.room(slice * Math.min(nz - from, thick) + 16);
  const out = arena.room(4 * FIGURES * ny * Math.min(nz - from, thick));
  for (; from < nz; from += thick) {
    const part = mask.subarray(slice * from, slice * Math.min(nz, from + thick));
    new Uint8Array(arena.buffer, at, part.length).set(part);
    const count = call('mask_rows_find', at, nx, ny, part.length / slice, from, out);
    parts.push(new Int32Array(arena.buffer, out, FIGURES * count).slice());
  }
  return new MaskRows(parts.length === 1 ? parts[0]! : joined(parts), nx);
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
