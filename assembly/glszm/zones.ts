// Twin of zonesReference in src/radiomics/zones-reference.ts: equal integer counts.
//
// Zones are joined with union-find in memory order. Sixteen voxels are compared with each of their 13 earlier neighbours
// at once. A pair need not be joined when a third voxel, equal and next to both, joins them anyway; by taking the
// neighbours that touch most others first, most pairs fall away before any memory of the forest is touched.
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

/** Joins each marked voxel, the first of which is i, with the one `back` before it. */
// @ts-ignore: decorator
@inline
function link<T>(marked: v128, i: u32, back: u32, parents: usize, keep: i32): void {
  let bits = (sizeof<T>() == 1 ? i8x16.bitmask(marked) : i16x8.bitmask(marked)) & keep;
  while (bits != 0) {
    const a = i + ctz(bits);
    join(a, a - back, parents);
    bits &= bits - 1;
  }
}

/** Every voxel its own root, four at a time. */
// @ts-ignore: decorator
@inline
function plant<T>(i: u32, parents: usize): void {
  const at = parents + (<usize>i << 2);
  const own = i32x4.add(i32x4.splat(i), i32x4(0, 1, 2, 3));
  v128.store(at, own);
  v128.store(at, i32x4.add(own, i32x4.splat(4)), 16);
  if (sizeof<T>() == 1) {
    v128.store(at, i32x4.add(own, i32x4.splat(8)), 32);
    v128.store(at, i32x4.add(own, i32x4.splat(12)), 48);
  }
}

// @ts-ignore: decorator
@inline
function joinAll<T>(levels: usize, first: u32, last: u32, row: u32, plane: u32, parents: usize): void {
  const w: usize = sizeof<T>();
  const lanes: u32 = 16 / sizeof<T>();
  const y = <usize>row * w;
  const z = <usize>plane * w;
  const zero = i32x4.splat(0);
  for (let i = first; i < last; i += lanes) {
    const p = levels + <usize>i * w;
    const v = v128.load(p);
    if (!v128.any_true(v)) continue;
    const inside = sizeof<T>() == 1 ? i8x16.ne(v, zero) : i16x8.ne(v, zero);
    const keep = last - i < lanes ? (1 << (last - i)) - 1 : 0xffff;
    plant<T>(i, parents);
    if (plane == 0) {
      const e0 = equal<T>(v, p - y);
      const e1 = equal<T>(v, p - w);
      const e2 = equal<T>(v, p - (y + w));
      const e3 = equal<T>(v, p - (y - w));
      const live = v128.andnot(inside, e0);
      link<T>(v128.and(inside, e0), i, row, parents, keep);
      link<T>(v128.and(e1, live), i, 1, parents, keep);
      link<T>(v128.andnot(v128.and(e2, live), e1), i, row + 1, parents, keep);
      link<T>(v128.and(e3, live), i, row - 1, parents, keep);
    } else {
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
      link<T>(v128.and(inside, e0), i, plane, parents, keep);
      link<T>(v128.and(e1, live), i, row, parents, keep);
      link<T>(v128.and(e2, live), i, plane - row, parents, keep);
      link<T>(v128.andnot(v128.and(e3, live), v128.or(e1, e2)), i, 1, parents, keep);
      link<T>(v128.andnot(v128.and(e4, live), v128.or(e1, e2)), i, plane - 1, parents, keep);
      link<T>(v128.andnot(v128.and(e5, live), v128.or(e1, e3)), i, row + 1, parents, keep);
      link<T>(v128.andnot(v128.and(e6, live), v128.or(e1, e4)), i, row - 1, parents, keep);
      link<T>(v128.andnot(v128.and(e7, live), v128.or(v128.or(v128.or(v128.or(e1, e3), e4), e5), e6)), i, plane + row, parents, keep);
      link<T>(v128.andnot(v128.and(e8, live), v128.or(v128.or(v128.or(v128.or(e1, e2), e3), e5), e7)), i, plane + 1, parents, keep);
      link<T>(v128.andnot(v128.and(e9, live), v128.or(v128.or(v128.or(v128.or(e1, e3), e5), e7), e8)), i, plane + row + 1, parents, keep);
      link<T>(v128.andnot(v128.and(e10, live), v128.or(v128.or(v128.or(e1, e4), e6), e7)), i, plane + row - 1, parents, keep);
      link<T>(v128.andnot(v128.and(e11, live), v128.or(v128.or(e2, e3), e8)), i, plane - row + 1, parents, keep);
      link<T>(v128.andnot(v128.and(e12, live), v128.or(e2, e4)), i, plane - row - 1, parents, keep);
    }
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
    const parent = load<u32>(parents + (<usize>i << 2));
    if (parent == i) {
      store<u32>(sizes + (<usize>i << 2), 1);
      store<u32>(roots + (<usize>found << 2), i);
      found++;
    } else {
      const root = load<u32>(parents + (<usize>parent << 2));
      store<u32>(parents + (<usize>i << 2), root);
      const size = sizes + (<usize>root << 2);
      store<u32>(size, load<u32>(size) + 1);
      const near = load<u16>(distances + (<usize>i << 1));
      const least = distances + (<usize>root << 1);
      if (near < load<u16>(least)) store<u16>(least, near);
    }
  }
  return found;
}

/**
 * Zones of equal level, joined over 26 neighbours, or 8 when `plane` is 0; returns the number of large zones.
 * `levels`: ranks of `bytes` (1 or 2) bytes, padded by one, 32 spare bytes; voxels from index `first` up to `last`.
 * `distances`: u16 for each voxel, from the border; the entry of each zone's first voxel becomes the least of its zone.
 * `parents`, `sizes`: u32 of scratch for each voxel, 64 spare bytes; `roots`: u32 for each voxel of the region.
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
    joinAll<u8>(levels, first, last, row, plane, parents);
    found = measure<u8>(levels, first, last, parents, sizes, distances, roots);
  } else {
    joinAll<u16>(levels, first, last, row, plane, parents);
    found = measure<u16>(levels, first, last, parents, sizes, distances, roots);
  }
  let listed: u32 = 0;
  for (let k: u32 = 0; k < found; k++) {
    const i = <usize>load<u32>(roots + (<usize>k << 2));
    const rank = bytes == 1 ? <u32>load<u8>(levels + i) : <u32>load<u16>(levels + (i << 1));
    const size = load<u32>(sizes + (i << 2));
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
