// What a step of the input adds to its convolution with exp(−rate·t): twin of
// src/kinetics/input/exponential-integrals.ts, two steps at once. Near 0, where the closed forms cancel, all four
// integrals follow from one series, φ(x) = Σ (−x)ⁿ/(n+3)!.

const BORDER: f64 = 0.5;

// Taylor's coefficients of φ (1/(n+3)!) and of exp (1/n!).
const PHI = memory.data<f64>([
  1.0 / 6.0,
  1.0 / 24.0,
  1.0 / 120.0,
  1.0 / 720.0,
  1.0 / 5040.0,
  1.0 / 40320.0,
  1.0 / 362880.0,
  1.0 / 3628800.0,
  1.0 / 39916800.0,
  1.0 / 479001600.0,
  1.0 / 6227020800.0,
  1.0 / 87178291200.0,
  1.0 / 1307674368000.0,
  1.0 / 20922789888000.0,
]);
const EXP = memory.data<f64>([
  1.0,
  1.0,
  1.0 / 2.0,
  1.0 / 6.0,
  1.0 / 24.0,
  1.0 / 120.0,
  1.0 / 720.0,
  1.0 / 5040.0,
  1.0 / 40320.0,
  1.0 / 362880.0,
  1.0 / 3628800.0,
  1.0 / 39916800.0,
  1.0 / 479001600.0,
  1.0 / 6227020800.0,
]);

function horner(x: v128, table: usize): v128 {
  let sum = v128.load64_splat(table + 8 * 13);
  for (let n: usize = 8 * 12; n > 0; n -= 8) {
    sum = f64x2.add(f64x2.mul(sum, x), v128.load64_splat(table + n));
  }
  return f64x2.add(f64x2.mul(sum, x), v128.load64_splat(table));
}

/** e⁻ˣ for x ≥ 0, to rounding; nothing below 1e−307. */
function decayOf(x: v128): v128 {
  const t = f64x2.max(f64x2.neg(x), f64x2.splat(-707));
  const n = f64x2.nearest(f64x2.mul(t, f64x2.splat(1.4426950408889634074)));
  const r = f64x2.sub(
    f64x2.sub(t, f64x2.mul(n, f64x2.splat(6.93147180369123816490e-1))),
    f64x2.mul(n, f64x2.splat(1.90821492927058770002e-10)),
  );
  const exponent = i64x2.add(
    i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n)),
    i64x2.splat(1023),
  );
  return f64x2.mul(horner(r, EXP), i64x2.shl(exponent, 52));
}

/**
 * For each of `count` steps s (doubles; one more place is read when count is odd) six coefficients, with which h and
 * g = dh/drate go on from a point of value c and slope m:
 *   h' = h·k0 + (c·k1 + m·k2),  g' = g·k0 − h·k3 + (c·k4 + m·k5).
 * Coefficient k of step i is stored at out + i·stride + k·gap; the row after the last one is written too when count is odd.
 */
export function fillSteps(rate: f64, steps: usize, count: i32, out: usize, stride: usize, gap: usize): void {
  const one = f64x2.splat(1);
  const half = f64x2.splat(0.5);
  const border = f64x2.splat(BORDER);
  for (let i = 0; i < count; i += 2) {
    const s = v128.load(steps + ((<usize>i) << 3));
    const x = f64x2.mul(s, f64x2.splat(rate));
    const small = f64x2.lt(x, border);
    let decay = one;
    let step = one;
    let ramp = one;
    let dStep = one;
    let dRamp = one;
    if (!i64x2.all_true(small)) {
      decay = decayOf(x);
      const lost = f64x2.sub(one, decay);
      const per = f64x2.div(one, x);
      const xDecay = f64x2.mul(x, decay);
      step = f64x2.mul(lost, per);
      ramp = f64x2.mul(f64x2.sub(one, step), per);
      dStep = f64x2.mul(f64x2.sub(decay, step), per);
      dRamp = f64x2.mul(
        f64x2.sub(f64x2.sub(f64x2.add(lost, lost), x), xDecay),
        f64x2.mul(per, f64x2.mul(per, per)),
      );
    }
    if (v128.any_true(small)) {
      const phi = horner(f64x2.neg(x), PHI);
      const xPhi = f64x2.mul(x, phi);
      const nearRamp = f64x2.sub(half, xPhi);
      const nearStep = f64x2.sub(one, f64x2.mul(x, nearRamp));
      const nearDRamp = f64x2.sub(f64x2.add(xPhi, f64x2.add(phi, phi)), half);
      const nearDStep = f64x2.neg(f64x2.add(nearRamp, f64x2.mul(x, nearDRamp)));
      decay = v128.bitselect(f64x2.sub(one, f64x2.mul(x, nearStep)), decay, small);
      step = v128.bitselect(nearStep, step, small);
      ramp = v128.bitselect(nearRamp, ramp, small);
      dStep = v128.bitselect(nearDStep, dStep, small);
      dRamp = v128.bitselect(nearDRamp, dRamp, small);
    }
    const s2 = f64x2.mul(s, s);
    const at = out + <usize>i * stride;
    put(at, stride, decay);
    put(at + gap, stride, f64x2.mul(s, step));
    put(at + 2 * gap, stride, f64x2.mul(s2, ramp));
    put(at + 3 * gap, stride, f64x2.mul(s, decay));
    put(at + 4 * gap, stride, f64x2.mul(s2, dStep));
    put(at + 5 * gap, stride, f64x2.mul(f64x2.mul(s2, s), dRamp));
  }
}

// @ts-ignore: decorator
@inline
function put(at: usize, stride: usize, pair: v128): void {
  v128.store64_lane(at, pair, 0);
  v128.store64_lane(at + stride, pair, 1);
}
