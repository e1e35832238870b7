// Twins of extremes, binned and foreground in src/quality/rules/pixel-pass.ts, over one block of float32 voxels. Counts
// and extremes are equal; the sum adds in four lanes, so that it differs by rounding unless the values are whole.

const INFINITE: f32 = Infinity;

/** Least and largest of `n` values, NaN left out: two f32 at `out`; Infinity and −Infinity without any. */
export function pixel_extremes(data: usize, n: i32, out: usize): void {
  let low = f32x4.splat(INFINITE);
  let high = f32x4.splat(-INFINITE);
  let low2 = low;
  let high2 = high;
  const end = data + ((<usize>n) << 2);
  const eights = data + ((<usize>(n & ~7)) << 2);
  let p = data;
  for (; p < eights; p += 32) {
    const a = v128.load(p);
    const b = v128.load(p, 16);
    // pmin(x, y) is y < x ? y : x: a NaN in y leaves x.
    low = f32x4.pmin(low, a);
    high = f32x4.pmax(high, a);
    low2 = f32x4.pmin(low2, b);
    high2 = f32x4.pmax(high2, b);
  }
  low = f32x4.pmin(low, low2);
  high = f32x4.pmax(high, high2);
  let least = min(
    min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)),
    min(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3)),
  );
  let most = max(
    max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)),
    max(f32x4.extract_lane(high, 2), f32x4.extract_lane(high, 3)),
  );
  for (; p < end; p += 4) {
    const v = load<f32>(p);
    if (v < least) least = v;
    if (v > most) most = v;
  }
  store<f32>(out, least);
  store<f32>(out, most, 4);
}

// @ts-ignore: decorator
@inline
function addOne(counts: usize, x: f64, last: f64): void {
  const bin = <i32>min(x, last);
  const at = counts + ((<usize>bin) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/**
 * Adds the values to bins: number ⌊(v − low) · scale⌋, the last bin takes all above, those below and NaN are left out.
 * `counts`: two tables of `bins` u32 that take turns, since neighbours are often alike; the caller adds them.
 */
export function pixel_bins(data: usize, n: i32, low: f64, scale: f64, bins: i32, counts: usize): void {
  const other = counts + ((<usize>bins) << 2);
  const lows = f64x2.splat(low);
  const scales = f64x2.splat(scale);
  const last = <f64>(bins - 1);
  const end = data + ((<usize>n) << 2);
  const pairs = data + ((<usize>(n & ~1)) << 2);
  let p = data;
  for (; p < pairs; p += 8) {
    const x = f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p)), lows), scales);
    const a = f64x2.extract_lane(x, 0);
    const b = f64x2.extract_lane(x, 1);
    if (a >= 0) {
      addOne(counts, a, last);
    }
    if (b >= 0) {
      addOne(other, b, last);
    }
  }
  for (; p < end; p += 4) {
    const x = (<f64>load<f32>(p) - low) * scale;
    if (!(x >= 0)) continue;
    addOne(counts, x, last);
  }
}

/**
 * Voxels above `threshold`: f64 at `out` their number, their sum, and how many of them are equal to `top`.
 */
export function pixel_foreground(data: usize, n: i32, threshold: f64, top: f64, out: usize): void {
  const limits = f64x2.splat(threshold);
  const tops = f64x2.splat(top);
  let sum = f64x2.splat(0);
  let sum2 = sum;
  let count = i64x2.splat(0);
  let atTop = i64x2.splat(0);
  const end = data + ((<usize>n) << 2);
  const fours = data + ((<usize>(n & ~3)) << 2);
  let p = data;
  for (; p < fours; p += 16) {
    const a = f64x2.promote_low_f32x4(v128.load64_zero(p));
    const b = f64x2.promote_low_f32x4(v128.load64_zero(p, 8));
    const insideA = f64x2.gt(a, limits);
    const insideB = f64x2.gt(b, limits);
    sum = f64x2.add(sum, v128.and(a, insideA));
    sum2 = f64x2.add(sum2, v128.and(b, insideB));
    count = i64x2.sub(count, i64x2.add(insideA, insideB));
    atTop = i64x2.sub(
      atTop,
      i64x2.add(v128.and(insideA, f64x2.eq(a, tops)), v128.and(insideB, f64x2.eq(b, tops))),
    );
  }
  sum = f64x2.add(sum, sum2);
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  let voxels = i64x2.extract_lane(count, 0) + i64x2.extract_lane(count, 1);
  let equal = i64x2.extract_lane(atTop, 0) + i64x2.extract_lane(atTop, 1);
  for (; p < end; p += 4) {
    const v = <f64>load<f32>(p);
    if (!(v > threshold)) continue;
    voxels++;
    total += v;
    if (v == top) equal++;
  }
  store<f64>(out, <f64>voxels);
  store<f64>(out, total, 8);
  store<f64>(out, <f64>equal, 16);
}
