import { add, scale, spacingOf, toVoxel, type Vec3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';

/** An image in blocks of voxels whose edges come near to `target` mm: each the mean of its finite voxels. */
export function shrunk(volume: Volume, target: number): Volume {
  const { size, affine } = volume.grid;
  const step = spacingOf(affine).map((edge) => Math.max(1, Math.floor(target / edge + 1e-6))) as [
    number,
    number,
    number,
  ];
  if (step.every((s) => s === 1)) return volume;
  const small = size.map((n, a) => Math.max(1, Math.floor(n / step[a]!))) as [number, number, number];
  const data = new Float32Array(small[0] * small[1] * small[2]);
  for (let k = 0, at = 0; k < small[2]; k++) {
    for (let j = 0; j < small[1]; j++) {
      for (let i = 0; i < small[0]; i++, at++) data[at] = blockMean(volume, [i, j, k], step);
    }
  }
  const m = affine.matrix;
  const middle = step.map((s) => (s - 1) / 2) as [number, number, number];
  const origin = add(
    affine.origin,
    add(scale(m[0], middle[0]), add(scale(m[1], middle[1]), scale(m[2], middle[2]))),
  );
  const matrix = [scale(m[0], step[0]), scale(m[1], step[1]), scale(m[2], step[2])] as const;
  return { ...volume, grid: { size: small, affine: { origin, matrix } }, data };
}

function blockMean({ grid, data }: Volume, block: Vec3, step: Vec3): number {
  const [nx, ny] = grid.size;
  let [sum, n] = [0, 0];
  for (let c = 0; c < step[2]; c++) {
    for (let b = 0; b < step[1]; b++) {
      const row = nx * (block[1] * step[1] + b + ny * (block[2] * step[2] + c)) + block[0] * step[0];
      for (let a = 0; a < step[0]; a++) {
        const v = data[row + a]!;
        if (Number.isNaN(v)) continue;
        sum += v;
        n++;
      }
    }
  }
  return n === 0 ? NaN : sum / n;
}

/** Reads an image anywhere by the mean of its eight neighbours, weighted (trilinear); NaN outside the voxel centres. */
export function sampler({ grid, data }: Volume): (p: Vec3) => number {
  const [nx, ny, nz] = grid.size;
  const voxelOf = toVoxel(grid.affine);
  return (p) => {
    const [x, y, z] = voxelOf(p);
    if (!(
      x >= -1e-6 &&
      y >= -1e-6 &&
      z >= -1e-6 &&
      x <= nx - 1 + 1e-6 &&
      y <= ny - 1 + 1e-6 &&
      z <= nz - 1 + 1e-6
    )) {
      return NaN;
    }
    const [i, j, k] = [low(x, nx), low(y, ny), low(z, nz)];
    const [u, v, w] = [x - i, y - j, z - k];
    const dx = nx > 1 ? 1 : 0;
    const dy = ny > 1 ? nx : 0;
    const dz = nz > 1 ? nx * ny : 0;
    const at = i + nx * (j + ny * k);
    const row = (from: number) => data[from]! * (1 - u) + data[from + dx]! * u;
    const plane = (from: number) => row(from) * (1 - v) + row(from + dy) * v;
    return plane(at) * (1 - w) + plane(at + dz) * w;
  };
}

const low = (x: number, n: number): number => Math.max(0, Math.min(n - 2, Math.floor(x)));
