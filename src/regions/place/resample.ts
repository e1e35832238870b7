import { toPatient, toVoxel, voxelCount, type Grid, type Size3, type Vec3 } from '../../core/geometry.ts';

/** A sum of weights that is one half by calculation may come out a hair below it. */
const HALF = 0.5 - 1e-9;

/**
 * A 0/1 mask on another grid: linear interpolation at each voxel centre of the target, zero beyond the source, inside
 * from one half (IBSI 1, mask interpolation). `outside`: share of set source voxels whose centre lies beyond the target.
 */
export function resampled(data: Uint8Array, from: Grid, to: Grid): { data: Uint8Array; outside: number } {
  const out = new Uint8Array(voxelCount(to.size));
  const voxel = toVoxel(from.affine);
  const [nx, ny, nz] = from.size;
  const value = (i: number, j: number, k: number): number =>
    i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz ? 0 : data[i + nx * (j + ny * k)];
  // The map of indices is affine: one step along a row adds the same vector everywhere.
  const start = voxel(toPatient(to.affine, 0, 0, 0));
  const steps = [0, 1, 2].map((a) => {
    const p = voxel(toPatient(to.affine, a === 0 ? 1 : 0, a === 1 ? 1 : 0, a === 2 ? 1 : 0));
    return [p[0] - start[0], p[1] - start[1], p[2] - start[2]];
  });
  const { low, high, outside } = reach(data, from, to);
  for (let k = low[2]; k <= high[2]; k++) {
    for (let j = low[1]; j <= high[1]; j++) {
      let at = low[0] + to.size[0] * (j + to.size[1] * k);
      for (let i = low[0]; i <= high[0]; i++, at++) {
        const x = start[0] + i * steps[0][0] + j * steps[1][0] + k * steps[2][0];
        const y = start[1] + i * steps[0][1] + j * steps[1][1] + k * steps[2][1];
        const z = start[2] + i * steps[0][2] + j * steps[1][2] + k * steps[2][2];
        if (x <= -1 || y <= -1 || z <= -1 || x >= nx || y >= ny || z >= nz) continue;
        const i0 = Math.floor(x);
        const j0 = Math.floor(y);
        const k0 = Math.floor(z);
        let sum = 0;
        for (let c = 0; c < 8; c++) {
          const wx = c & 1 ? x - i0 : 1 - x + i0;
          const wy = c & 2 ? y - j0 : 1 - y + j0;
          const wz = c & 4 ? z - k0 : 1 - z + k0;
          sum += wx * wy * wz * value(i0 + (c & 1), j0 + ((c >> 1) & 1), k0 + (c >> 2));
        }
        if (sum >= HALF) out[at] = 1;
      }
    }
  }
  return { data: out, outside };
}

/** The box of target voxels that set voxels can reach, so that the rest of a large image costs nothing. */
function reach(data: Uint8Array, from: Grid, to: Grid): { low: number[]; high: number[]; outside: number } {
  const voxel = toVoxel(to.affine);
  const [nx, ny, nz] = from.size;
  const first = [nx, ny, nz];
  const last = [-1, -1, -1];
  let set = 0;
  let beyond = 0;
  for (let k = 0, at = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        if (data[at] === 0) continue;
        set++;
        if (!isWithin(voxel(toPatient(from.affine, i, j, k)), to.size)) beyond++;
        if (i < first[0]) first[0] = i;
        if (i > last[0]) last[0] = i;
        if (j < first[1]) first[1] = j;
        if (j > last[1]) last[1] = j;
        if (k < first[2]) first[2] = k;
        if (k > last[2]) last[2] = k;
      }
    }
  }
  if (set === 0) return { low: [0, 0, 0], high: [-1, -1, -1], outside: 0 };
  // One source voxel of margin is as far as linear interpolation carries.
  const corners = Array.from({ length: 8 }, (_, c) => {
    const at = [0, 1, 2].map((a) => (c & (1 << a) ? last[a] + 1 : first[a] - 1));
    return voxel(toPatient(from.affine, at[0], at[1], at[2]));
  });
  return {
    low: [0, 1, 2].map((a) => Math.max(0, Math.floor(Math.min(...corners.map((p) => p[a]))))),
    high: [0, 1, 2].map((a) => Math.min(to.size[a] - 1, Math.ceil(Math.max(...corners.map((p) => p[a]))))),
    outside: beyond / set,
  };
}

/** Voxels reach half a voxel beyond their centres. */
const isWithin = (p: Vec3, size: Size3): boolean =>
  p[0] >= -0.5 &&
  p[0] < size[0] - 0.5 &&
  p[1] >= -0.5 &&
  p[1] < size[1] - 0.5 &&
  p[2] >= -0.5 &&
  p[2] < size[2] - 0.5;
