import type { Random } from '../../../core/random.ts';
import type { SegmentationInput } from '../method.ts';
import { randomIndex } from '../random-index.ts';

/** Voxel offsets of a ball of a diameter in mm: those whose centre lies in it. */
export function ballOffsets(
  { spacing, size }: SegmentationInput,
  diameter: number,
): readonly (readonly number[])[] {
  const reach = spacing.map((h, a) => (size[a] === 1 ? 0 : Math.floor(diameter / 2 / h + 1e-9)));
  const found: number[][] = [];
  for (let z = -reach[2]!; z <= reach[2]!; z++)
    for (let y = -reach[1]!; y <= reach[1]!; y++)
      for (let x = -reach[0]!; x <= reach[0]!; x++)
        if (Math.hypot(x * spacing[0], y * spacing[1], z * spacing[2]) <= diameter / 2 + 1e-9)
          found.push([x, y, z]);
  return found;
}

/** A point drawn evenly from the ball of `reach` mm around a voxel, brought to the nearest voxel of the box. */
export function jittered(
  { size, spacing }: SegmentationInput,
  voxel: number,
  reach: number,
  random: Random,
): number {
  const at = [
    voxel % size[0],
    Math.floor(voxel / size[0]) % size[1],
    Math.floor(voxel / (size[0] * size[1])),
  ];
  const shift = [0, 0, 0];
  if (reach > 0)
    do for (let a = 0; a < 3; a++) shift[a] = size[a] === 1 ? 0 : reach * (2 * random.uniform() - 1);
    while (Math.hypot(...shift) > reach);
  const [x, y, z] = at.map((v, a) =>
    Math.min(size[a]! - 1, Math.max(0, Math.round(v + shift[a]! / spacing[a]!))),
  );
  return x! + size[0] * (y! + size[1] * z!);
}

/** Voxels of balls around some centres that pass, each once, rising. */
export function coreOf(
  { size }: SegmentationInput,
  centres: readonly number[],
  offsets: readonly (readonly number[])[],
  passes: Uint8Array,
): Uint32Array {
  const found = new Set<number>();
  for (const c of centres) {
    const at = [c % size[0], Math.floor(c / size[0]) % size[1], Math.floor(c / (size[0] * size[1]))];
    for (const [x, y, z] of offsets) {
      const [i, j, k] = [at[0]! + x!, at[1]! + y!, at[2]! + z!];
      if (i < 0 || j < 0 || k < 0 || i >= size[0] || j >= size[1] || k >= size[2]) continue;
      const p = i + size[0] * (j + size[1] * k);
      if (passes[p] === 1) found.add(p);
    }
  }
  return Uint32Array.from(found).sort();
}

/** `count` voxels drawn from a list, each alike. */
export const drawnFrom = (voxels: Uint32Array, count: number, random: Random): number[] =>
  Array.from({ length: count }, () => voxels[randomIndex(random, voxels.length)]!);

/** Standard deviation (n − 1) over |mean|; 0 for equal values, null where the mean is 0 or fewer than two are given. */
export function variation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  const squares = values.reduce((s, v) => s + (v - mean) ** 2, 0);
  if (squares === 0) return 0;
  return mean === 0 ? null : Math.sqrt(squares / (values.length - 1)) / Math.abs(mean);
}
