// Twin of discretise in src/imaging/discretise.ts: equal levels, since each step rounds as it does there.

/**
 * Least and largest double of those whose mask byte is 1, into `out`, two f64, which hold the extremes so far.
 * `image` is followed by 8 spare bytes, `mask` by 1.
 */
export function grey_levels_extremes(image: usize, mask: usize, n: i32, out: usize): void {
  let low = v128.load64_splat(out);
  let high = v128.load64_splat(out, 8);
  const none = f64x2.splat(Infinity);
  for (let i: usize = 0; i < <usize>n; i += 2) {
    const pair = <u32>load<u16>(mask + i);
    if (pair == 0) continue;
    const x = v128.load(image + (i << 3));
    const inside = lanes(pair);
    low = f64x2.pmin(low, v128.bitselect(x, none, inside));
    high = f64x2.pmax(high, v128.bitselect(x, f64x2.neg(none), inside));
  }
  store<f64>(out, min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)));
  store<f64>(out, max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)), 8);
}

/** Two mask bytes as two lanes of all bits. */
// @ts-ignore: decorator
@inline
function lanes(pair: u32): v128 {
  return i64x2.ne(i64x2.replace_lane(i64x2.splat(<i64>(pair & 0xff)), 1, <i64>(pair >> 8)), i64x2.splat(0));
}

/**
 * Levels min(most, ⌊factor·(x − lower)/divisor⌋ + 1), u16, 0 where the mask is 0. Spare bytes as above; `levels` is
 * followed by 2.
 */
export function grey_levels_bin(
  image: usize,
  mask: usize,
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
    const pair = <u32>load<u16>(mask + i);
    if (pair == 0) {
      store<u32>(levels + (i << 1), 0);
      continue;
    }
    const x = v128.load(image + (i << 3));
    const share = f64x2.div(f64x2.mul(times, f64x2.sub(x, low)), by);
    const level = i32x4.trunc_sat_f64x2_u_zero(f64x2.pmin(last, f64x2.add(f64x2.floor(share), one)));
    const first = i32x4.extract_lane(level, 0) * <i32>(pair & 1);
    const second = i32x4.extract_lane(level, 1) * <i32>((pair >> 8) & 1);
    store<u32>(levels + (i << 1), (<u32>first & 0xffff) | (<u32>second << 16));
  }
}
