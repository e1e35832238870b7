import { toPatient, type Affine, type Grid, type Size3, type Vec3 } from '../core/geometry.ts';
import { Random } from '../core/random.ts';
import { packMask, type PackedMask } from './document/packed-mask.ts';

export const straight = ([x, y, z]: Vec3): Affine => ({
  origin: [0, 0, 0],
  matrix: [
    [x, 0, 0],
    [0, y, 0],
    [0, 0, z],
  ],
});

export const gridOf = (size: Size3, spacing: Vec3): Grid => ({ size, affine: straight(spacing) });

/** Steps that are at right angles but lie obliquely in the patient, and steps that are tilted. */
export const TILTED: Affine = {
  origin: [1, 2, 3],
  matrix: [
    [0.8, 0, 0],
    [0, 1.1, 0.2],
    [0, 0.6, 2],
  ],
};

/** The mask of the voxels whose centre, in mm, passes a test. */
export function maskWhere(grid: Grid, inside: (p: Vec3) => boolean): PackedMask {
  const [nx, ny, nz] = grid.size;
  const data = new Uint8Array(nx * ny * nz);
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) data[i] = inside(toPatient(grid.affine, x, y, z)) ? 1 : 0;
    }
  }
  return packMask(data, grid.size);
}

/** Lumps of noise: about `share` of the voxels, many of them touching. */
export function randomMask([nx, ny, nz]: Size3, share: number, seed: number): PackedMask {
  const random = new Random(seed);
  const data = Uint8Array.from({ length: nx * ny * nz }, () => (random.uniform() < share ? 1 : 0));
  return packMask(data, [nx, ny, nz]);
}
