import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { Lattice } from './pyramid.ts';

/** Trilinear value at a fractional index; beyond the edges the edge goes on. */
export function valueAt(data: Float32Array, [nx, ny, nz]: Size3, i: number, j: number, k: number): number {
  const x = i < 0 ? 0 : i > nx - 1 ? nx - 1 : i;
  const y = j < 0 ? 0 : j > ny - 1 ? ny - 1 : j;
  const z = k < 0 ? 0 : k > nz - 1 ? nz - 1 : k;
  const [x0, y0, z0] = [Math.trunc(x), Math.trunc(y), Math.trunc(z)];
  const [fx, fy, fz] = [x - x0, y - y0, z - z0];
  const dx = x0 + 1 < nx ? 1 : 0;
  const dy = y0 + 1 < ny ? nx : 0;
  const dz = z0 + 1 < nz ? nx * ny : 0;
  const a = x0 + nx * (y0 + ny * z0);
  const b = a + dz;
  const c00 = data[a] + fx * (data[a + dx] - data[a]);
  const c10 = data[a + dy] + fx * (data[a + dy + dx] - data[a + dy]);
  const c01 = data[b] + fx * (data[b + dx] - data[b]);
  const c11 = data[b + dy] + fx * (data[b + dy + dx] - data[b + dy]);
  const c0 = c00 + fy * (c10 - c00);
  return c0 + fz * (c01 + fy * (c11 - c01) - c0);
}

/**
 * Normalised gradient of a volume at a fractional index, in the local frame: ∇I/√(|∇I|² + η²) (Haber and Modersitzki,
 * Methods Inf Med 2007;46:292). Its length is near 1 at an edge of any height and near 0 in noise, so that contrast
 * agent changes it little. With η = 0 the plain gradient is given. Differences over two voxels.
 */
export function gradientAt(
  data: Float32Array,
  { size, toIndex: m }: Lattice,
  i: number,
  j: number,
  k: number,
  eta: number,
  out: Float64Array,
): void {
  const gi = (valueAt(data, size, i + 1, j, k) - valueAt(data, size, i - 1, j, k)) / 2;
  const gj = (valueAt(data, size, i, j + 1, k) - valueAt(data, size, i, j - 1, k)) / 2;
  const gk = size[2] < 2 ? 0 : (valueAt(data, size, i, j, k + 1) - valueAt(data, size, i, j, k - 1)) / 2;
  const x = m[0] * gi + m[3] * gj + m[6] * gk;
  const y = m[1] * gi + m[4] * gj + m[7] * gk;
  const z = m[2] * gi + m[5] * gj + m[8] * gk;
  const norm = eta === 0 ? 1 : Math.sqrt(x * x + y * y + z * z + eta * eta);
  out[0] = x / norm;
  out[1] = y / norm;
  out[2] = z / norm;
}

/** Mean length of the gradient, on every few voxels: the edge height that counts as an edge in this volume. */
export function meanGradient(data: Float32Array, lattice: Lattice): number {
  const [nx, ny, nz] = lattice.size;
  const g = new Float64Array(3);
  let sum = 0;
  let count = 0;
  // A step that shares no factor with usual row lengths, so that it visits all columns.
  for (let at = 0; at < nx * ny * nz; at += data.length > 50_000 ? 11 : 1, count++) {
    gradientAt(data, lattice, at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny)), 0, g);
    sum += Math.hypot(g[0], g[1], g[2]);
  }
  return sum / count;
}

/** Numbers kept of one edge point: place (3), normalised gradient (3), its derivatives by the six motions (18). */
export const POINT = 24;

/** Edge points of a reference level, {@link POINT} numbers each. */
export interface EdgePoints {
  readonly count: number;
  readonly values: Float64Array;
}

/**
 * Gradients over this many times the mean are edges. Weaker ones are where contrast agent changes a shape most: with
 * 1.5 the error through the slices was three times as large on the phantom of the tests. Where strong ones are few,
 * weaker ones are taken.
 */
const EDGE = 3;
const WEAK_EDGE = 1.5;
const ENOUGH = 1000;
/** Central differences reach two voxels from a point; edges of the picture are no edges of the patient. */
const MARGIN = 3;

/** Slices at either end whose gradient leans on slices that are not there: they would hold the motion at zero. */
export const sliceMargin = (slices: number): number => (slices >= 8 ? 2 : slices >= 4 ? 1 : 0);

/**
 * Edge points of a level, spread evenly over all that there are, `most` of them. The
 * derivatives are of the field seen through a small motion: by shift, and by rotation about the centre, under which
 * the vectors turn too.
 *
 * @param inside says whether a local position may be used.
 */
export function edgePoints(
  data: Float32Array,
  lattice: Lattice,
  eta: number,
  most: number,
  inside: (p: Vec3) => boolean,
): EdgePoints {
  const { size, step, origin } = lattice;
  const g = new Float64Array(3);
  const placeOf = (i: number, j: number, k: number): Vec3 => [
    step[0] * i + step[1] * j + step[2] * k + origin[0],
    step[3] * i + step[4] * j + step[5] * k + origin[1],
    step[6] * i + step[7] * j + step[8] * k + origin[2],
  ];
  const ends = sliceMargin(size[2]);
  const strong: number[] = [];
  const all: number[] = [];
  for (let k = ends; k < size[2] - ends; k++)
    for (let j = MARGIN; j < size[1] - MARGIN; j++)
      for (let i = MARGIN; i < size[0] - MARGIN; i++) {
        gradientAt(data, lattice, i, j, k, 0, g);
        const height = Math.hypot(g[0], g[1], g[2]);
        if (!(height > WEAK_EDGE * eta) || !inside(placeOf(i, j, k))) continue;
        const at = i + size[0] * (j + size[1] * k);
        all.push(at);
        if (height > EDGE * eta) strong.push(at);
      }
  const found = strong.length >= ENOUGH ? strong : all;
  const count = Math.min(found.length, most);
  const values = new Float64Array(POINT * count);
  const [low, high] = [new Float64Array(3), new Float64Array(3)];
  const { toIndex } = lattice;
  for (let n = 0; n < count; n++) {
    const at = found[Math.floor((n * found.length) / count)];
    const [i, j, k] = [
      at % size[0],
      Math.floor(at / size[0]) % size[1],
      Math.floor(at / (size[0] * size[1])),
    ];
    const p = POINT * n;
    const place = placeOf(i, j, k);
    values.set(place, p);
    gradientAt(data, lattice, i, j, k, eta, g);
    values.set(g, p + 3);
    const jacobian = values.subarray(p + 6, p + POINT);
    // By index first, then by place: columns of toIndex say how indices change with it.
    for (let axis = 0; axis < 3; axis++) {
      if (axis === 2 && size[2] < 2) continue;
      const d = [0, 0, 0];
      d[axis] = 1;
      gradientAt(data, lattice, i + d[0], j + d[1], k + d[2], eta, high);
      gradientAt(data, lattice, i - d[0], j - d[1], k - d[2], eta, low);
      for (let c = 0; c < 3; c++)
        for (let x = 0; x < 3; x++) jacobian[6 * c + x] += ((high[c] - low[c]) / 2) * toIndex[3 * axis + x];
    }
    const [px, py, pz] = place;
    for (let c = 0; c < 3; c++) {
      const [a, b, d] = [jacobian[6 * c], jacobian[6 * c + 1], jacobian[6 * c + 2]];
      // Place moves by ω×p, so component c changes by ∇n_c·(ω×p) = ω·(p×∇n_c).
      jacobian[6 * c + 3] = py * d - pz * b;
      jacobian[6 * c + 4] = pz * a - px * d;
      jacobian[6 * c + 5] = px * b - py * a;
    }
    // The vector turns back by −ω×n.
    jacobian[4] -= g[2];
    jacobian[5] += g[1];
    jacobian[9] += g[2];
    jacobian[11] -= g[0];
    jacobian[15] -= g[1];
    jacobian[16] += g[0];
  }
  return { count, values };
}
