// Twin of peaksReference in src/radiomics/local-intensity/reference.ts. Running sums along x turn each row of the
// sphere into one difference; the result differs from the reference by rounding only (about 1e-13 of the range).

/**
 * Sums and counts of the image in the sphere around each voxel of the mask, as means.
 * `rows`: [dy, dz, half] int32 for each row of the sphere. `sums`, `filled`: scratch, ny·nz rows of nx + 1 + 2·reach
 * doubles: the running sums, with `reach` entries repeated at both ends so that no bound needs to be tested.
 * `line`: scratch of 2·(nx + 2) doubles. `voxels`: number of voxels in a sphere when every sphere is whole and free of
 * gaps, so that nothing needs counting; else 0.
 */
export function local_intensity_peaks(
  image: usize,
  mask: usize,
  nx: i32,
  ny: i32,
  nz: i32,
  rows: usize,
  rowCount: i32,
  reach: i32,
  sums: usize,
  filled: usize,
  line: usize,
  voxels: i32,
  out: usize,
): void {
  const width = (<usize>(nx + 1 + 2 * reach)) << 3;
  runningSums(image, nx, ny * nz, reach, sums, filled);
  const means = line;
  const counts = line + ((<usize>(nx + 2)) << 3);
  const end = rows + <usize>rowCount * 12;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const m = mask + <usize>(nx * (y + ny * z));
      let first = 0;
      while (first < nx && load<u8>(m + first) == 0) first++;
      if (first == nx) continue;
      let last = nx - 1;
      while (load<u8>(m + last) == 0) last--;
      memory.fill(line, 0, (<usize>(nx + 2)) << 4);
      for (let r = rows; r < end; r += 12) {
        const j = y + load<i32>(r);
        const k = z + load<i32>(r, 4);
        if (j < 0 || j >= ny || k < 0 || k >= nz) continue;
        const half = load<i32>(r, 8);
        const row = <usize>(j + ny * k) * width;
        const high = row + ((<usize>(reach + half + 1)) << 3);
        const low = row + ((<usize>(reach - half)) << 3);
        for (let x = first; x <= last; x += 2) {
          const at = (<usize>x) << 3;
          const sum = f64x2.sub(v128.load(sums + high + at), v128.load(sums + low + at));
          v128.store(means + at, f64x2.add(v128.load(means + at), sum));
        }
        if (voxels > 0) continue;
        for (let x = first; x <= last; x += 2) {
          const at = (<usize>x) << 3;
          const count = f64x2.sub(v128.load(filled + high + at), v128.load(filled + low + at));
          v128.store(counts + at, f64x2.add(v128.load(counts + at), count));
        }
      }
      for (let x = first; x <= last; x++) {
        if (load<u8>(m + x) == 0) continue;
        const n = voxels > 0 ? <f64>voxels : load<f64>(counts + ((<usize>x) << 3));
        store<f64>(out, load<f64>(means + ((<usize>x) << 3)) / n);
        out += 8;
      }
    }
  }
}

function runningSums(image: usize, nx: i32, rows: i32, reach: i32, sums: usize, filled: usize): void {
  for (let row = 0; row < rows; row++) {
    let sum: f64 = 0;
    let count: f64 = 0;
    for (let x = -reach; x <= nx + reach; x++) {
      store<f64>(sums, sum);
      store<f64>(filled, count);
      sums += 8;
      filled += 8;
      if (x < 0 || x >= nx) continue;
      const v = load<f64>(image);
      image += 8;
      if (isFinite(v)) {
        sum += v;
        count++;
      }
    }
  }
}
