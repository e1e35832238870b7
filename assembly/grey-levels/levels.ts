// Twin of discretise in src/imaging/discretise.ts: equal levels, since each step rounds as it does there.

/** Least and largest of `n` doubles, into `out`, two f64. `values` is followed by 8 spare bytes. */
export function grey_levels_extremes(values: usize, n: i32, out: usize): void {
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  const pairs = <usize>(n & ~1) << 3;
  for (let i: usize = 0; i < pairs; i += 16) {
    const x = v128.load(values + i);
    low = f64x2.pmin(low, x);
    high = f64x2.pmax(high, x);
  }
  let least = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
  let most = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
  if (n & 1) {
    least = min(least, load<f64>(values + pairs));
    most = max(most, load<f64>(values + pairs));
  }
  store<f64>(out, least);
  store<f64>(out, most, 8);
}

/**
 * Levels min(most, ⌊factor·(x − lower)/divisor⌋ + 1) of `n` doubles, u16. `values` is followed by 8 spare bytes,
 * `levels` by 2.
 */
export function grey_levels_bin(
  values: usize,
  n: i32,
  lower: f64,
  factor: f64,
  divisor: f64,
  most: f64,
  levels: usize,
): void {
  const low = f64x2.splat(lower);
  const times = f64x2.splat(factor);
  const by = f64x2.splat(divisor);
  const last = f64x2.splat(most);
  const one = f64x2.splat(1);
  for (let i: usize = 0; i < <usize>n; i += 2) {
    const x = v128.load(values + (i << 3));
    const share = f64x2.div(f64x2.mul(times, f64x2.sub(x, low)), by);
    const level = i32x4.trunc_sat_f64x2_u_zero(f64x2.pmin(last, f64x2.add(f64x2.floor(share), one)));
    store<u32>(levels + (i << 1), <u32>i32x4.extract_lane(level, 0) | (<u32>i32x4.extract_lane(level, 1) << 16));
  }
}
