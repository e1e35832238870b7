// Twin of growReference in src/regions/morphology/grow-reference.ts: the same set of voxels, by whole runs along x.

/** A run from `from` up to but without `to`: marked, and put on the stack, which grows into fresh memory. */
// @ts-ignore: decorator
@inline
function push(voxels: usize, from: i32, to: i32, stack: usize, top: i32): i32 {
  memory.fill(voxels + <usize>from, 2, <usize>(to - from));
  const at = stack + (<usize>top << 3);
  if (at + 8 > <usize>memory.size() << 16) {
    // A quarter more at a time, and at least a megabyte.
    if (memory.grow(max(16, memory.size() >> 2)) < 0 && memory.grow(1) < 0) unreachable();
  }
  store<i32>(at, from);
  store<i32>(at, to, 4);
  return top + 1;
}

/** Runs of voxels 1 of another row that touch those from `from` up to `to`. */
// @ts-ignore: decorator
@inline
function touch(voxels: usize, from: i32, to: i32, stack: usize, top: i32): i32 {
  let i = from;
  while (i < to) {
    if (load<u8>(voxels + <usize>i) != 1) {
      i++;
      continue;
    }
    let first = i;
    while (load<u8>(voxels + <usize>(first - 1)) == 1) first--;
    let last = i + 1;
    while (load<u8>(voxels + <usize>last) == 1) last++;
    top = push(voxels, first, last, stack, top);
    i = last + 1;
  }
  return top;
}

/**
 * Grows from the voxel at index `seed` over all voxels 1 that are connected with it, which become 2; returns their number.
 * `voxels`: bytes 0 or 1, a border of 0 around (no border along z when `plane` is 0: one slice). `neighbours`: 6, 18 or
 * 26 (4 or 8 in a slice). `stack`: the last thing in memory.
 */
export function regions_grow(
  voxels: usize,
  seed: i32,
  row: i32,
  plane: i32,
  neighbours: i32,
  stack: usize,
): i32 {
  const wide: i32 = neighbours == 6 || neighbours == 4 ? 0 : 1;
  const corner: i32 = neighbours == 26 ? 1 : 0;
  let top = touch(voxels, seed, seed + 1, stack, 0);
  let count: i32 = 0;
  while (top > 0) {
    top--;
    const at = stack + (<usize>top << 3);
    const from = load<i32>(at);
    const to = load<i32>(at, 4);
    count += to - from;
    const a = from - wide;
    const b = to + wide;
    top = touch(voxels, a - row, b - row, stack, top);
    top = touch(voxels, a + row, b + row, stack, top);
    if (plane == 0) continue;
    top = touch(voxels, a - plane, b - plane, stack, top);
    top = touch(voxels, a + plane, b + plane, stack, top);
    if (wide == 0) continue;
    const c = from - corner;
    const d = to + corner;
    top = touch(voxels, c - plane - row, d - plane - row, stack, top);
    top = touch(voxels, c - plane + row, d - plane + row, stack, top);
    top = touch(voxels, c + plane - row, d + plane - row, stack, top);
    top = touch(voxels, c + plane + row, d + plane + row, stack, top);
  }
  return count;
}
