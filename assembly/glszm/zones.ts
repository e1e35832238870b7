// Twin of zonesReference in src/radiomics/zones-reference.ts: equal integer counts.
//
// Zones are joined with union-find in memory order. Sixteen voxels are compared with each of their 13 earlier neighbours
// at once. A pair need not be joined when a third voxel, equal and next to both, joins them anyway; by taking the
// neighbours that touch most others first, most pairs fall away before any memory of the forest is touched. The two
// most common joins are not even that: a new voxel just takes over the parent of its neighbour.
// The root of a zone is its first voxel, so a second pass in the same order finds every root in two steps.

/** Zones smaller than this are counted in a table; the others are listed. */
const SMALL: u32 = 64;

// @ts-ignore: decorator
@inline
function equal<T>(v: v128, at: usize): v128 {
  return sizeof<T>() == 1 ? i8x16.eq(v, v128.load(at)) : i16x8.eq(v, v128.load(at));
}

/** Root of a voxel; halves the way for those who come later. */
// @ts-ignore: decorator
@inline
function rootOf(i: u32, parents: usize): u32 {
  let parent = load<u32>(parents + (<usize>i << 2));
  while (parent != i) {
    const above = load<u32>(parents + (<usize>parent << 2));
    store<u32>(parents + (<usize>i << 2), above);
    i = above;
    parent = load<u32>(parents + (<usize>i << 2));
  }
  return i;
}

function join(a: u32, b: u32, parents: usize): void {
  const p = rootOf(a, parents);
  const q = rootOf(b, parents);
  if (p < q) store<u32>(parents + (<usize>q << 2), p);
  else store<u32>(parents + (<usize>p << 2), q);
}

// @ts-ignore: decorator
@inline
function bitsOf<T>(marked: v128): u64 {
  return <u64>(sizeof<T>() == 1 ? i8x16.bitmask(marked) : i16x8.bitmask(marked));
}

/** Joins each marked voxel, the first of which is i, with the one `back` before it. */
// @ts-ignore: decorator
@inline
function link(marked: u64, i: u32, back: u32, parents: usize): void {
  while (marked != 0) {
    const a = i + <u32>ctz(marked);
    join(a, a - back, parents);
    marked &= marked - 1;
  }
}

/** Own index where the lane is not marked, else the parent of the voxel `back` before. */
// @ts-ignore: decorator
@inline
function adopt(at: usize, own: v128, first: v128, firstBack: usize, second: v128, secondBack: usize): void {
  const other = v128.bitselect(v128.load(at - secondBack), own, second);
  v128.store(at, v128.bitselect(v128.load(at - firstBack), other, first));
}

/**
 * Parents of 16 (or 8) new voxels: that of the neighbour `firstBack` before where marked by `first`, that of the one
 * `secondBack` before where marked by `second`, themselves elsewhere. New voxels have no followers yet, so nothing
 * needs to be joined.
 */
// @ts-ignore: decorator
@inline
function plant<T>(i: u32, parents: usize, first: v128, firstBack: u32, second: v128, secondBack: u32): void {
  const at = parents + (<usize>i << 2);
  const f = <usize>firstBack << 2;
  const s = <usize>secondBack << 2;
  const own = i32x4.add(i32x4.splat(i), i32x4(0, 1, 2, 3));
  let a = first;
  let b = second;
  if (sizeof<T>() == 1) {
    a = i16x8.extend_low_i8x16_s(first);
    b = i16x8.extend_low_i8x16_s(second);
  }
  adopt(at, own, i32x4.extend_low_i16x8_s(a), f, i32x4.extend_low_i16x8_s(b), s);
  const next = i32x4.add(own, i32x4.splat(4));
  adopt(at + 16, next, i32x4.extend_high_i16x8_s(a), f, i32x4.extend_high_i16x8_s(b), s);
  if (sizeof<T>() == 1) {
    a = i16x8.extend_high_i8x16_s(first);
    b = i16x8.extend_high_i8x16_s(second);
    const third = i32x4.add(own, i32x4.splat(8));
    adopt(at + 32, third, i32x4.extend_low_i16x8_s(a), f, i32x4.extend_low_i16x8_s(b), s);
    const fourth = i32x4.add(own, i32x4.splat(12));
    adopt(at + 48, fourth, i32x4.extend_high_i16x8_s(a), f, i32x4.extend_high_i16x8_s(b), s);
  }
}

/** Joins over the four earlier neighbours in the slice; bits of four vectors are taken together. */
// @ts-ignore: decorator
@inline
function joinInSlice<T>(levels: usize, from: u32, to: u32, row: u32, parents: usize): void {
  const w: usize = sizeof<T>();
  const lanes: u32 = 16 / sizeof<T>();
  const y = <usize>row * w;
  for (let first = from; first < to; first += 4 * lanes) {
    let m1: u64 = 0;
    let m2: u64 = 0;
    let m3: u64 = 0;
    for (let k: u32 = 0; k < 4; k++) {
      const i = first + k * lanes;
      if (i >= to) break;
      const p = levels + <usize>i * w;
      const v = v128.load(p);
      if (!v128.any_true(v)) continue;
      const inside = v128.not(sizeof<T>() == 1 ? i8x16.eq(v, i32x4.splat(0)) : i16x8.eq(v, i32x4.splat(0)));
      const at = <u64>(k * lanes);
      const e0 = equal<T>(v, p - y);
      const e1 = equal<T>(v, p - w);
      const e2 = equal<T>(v, p - (y + w));
      const e3 = equal<T>(v, p - (y - w));
      const live = v128.andnot(inside, e0);
      plant<T>(i, parents, v128.and(inside, e0), row, i32x4.splat(0), 0);
      m1 |= bitsOf<T>(v128.and(e1, live)) << at;
      m2 |= bitsOf<T>(v128.andnot(v128.and(e2, live), e1)) << at;
      m3 |= bitsOf<T>(v128.and(e3, live)) << at;
    }
    const keep = to - first < 4 * lanes ? (<u64>1 << <u64>(to - first)) - 1 : -1;
    link(m1 & keep, first, 1, parents);
    link(m2 & keep, first, row + 1, parents);
    link(m3 & keep, first, row - 1, parents);
  }
}

/** The same over the 13 earlier neighbours of the volume. */
// @ts-ignore: decorator
@inline
function joinInVolume<T>(levels: usize, from: u32, to: u32, row: u32, plane: u32, parents: usize): void {
  const w: usize = sizeof<T>();
  const lanes: u32 = 16 / sizeof<T>();
  const y = <usize>row * w;
  const z = <usize>plane * w;
  for (let first = from; first < to; first += 4 * lanes) {
    let m2: u64 = 0;
    let m3: u64 = 0;
    let m4: u64 = 0;
    let m5: u64 = 0;
    let m6: u64 = 0;
    let m7: u64 = 0;
    let m8: u64 = 0;
    let m9: u64 = 0;
    let m10: u64 = 0;
    let m11: u64 = 0;
    let m12: u64 = 0;
    for (let k: u32 = 0; k < 4; k++) {
      const i = first + k * lanes;
      if (i >= to) break;
      const p = levels + <usize>i * w;
      const v = v128.load(p);
      if (!v128.any_true(v)) continue;
      const inside = v128.not(sizeof<T>() == 1 ? i8x16.eq(v, i32x4.splat(0)) : i16x8.eq(v, i32x4.splat(0)));
      const at = <u64>(k * lanes);
      const e0 = equal<T>(v, p - z);
      const e1 = equal<T>(v, p - y);
      const e2 = equal<T>(v, p - (z - y));
      const e3 = equal<T>(v, p - w);
      const e4 = equal<T>(v, p - (z - w));
      const e5 = equal<T>(v, p - (y + w));
      const e6 = equal<T>(v, p - (y - w));
      const e7 = equal<T>(v, p - (z + y));
      const e8 = equal<T>(v, p - (z + w));
      const e9 = equal<T>(v, p - (z + y + w));
      const e10 = equal<T>(v, p - (z + y - w));
      const e11 = equal<T>(v, p - (z - y + w));
      const e12 = equal<T>(v, p - (z - y - w));
      const live = v128.andnot(inside, e0);
      plant<T>(i, parents, v128.and(inside, e0), plane, v128.and(e1, live), row);
      m2 |= bitsOf<T>(v128.and(e2, live)) << at;
      m3 |= bitsOf<T>(v128.andnot(v128.and(e3, live), v128.or(e1, e2))) << at;
      m4 |= bitsOf<T>(v128.andnot(v128.and(e4, live), v128.or(e1, e2))) << at;
      m5 |= bitsOf<T>(v128.andnot(v128.and(e5, live), v128.or(e1, e3))) << at;
      m6 |= bitsOf<T>(v128.andnot(v128.and(e6, live), v128.or(e1, e4))) << at;
      m7 |= bitsOf<T>(v128.andnot(v128.and(e7, live), v128.or(v128.or(v128.or(v128.or(e1, e3), e4), e5), e6))) << at;
      m8 |= bitsOf<T>(v128.andnot(v128.and(e8, live), v128.or(v128.or(v128.or(v128.or(e1, e2), e3), e5), e7))) << at;
      m9 |= bitsOf<T>(v128.andnot(v128.and(e9, live), v128.or(v128.or(v128.or(v128.or(e1, e3), e5), e7), e8))) << at;
      m10 |= bitsOf<T>(v128.andnot(v128.and(e10, live), v128.or(v128.or(v128.or(e1, e4), e6), e7))) << at;
      m11 |= bitsOf<T>(v128.andnot(v128.and(e11, live), v128.or(v128.or(e2, e3), e8))) << at;
      m12 |= bitsOf<T>(v128.andnot(v128.and(e12, live), v128.or(e2, e4))) << at;
    }
    const keep = to - first < 4 * lanes ? (<u64>1 << <u64>(to - first)) - 1 : -1;
    link(m2 & keep, first, plane - row, parents);
    link(m3 & keep, first, 1, parents);
    link(m4 & keep, first, plane - 1, parents);
    link(m5 & keep, first, row + 1, parents);
    link(m6 & keep, first, row - 1, parents);
    link(m7 & keep, first, plane + row, parents);
    link(m8 & keep, first, plane + 1, parents);
    link(m9 & keep, first, plane + row + 1, parents);
    link(m10 & keep, first, plane + row - 1, parents);
    link(m11 & keep, first, plane - row + 1, parents);
    link(m12 & keep, first, plane - row - 1, parents);
  }
}

/** Sizes and least distances at the roots; returns the number of zones, whose roots are listed in order. */
// @ts-ignore: decorator
@inline
function measure<T>(
  levels: usize,
  first: u32,
  last: u32,
  parents: usize,
  sizes: usize,
  distances: usize,
  roots: usize,
): u32 {
  let found: u32 = 0;
  for (let i = first; i < last; i++) {
    if (load<T>(levels + <usize>i * sizeof<T>()) == 0) continue;
    // Without a branch on being a root, which noise makes a guess: a root is its own parent's parent too.
    const parent = load<u32>(parents + (<usize>i << 2));
    const root = load<u32>(parents + (<usize>parent << 2));
    store<u32>(parents + (<usize>i << 2), root);
    const size = sizes + (<usize>root << 2);
    store<u32>(size, load<u32>(size) + 1);
    const least = distances + (<usize>root << 1);
    store<u16>(least, min(load<u16>(least), load<u16>(distances + (<usize>i << 1))));
    store<u32>(roots + (<usize>found << 2), i);
    found += u32(root == i);
  }
  return found;
}

/**
 * Zones of equal level, joined over 26 neighbours, or 8 when `plane` is 0; returns the number of large zones.
 * `levels`: ranks of `bytes` (1 or 2) bytes, padded by one, 32 spare bytes; voxels from index `first` up to `last`.
 * `distances`: u16 for each voxel, from the border; the entry of each zone's first voxel becomes the least of its zone.
 * `parents`, `sizes`: u32 of scratch for each voxel, 64 spare bytes, sizes zeroed (and left so); `roots`: u32 for each
 * voxel of the region and one more.
 * `small`: [size][rank] u32, 64 rows of ranks + 1; `large`: (rank, size) u32 pairs of zones of 64 voxels and more;
 * `depths`: [distance][rank] u32. Tables are added to.
 */
export function glszm_zones(
  levels: usize,
  bytes: i32,
  first: u32,
  last: u32,
  row: u32,
  plane: u32,
  columns: i32,
  distances: usize,
  parents: usize,
  sizes: usize,
  roots: usize,
  small: usize,
  large: usize,
  depths: usize,
): u32 {
  let found: u32;
  if (bytes == 1) {
    if (plane == 0) joinInSlice<u8>(levels, first, last, row, parents);
    else joinInVolume<u8>(levels, first, last, row, plane, parents);
    found = measure<u8>(levels, first, last, parents, sizes, distances, roots);
  } else {
    if (plane == 0) joinInSlice<u16>(levels, first, last, row, parents);
    else joinInVolume<u16>(levels, first, last, row, plane, parents);
    found = measure<u16>(levels, first, last, parents, sizes, distances, roots);
  }
  let listed: u32 = 0;
  for (let k: u32 = 0; k < found; k++) {
    const i = <usize>load<u32>(roots + (<usize>k << 2));
    const rank = bytes == 1 ? <u32>load<u8>(levels + i) : <u32>load<u16>(levels + (i << 1));
    const size = load<u32>(sizes + (i << 2));
    store<u32>(sizes + (i << 2), 0);
    if (size < SMALL) {
      const at = small + (<usize>(size * columns + rank) << 2);
      store<u32>(at, load<u32>(at) + 1);
    } else {
      store<u32>(large + (<usize>listed << 3), rank);
      store<u32>(large + (<usize>listed << 3), size, 4);
      listed++;
    }
    const depth = depths + (<usize>(<u32>load<u16>(distances + (i << 1)) * columns + rank) << 2);
    store<u32>(depth, load<u32>(depth) + 1);
  }
  return listed;
}
