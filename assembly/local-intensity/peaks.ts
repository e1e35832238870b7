// Twin of peaksReference in src/radiomics/local-intensity/reference.ts; differs from it by rounding only (about 1e-13
// of the range).
//
// A sphere is a set of rows along x, and the sum over a row is the difference of two running sums. Spheres are
// symmetric, so slices at equal distance above and below are added first; and rows of equal length are added as
// running sums, so that each length needs one difference. The slices in reach lie in a ring, small enough for the
// processor's own memory.

/** Bytes from one row of running sums to the next, and from one slice to the next; slices in the ring. */
let width: usize = 0;
let plane: usize = 0;
let ring: i32 = 0;
/** Where the addresses of rows and the running sums of one length go. */
let list: usize = 0;
let line: usize = 0;

/**
 * Brightest voxel of slices `from` to `to` of a mask, highest mean in a sphere around one that bright, and highest mean
 * of all: into `best`, three f64, which hold those so far.
 * `image`, `mask`: nx · ny · nz, which reach `ahead` slices beyond those asked for where the image has them; both are
 * followed by 16 spare bytes. `rows`: [dy, dz, half] i32 for each row of half a sphere (dz ≥ 0), sorted by half.
 * `reach`: the largest half. `voxels`: number of voxels in a sphere when every sphere is whole; 0 to count those that
 * have a value. `scratch`: `local_intensity_scratch` bytes.
 * Returns false, and means nothing, when spheres were said to be whole and some voxel has no value.
 */
export function local_intensity_peaks(
  image: usize,
  mask: usize,
  nx: i32,
  ny: i32,
  nz: i32,
  from: i32,
  to: i32,
  rows: usize,
  rowCount: i32,
  reach: i32,
  ahead: i32,
  voxels: i32,
  scratch: usize,
  best: usize,
): bool {
  lay(nx, ny, reach, ahead);
  const one = plane * <usize>(ring + ahead);
  const filled = scratch + one;
  line = voxels > 0 ? filled : filled + one;
  const total = line + width + 64;
  const count = total + width + 64;
  list = count + width + 64;
  const end = rows + <usize>rowCount * 12;
  const slice = <usize>(nx * ny);
  let ready = max(0, from - ahead);
  for (let z = from; z < to; z++) {
    for (; ready < nz && ready <= z + ahead; ready++) {
      const at = image + ((<usize>ready * slice) << 3);
      const whole = runningSums(at, nx, ny, reach, placeOf(scratch, ready), placeOf(filled, ready), voxels == 0);
      if (voxels > 0 && !whole) return false;
    }
    addPairs(scratch, z, nz, ahead);
    if (voxels == 0) addPairs(filled, z, nz, ahead);
    for (let y = 0; y < ny; y++) {
      const m = mask + <usize>z * slice + <usize>(y * nx);
      let first = 0;
      while (first < nx && load<u8>(m + first) == 0) first++;
      if (first == nx) continue;
      let last = nx - 1;
      while (load<u8>(m + last) == 0) last--;
      sumRows(scratch, z, y, ny, first, last, rows, end, reach, total);
      if (voxels == 0) sumRows(filled, z, y, ny, first, last, rows, end, reach, count);
      compare(m, image + ((<usize>z * slice + <usize>(y * nx)) << 3), first, last, total, count, voxels, best);
    }
  }
  return true;
}

/** Bytes of scratch that `local_intensity_peaks` needs. */
export function local_intensity_scratch(
  nx: i32,
  ny: i32,
  rowCount: i32,
  reach: i32,
  ahead: i32,
  voxels: i32,
): i32 {
  lay(nx, ny, reach, ahead);
  const kinds = voxels > 0 ? 1 : 2;
  return kinds * <i32>plane * (ring + ahead) + 3 * (<i32>width + 64) + 4 * rowCount;
}

function lay(nx: i32, ny: i32, reach: i32, ahead: i32): void {
  width = (<usize>(nx + 1 + 2 * reach)) << 3;
  plane = (width * <usize>ny + 79) & ~15;
  ring = 2 * ahead + 1;
}

// @ts-ignore: decorator
@inline
function placeOf(base: usize, z: i32): usize {
  return base + <usize>(z % ring) * plane;
}

/**
 * Running sums along the rows of a slice, with `reach` entries repeated at both ends so that no bound needs to be
 * tested; and of the number of values where `counted`. Returns whether every voxel has a value, unless counted.
 */
function runningSums(
  image: usize,
  nx: i32,
  ny: i32,
  reach: i32,
  sums: usize,
  filled: usize,
  counted: bool,
): bool {
  const side = <usize>reach << 3;
  const n = <usize>nx << 3;
  for (let y = 0; y < ny; y++) {
    let sum: f64 = 0;
    memory.fill(sums, 0, side);
    if (counted) {
      let count: f64 = 0;
      memory.fill(filled, 0, side);
      for (let x: usize = 0; x < n; x += 8) {
        store<f64>(sums + side + x, sum);
        store<f64>(filled + side + x, count);
        const v = load<f64>(image + x);
        if (!isFinite(v)) continue;
        sum += v;
        count++;
      }
      for (let x = side + n; x < width; x += 8) store<f64>(filled + x, count);
    } else {
      for (let x: usize = 0; x < n; x += 8) {
        store<f64>(sums + side + x, sum);
        sum += load<f64>(image + x);
      }
      if (!isFinite(sum)) return false;
    }
    for (let x = side + n; x < width; x += 8) store<f64>(sums + x, sum);
    image += n;
    sums += width;
    filled += width;
  }
  return true;
}

/** Sums of the slices at equal distance from z on both sides, behind the ring. */
function addPairs(base: usize, z: i32, nz: i32, ahead: i32): void {
  for (let k = 1; k <= ahead; k++) {
    const out = base + <usize>(ring + k - 1) * plane;
    const up = z + k < nz ? placeOf(base, z + k) : 0;
    const down = z >= k ? placeOf(base, z - k) : 0;
    if (up == 0 && down == 0) memory.fill(out, 0, plane);
    else if (up == 0 || down == 0) memory.copy(out, up + down, plane);
    else {
      for (let i: usize = 0; i < plane; i += 16) {
        v128.store(out + i, f64x2.add(v128.load(up + i), v128.load(down + i)));
      }
    }
  }
}

/** Sums in the spheres around voxels `first` to `last` of a row, into `total`. */
function sumRows(
  base: usize,
  z: i32,
  y: i32,
  ny: i32,
  first: i32,
  last: i32,
  rows: usize,
  end: usize,
  reach: i32,
  total: usize,
): void {
  memory.fill(total, 0, width);
  for (let r = rows; r < end; ) {
    const half = load<i32>(r, 8);
    let listed = list;
    for (; r < end && load<i32>(r, 8) == half; r += 12) {
      const j = y + load<i32>(r);
      if (j < 0 || j >= ny) continue;
      const k = load<i32>(r, 4);
      const slice = k == 0 ? placeOf(base, z) : base + <usize>(ring + k - 1) * plane;
      store<u32>(listed, slice + <usize>j * width);
      listed += 4;
    }
    const low = (<usize>(first - half + reach)) << 3;
    const high = (<usize>(last + half + 1 + reach)) << 3;
    for (let i = low; i <= high; i += 64) {
      let a = f64x2.splat(0);
      let b = a;
      let c = a;
      let d = a;
      for (let at = list; at < listed; at += 4) {
        const row = <usize>load<u32>(at) + i;
        a = f64x2.add(a, v128.load(row));
        b = f64x2.add(b, v128.load(row, 16));
        c = f64x2.add(c, v128.load(row, 32));
        d = f64x2.add(d, v128.load(row, 48));
      }
      v128.store(line + i, a);
      v128.store(line + i, b, 16);
      v128.store(line + i, c, 32);
      v128.store(line + i, d, 48);
    }
    const span = (<usize>(2 * half + 1)) << 3;
    const from = line + ((<usize>(reach - half)) << 3);
    for (let x = <usize>first << 3; x <= <usize>last << 3; x += 16) {
      const sum = f64x2.sub(v128.load(from + span + x), v128.load(from + x));
      v128.store(total + x, f64x2.add(v128.load(total + x), sum));
    }
  }
}

/** Takes the voxels of a row into `best`. */
function compare(
  mask: usize,
  image: usize,
  first: i32,
  last: i32,
  total: usize,
  count: usize,
  voxels: i32,
  best: usize,
): void {
  const none = f64x2.splat(-Infinity);
  let number = f64x2.splat(<f64>voxels);
  let most = v128.load64_splat(best, 16);
  let brightest = load<f64>(best);
  for (let x = first; x <= last; x += 2) {
    const pair = x == last ? <u32>load<u8>(mask + x) : <u32>load<u16>(mask + x);
    if (pair == 0) continue;
    const at = <usize>x << 3;
    const inside = i64x2.ne(
      i64x2.replace_lane(i64x2.splat(<i64>(pair & 0xff)), 1, <i64>(pair >> 8)),
      i64x2.splat(0),
    );
    if (voxels == 0) number = v128.load(count + at);
    const mean = f64x2.div(v128.load(total + at), number);
    most = f64x2.pmax(most, v128.bitselect(mean, none, inside));
    const value = v128.bitselect(v128.load(image + at), none, inside);
    if (!v128.any_true(f64x2.ge(value, f64x2.splat(brightest)))) continue;
    brighter(f64x2.extract_lane(value, 0), f64x2.extract_lane(mean, 0), best);
    brighter(f64x2.extract_lane(value, 1), f64x2.extract_lane(mean, 1), best);
    brightest = load<f64>(best);
  }
  store<f64>(best, max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)), 16);
}

function brighter(value: f64, mean: f64, best: usize): void {
  const brightest = load<f64>(best);
  if (value == -Infinity || value < brightest) return;
  store<f64>(best, value);
  if (value > brightest || mean > load<f64>(best, 8)) store<f64>(best, mean, 8);
}
