// Twin of runsReference in src/radiomics/glrlm/reference.ts: equal integer counts, runs of length 1 apart.
//
// A run of two or more ends where a voxel equals the one before it and not the one after it: two vector comparisons for
// 16 voxels at once. Only there is the run walked back, so each voxel is walked over at most once in a direction. Runs
// of length 1 are what is left of a level's voxels; the host subtracts.

// @ts-ignore: decorator
@inline
function walk<T>(p: usize, step: usize, table: usize, columns: usize): u32 {
  const level = load<T>(p);
  let q = p - step - step;
  let length: u32 = 2;
  while (load<T>(q) == level) {
    length++;
    q -= step;
  }
  const at = table + ((<usize>length * columns + <usize>level) << 2);
  store<u32>(at, load<u32>(at) + 1);
  return length;
}

// @ts-ignore: decorator
@inline
function runs<T>(from: usize, to: usize, step: usize, columns: usize, table: usize): u32 {
  let longest: u32 = 1;
  for (let p = from; p < to; p += 16) {
    const v = v128.load(p);
    const before = v128.load(p - step);
    const after = v128.load(p + step);
    let ends: i32;
    if (sizeof<T>() == 1) {
      const end = v128.andnot(i8x16.eq(v, before), i8x16.eq(v, after));
      ends = i8x16.bitmask(v128.and(end, i8x16.ne(v, i8x16.splat(0))));
    } else {
      const end = v128.andnot(i16x8.eq(v, before), i16x8.eq(v, after));
      ends = i16x8.bitmask(v128.and(end, i16x8.ne(v, i16x8.splat(0))));
    }
    if (to - p < 16) ends &= (1 << <i32>((to - p) / sizeof<T>())) - 1;
    while (ends != 0) {
      const length = walk<T>(p + <usize>ctz(ends) * sizeof<T>(), step, table, columns);
      if (length > longest) longest = length;
      ends &= ends - 1;
    }
  }
  return longest;
}

/**
 * Runs of length ≥ 2 along one direction, whose neighbour lies `step` voxels ahead; returns the longest length.
 * `levels`: padded ranks of `bytes` (1 or 2) bytes with 32 spare bytes; voxels from index `first` up to `last`.
 * `table`: [length][rank] u32 with `columns` = ranks + 1 columns, added to.
 */
export function glrlm_runs(
  levels: usize,
  bytes: i32,
  first: i32,
  last: i32,
  step: i32,
  columns: i32,
  table: usize,
): u32 {
  const w = <usize>bytes;
  const from = levels + <usize>first * w;
  const to = levels + <usize>last * w;
  return bytes == 1
    ? runs<u8>(from, to, <usize>step, <usize>columns, table)
    : runs<u16>(from, to, <usize>step << 1, <usize>columns, table);
}

// @ts-ignore: decorator
@inline
function tally<T>(from: usize, to: usize, counts: usize): void {
  for (let p = from; p < to; p += sizeof<T>()) {
    const at = counts + (<usize>load<T>(p) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** Voxels of each rank from index `first` up to `last`: `counts` of ranks + 1 u32, added to; rank 0 is the outside. */
export function glrlm_levels(levels: usize, bytes: i32, first: i32, last: i32, counts: usize): void {
  if (bytes == 1) tally<u8>(levels + <usize>first, levels + <usize>last, counts);
  else tally<u16>(levels + (<usize>first << 1), levels + (<usize>last << 1), counts);
}
