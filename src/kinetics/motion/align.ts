import type { Vec3 } from '../../core/geometry.ts';
import { gradientAt, POINT, sliceMargin, type EdgePoints } from './gradient-field.ts';
import type { Lattice } from './pyramid.ts';
import { after, inverse, product, rotationBy, times, type Rigid } from './rigid.ts';

/** A volume that may have moved: one level of it. */
export interface MovedLevel {
  readonly data: Float32Array;
  readonly lattice: Lattice;
  readonly eta: number;
}

/** Which of the six motions (three shifts, three rotations) may happen. */
export const SPATIAL = [0, 1, 2, 3, 4, 5] as const;
export const PLANAR = [0, 1, 5] as const;

/** Difference of normalised gradients at which a point counts for a quarter: contrast has made or moved its edge. */
const OUTLYING = 0.5;

/** A motion that takes more than half of the edges out of the picture explains nothing. */
const FEWEST_SHARE = 0.5;

interface Disagreement {
  /** Mean over the points of e²/(c² + e²), 0 to 1 (Geman and McClure); 1 when half of them have left the picture. */
  readonly cost: number;
  readonly used: number;
}

/** How much the fields differ through a motion; with `normal` and `slope` given, the weighted normal equations too. */
export function disagreement(
  points: EdgePoints,
  moved: MovedLevel,
  motion: Rigid,
  normal?: Float64Array,
  slope?: Float64Array,
  stride = 1,
): Disagreement {
  const { data, lattice, eta } = moved;
  const { size, toIndex, origin } = lattice;
  const { rotation: r, translation: t } = motion;
  // Place in the reference to index in the moved volume, in one step.
  const m = product(toIndex, r);
  const [oi, oj, ok] = times(toIndex, [t[0] - origin[0], t[1] - origin[1], t[2] - origin[2]]);
  const g = new Float64Array(3);
  const { values } = points;
  const c2 = OUTLYING * OUTLYING;
  const lowest = sliceMargin(size[2]) > 0 ? 1 : -0.5;
  let cost = 0;
  let used = 0;
  for (let p = 0; p < POINT * points.count; p += POINT * stride) {
    const [x, y, z] = [values[p], values[p + 1], values[p + 2]];
    const i = m[0] * x + m[1] * y + m[2] * z + oi;
    const j = m[3] * x + m[4] * y + m[5] * z + oj;
    const k = m[6] * x + m[7] * y + m[8] * z + ok;
    if (!(
      i >= 1 &&
      i <= size[0] - 2 &&
      j >= 1 &&
      j <= size[1] - 2 &&
      k >= lowest &&
      k <= size[2] - 1 - lowest
    ))
      continue;
    gradientAt(data, lattice, i, j, k, eta, g);
    const a = r[0] * g[0] + r[3] * g[1] + r[6] * g[2];
    const b = r[1] * g[0] + r[4] * g[1] + r[7] * g[2];
    const c = r[2] * g[0] + r[5] * g[1] + r[8] * g[2];
    const [na, nb, nc] = [values[p + 3], values[p + 4], values[p + 5]];
    // An edge is the same edge when contrast turns it from dark to bright.
    const sign = na * a + nb * b + nc * c < 0 ? -1 : 1;
    const [ea, eb, ec] = [na - sign * a, nb - sign * b, nc - sign * c];
    const e2 = ea * ea + eb * eb + ec * ec;
    cost += e2 / (c2 + e2);
    used++;
    if (!normal || !slope) continue;
    const weight = (c2 / (c2 + e2)) ** 2;
    const q = p + 6;
    for (let u = 0; u < 6; u++) {
      const [ja, jb, jc] = [values[q + u], values[q + 6 + u], values[q + 12 + u]];
      slope[u] += weight * (ja * ea + jb * eb + jc * ec);
      for (let v = 0; v <= u; v++)
        normal[6 * u + v] += weight * (ja * values[q + v] + jb * values[q + 6 + v] + jc * values[q + 12 + v]);
    }
  }
  const asked = Math.ceil(points.count / stride);
  return { cost: used < FEWEST_SHARE * asked ? 1 : cost / used, used };
}

const MOST_STEPS = 25;
/** A step that moves nothing by more than this share of a pixel ends the search. */
const SMALL = 0.003;
const DAMPING = 0.01;
/**
 * The answer of the method, where its slope is zero, lies a little beside the least disagreement, because derivatives
 * are those of the reference: only a step that is worse by more than this is taken back.
 */
const WORSE = 1.02;

/**
 * Gauss-Newton, damped when a step makes things worse, with points reweighted by their disagreement, inverse compositional (Baker and Matthews, Int J Comput
 * Vis 2004;56:221): derivatives belong to the reference, so they are worked out once for all frames.
 * @param reach distance from the centre at which a rotation is judged, mm.
 */
export function align(
  points: EdgePoints,
  moved: MovedLevel,
  start: Rigid,
  freedoms: readonly number[],
  reach: number,
): Rigid {
  let best = start;
  let least = Infinity;
  let damping = 0;
  const normal = new Float64Array(36);
  const slope = new Float64Array(6);
  const [bestNormal, bestSlope] = [new Float64Array(36), new Float64Array(6)];
  let motion = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    normal.fill(0);
    slope.fill(0);
    const { cost } = disagreement(points, moved, motion, normal, slope);
    if (cost < WORSE * least) {
      best = motion;
      least = Math.min(least, cost);
      bestNormal.set(normal);
      bestSlope.set(slope);
      damping = damping > DAMPING ? damping / 10 : 0;
    } else damping = Math.max(DAMPING, 10 * damping);
    const change = solve(bestNormal, bestSlope, freedoms, damping);
    if (!change) break;
    const shift: Vec3 = [-change[0], -change[1], -change[2]];
    const turn: Vec3 = [-change[3], -change[4], -change[5]];
    motion = after(best, inverse({ rotation: rotationBy(turn), translation: shift }));
    const moves = Math.hypot(...shift) + reach * Math.hypot(...turn);
    if (moves < SMALL * moved.lattice.pixel) break;
  }
  return best;
}

/** Cholesky solution for the freedoms that are open, 0 for the others; undefined when they can't be told apart. */
function solve(
  normal: Float64Array,
  slope: Float64Array,
  freedoms: readonly number[],
  damping: number,
): Float64Array | undefined {
  const n = freedoms.length;
  const l = new Float64Array(n * n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = normal[6 * freedoms[i] + freedoms[j]] * (i === j ? 1 + damping : 1);
      for (let k = 0; k < j; k++) sum -= l[n * i + k] * l[n * j + k];
      if (i !== j) l[n * i + j] = sum / l[n * j + j];
      else if (sum > 1e-9 * normal[7 * freedoms[i]]) l[n * i + i] = Math.sqrt(sum);
      else return undefined;
    }
    let sum = slope[freedoms[i]];
    for (let k = 0; k < i; k++) sum -= l[n * i + k] * y[k];
    y[i] = sum / l[n * i + i];
  }
  const out = new Float64Array(6);
  for (let i = n - 1; i >= 0; i--) {
    let sum = y[i];
    for (let k = i + 1; k < n; k++) sum -= l[n * k + i] * out[freedoms[k]];
    out[freedoms[i]] = sum / l[n * i + i];
  }
  return out;
}
