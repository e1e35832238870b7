import type { KernelModule } from '../core/kernel-module.ts';

/** Voxels that go through the kernels at a time: they then stay in the processor's own memory. */
const PART = 16384;

/** Least and largest intensity under a mask; the least is above the largest when the mask is empty. */
export function extremesByKernel(
  image: Float64Array,
  mask: Uint8Array,
  { arena, call }: KernelModule,
): readonly [number, number] {
  const part = Math.min(PART, image.length);
  arena.reset();
  const pixels = arena.room(8 * part);
  const inside = arena.room(part);
  const out = arena.room(16);
  const extremes = new Float64Array(arena.buffer, out, 2);
  extremes.set([Infinity, -Infinity]);
  eachPart(image, mask, pixels, inside, arena.buffer, (_, count) => {
    call('grey_levels_extremes', pixels, inside, count, out);
  });
  return [extremes[0]!, extremes[1]!];
}

/** How intensities become levels: min(most, ⌊factor·(x − lower)/divisor⌋ + 1). */
interface Binning {
  readonly lower: number;
  readonly factor: number;
  readonly divisor: number;
  readonly most: number;
}

/** Levels of the voxels under a mask, into `levels`. No intensity under the mask lies below `lower`. */
export function binByKernel(
  image: Float64Array,
  mask: Uint8Array,
  { lower, factor, divisor, most }: Binning,
  levels: Uint16Array,
  { arena, call }: KernelModule,
): void {
  const part = Math.min(PART, image.length);
  arena.reset();
  const pixels = arena.room(8 * part);
  const inside = arena.room(part);
  const out = arena.room(2 * part);
  const made = new Uint16Array(arena.buffer, out, part);
  eachPart(image, mask, pixels, inside, arena.buffer, (from, count) => {
    call('grey_levels_bin', pixels, inside, count, lower, factor, divisor, most, out);
    levels.set(count === part ? made : made.subarray(0, count), from);
  });
}

/** Puts parts of image and mask in place, one after another; parts without a voxel of the mask are left out. */
function eachPart(
  image: Float64Array,
  mask: Uint8Array,
  pixels: number,
  inside: number,
  buffer: ArrayBuffer,
  visit: (from: number, count: number) => void,
): void {
  const toPixels = new Float64Array(buffer, pixels, Math.min(PART, image.length));
  const toMask = new Uint8Array(buffer, inside, toPixels.length + 1);
  for (let first = mask.indexOf(1); first !== -1;) {
    const count = Math.min(toPixels.length, image.length - first);
    toPixels.set(image.subarray(first, first + count));
    toMask.set(mask.subarray(first, first + count));
    toMask[count] = 0;
    visit(first, count);
    first = mask.indexOf(1, first + count);
  }
}
