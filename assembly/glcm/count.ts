// Twin of countReference in src/radiomics/glcm/reference.ts: equal integer counts.
//
// A voxel touches 13 counters, so the loop is bound by the number of instructions, and all is arranged to have few:
// - Counters lie in cells [i][j][16 directions] of 32 bytes, at constant offsets; voxels whose neighbours are alike
//   stay in few cache lines.
// - Levels are widened once to 16 bits and multiplied by the 32 bytes of a cell, so that a level is an address.
// - Counters have 16 bits. Counter (i, j) cannot exceed the number of voxels of level i; only when some level has more
//   than 65535 voxels are the cells emptied into the 32-bit result on the way.
// - Neighbours outside the region are counted into j = 0, without a test; nobody reads those.


/** In-plane directions at distance 1. `row`: cells of level i; `p`: the voxel; `py`: its neighbour (−1, 1). */
// @ts-ignore: decorator
@inline
function inPlane(row: usize, p: usize, py: usize): void {
  let cell = row + <usize>load<u16>(p, 2);
  store<u16>(cell, load<u16>(cell) + 1);
  cell = row + <usize>load<u16>(py);
  store<u16>(cell, load<u16>(cell, 2) + 1, 2);
  cell = row + <usize>load<u16>(py, 2);
  store<u16>(cell, load<u16>(cell, 4) + 1, 4);
  cell = row + <usize>load<u16>(py, 4);
  store<u16>(cell, load<u16>(cell, 6) + 1, 6);
}

/** Directions to the next slice at distance 1. `pa`, `pb`, `pc`: neighbours (−1, −1, 1), (−1, 0, 1), (−1, 1, 1). */
// @ts-ignore: decorator
@inline
function ahead(row: usize, pa: usize, pb: usize, pc: usize): void {
  let cell = row + <usize>load<u16>(pa);
  store<u16>(cell, load<u16>(cell, 8) + 1, 8);
  cell = row + <usize>load<u16>(pa, 2);
  store<u16>(cell, load<u16>(cell, 10) + 1, 10);
  cell = row + <usize>load<u16>(pa, 4);
  store<u16>(cell, load<u16>(cell, 12) + 1, 12);
  cell = row + <usize>load<u16>(pb);
  store<u16>(cell, load<u16>(cell, 14) + 1, 14);
  cell = row + <usize>load<u16>(pb, 2);
  store<u16>(cell, load<u16>(cell, 16) + 1, 16);
  cell = row + <usize>load<u16>(pb, 4);
  store<u16>(cell, load<u16>(cell, 18) + 1, 18);
  cell = row + <usize>load<u16>(pc);
  store<u16>(cell, load<u16>(cell, 20) + 1, 20);
  cell = row + <usize>load<u16>(pc, 2);
  store<u16>(cell, load<u16>(cell, 22) + 1, 22);
  cell = row + <usize>load<u16>(pc, 4);
  store<u16>(cell, load<u16>(cell, 24) + 1, 24);
}

// @ts-ignore: decorator
@inline
function bump(cell: usize, direction: usize): void {
  const at = cell + (direction << 1);
  store<u16>(at, load<u16>(at) + 1);
}

/** Three directions whose neighbours lie at q, q+d and q+2d: any distance. */
// @ts-ignore: decorator
@inline
function three(row: usize, q: usize, d: usize, direction: usize): void {
  bump(row + <usize>load<u16>(q), direction);
  bump(row + <usize>load<u16>(q + d), direction + 1);
  bump(row + <usize>load<u16>(q + (d << 1)), direction + 2);
}

/**
 * Adds the cells to `out` [direction][i][j], without level 0 (outside), and empties them: row by row, direction by
 * direction, since matrices of a power of two in size would otherwise fight for the same lines of the cache.
 */
function empty(cells: usize, out: usize, ranks: usize, directions: usize): void {
  const row = ranks << 5;
  for (let i: usize = 1; i <= ranks; i++) {
    const first = cells + ((i * (ranks + 1) + 1) << 5);
    for (let d: usize = 0; d < directions; d++) {
      let to = out + ((d * ranks + i - 1) * ranks << 2);
      const end = first + row + (d << 1);
      for (let cell = first + (d << 1); cell < end; cell += 32) {
        store<u32>(to, load<u32>(to) + load<u16>(cell));
        to += 4;
      }
    }
    memory.fill(first, 0, row);
  }
}

/**
 * Ranks to cell offsets: 32·rank in 16 bits.
 * `levels`: n ranks of `bytes` (1 or 2) bytes, at most 2047; read and written in steps of 16, so both arrays are
 * followed by 32 spare bytes.
 */
export function glcm_widen(levels: usize, bytes: i32, n: i32, wide: usize): void {
  if (bytes == 1) {
    for (let i: usize = 0; i < <usize>n; i += 16) {
      const v = v128.load(levels + i);
      v128.store(wide + (i << 1), i16x8.shl(i16x8.extend_low_i8x16_u(v), 5));
      v128.store(wide + (i << 1), i16x8.shl(i16x8.extend_high_i8x16_u(v), 5), 16);
    }
  } else {
    for (let i: usize = 0; i < <usize>n << 1; i += 16) v128.store(wide + i, i16x8.shl(v128.load(levels + i), 5));
  }
}

/** All directions of the voxel at q, whose level times 32 is i; `near` and `planar` are constants. */
// @ts-ignore: decorator
@inline
function visit(
  near: bool,
  planar: bool,
  i: usize,
  q: usize,
  d: usize,
  y: usize,
  a: usize,
  b: usize,
  c: usize,
  levels: usize,
  cells: usize,
): void {
  if (i == 0) return;
  const at = cells + i * levels;
  if (near) {
    inPlane(at, q, q + y);
    if (!planar) ahead(at, q + a, q + b, q + c);
  } else {
    bump(at + <usize>load<u16>(q + d), 0);
    three(at, q + y, d, 1);
    if (!planar) {
      three(at, q + a, d, 4);
      three(at, q + b, d, 7);
      three(at, q + c, d, 10);
    }
  }
}

// @ts-ignore: decorator
@inline
function count(
  near: bool,
  planar: bool,
  from: usize,
  to: usize,
  distance: usize,
  row: usize,
  plane: usize,
  ranks: usize,
  full: i32,
  cells: usize,
  out: usize,
): void {
  const d = distance << 1;
  const y = row * d - d;
  const z = plane * d;
  const a = z - row * d - d;
  const b = z - d;
  const c = z + y;
  const levels = ranks + 1;
  const directions: usize = planar ? 4 : 13;
  let left = full;
  for (let p = from; p < to; p += 8) {
    const four = load<u64>(p);
    if (four == 0) continue;
    if (left < 4) {
      empty(cells, out, ranks, directions);
      left = full;
    }
    left -= 4;
    const low = <u32>four;
    const high = <u32>(four >>> 32);
    visit(near, planar, <usize>(low & 0xffff), p, d, y, a, b, c, levels, cells);
    visit(near, planar, <usize>(low >>> 16), p + 2, d, y, a, b, c, levels, cells);
    visit(near, planar, <usize>(high & 0xffff), p + 4, d, y, a, b, c, levels, cells);
    visit(near, planar, <usize>(high >>> 16), p + 6, d, y, a, b, c, levels, cells);
  }
  empty(cells, out, ranks, directions);
}

/**
 * Counts the pairs (v, v + δ·m) of the directions m: 13, or the four in-plane ones when `plane` is 0.
 * `wide`: cell offsets of the padded volume; voxels from index `first` up to `last` are looked at, in fours.
 * `row`, `plane`: voxels from one row and one slice to the next; `full`: voxels after which a counter may be full.
 * `cells`: 32·(ranks+1)² bytes of scratch, zeroed once; `out`: [direction][i][j] u32, ranks × ranks each, added to.
 */
export function glcm_count(
  wide: usize,
  first: i32,
  last: i32,
  distance: i32,
  row: i32,
  plane: i32,
  ranks: i32,
  full: i32,
  cells: usize,
  out: usize,
): void {
  const from = wide + (<usize>first << 1);
  const to = wide + (<usize>last << 1);
  const d = <usize>distance;
  const y = <usize>row;
  const z = <usize>plane;
  const n = <usize>ranks;
  if (distance == 1) {
    if (plane == 0) count(true, true, from, to, 1, y, 0, n, full, cells, out);
    else count(true, false, from, to, 1, y, z, n, full, cells, out);
  } else if (plane == 0) count(false, true, from, to, d, y, 0, n, full, cells, out);
  else count(false, false, from, to, d, y, z, n, full, cells, out);
}
