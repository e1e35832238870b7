// Twin of dependencesReference in src/radiomics/ngldm/reference.ts: equal integer counts.
//
// Sixteen voxels are compared with one neighbour each at a time; the 8-bit counts are widened before they can overflow.

// @ts-ignore: decorator
@inline
function alike<T>(v: v128, n: v128, coarseness: v128, exact: bool): v128 {
  if (sizeof<T>() == 1) {
    if (exact) return i8x16.eq(v, n);
    const difference = v128.or(i8x16.sub_sat_u(v, n), i8x16.sub_sat_u(n, v));
    const near = i8x16.eq(i8x16.min_u(difference, coarseness), difference);
    return v128.and(near, i8x16.ne(n, i8x16.splat(0)));
  }
  if (exact) return i16x8.eq(v, n);
  const difference = v128.or(i16x8.sub_sat_u(v, n), i16x8.sub_sat_u(n, v));
  const near = i16x8.eq(i16x8.min_u(difference, coarseness), difference);
  return v128.and(near, i16x8.ne(n, i16x8.splat(0)));
}

// @ts-ignore: decorator
@inline
function add(table: usize, dependence: usize, columns: usize, level: usize): void {
  const at = table + ((dependence * columns + level) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

// @ts-ignore: decorator
@inline
function count<T>(
  from: usize,
  to: usize,
  steps: usize,
  stepCount: usize,
  coarseness: v128,
  exact: bool,
  columns: usize,
  scratch: usize,
  table: usize,
): void {
  const zero = i8x16.splat(0);
  const stepsEnd = steps + (stepCount << 2);
  for (let p = from; p < to; p += 16) {
    const v = v128.load(p);
    if (!v128.any_true(v)) continue;
    // 16-bit counts of lanes 0-7 and 8-15; with 16-bit levels only the first are used.
    let low = zero;
    let high = zero;
    for (let s = steps; s < stepsEnd; ) {
      const stop = min(s + 255 * 4, stepsEnd);
      let some = zero;
      if (sizeof<T>() == 1) {
        for (; s < stop; s += 4) some = i8x16.sub(some, alike<T>(v, v128.load(p + load<usize>(s)), coarseness, exact));
        low = i16x8.add(low, i16x8.extend_low_i8x16_u(some));
        high = i16x8.add(high, i16x8.extend_high_i8x16_u(some));
      } else {
        for (; s < stop; s += 4) some = i16x8.sub(some, alike<T>(v, v128.load(p + load<usize>(s)), coarseness, exact));
        low = i16x8.add(low, some);
      }
    }
    v128.store(scratch, low);
    if (sizeof<T>() == 1) v128.store(scratch, high, 16);
    let bits = sizeof<T>() == 1 ? i8x16.bitmask(i8x16.ne(v, zero)) : i16x8.bitmask(i16x8.ne(v, zero));
    if (to - p < 16) bits &= (1 << <i32>((to - p) / sizeof<T>())) - 1;
    while (bits != 0) {
      const lane = <usize>ctz(bits);
      add(table, 1 + <usize>load<u16>(scratch + (lane << 1)), columns, <usize>load<T>(p + lane * sizeof<T>()));
      bits &= bits - 1;
    }
  }
}

/**
 * Dependences: each voxel itself and those of its neighbours whose level differs by at most `coarseness`.
 * `levels`: padded levels of `bytes` (1 or 2) bytes with 32 spare bytes; voxels from index `first` up to `last`.
 * `steps`: i32 steps to the neighbours, in bytes, at most 65534 of them; `scratch`: 32 bytes.
 * `table`: [dependence][level] u32 with `columns` columns, added to.
 */
export function ngldm_count(
  levels: usize,
  bytes: i32,
  first: i32,
  last: i32,
  steps: usize,
  stepCount: i32,
  coarseness: i32,
  columns: i32,
  scratch: usize,
  table: usize,
): void {
  const w = <usize>bytes;
  const from = levels + <usize>first * w;
  const to = levels + <usize>last * w;
  const n = <usize>stepCount;
  const c = <usize>columns;
  const zero = i8x16.splat(0);
  if (bytes == 1) {
    if (coarseness == 0) count<u8>(from, to, steps, n, zero, true, c, scratch, table);
    else count<u8>(from, to, steps, n, i8x16.splat(<i8>coarseness), false, c, scratch, table);
  } else {
    if (coarseness == 0) count<u16>(from, to, steps, n, zero, true, c, scratch, table);
    else count<u16>(from, to, steps, n, i16x8.splat(<i16>coarseness), false, c, scratch, table);
  }
}
