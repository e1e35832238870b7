import type { Size3 } from '../core/geometry.ts';
import type { KernelModule } from '../core/kernel-module.ts';
import { EMPTY_SLICE, trimmed, type PackedMask, type PackedSlice } from './document/packed-mask.ts';

/**
 * The voxels of an image within a range, by the Wasm kernel. The image goes through a slice at a time, which stays in
 * the processor's own memory; rows are filled up to whole words with values that lie in no range.
 */
export function thresholdByKernel(
  values: Float32Array,
  [nx, ny, nz]: Size3,
  low: number,
  high: number,
  { arena, call }: KernelModule,
): PackedMask {
  const columns = (nx + 31) >> 5;
  const count = 32 * columns * ny;
  arena.reset();
  const from = arena.alloc(4 * count);
  const out = arena.alloc(4 * columns * ny);
  const input = new Float32Array(arena.buffer, from, count).fill(NaN);
  const bits = new Uint32Array(arena.buffer, out, columns * ny);
  const [least, most] = [roundedUp(low), -roundedUp(-high)];
  const slices = new Array<PackedSlice>(nz).fill(EMPTY_SLICE);
  for (let z = 0; z < nz; z++) {
    if (nx === 32 * columns) input.set(values.subarray(count * z, count * (z + 1)));
    else {
      for (let y = 0, at = nx * ny * z; y < ny; y++, at += nx) {
        input.set(values.subarray(at, at + nx), 32 * columns * y);
      }
    }
    if (call('regions_threshold', from, count, least, most, out) === 0) continue;
    slices[z] = trimmed({ left: 0, top: 0, columns, rows: ny, bits: bits.slice() });
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
