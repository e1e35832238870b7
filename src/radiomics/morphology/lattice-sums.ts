import type { KernelModule } from '../../core/kernel-module.ts';
import type { Size3, Vec3 } from '../../core/geometry.ts';
import { fft, fftLength, type Complex } from './fft.ts';

/**
 * The double sums of Moran's I and Geary's C over all ordered pairs k ≠ l of voxels in the intensity mask, with
 * w = 1/distance (mm) and y = x − μ.
 */
export interface PairSums {
  /** Σ w. */
  readonly weights: number;
  /** Σ w·y_k·y_l. */
  readonly products: number;
  /** Σ w·y_k². */
  readonly squares: number;
}

/** y in the bounding box of the intensity mask, 0 outside the region. */
export interface LatticeValues {
  readonly size: Size3;
  readonly spacing: Vec3;
  readonly inside: Uint8Array;
  readonly values: Float64Array;
}

/**
 * Pair sums on a lattice by Fourier transforms (Wiener-Khinchin). With m the mask, y the deviations and q = y²,
 * zero-padded so that nothing wraps round, and w(d) = 1/|d|, w(0) = 0, on the same periodic lattice:
 *   Σ w = ⟨ŵ, |m̂|²⟩,  Σ w y y = ⟨ŵ, |ŷ|²⟩,  Σ w y² = ⟨ŵ, Re(m̂* q̂)⟩,
 * the product being the mean over all frequencies. w is even along each axis, so ŵ is real and even too.
 *
 * Rows along x are transformed first, m + i·y together and q two rows at a time; then each frequency kx is a plane of
 * its own, small enough for the caches: columns along y, then along z, of which only the filled ones exist before.
 * Planes kx and −kx hold the same numbers mirrored, so half of them are computed.
 */
export function latticeSums(lattice: LatticeValues, kernels: KernelModule | null): PairSums {
  const padded: Size3 = [
    evenLength(2 * lattice.size[0] - 1),
    fftLength(2 * lattice.size[1] - 1),
    fftLength(2 * lattice.size[2] - 1),
  ];
  // Numbers that share a transform must be of one size, or the small ones drown in the rounding of the large.
  let scale = 0;
  for (const y of lattice.values) scale = Math.max(scale, Math.abs(y));
  if (scale === 0) scale = 1;
  const sums =
    kernels === null
      ? sumsReference({ ...lattice, values: lattice.values.map((y) => y / scale) }, padded)
      : sumsByKernel(lattice, scale, padded, kernels);
  return {
    weights: sums.weights,
    products: sums.products * scale * scale,
    squares: sums.squares * scale * scale,
  };
}

function evenLength(atLeast: number): number {
  let n = fftLength(atLeast);
  while (n % 2 === 1) n = fftLength(n + 1);
  return n;
}

const octantOf = ([px, py, pz]: Size3): Size3 => [(px >> 1) + 1, (py >> 1) + 1, (pz >> 1) + 1];

/** 1/|d| on the octant d ≥ 0 up to half of each period, into `data`; 0 at d = 0. */
function fillWeights(data: Float64Array, size: Size3, [sx, sy, sz]: Vec3): void {
  for (let z = 0, at = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      const yz = (y * sy) ** 2 + (z * sz) ** 2;
      for (let x = 0; x < size[0]; x++, at++) data[at] = at === 0 ? 0 : 1 / Math.sqrt((x * sx) ** 2 + yz);
    }
  }
}

/** The plain form: three whole transforms and that of the weights, by one-dimensional transforms along each axis. */
function sumsReference({ size, spacing, inside, values }: LatticeValues, padded: Size3): PairSums {
  const [px, py, pz] = padded;
  const total = px * py * pz;
  const octant = octantOf(padded);
  const inverse = new Float64Array(octant[0] * octant[1] * octant[2]);
  fillWeights(inverse, octant, spacing);
  const fold = (i: number, p: number): number => Math.min(i, p - i);
  const first = { re: new Float64Array(total), im: new Float64Array(total) }; // m + i·y
  const second = { re: new Float64Array(total), im: new Float64Array(total) }; // q + i·w
  for (let z = 0, at = 0; z < pz; z++) {
    for (let y = 0; y < py; y++) {
      const row = octant[0] * (fold(y, py) + octant[1] * fold(z, pz));
      for (let x = 0; x < px; x++, at++) second.im[at] = inverse[row + fold(x, px)]!;
    }
  }
  for (let z = 0, from = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++, from++) {
        const to = x + px * (y + py * z);
        first.re[to] = inside[from]!;
        first.im[to] = values[from]!;
        second.re[to] = values[from]! ** 2;
      }
    }
  }
  transform3(first, padded);
  transform3(second, padded);
  let weights = 0;
  let products = 0;
  let squares = 0;
  for (let z = 0, at = 0; z < pz; z++) {
    for (let y = 0; y < py; y++) {
      for (let x = 0; x < px; x++, at++) {
        const mirror = ((px - x) % px) + px * (((py - y) % py) + py * ((pz - z) % pz));
        const [ar, ai, br, bi] = [first.re[at]!, first.im[at]!, first.re[mirror]!, first.im[mirror]!];
        const [mr, mi, yr, yi] = [(ar + br) / 2, (ai - bi) / 2, (ai + bi) / 2, (br - ar) / 2];
        const w = (second.im[at]! + second.im[mirror]!) / 2;
        const [qr, qi] = [
          (second.re[at]! + second.re[mirror]!) / 2,
          (second.im[at]! - second.im[mirror]!) / 2,
        ];
        weights += w * (mr * mr + mi * mi);
        products += w * (yr * yr + yi * yi);
        squares += w * (mr * qr + mi * qi);
      }
    }
  }
  return { weights: weights / total, products: products / total, squares: squares / total };
}

function transform3({ re, im }: Complex, [px, py, pz]: Size3): void {
  const line = (start: number, stride: number, n: number): void => {
    const c = { re: new Float64Array(n), im: new Float64Array(n) };
    for (let i = 0; i < n; i++) {
      c.re[i] = re[start + i * stride]!;
      c.im[i] = im[start + i * stride]!;
    }
    const out = fft(c);
    for (let i = 0; i < n; i++) {
      re[start + i * stride] = out.re[i]!;
      im[start + i * stride] = out.im[i]!;
    }
  };
  for (let i = 0; i < py * pz; i++) line(i * px, 1, px);
  for (let z = 0; z < pz; z++) for (let x = 0; x < px; x++) line(x + px * py * z, px, py);
  for (let i = 0; i < px * py; i++) line(i, px * py, pz);
}

/** Bytes for the half-transformed rows; above it the frequencies kx are done in several turns. */
const ROW_BYTES = 2 ** 27;

function sumsByKernel(
  { size, spacing, inside, values }: LatticeValues,
  scale: number,
  padded: Size3,
  kernels: KernelModule,
): PairSums {
  const { arena, call } = kernels;
  const [nx, ny, nz] = size;
  const [px, py, pz] = padded;
  const half = (px >> 1) + 1;
  const octant = octantOf(padded);
  const weightCount = octant[0] * octant[1] * octant[2];
  const rows = ny * nz;
  const perFrequency = 6 * 8 * rows;
  const block = Math.max(1, Math.min(half, Math.floor(ROW_BYTES / perFrequency)));
  arena.reset();
  const mask = arena.room(inside.byteLength);
  const deviations = arena.room(values.byteLength);
  const weightsAt = arena.room(8 * weightCount);
  const spectra = arena.alloc(perFrequency * block);
  const longest = Math.max(px, py, pz);
  const scratch = arena.alloc(call('morphology_lattice_scratch', ny, nz, px, py, pz));
  const tables = arena.alloc(3 * 16 * longest * 2);
  const out = arena.alloc(24);
  new Uint8Array(arena.buffer, mask, inside.length).set(inside);
  const scaled = new Float64Array(arena.buffer, deviations, values.length);
  for (let i = 0; i < values.length; i++) scaled[i] = values[i]! / scale;
  fillWeights(new Float64Array(arena.buffer, weightsAt, weightCount), octant, spacing);
  call('morphology_lattice_weights', weightsAt, px, py, pz, tables, scratch);
  for (let from = 0; from < half; from += block) {
    const to = Math.min(half, from + block);
    call('morphology_lattice_rows', mask, deviations, nx, ny, nz, px, from, to, spectra, tables, scratch);
    call('morphology_lattice_planes', spectra, weightsAt, ny, nz, px, py, pz, from, to, tables, scratch, out);
  }
  const sums = new Float64Array(arena.buffer, out, 3);
  const total = px * py * pz;
  return { weights: sums[0]! / total, products: sums[1]! / total, squares: sums[2]! / total };
}
