import type { KernelModule } from '../../core/kernel-module.ts';
import type { VolumeData } from '../../core/volume.ts';

/** Passes over all voxels of a volume, block by block; the reference in float64 of the kernels in assembly/pixel-facts. */

/** Voxels of a block: what a pass keeps in the cache of the processor. */
export const BLOCK = 1 << 16;

export interface Bins {
  readonly low: number;
  /** Bins a unit of the image. */
  readonly scale: number;
  /** Voxels by bin ⌊(v − low) · scale⌋; the last bin takes all above, those below `low` are not counted. */
  readonly counts: Uint32Array;
}

export interface Foreground {
  /** Voxels above the threshold, their sum, and how many of them have the largest value of the volume. */
  readonly voxels: number;
  readonly sum: number;
  readonly atMax: number;
}

/** What is done to each block; the kernels' way and the plain one. */
interface Passes {
  /** Takes a block in; the other calls speak of it. */
  readonly take: (block: VolumeData) => void;
  /** Least and largest, NaN left out; Infinity and −Infinity without any. */
  readonly extremes: () => readonly [low: number, high: number];
  readonly bin: (low: number, scale: number, counts: Uint32Array) => void;
  readonly foreground: (threshold: number, top: number) => Foreground;
}

export interface Extremes {
  readonly min: number;
  readonly max: number;
  /** Largest value of each block of {@link BLOCK} voxels. */
  readonly blockMax: Float64Array;
}

/**
 * Least, largest and, when the threshold is known beforehand, the foreground and a histogram, in one pass.
 * @param wanted threshold of the foreground and bins; null: extremes alone
 */
export function firstPass(
  data: VolumeData,
  wanted: { readonly threshold: number; readonly bins: Bins } | null,
  kernels: KernelModule | null,
): Extremes & { readonly foreground: Foreground } {
  let [min, max] = [Infinity, -Infinity];
  let [voxels, sum, atMax] = [0, 0, 0];
  const blockMax = new Float64Array(Math.ceil(data.length / BLOCK));
  eachBlock(data, kernels, (passes, b) => {
    const [low, high] = passes.extremes();
    blockMax[b] = high;
    if (low < min) min = low;
    if (high > max) {
      max = high;
      atMax = 0;
    }
    if (!wanted) return;
    const { low: from, scale, counts } = wanted.bins;
    passes.bin(from, scale, counts);
    const found = passes.foreground(wanted.threshold, max);
    voxels += found.voxels;
    sum += found.sum;
    atMax += found.atMax;
  });
  return { min, max, blockMax, foreground: { voxels, sum, atMax } };
}

/** Adds all voxels to bins. */
export function binAll(data: VolumeData, { low, scale, counts }: Bins, kernels: KernelModule | null): void {
  eachBlock(data, kernels, (passes) => passes.bin(low, scale, counts));
}

/** Foreground when the largest value is known. */
export function foregroundOf(
  data: VolumeData,
  threshold: number,
  max: number,
  kernels: KernelModule | null,
): Foreground {
  let [voxels, sum, atMax] = [0, 0, 0];
  eachBlock(data, kernels, (passes) => {
    const found = passes.foreground(threshold, max);
    voxels += found.voxels;
    sum += found.sum;
    atMax += found.atMax;
  });
  return { voxels, sum, atMax };
}

function eachBlock(
  data: VolumeData,
  kernels: KernelModule | null,
  work: (passes: Passes, block: number) => void,
): void {
  const passes = kernels && data instanceof Float32Array ? byKernel(kernels) : plainly();
  for (let from = 0, b = 0; from < data.length; from += BLOCK, b++) {
    passes.take(data.subarray(from, from + BLOCK));
    work(passes, b);
  }
}

function plainly(): Passes {
  let block: VolumeData = new Float32Array();
  return {
    take: (given) => {
      block = given;
    },
    extremes: () => {
      let [low, high] = [Infinity, -Infinity];
      for (let i = 0; i < block.length; i++) {
        const v = block[i]!;
        if (v < low) low = v;
        if (v > high) high = v;
      }
      return [low, high];
    },
    bin: (low, scale, counts) => {
      const last = counts.length - 1;
      for (let i = 0; i < block.length; i++) {
        const x = (block[i]! - low) * scale;
        if (x >= 0) counts[x >= last ? last : Math.floor(x)]!++;
      }
    },
    foreground: (threshold, top) => {
      let [voxels, sum, atMax] = [0, 0, 0];
      for (let i = 0; i < block.length; i++) {
        const v = block[i]!;
        if (!(v > threshold)) continue;
        voxels++;
        sum += v;
        if (v === top) atMax++;
      }
      return { voxels, sum, atMax };
    },
  };
}

/** Bins that the kernel's tables have room for. */
const MOST_BINS = 4096;

function byKernel({ arena, call }: KernelModule): Passes {
  arena.reset();
  const at = arena.room(4 * BLOCK);
  const tables = arena.alloc(8 * MOST_BINS);
  const out = arena.alloc(32);
  const buffer = arena.buffer;
  const voxelsAt = new Float32Array(buffer, at, BLOCK);
  const extremesAt = new Float32Array(buffer, out, 2);
  const sumsAt = new Float64Array(buffer, out, 3);
  let n = 0;
  return {
    take: (block) => {
      voxelsAt.set(block);
      n = block.length;
    },
    extremes: () => {
      call('pixel_extremes', at, n, out);
      return [extremesAt[0]!, extremesAt[1]!];
    },
    bin: (low, scale, counts) => {
      const bins = counts.length;
      const table = new Uint32Array(buffer, tables, 2 * bins).fill(0);
      call('pixel_bins', at, n, low, scale, bins, tables);
      for (let b = 0; b < bins; b++) counts[b]! += table[b]! + table[bins + b]!;
    },
    foreground: (threshold, top) => {
      call('pixel_foreground', at, n, threshold, top, out);
      return { voxels: sumsAt[0]!, sum: sumsAt[1]!, atMax: sumsAt[2]! };
    },
  };
}
