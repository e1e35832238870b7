// Twin of gridCutReference in src/regions/segment/markov-random-field/grid-cut.ts: the same side for every voxel, since
// the least set that a minimum cut leaves with the source is unique. Boykov Y, Kolmogorov V, IEEE Trans Pattern Anal
// Mach Intell 2004;26:1124: two trees grow from the terminals, and orphans look for new parents nearest to a terminal.
//
// A voxel is a record of 48 bytes: six residual capacities (+x −x +y −y +z −z), then the fields below. Records of one
// plane lie before and after the lattice, all zero, so that no neighbour needs a bounds test.

const SIZE: usize = 48;
const TERMINAL_CAP: usize = 24; // i32: above 0 from the source, below 0 to the sink
const TIME: usize = 28; // i32: when `DISTANCE` was found
const DISTANCE: usize = 32; // i32: steps to the terminal
const NEXT: usize = 36; // the next active voxel; itself at the end; 0 when not in the queue
const PARENT: usize = 40; // u8: 0 none, 1 + direction, or one of
const TREE: usize = 41; // u8: 0 source, 1 sink

const AT_TERMINAL: u32 = 7;
const ORPHAN: u32 = 8;
const FAR: i32 = 0x3fffffff;

let stepX: isize = 0;
let stepY: isize = 0;
let stepZ: isize = 0;
let now: i32 = 0;
// Two queues of active voxels: one is emptied while the other fills.
let firstNow: usize = 0;
let lastNow: usize = 0;
let firstNext: usize = 0;
let lastNext: usize = 0;
// A ring of orphans; `ringMask` + 1 places of four bytes.
let ring: usize = 0;
let ringMask: u32 = 0;
let ringHead: u32 = 0;
let ringTail: u32 = 0;

// @ts-ignore: decorator
@inline
function neighbour(p: usize, d: u32): usize {
  const axis = d >> 1;
  const step = axis == 0 ? stepX : axis == 1 ? stepY : stepZ;
  return d & 1 ? p - step : p + step;
}

// @ts-ignore: decorator
@inline
function capacity(p: usize, d: u32): i32 {
  return load<i32>(p + (<usize>d << 2));
}

// @ts-ignore: decorator
@inline
function raise(p: usize, d: u32, by: i32): i32 {
  const c = capacity(p, d) + by;
  store<i32>(p + (<usize>d << 2), c);
  return c;
}

// @ts-ignore: decorator
@inline
function activate(p: usize): void {
  if (load<u32>(p, NEXT) != 0) return;
  if (lastNext != 0) store<u32>(lastNext, <u32>p, NEXT);
  else firstNext = p;
  lastNext = p;
  store<u32>(p, <u32>p, NEXT);
}

function nextActive(): usize {
  while (true) {
    let p = firstNow;
    if (p == 0) {
      p = firstNext;
      firstNow = p;
      lastNow = lastNext;
      firstNext = 0;
      lastNext = 0;
      if (p == 0) return 0;
    }
    const next = <usize>load<u32>(p, NEXT);
    if (next == p) {
      firstNow = 0;
      lastNow = 0;
    } else firstNow = next;
    store<u32>(p, 0, NEXT);
    if (load<u8>(p, PARENT) != 0) return p;
  }
}

// @ts-ignore: decorator
@inline
function orphanFirst(p: usize): void {
  store<u8>(p, ORPHAN, PARENT);
  ringHead = (ringHead - 1) & ringMask;
  store<u32>(ring + (<usize>ringHead << 2), <u32>p);
}

// @ts-ignore: decorator
@inline
function orphanLast(p: usize): void {
  store<u8>(p, ORPHAN, PARENT);
  store<u32>(ring + (<usize>ringTail << 2), <u32>p);
  ringTail = (ringTail + 1) & ringMask;
}

/** Residual capacity of the edge between p and its neighbour, in the sense from source to sink for a tree. */
// @ts-ignore: decorator
@inline
function outward(p: usize, q: usize, d: u32, tree: u32): i32 {
  return tree == 0 ? capacity(p, d) : capacity(q, d ^ 1);
}

// @ts-ignore: decorator
@inline
function inward(p: usize, q: usize, d: u32, tree: u32): i32 {
  return tree == 0 ? capacity(q, d ^ 1) : capacity(p, d);
}

/** Grows the tree of p by its neighbours; the direction that meets the other tree, or −1. */
function grow(p: usize): i32 {
  const tree = <u32>load<u8>(p, TREE);
  const time = load<i32>(p, TIME);
  const distance = load<i32>(p, DISTANCE);
  for (let d: u32 = 0; d < 6; d++) {
    const q = neighbour(p, d);
    if (outward(p, q, d, tree) == 0) continue;
    if (load<u8>(q, PARENT) == 0) {
      store<u8>(q, tree, TREE);
      store<u8>(q, <u8>((d ^ 1) + 1), PARENT);
      store<i32>(q, time, TIME);
      store<i32>(q, distance + 1, DISTANCE);
      activate(q);
    } else if (load<u8>(q, TREE) != tree) {
      return <i32>d;
    } else if (load<i32>(q, TIME) <= time && load<i32>(q, DISTANCE) > distance) {
      store<u8>(q, <u8>((d ^ 1) + 1), PARENT);
      store<i32>(q, time, TIME);
      store<i32>(q, distance + 1, DISTANCE);
    }
  }
  return -1;
}

/** Sends what the path through the edge p → q can carry; p in the source tree, q in the sink tree. */
function augment(p: usize, q: usize, d: u32): i32 {
  let least = capacity(p, d);
  let i = p;
  let parent = <u32>load<u8>(i, PARENT);
  while (parent != AT_TERMINAL) {
    const up = neighbour(i, parent - 1);
    least = min(least, capacity(up, (parent - 1) ^ 1));
    i = up;
    parent = <u32>load<u8>(i, PARENT);
  }
  least = min(least, load<i32>(i, TERMINAL_CAP));
  i = q;
  parent = <u32>load<u8>(i, PARENT);
  while (parent != AT_TERMINAL) {
    least = min(least, capacity(i, parent - 1));
    i = neighbour(i, parent - 1);
    parent = <u32>load<u8>(i, PARENT);
  }
  least = min(least, -load<i32>(i, TERMINAL_CAP));

  raise(q, d ^ 1, least);
  raise(p, d, -least);
  i = p;
  parent = <u32>load<u8>(i, PARENT);
  while (parent != AT_TERMINAL) {
    const up = neighbour(i, parent - 1);
    raise(i, parent - 1, least);
    if (raise(up, (parent - 1) ^ 1, -least) == 0) orphanFirst(i);
    i = up;
    parent = <u32>load<u8>(i, PARENT);
  }
  let left = load<i32>(i, TERMINAL_CAP) - least;
  store<i32>(i, left, TERMINAL_CAP);
  if (left == 0) orphanFirst(i);
  i = q;
  parent = <u32>load<u8>(i, PARENT);
  while (parent != AT_TERMINAL) {
    const up = neighbour(i, parent - 1);
    raise(up, (parent - 1) ^ 1, least);
    if (raise(i, parent - 1, -least) == 0) orphanFirst(i);
    i = up;
    parent = <u32>load<u8>(i, PARENT);
  }
  left = load<i32>(i, TERMINAL_CAP) + least;
  store<i32>(i, left, TERMINAL_CAP);
  if (left == 0) orphanFirst(i);
  return least;
}

/** Steps from j to its terminal, or FAR when it hangs on an orphan. */
// @ts-ignore: decorator
@inline
function origin(j: usize): i32 {
  let steps: i32 = 0;
  let i = j;
  while (true) {
    if (load<i32>(i, TIME) == now) return steps + load<i32>(i, DISTANCE);
    const parent = <u32>load<u8>(i, PARENT);
    steps++;
    if (parent == AT_TERMINAL) {
      store<i32>(i, now, TIME);
      store<i32>(i, 1, DISTANCE);
      return steps;
    }
    if (parent == ORPHAN) return FAR;
    i = neighbour(i, parent - 1);
  }
}

/** A new parent for an orphan, the one nearest to the terminal; without one it becomes free, and its children orphans. */
function adopt(p: usize): void {
  const tree = <u32>load<u8>(p, TREE);
  let best: u32 = 0;
  let least = FAR;
  for (let d: u32 = 0; d < 6; d++) {
    const q = neighbour(p, d);
    if (inward(p, q, d, tree) == 0) continue;
    if (<u32>load<u8>(q, TREE) != tree || load<u8>(q, PARENT) == 0) continue;
    let steps = origin(q);
    if (steps == FAR) continue;
    if (steps < least) {
      best = d + 1;
      least = steps;
    }
    let i = q;
    while (load<i32>(i, TIME) != now) {
      store<i32>(i, now, TIME);
      store<i32>(i, steps--, DISTANCE);
      i = neighbour(i, <u32>load<u8>(i, PARENT) - 1);
    }
  }
  store<u8>(p, <u8>best, PARENT);
  if (best != 0) {
    store<i32>(p, now, TIME);
    store<i32>(p, least + 1, DISTANCE);
    return;
  }
  for (let d: u32 = 0; d < 6; d++) {
    const q = neighbour(p, d);
    const parent = <u32>load<u8>(q, PARENT);
    if (parent == 0 || <u32>load<u8>(q, TREE) != tree) continue;
    if (inward(p, q, d, tree) != 0) activate(q);
    if (parent == (d ^ 1) + 1) orphanLast(q);
  }
}

/**
 * Minimum cut of a lattice of nx × ny × nz voxels. `records`: as above, the first record of the lattice (one plane of
 * zero records before it, one behind); `orphans`: ring of `places` (a power of two above the number of voxels) times
 * four bytes; `side`: u8, 1 for voxels that the source reaches. Returns the flow through the lattice.
 */
export function markov_random_field_grid_cut(
  records: usize,
  nx: i32,
  ny: i32,
  nz: i32,
  orphans: usize,
  places: i32,
  side: usize,
): f64 {
  const count = <usize>nx * <usize>ny * <usize>nz;
  const end = records + count * SIZE;
  stepX = <isize>SIZE;
  stepY = <isize>SIZE * nx;
  stepZ = <isize>SIZE * nx * ny;
  ring = orphans;
  ringMask = <u32>places - 1;
  ringHead = 0;
  ringTail = 0;
  now = 0;
  firstNow = 0;
  lastNow = 0;
  firstNext = 0;
  lastNext = 0;
  for (let p = records; p < end; p += SIZE) {
    const terminal = load<i32>(p, TERMINAL_CAP);
    if (terminal == 0) continue;
    store<u8>(p, terminal > 0 ? 0 : 1, TREE);
    store<u8>(p, AT_TERMINAL, PARENT);
    store<i32>(p, 1, DISTANCE);
    activate(p);
  }
  let flow: f64 = 0;
  let current: usize = 0;
  while (true) {
    let p = current;
    if (p != 0) {
      store<u32>(p, 0, NEXT);
      if (load<u8>(p, PARENT) == 0) p = 0;
    }
    if (p == 0) {
      p = nextActive();
      if (p == 0) break;
    }
    const met = grow(p);
    now++;
    if (met < 0) {
      current = 0;
      continue;
    }
    store<u32>(p, <u32>p, NEXT);
    current = p;
    const q = neighbour(p, <u32>met);
    flow += load<u8>(p, TREE) == 0 ? augment(p, q, <u32>met) : augment(q, p, <u32>met ^ 1);
    while (ringHead != ringTail) {
      const orphan = <usize>load<u32>(ring + (<usize>ringHead << 2));
      ringHead = (ringHead + 1) & ringMask;
      adopt(orphan);
    }
  }
  for (let n: usize = 0; n < count; n++) {
    const p = records + n * SIZE;
    store<u8>(side + n, load<u8>(p, PARENT) != 0 && load<u8>(p, TREE) == 0 ? 1 : 0);
  }
  return flow;
}
