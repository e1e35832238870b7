import type { Size3 } from '../core/geometry.ts';
import type { KernelModule } from '../core/kernel-module.ts';
import { EMPTY_SLICE, trimmed, type PackedMask, type PackedSlice } from './document/packed-mask.ts';

/** Voxels that go through at a time: what the processor keeps close, a quarter of a megabyte. */
const PIECE = 65536;

/**
 * The voxels of an image within a range, by the Wasm kernel. The image goes through in pieces of whole rows; rows are
 * filled up to whole words with values that lie in no range.
 */
export function thresholdByKernel(
  values: Float32Array,
  [nx, ny, nz]: Size3,
  low: number,
  high: number,
  { arena, call }: KernelModule,
): PackedMask {
  const columns = (nx + 31) >> 5;
  const pitch = 32 * columns;
  const rows = Math.min(ny, Math.max(1, Math.floor(PIECE / pitch)));
  arena.reset();
  const from = arena.alloc(4 * pitch * rows);
  const out = arena.alloc(4 * columns * ny);
  const input = new Float32Array(arena.buffer, from, pitch * rows).fill(NaN);
  const bits = new Uint32Array(arena.buffer, out, columns * ny);
  const [least, most] = [roundedUp(low), -roundedUp(-high)];
  const slices = new Array<PackedSlice>(nz).fill(EMPTY_SLICE);
  for (let z = 0; z < nz; z++) {
    let set = 0;
    for (let y = 0; y < ny; y += rows) {
      const count = Math.min(rows, ny - y);
      const at = nx * (y + ny * z);
      if (nx === pitch) input.set(values.subarray(at, at + nx * count));
      else {
        for (let r = 0; r < count; r++) input.set(values.subarray(at + nx * r, at + nx * (r + 1)), pitch * r);
      }
      set += call('regions_threshold', from, pitch * count, least, most, out + 4 * columns * y);
    }
    if (set > 0) slices[z] = trimmed({ left: 0, top: 0, columns, rows: ny, bits: bits.slice() });
  }
  return { size: [nx, ny, nz], slices };
}

/** The least float32 that is not below v: a float32 is ≥ v exactly when it is ≥ this. */
function roundedUp(v: number): number {
  const near = Math.fround(v);
  if (near >= v || !Number.isFinite(near)) return near;
  const bits = new Int32Array(Float32Array.of(near).buffer);
  bits[0] += near >= 0 ? 1 : -1;
  return new Float32Array(bits.buffer)[0];
}
