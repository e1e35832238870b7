import type { Size3 } from '../../core/geometry.ts';

/** Which four control points a place on one axis feels, and how much: cubic B-spline values. */
interface AxisBasis {
  readonly first: Int32Array;
  readonly weight: Float64Array;
}

/**
 * A field of uniform cubic B-splines over a box of voxels: `elements` spans and `elements + 3` control points an axis.
 * The first voxel of an axis lies at 0, the last at `elements`.
 */
export interface SplineLattice {
  readonly elements: Size3;
  /** Control points, first axis fastest. */
  readonly control: Float64Array;
}

export const emptyLattice = (elements: Size3): SplineLattice => ({
  elements,
  control: new Float64Array((elements[0] + 3) * (elements[1] + 3) * (elements[2] + 3)),
});

/** The four cubic B-spline values at t in [0, 1]; they sum to 1. At 0: 1/6, 4/6, 1/6, 0. */
export const splineValues = (t: number): [number, number, number, number] => [
  (1 - t) ** 3 / 6,
  (4 - 6 * t * t + 3 * t ** 3) / 6,
  (1 + 3 * t + 3 * t * t - 3 * t ** 3) / 6,
  t ** 3 / 6,
];

function basisOf(n: number, elements: number, at: (i: number) => number): AxisBasis {
  const first = new Int32Array(n);
  const weight = new Float64Array(4 * n);
  for (let i = 0; i < n; i++) {
    const u = Math.min(elements, Math.max(0, at(i) * elements));
    first[i] = Math.min(elements - 1, Math.floor(u));
    weight.set(splineValues(u - first[i]!), 4 * i);
  }
  return { first, weight };
}

/** Place on an axis, 0 to 1, of voxel i of a grid; of a coarse one, the place of its voxel among the fine ones. */
export type Places = readonly [(i: number) => number, (i: number) => number, (i: number) => number];

/** Places of the voxels of a grid of its own. */
export const ownPlaces = (size: Size3): Places => {
  const axis = (n: number) => (i: number) => (n > 1 ? i / (n - 1) : 0.5);
  return [axis(size[0]), axis(size[1]), axis(size[2])];
};

/** Adds along one axis: out[o][c][n] += Σ weight·in[o][i][n], where voxel i gives to the control points it feels. */
function scatter(
  data: Float64Array,
  outer: number,
  length: number,
  inner: number,
  points: number,
  { first }: AxisBasis,
  weight: Float64Array,
): Float64Array {
  const out = new Float64Array(outer * points * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < length; i++) {
      const from = (o * length + i) * inner;
      for (let k = 0; k < 4; k++) {
        const w = weight[4 * i + k]!;
        const to = (o * points + first[i]! + k) * inner;
        for (let n = 0; n < inner; n++) out[to + n]! += w * data[from + n]!;
      }
    }
  }
  return out;
}

function gather(
  control: Float64Array,
  outer: number,
  points: number,
  inner: number,
  length: number,
  { first, weight }: AxisBasis,
): Float64Array {
  const out = new Float64Array(outer * length * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < length; i++) {
      const to = (o * length + i) * inner;
      for (let k = 0; k < 4; k++) {
        const w = weight[4 * i + k]!;
        const from = (o * points + first[i]! + k) * inner;
        for (let n = 0; n < inner; n++) out[to + n]! += w * control[from + n]!;
      }
    }
  }
  return out;
}

/**
 * Control points that approximate values at the voxels of a mask (Lee, Wolberg, Shin 1997, eq. 5): with w the product of
 * the three spline values, φ = Σ w²·(w·z/Σw²) / Σ w². On a grid of voxels every factor is a product over the axes, so that
 * the sums are taken axis by axis: a pass over the voxels costs four sums a voxel, not sixty-four.
 * @param values at the voxels, read where `mask` is 1 (float64, size of the grid)
 * @returns control points; 0 where no voxel of the mask is felt
 */
export function fitLattice(
  values: Float64Array,
  mask: Float64Array,
  size: Size3,
  elements: Size3,
  places: Places,
): SplineLattice {
  let top = values;
  let bottom = mask;
  const points: [number, number, number] = [elements[0] + 3, elements[1] + 3, elements[2] + 3];
  const shape: [number, number, number] = [...size];
  for (const a of [0, 1, 2] as const) {
    const basis = basisOf(size[a], elements[a], places[a]);
    const squares = basis.weight.map((w) => w * w);
    const cubes = basis.weight.map((w, n) => {
      const from = n - (n % 4);
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += squares[from + k]!;
      return w ** 3 / sum;
    });
    const outer = a === 0 ? shape[1] * shape[2] : a === 1 ? shape[2] : 1;
    const inner = a === 0 ? 1 : a === 1 ? shape[0] : shape[0] * shape[1];
    top = scatter(top, outer, size[a], inner, points[a], basis, cubes);
    bottom = scatter(bottom, outer, size[a], inner, points[a], basis, squares);
    shape[a] = points[a];
  }
  const control = new Float64Array(top.length);
  for (let c = 0; c < control.length; c++) control[c] = bottom[c]! > 1e-12 ? top[c]! / bottom[c]! : 0;
  return { elements, control };
}

/** Values of the field at the voxels of a grid. */
export function latticeValues(
  { elements, control }: SplineLattice,
  size: Size3,
  places: Places,
): Float64Array {
  let data = control;
  const shape: [number, number, number] = [elements[0] + 3, elements[1] + 3, elements[2] + 3];
  // The slowest axis first: the array is smallest then.
  for (const a of [2, 1, 0] as const) {
    const basis = basisOf(size[a], elements[a], places[a]);
    const outer = a === 0 ? shape[1] * shape[2] : a === 1 ? shape[2] : 1;
    const inner = a === 0 ? 1 : a === 1 ? shape[0] : shape[0] * shape[1];
    data = gather(data, outer, shape[a], inner, size[a], basis);
    shape[a] = size[a];
  }
  return data;
}
