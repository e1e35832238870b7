// Twin of differencesReference in src/radiomics/ngtdm/reference.ts: equal integers.
//
// Sums over the neighbourhood are taken one axis after the other: rows of a slice, slices, then a running sum along x.
// Level and number of voxels share one word: level + 2^20 (32 bits; levels of one byte, δ ≤ 7) or level + 2^40.

/** Four levels, 32 bits each, with the mark of a voxel. */
// @ts-ignore: decorator
@inline
function marked(levels: v128): v128 {
  const none = i32x4.eq(levels, i32x4.splat(0));
  return v128.or(levels, v128.andnot(i32x4.splat(1 << 20), none));
}

// @ts-ignore: decorator
@inline
function widen<T, W>(levels: usize, n: usize, wide: usize): void {
  if (sizeof<W>() == 4) {
    for (let i: usize = 0; i < n; i += 8) {
      const v = i16x8.extend_low_i8x16_u(v128.load64_zero(levels + i));
      v128.store(wide + (i << 2), marked(i32x4.extend_low_i16x8_u(v)));
      v128.store(wide + (i << 2), marked(i32x4.extend_high_i16x8_u(v)), 16);
    }
  } else {
    for (let i: usize = 0; i < n; i++) {
      const level = <W>load<T>(levels + i * sizeof<T>());
      store<W>(wide + i * sizeof<W>(), level == 0 ? <W>0 : level | (<W>1 << 40));
    }
  }
}

// @ts-ignore: decorator
@inline
function plus<W>(a: v128, b: v128): v128 {
  return sizeof<W>() == 4 ? i32x4.add(a, b) : i64x2.add(a, b);
}

/** out[k] = Σ wide[k + r·stride] for r from −δ to δ, over `bytes` bytes. */
// @ts-ignore: decorator
@inline
function sumAlong<W>(wide: usize, stride: usize, delta: usize, bytes: usize, out: usize): void {
  for (let k: usize = 0; k < bytes; k += 16) {
    let p = wide + k - delta * stride;
    let sum = v128.load(p);
    for (let r: usize = 0; r < delta << 1; r++) {
      p += stride;
      sum = plus<W>(sum, v128.load(p));
    }
    v128.store(out + k, sum);
  }
}

/** Cell of a level and a number of neighbours: two u64, voxels and Σ|level·neighbours − sum of neighbours|. */
// @ts-ignore: decorator
@inline
function record(cell: usize, level: i64, neighbours: i64, sum: i64): void {
  const difference = abs(level * neighbours - sum);
  v128.store(cell, i64x2.add(v128.load(cell), i64x2.replace_lane(i64x2(1, 0), 1, difference)));
}

/** One row: the neighbourhood's sum moves along x. `column`: sums over y and z. */
// @ts-ignore: decorator
@inline
function alongRow<T, W>(levels: usize, column: usize, px: usize, delta: usize, columns: usize, table: usize): void {
  const shift: W = sizeof<W>() == 4 ? <W>20 : <W>40;
  const mask = (<W>1 << shift) - 1;
  const back = ((delta << 1) + 1) * sizeof<W>();
  const end = levels + (px - delta) * sizeof<T>();
  let any: bool = false;
  for (let p = levels; p < end; p += 16) any = any || v128.any_true(v128.load(p));
  if (!any) return;
  let sum: W = 0;
  let q = column;
  for (let x: usize = 0; x < delta << 1; x++) {
    sum += load<W>(q);
    q += sizeof<W>();
  }
  let leave: W = 0;
  for (let p = levels + delta * sizeof<T>(); p < end; p += sizeof<T>()) {
    sum += load<W>(q) - leave;
    q += sizeof<W>();
    leave = load<W>(q - back);
    const level = <W>load<T>(p);
    if (level == 0) continue;
    const neighbours = (sum >> shift) - 1;
    if (neighbours == 0) continue;
    const cell = table + ((<usize>level * columns + <usize>neighbours) << 4);
    record(cell, <i64>level, <i64>neighbours, <i64>(sum & mask) - <i64>level);
  }
}

// @ts-ignore: decorator
@inline
function differences<T, W>(
  levels: usize,
  px: usize,
  py: usize,
  fromSlice: usize,
  toSlice: usize,
  delta: usize,
  planar: bool,
  columns: usize,
  ring: usize,
  wide: usize,
  column: usize,
  table: usize,
): void {
  const plane = px * py;
  const rowBytes = px * sizeof<W>();
  const planeBytes = plane * sizeof<W>();
  const inner = planeBytes - 2 * delta * rowBytes;
  const reach: usize = planar ? 0 : delta;
  const depth: usize = (reach << 1) + 1;
  // The ring holds, for each of the slices in reach, the sums over y.
  for (let z = fromSlice - reach; z < toSlice + reach; z++) {
    widen<T, W>(levels + z * plane * sizeof<T>(), plane, wide);
    const slot = ring + (z % depth) * planeBytes;
    sumAlong<W>(wide + delta * rowBytes, rowBytes, delta, inner, slot + delta * rowBytes);
    if (z < fromSlice + reach) continue;
    const centre = levels + (z - reach) * plane * sizeof<T>();
    for (let y = delta; y < py - delta; y++) {
      const row = centre + y * px * sizeof<T>();
      let sums = ring + y * rowBytes;
      if (!planar) {
        for (let k: usize = 0; k < rowBytes; k += 16) {
          let p = sums + k;
          let sum = v128.load(p);
          for (let s: usize = 1; s < depth; s++) {
            p += planeBytes;
            sum = plus<W>(sum, v128.load(p));
          }
          v128.store(column + k, sum);
        }
        sums = column;
      }
      alongRow<T, W>(row, sums, px, delta, columns, table);
    }
  }
}

/**
 * Differences of voxels from the mean of their neighbours within Chebyshev distance δ, as whole numbers.
 * `levels`: padded levels of `bytes` (1 or 2) bytes; slices from `fromSlice` up to `toSlice`, δ inside the box.
 * `ring`: 2δ+1 slices (1 if planar) of words, `wide`: one slice, `column`: one row, each with 32 spare bytes; words
 * have 4 bytes when `bytes` is 1 and δ ≤ 7, else 8. `table`: [level][neighbours] of two u64, `columns` neighbours a
 * level, added to.
 */
export function ngtdm_differences(
  levels: usize,
  bytes: i32,
  px: i32,
  py: i32,
  fromSlice: i32,
  toSlice: i32,
  distance: i32,
  planar: i32,
  columns: i32,
  ring: usize,
  wide: usize,
  column: usize,
  table: usize,
): void {
  const flat = planar != 0;
  const d = <usize>distance;
  const a = <usize>fromSlice;
  const b = <usize>toSlice;
  const c = <usize>columns;
  if (bytes == 1 && distance <= 7) {
    differences<u8, u32>(levels, <usize>px, <usize>py, a, b, d, flat, c, ring, wide, column, table);
  } else if (bytes == 1) {
    differences<u8, u64>(levels, <usize>px, <usize>py, a, b, d, flat, c, ring, wide, column, table);
  } else {
    differences<u16, u64>(levels, <usize>px, <usize>py, a, b, d, flat, c, ring, wide, column, table);
  }
}
