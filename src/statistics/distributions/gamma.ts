/** B₂ₖ/(2k(2k−1)), k = 1…8: Stirling's series of ln Γ (Abramowitz & Stegun 6.1.41). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
const TINY = 1e-300;
const EPSILON = 1e-16;

/** ln Γ(x), x > 0: recurrence to x ≥ 15, then Stirling's series (Abramowitz & Stegun 6.1.15, 6.1.41). */
export function logGamma(x: number): number {
  let product = 1;
  let y = x;
  while (y < 15) {
    product *= y;
    y++;
  }
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series / (y * y) + STIRLING[k]!;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series / y - Math.log(product);
}

/**
 * The two tails of the regularised incomplete gamma function, P(a, x) and Q(a, x) = 1 − P, each with full relative
 * precision: series below a + 1 (Abramowitz & Stegun 6.5.29), continued fraction above (6.5.31, Lentz).
 */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * EPSILON; n++) {
      term *= x / (a + n);
      sum += term;
    }
    const lower = front * sum;
    return { lower, upper: 1 - lower };
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / nonZero(an * d + b);
    c = nonZero(b + an / c);
    const step = c * d;
    h *= step;
    if (Math.abs(step - 1) < EPSILON * 2) break;
  }
  const upper = front * h;
  return { lower: 1 - upper, upper };
}

/** Keeps Lentz's fraction from dividing by zero. */
export const nonZero = (v: number): number => (Math.abs(v) < TINY ? TINY : v);
