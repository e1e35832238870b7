// Twin of runsOfPacked in src/regions/morphology/runs.ts and of joinRuns beside it: pieces are told by runs of voxels
// along x that touch, joined with union-find; no label is kept for a voxel.
//
// `slices`: of each slice five i32: first word along x, first row, words a row, rows, and where its words begin in `bits`,
// 32 voxels a word.

// @ts-ignore: decorator
@inline
function at(slices: usize, z: i32): usize {
  return slices + <usize>z * 20;
}

/** Number of runs in packed slices. */
export function regions_count_runs(slices: usize, nz: i32, bits: usize): i32 {
  let count: i32 = 0;
  for (let z: i32 = 0; z < nz; z++) {
    const columns = load<i32>(at(slices, z), 8);
    const rows = load<i32>(at(slices, z), 12);
    let from = bits + (<usize>load<i32>(at(slices, z), 16) << 2);
    for (let row: i32 = 0; row < rows; row++) {
      let before: u32 = 0;
      for (let w: i32 = 0; w < columns; w++, from += 4) {
        const word = load<u32>(from);
        count += popcnt(word & ~((word << 1) | before));
        before = word >> 31;
      }
    }
  }
  return count;
}

/**
 * The runs of packed slices: x of the first voxel of each and of the one after its last, `ends`; `firsts`: number of the
 * first run of each of the `ny` rows from `top` on of each slice, and at the end that of all runs.
 */
export function regions_packed_runs(
  slices: usize,
  nz: i32,
  bits: usize,
  top: i32,
  ny: i32,
  ends: usize,
  firsts: usize,
): void {
  let count: i32 = 0;
  for (let z: i32 = 0; z < nz; z++) {
    const left = load<i32>(at(slices, z)) << 5;
    const first = load<i32>(at(slices, z), 4) - top;
    const columns = load<i32>(at(slices, z), 8);
    const rows = load<i32>(at(slices, z), 12);
    let from = bits + (<usize>load<i32>(at(slices, z), 16) << 2);
    for (let y: i32 = 0; y < ny; y++, firsts += 4) {
      store<i32>(firsts, count);
      if (y < first || y >= first + rows) continue;
      // Ends of runs are where a voxel differs from the one before: first and end by turns.
      let to = ends + (<usize>count << 3);
      let before: u32 = 0;
      for (let w: i32 = 0; w < columns; w++, from += 4) {
        const word = load<u32>(from);
        let turns = word ^ ((word << 1) | before);
        before = word >> 31;
        for (; turns != 0; turns &= turns - 1, to += 4) {
          store<i32>(to, left + (w << 5) + <i32>ctz(turns));
        }
      }
      if (before != 0) {
        store<i32>(to, left + (columns << 5));
        to += 4;
      }
      count = <i32>((to - ends) >> 3);
    }
  }
  store<i32>(firsts, count);
}

// @ts-ignore: decorator
@inline
function rootOf(i: i32, parents: usize): i32 {
  let parent = load<i32>(parents + (<usize>i << 2));
  while (parent != i) {
    const above = load<i32>(parents + (<usize>parent << 2));
    store<i32>(parents + (<usize>i << 2), above);
    i = above;
    parent = load<i32>(parents + (<usize>i << 2));
  }
  return i;
}

/** Joins the runs of one row with those of an earlier row that they touch; `wide` 1: also over corners. */
function joinRows(ends: usize, a: i32, aEnd: i32, b: i32, bEnd: i32, wide: i32, parents: usize): void {
  while (a < aEnd && b < bEnd) {
    const aTo = load<i32>(ends + (<usize>a << 3), 4);
    const bTo = load<i32>(ends + (<usize>b << 3), 4);
    if (load<i32>(ends + (<usize>a << 3)) < bTo + wide && load<i32>(ends + (<usize>b << 3)) < aTo + wide) {
      // Mostly both have the same parent already.
      if (load<i32>(parents + (<usize>a << 2)) != load<i32>(parents + (<usize>b << 2))) {
        const p = rootOf(a, parents);
        const q = rootOf(b, parents);
        if (p < q) store<i32>(parents + (<usize>q << 2), p);
        else store<i32>(parents + (<usize>p << 2), q);
      }
    }
    if (aTo < bTo) a++;
    else b++;
  }
}

/**
 * Joins runs that touch over 6, 18 or 26 neighbours (in a single slice 6 is 4, 18 and 26 are 8); returns the number of
 * pieces. `parents`: i32 a run; afterwards that of an earlier run of the same piece, its own of the first.
 */
export function regions_join_runs(
  ends: usize,
  firsts: usize,
  ny: i32,
  nz: i32,
  neighbours: i32,
  parents: usize,
): i32 {
  const flat: i32 = neighbours == 6 ? 0 : 1;
  const deep: i32 = neighbours == 26 ? 1 : 0;
  for (let row: i32 = 0; row < ny * nz; row++) {
    const first = startOf(firsts, row);
    const end = startOf(firsts, row + 1);
    if (first == end) continue;
    for (let r = first; r < end; r++) store<i32>(parents + (<usize>r << 2), r);
    const y = row % ny;
    if (y > 0) joinRows(ends, first, end, startOf(firsts, row - 1), first, flat, parents);
    const below = row - ny;
    if (below < 0) continue;
    joinRows(ends, first, end, startOf(firsts, below), startOf(firsts, below + 1), flat, parents);
    if (flat == 0) continue;
    if (y > 0) joinRows(ends, first, end, startOf(firsts, below - 1), startOf(firsts, below), deep, parents);
    if (y < ny - 1) {
      joinRows(ends, first, end, startOf(firsts, below + 1), startOf(firsts, below + 2), deep, parents);
    }
  }
  const runs = startOf(firsts, ny * nz);
  let count: i32 = 0;
  for (let r: i32 = 0; r < runs; r++) count += i32(load<i32>(parents + (<usize>r << 2)) == r);
  return count;
}

/**
 * Numbers the pieces in the order of their first voxels: `parents` of regions_join_runs become those numbers.
 * `voxels`: i32 a piece, zeros before. `boxes`: six i32 a piece, zeros before: its least x, y, z, and those after its last.
 */
export function regions_number_pieces(
  ends: usize,
  firsts: usize,
  top: i32,
  ny: i32,
  bottom: i32,
  nz: i32,
  parents: usize,
  voxels: usize,
  boxes: usize,
): void {
  let next: i32 = 0;
  for (let row: i32 = 0; row < ny * nz; row++) {
    const end = startOf(firsts, row + 1);
    const y = top + (row % ny);
    const z = bottom + row / ny;
    for (let r = startOf(firsts, row); r < end; r++) {
      const from = load<i32>(ends + (<usize>r << 3));
      const to = load<i32>(ends + (<usize>r << 3), 4);
      const parent = load<i32>(parents + (<usize>r << 2));
      // A root comes before all others of its piece, so a parent has its number already.
      const isNew = parent == r;
      const number = isNew ? next++ : load<i32>(parents + (<usize>parent << 2));
      store<i32>(parents + (<usize>r << 2), number);
      const size = voxels + (<usize>number << 2);
      store<i32>(size, load<i32>(size) + to - from);
      const box = boxes + <usize>number * 24;
      store<i32>(box, isNew ? from : min(load<i32>(box), from));
      store<i32>(box, isNew ? y : min(load<i32>(box, 4), y), 4);
      if (isNew) store<i32>(box, z, 8);
      store<i32>(box, max(load<i32>(box, 12), to), 12);
      store<i32>(box, max(load<i32>(box, 16), y + 1), 16);
      store<i32>(box, z + 1, 20);
    }
  }
}

// @ts-ignore: decorator
@inline
function startOf(firsts: usize, row: i32): i32 {
  return load<i32>(firsts + (<usize>row << 2));
}
