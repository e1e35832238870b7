// Twin of distanceReference in src/regions/morphology/distance-reference.ts: squared Euclidean distances, axis by axis,
// by the lower envelope of parabolas (Felzenszwalb and Huttenlocher 2012). Sums in float64, kept as float32.

const FAR: f32 = Infinity;

/** Along x: the step to the nearest voxel 1 of the row, there and back. */
function alongX(mask: usize, nx: i32, rows: i32, step: f64, out: usize): void {
  for (let r: i32 = 0; r < rows; r++) {
    const row = <usize>r * <usize>nx;
    let gap: i32 = -1;
    for (let x: i32 = 0; x < nx; x++) {
      if (load<u8>(mask + row + <usize>x) != 0) gap = 0;
      else if (gap >= 0) gap++;
      const d = <f64>gap * step;
      store<f32>(out + ((row + <usize>x) << 2), gap < 0 ? FAR : <f32>(d * d));
    }
    gap = -1;
    for (let x = nx - 1; x >= 0; x--) {
      const at = out + ((row + <usize>x) << 2);
      if (load<u8>(mask + row + <usize>x) != 0) gap = 0;
      else if (gap >= 0) gap++;
      if (gap < 0) continue;
      const d = <f64>gap * step;
      store<f32>(at, min(load<f32>(at), <f32>(d * d)));
    }
  }
}

/** Along another axis: one line of `n` values, `stride` bytes apart, by the envelope of their parabolas. */
function alongLine(first: usize, n: i32, stride: usize, square: f64, places: usize, values: usize, ends: usize): void {
  // places: i32 index of each parabola of the envelope; values: f64 its height; ends: f64 where it begins to be lowest.
  let count: i32 = 0;
  let at = first;
  for (let i: i32 = 0; i < n; i++, at += stride) {
    const v = load<f32>(at);
    if (v == FAR) continue;
    const own = <f64>v + square * <f64>i * <f64>i;
    let begin: f64 = -Infinity;
    while (count > 0) {
      const k = count - 1;
      const p = load<i32>(places + (<usize>k << 2));
      const other = load<f64>(values + (<usize>k << 3)) + square * <f64>p * <f64>p;
      begin = (own - other) / (2 * square * <f64>(i - p));
      if (begin > load<f64>(ends + (<usize>k << 3))) break;
      count--;
      begin = -Infinity;
    }
    store<i32>(places + (<usize>count << 2), i);
    store<f64>(values + (<usize>count << 3), <f64>v);
    store<f64>(ends + (<usize>count << 3), begin);
    count++;
  }
  if (count == 0) return;
  let k: i32 = 0;
  at = first;
  for (let i: i32 = 0; i < n; i++, at += stride) {
    while (k + 1 < count && load<f64>(ends + (<usize>(k + 1) << 3)) < <f64>i) k++;
    const d = <f64>(i - load<i32>(places + (<usize>k << 2)));
    store<f32>(at, <f32>(load<f64>(values + (<usize>k << 3)) + square * d * d));
  }
}

/**
 * Squared distance of every voxel centre to the nearest voxel 1, Infinity when there is none.
 * `mask`: bytes; `sx`, `sy`, `sz`: spacing; `out`: f32 a voxel; `scratch`: 20 bytes for each voxel of the longest axis,
 * aligned to 8.
 */
export function regions_distance(
  mask: usize,
  nx: i32,
  ny: i32,
  nz: i32,
  sx: f64,
  sy: f64,
  sz: f64,
  out: usize,
  scratch: usize,
): void {
  const longest = <usize>max(ny, nz);
  const values = scratch;
  const ends = values + (longest << 3);
  const places = ends + (longest << 3);
  alongX(mask, nx, ny * nz, sx, out);
  const row = <usize>nx << 2;
  const plane = row * <usize>ny;
  if (ny > 1) {
    for (let z: i32 = 0; z < nz; z++) {
      for (let x: i32 = 0; x < nx; x++) {
        alongLine(out + <usize>z * plane + (<usize>x << 2), ny, row, sy * sy, places, values, ends);
      }
    }
  }
  if (nz > 1) {
    for (let i: i32 = 0; i < nx * ny; i++) {
      alongLine(out + (<usize>i << 2), nz, plane, sz * sz, places, values, ends);
    }
  }
}
