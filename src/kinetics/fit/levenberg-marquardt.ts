/** A least-squares problem with bounds: values to match, and the model that gives values and derivatives. */
export interface Problem {
  readonly target: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Size of each parameter, against which a step is called small. */
  readonly sizes: Float64Array;
  /** Fills the model's values and, when asked, one row of derivatives a parameter. */
  evaluate(parameters: Float64Array, values: Float64Array, jacobian?: readonly Float64Array[]): void;
}

export interface Minimum {
  readonly parameters: Float64Array;
  /** Sum of squared residuals; Infinity when the start gives no finite value. */
  readonly cost: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** −1 at the lower bound, 1 at the upper, 0 inside. */
  readonly atBound: Int8Array;
  /** JᵀJ at the minimum. */
  readonly normal: readonly Float64Array[];
}

const MOST_ITERATIONS = 200;
const SMALL_STEP = 1e-9;
const SMALL_GAIN = 1e-14;
/** Squares of the residuals that are rounding alone, as a share of the squares of the curve. */
const ROUNDING = 1e-28;
/** So many iterations must take at least this share of the variance (cost/frames) from the squares. */
const WATCH = 40;
const WORTH = 1e-3;

/**
 * Levenberg-Marquardt with bounds, Marquardt's scaling and Nielsen's damping. A parameter that stands at a bound and is pulled outwards is
 * left out of the step; one that would leave its bounds stops on them. Ends when step and gain are small, or when many
 * steps together gain nothing that noise would let one see: along an edge of the squares, which a piecewise linear input
 * has at every delay that puts a point of it on a frame, the search creeps.
 */
export function minimise(problem: Problem, start: ArrayLike<number>): Minimum {
  const { target, lower, upper, sizes } = problem;
  const n = lower.length;
  const frames = target.length;
  const rows = () => Array.from({ length: n }, () => new Float64Array(frames));
  const jacobian = rows();
  const values = new Float64Array(frames);
  const trialValues = new Float64Array(frames);
  const normal = Array.from({ length: n }, () => new Float64Array(n));
  const gradient = new Float64Array(n);
  let at = Float64Array.from({ length: n }, (_, i) => clamp(start[i], lower[i], upper[i]));
  problem.evaluate(at, values, jacobian);
  let cost = costOf(values, target);
  if (!Number.isFinite(cost))
    return {
      parameters: at,
      cost: Infinity,
      converged: false,
      iterations: 0,
      atBound: new Int8Array(n),
      normal,
    };
  let damping = 1e-3;
  let raise = 2;
  let converged = false;
  let iterations = 0;
  let watched = cost;
  const floor = ROUNDING * target.reduce((sum, v) => sum + v * v, 0);
  buildNormal(jacobian, values, target, normal, gradient);
  while (iterations < MOST_ITERATIONS && !converged) {
    iterations++;
    if (iterations % WATCH === 0) {
      converged = watched - cost <= (WORTH * cost) / frames;
      watched = cost;
      if (converged) break;
    }
    const free = freeOf(at, gradient, lower, upper);
    if (free.length === 0) {
      converged = true;
      break;
    }
    const trial = boxedStep(problem, at, normal, gradient, free, damping);
    let largest = 0;
    for (const i of free)
      largest = Math.max(largest, Math.abs(trial[i] - at[i]) / (Math.abs(at[i]) + sizes[i]));
    problem.evaluate(trial, trialValues);
    const trialCost = costOf(trialValues, target);
    if (trialCost <= cost) {
      const gain = (cost - trialCost) / expectedGain(normal, gradient, at, trial);
      converged = largest < SMALL_STEP || (cost - trialCost <= SMALL_GAIN * cost && largest < 1e-5);
      at = trial;
      cost = trialCost;
      // On the floor every step is noise, and in a flat direction a long one.
      if (cost <= floor) converged = true;
      // Nielsen 1999: less damping the better the linear model foretold the gain, so that it does not swing.
      damping = Math.max(damping * Math.max(0.1, 1 - (2 * gain - 1) ** 3), 1e-12);
      raise = 2;
      problem.evaluate(at, values, jacobian);
      buildNormal(jacobian, values, target, normal, gradient);
    } else {
      if (largest < SMALL_STEP || damping > 1e12) converged = true;
      damping *= raise;
      raise *= 2;
    }
  }
  const atBound = Int8Array.from(at, (v, i) => (v <= lower[i] ? -1 : v >= upper[i] ? 1 : 0));
  return { parameters: at, cost, converged, iterations, atBound, normal };
}

/** Squares that the linear model says the step takes away. */
function expectedGain(
  normal: readonly Float64Array[],
  gradient: Float64Array,
  at: Float64Array,
  trial: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < at.length; i++) {
    const step = trial[i] - at[i];
    sum += 2 * gradient[i] * step;
    for (let j = 0; j < at.length; j++) sum -= step * normal[i][j] * (trial[j] - at[j]);
  }
  return Math.max(sum, Number.MIN_VALUE);
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

function costOf(values: Float64Array, target: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < values.length; f++) sum += (target[f] - values[f]) ** 2;
  return Number.isFinite(sum) ? sum : Infinity;
}

/** JᵀJ and Jᵀ(target − values). */
function buildNormal(
  jacobian: readonly Float64Array[],
  values: Float64Array,
  target: Float64Array,
  normal: readonly Float64Array[],
  gradient: Float64Array,
): void {
  for (let a = 0; a < jacobian.length; a++) {
    let pull = 0;
    for (let f = 0; f < values.length; f++) pull += jacobian[a][f] * (target[f] - values[f]);
    gradient[a] = pull;
    for (let b = a; b < jacobian.length; b++) {
      let sum = 0;
      for (let f = 0; f < values.length; f++) sum += jacobian[a][f] * jacobian[b][f];
      normal[a][b] = sum;
      normal[b][a] = sum;
    }
  }
}

function freeOf(
  at: Float64Array,
  gradient: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): number[] {
  const free: number[] = [];
  for (let i = 0; i < at.length; i++) {
    const stuck = (at[i] <= lower[i] && gradient[i] <= 0) || (at[i] >= upper[i] && gradient[i] >= 0);
    if (!stuck) free.push(i);
  }
  return free;
}

/** The damped step from `at`. What would leave its bounds is set on them, and the others are solved for again with that. */
function boxedStep(
  { lower, upper }: Problem,
  at: Float64Array<ArrayBuffer>,
  normal: readonly Float64Array[],
  gradient: Float64Array,
  free: readonly number[],
  damping: number,
): Float64Array<ArrayBuffer> {
  const trial = at.slice();
  const pull = gradient.slice();
  let open = free;
  while (open.length > 0) {
    const step = solveDamped(normal, pull, open, damping);
    const out = open.filter((i, k) => at[i] + step[k] < lower[i] || at[i] + step[k] > upper[i]);
    for (const [k, i] of open.entries()) trial[i] = clamp(at[i] + step[k], lower[i], upper[i]);
    if (out.length === 0) break;
    for (const i of out) for (const j of open) pull[j] -= normal[j][i] * (trial[i] - at[i]);
    open = open.filter((i) => !out.includes(i));
  }
  return trial;
}

/** (JᵀJ + damping·diag) step = gradient over the free parameters, by Cholesky with unit scaling of the diagonal. */
function solveDamped(
  normal: readonly Float64Array[],
  gradient: Float64Array,
  free: readonly number[],
  damping: number,
): Float64Array {
  const n = free.length;
  const scale = free.map((i) => (normal[i][i] > 0 ? 1 / Math.sqrt(normal[i][i]) : 1));
  const l = Array.from({ length: n }, () => new Float64Array(n));
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++) {
      let sum = normal[free[a]][free[b]] * scale[a] * scale[b];
      if (a === b) sum += damping;
      for (let k = 0; k < b; k++) sum -= l[a][k] * l[b][k];
      l[a][b] = a === b ? Math.sqrt(Math.max(sum, 1e-30)) : sum / l[b][b];
    }
  const x = Float64Array.from(free, (i, k) => gradient[i] * scale[k]);
  for (let a = 0; a < n; a++) {
    for (let k = 0; k < a; k++) x[a] -= l[a][k] * x[k];
    x[a] /= l[a][a];
  }
  for (let a = n - 1; a >= 0; a--) {
    for (let k = a + 1; k < n; k++) x[a] -= l[k][a] * x[k];
    x[a] /= l[a][a];
  }
  for (let a = 0; a < n; a++) x[a] *= scale[a];
  return x;
}
