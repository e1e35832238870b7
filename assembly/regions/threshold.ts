// Twin of thresholdReference in src/regions/within-range-reference.ts.

// @ts-ignore: decorator
@inline
function four(at: usize, low: v128, high: v128): i32 {
  const v = v128.load(at);
  return i32x4.bitmask(v128.and(f32x4.ge(v, low), f32x4.le(v, high)));
}

/**
 * A bit for each of `count` values (a multiple of 32): 1 where low ≤ value ≤ high, so never for NaN. Bit b of word w
 * stands for value 32·w + b. Returns how many are set.
 */
export function regions_threshold(values: usize, count: i32, low: f32, high: f32, out: usize): i32 {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  const end = values + (<usize>count << 2);
  let set: i32 = 0;
  for (let at = values; at < end; at += 128, out += 4) {
    const word =
      four(at, lows, highs) |
      (four(at + 16, lows, highs) << 4) |
      (four(at + 32, lows, highs) << 8) |
      (four(at + 48, lows, highs) << 12) |
      (four(at + 64, lows, highs) << 16) |
      (four(at + 80, lows, highs) << 20) |
      (four(at + 96, lows, highs) << 24) |
      (four(at + 112, lows, highs) << 28);
    store<i32>(out, word);
    set += popcnt(word);
  }
  return set;
}
