// Twin of componentsReference in src/regions/morphology/components-reference.ts: pieces are told by runs of voxels along
// x that touch, joined with union-find; no label is kept for a voxel.

/** Number of runs of voxels 1 in `rows` rows of `nx` bytes. */
export function regions_count_runs(mask: usize, nx: i32, rows: i32): i32 {
  let count: i32 = 0;
  for (let y: i32 = 0; y < rows; y++) {
    let before: u8 = 0;
    const row = mask + <usize>y * <usize>nx;
    for (let x: i32 = 0; x < nx; x++) {
      const v = load<u8>(row + <usize>x);
      count += i32(v & ~before & 1);
      before = v;
    }
  }
  return count;
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
function joinRows(runs: usize, a: i32, aEnd: i32, b: i32, bEnd: i32, wide: i32, parents: usize): void {
  while (a < aEnd && b < bEnd) {
    const aFrom = load<i32>(runs + (<usize>a << 3));
    const aTo = load<i32>(runs + (<usize>a << 3), 4);
    const bFrom = load<i32>(runs + (<usize>b << 3));
    const bTo = load<i32>(runs + (<usize>b << 3), 4);
    if (aFrom < bTo + wide && bFrom < aTo + wide) {
      const p = rootOf(a, parents);
      const q = rootOf(b, parents);
      if (p < q) store<i32>(parents + (<usize>q << 2), p);
      else store<i32>(parents + (<usize>p << 2), q);
    }
    if (aTo < bTo) a++;
    else b++;
  }
}

/**
 * Finds the runs of a mask of `nx` × `ny` × `nz` bytes 0 or 1 and joins those that touch over 6, 18 or 26 neighbours (in a
 * single slice 6 is 4, 18 and 26 are 8). `runs`: (from, to) i32 pairs, x within the row, room for all runs;
 * `firsts`: number of the first run of each row, rows + 1; `parents`: i32 a run; afterwards the first run of its piece.
 */
export function regions_join_runs(
  mask: usize,
  nx: i32,
  ny: i32,
  nz: i32,
  neighbours: i32,
  runs: usize,
  firsts: usize,
  parents: usize,
): void {
  const flat: i32 = neighbours == 6 ? 0 : 1;
  const deep: i32 = neighbours == 26 ? 1 : 0;
  let count: i32 = 0;
  for (let z: i32 = 0, r: i32 = 0; z < nz; z++) {
    for (let y: i32 = 0; y < ny; y++, r++) {
      const row = mask + <usize>r * <usize>nx;
      const first = count;
      store<i32>(firsts + (<usize>r << 2), first);
      let x: i32 = 0;
      while (x < nx) {
        if (load<u8>(row + <usize>x) == 0) {
          x++;
          continue;
        }
        store<i32>(runs + (<usize>count << 3), x);
        while (x < nx && load<u8>(row + <usize>x) != 0) x++;
        store<i32>(runs + (<usize>count << 3), x, 4);
        store<i32>(parents + (<usize>count << 2), count);
        count++;
      }
      if (count == first) continue;
      if (y > 0) joinRows(runs, first, count, startOf(firsts, r - 1), first, flat, parents);
      if (z == 0) continue;
      const below = r - ny;
      joinRows(runs, first, count, startOf(firsts, below), startOf(firsts, below + 1), flat, parents);
      if (flat == 0) continue;
      if (y > 0) {
        joinRows(runs, first, count, startOf(firsts, below - 1), startOf(firsts, below), deep, parents);
      }
      if (y < ny - 1) {
        joinRows(runs, first, count, startOf(firsts, below + 1), startOf(firsts, below + 2), deep, parents);
      }
    }
  }
  store<i32>(firsts + (<usize>(ny * nz) << 2), count);
  // The root of a piece is its first run, so in order every root is found in one step more.
  for (let i: i32 = 0; i < count; i++) {
    const parent = load<i32>(parents + (<usize>i << 2));
    store<i32>(parents + (<usize>i << 2), load<i32>(parents + (<usize>parent << 2)));
  }
}

// @ts-ignore: decorator
@inline
function startOf(firsts: usize, row: i32): i32 {
  return load<i32>(firsts + (<usize>row << 2));
}
