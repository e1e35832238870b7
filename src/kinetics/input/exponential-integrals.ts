/*
 * Integrals of an exponential against a step and a ramp, and their derivatives, as functions of x = rate · length ≥ 0.
 * Near 0 the closed forms cancel, so there a Taylor series stands in; both agree to rounding at the border.
 */
const BORDER = 0.5;
const TERMS = 16;

/** ∫₀¹ exp(−x(1−u)) du = (1 − e⁻ˣ)/x. */
export function stepIntegral(x: number): number {
  return x < BORDER ? series(x, 1) : -Math.expm1(-x) / x;
}

/** ∫₀¹ u exp(−x(1−u)) du = (x − 1 + e⁻ˣ)/x². */
export function rampIntegral(x: number): number {
  return x < BORDER ? series(x, 2) : (x - 1 + Math.exp(-x)) / (x * x);
}

/** Derivative of {@link stepIntegral}. */
export function dStepIntegral(x: number): number {
  return x < BORDER ? seriesDerivative(x, 1) : ((1 + x) * Math.exp(-x) - 1) / (x * x);
}

/** Derivative of {@link rampIntegral}. */
export function dRampIntegral(x: number): number {
  return x < BORDER ? seriesDerivative(x, 2) : (2 - x - (x + 2) * Math.exp(-x)) / (x * x * x);
}

/** Σ (−x)ⁿ / (n + offset)!. */
function series(x: number, offset: 1 | 2): number {
  let sum = 0;
  for (let n = TERMS; n >= 1; n--) sum = (-x / (n + offset)) * (1 + sum);
  return (1 + sum) / offset;
}

/** Σ n·(−1)ⁿ xⁿ⁻¹ / (n + offset)!. */
function seriesDerivative(x: number, offset: 1 | 2): number {
  let power = 1;
  let factorial = offset === 1 ? 1 : 2;
  let sum = 0;
  for (let n = 1; n <= TERMS; n++) {
    factorial *= n + offset;
    sum += ((n % 2 === 1 ? -1 : 1) * n * power) / factorial;
    power *= x;
  }
  return sum;
}
