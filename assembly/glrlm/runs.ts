// Twin of runsReference in src/radiomics/glrlm/reference.ts: equal integer counts, runs of length 1 apart.
//
// A run of two or more ends where a voxel equals the one before it and not the one after it: two vector comparisons for
// 16 voxels at once. How far each voxel is from the start of its run is carried along in vectors too, except along x,
// where the run is walked back from its end. Runs of length 1 are what is left of a level's voxels; the host subtracts.

/** Counts the run of two or more that ends at p. */
// @ts-ignore: decorator
@inline
function walk<T>(p: usize, step: usize, columns: usize, table: usize): u32 {
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
function equal<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 1 ? i8x16.eq(a, b) : i16x8.eq(a, b);
}

/** Along x: neighbours share vectors, so runs are walked. */
// @ts-ignore: decorator
@inline
function runsAlongX<T>(from: usize, to: usize, columns: usize, table: usize): u32 {
  let longest: u32 = 1;
  const zero = i32x4.splat(0);
  for (let p = from; p < to; p += 16) {
    const v = v128.load(p);
    if (!v128.any_true(v)) continue;
    const same = equal<T>(v, v128.load(p - sizeof<T>()));
    const end = v128.andnot(v128.andnot(same, equal<T>(v, v128.load(p + sizeof<T>()))), equal<T>(v, zero));
    let ends = sizeof<T>() == 1 ? i8x16.bitmask(end) : i16x8.bitmask(end);
    if (to - p < 16) ends &= (1 << <i32>((to - p) / sizeof<T>())) - 1;
    while (ends != 0) {
      const length = walk<T>(p + <usize>ctz(ends) * sizeof<T>(), sizeof<T>(), columns, table);
      if (length > longest) longest = length;
      ends &= ends - 1;
    }
  }
  return longest;
}

/** Marks, one bit a lane, where runs end in the vector at p; carries the distances from their starts on. */
// @ts-ignore: decorator
@inline
function endsAt<T>(p: usize, q: usize, step: usize): u64 {
  const v = v128.load(p);
  if (!v128.any_true(v)) return 0;
  const one = sizeof<T>() == 1 ? i8x16.splat(1) : i16x8.splat(1);
  const same = equal<T>(v, v128.load(p - step));
  const before = v128.load(q - step);
  const now = v128.and(same, sizeof<T>() == 1 ? i8x16.add_sat_u(before, one) : i16x8.add_sat_u(before, one));
  v128.store(q, now);
  const end = v128.andnot(v128.andnot(same, equal<T>(v, v128.load(p + step))), equal<T>(v, i32x4.splat(0)));
  return <u64>(sizeof<T>() == 1 ? i8x16.bitmask(end) : i16x8.bitmask(end));
}

/**
 * Along a direction whose step is at least a vector long. `behind`: a lane a voxel, equal voxels behind it. The ends of
 * four vectors are taken together: a loop over few bits costs most where it stops.
 */
// @ts-ignore: decorator
@inline
function runsAlong<T>(from: usize, to: usize, step: usize, columns: usize, table: usize, behind: usize): u32 {
  let longest: u32 = 1;
  const full: u32 = sizeof<T>() == 1 ? 255 : 65535;
  const lanes: u64 = 16 / sizeof<T>();
  const shift = behind - from;
  for (let p = from; p < to; p += 64) {
    const q = p + shift;
    let ends = endsAt<T>(p, q, step);
    if (p + 16 < to) ends |= endsAt<T>(p + 16, q + 16, step) << lanes;
    if (p + 32 < to) ends |= endsAt<T>(p + 32, q + 32, step) << (2 * lanes);
    if (p + 48 < to) ends |= endsAt<T>(p + 48, q + 48, step) << (3 * lanes);
    if (to - p < 64) ends &= (<u64>1 << <u64>((to - p) / sizeof<T>())) - 1;
    while (ends != 0) {
      const lane = <usize>ctz(ends) * sizeof<T>();
      ends &= ends - 1;
      const passed = <u32>load<T>(q + lane);
      let length = passed + 1;
      if (passed < full) {
        const at = table + ((<usize>length * columns + <usize>load<T>(p + lane)) << 2);
        store<u32>(at, load<u32>(at) + 1);
      } else {
        length = walk<T>(p + lane, step, columns, table);
      }
      if (length > longest) longest = length;
    }
  }
  return longest;
}

/**
 * Runs of length ≥ 2 along one direction, whose neighbour lies `step` voxels ahead (1, or 16 and more); returns the
 * longest length.
 * `levels`: padded ranks of `bytes` (1 or 2) bytes with 32 spare bytes; voxels from index `first` up to `last`.
 * `table`: [length][rank] u32 with `columns` = ranks + 1 columns, added to.
 * `behind`: scratch as large as the levels; `first` must not lie less than `step` from its start.
 */
export function glrlm_runs(
  levels: usize,
  bytes: i32,
  first: i32,
  last: i32,
  step: i32,
  columns: i32,
  table: usize,
  behind: usize,
): u32 {
  const w = <usize>bytes;
  const from = levels + <usize>first * w;
  const to = levels + <usize>last * w;
  const c = <usize>columns;
  const b = behind + <usize>first * w;
  if (bytes == 1) {
    return step == 1 ? runsAlongX<u8>(from, to, c, table) : runsAlong<u8>(from, to, <usize>step, c, table, b);
  }
  return step == 1 ? runsAlongX<u16>(from, to, c, table) : runsAlong<u16>(from, to, <usize>step << 1, c, table, b);
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
