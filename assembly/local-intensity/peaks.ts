// Twin of peaksReference in src/radiomics/local-intensity/reference.ts. Running sums along x turn each row of the
// sphere into one difference; the result differs from the reference by rounding only (about 1e-13 of the range).

/**
 * Mean of the image in the sphere around each voxel of the mask.
 * `rows`: [dy, dz, half] int32 for each row of the sphere; `sums`, `filled`: (nx+1)·ny·nz entries of scratch.
 */
export function local_intensity_peaks(
  image: usize,
  mask: usize,
  nx: i32,
  ny: i32,
  nz: i32,
  rows: usize,
  rowCount: i32,
  sums: usize,
  filled: usize,
  out: usize,
): void {
  let p = image;
  let s = sums;
  let f = filled;
  for (let row = 0; row < ny * nz; row++) {
    let sum: f64 = 0;
    let count = 0;
    store<f64>(s, 0);
    store<i32>(f, 0);
    for (let x = 0; x < nx; x++) {
      const v = load<f64>(p);
      if (isFinite(v)) {
        sum += v;
        count++;
      }
      p += 8;
      s += 8;
      f += 4;
      store<f64>(s, sum);
      store<i32>(f, count);
    }
    s += 8;
    f += 4;
  }
  const stride = <usize>(nx + 1);
  let m = mask;
  const end = rows + <usize>rowCount * 12;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, m++) {
        if (load<u8>(m) == 0) continue;
        let sum: f64 = 0;
        let count = 0;
        for (let r = rows; r < end; r += 12) {
          const j = y + load<i32>(r);
          const k = z + load<i32>(r, 4);
          if (j < 0 || j >= ny || k < 0 || k >= nz) continue;
          const half = load<i32>(r, 8);
          const base = <usize>(j + ny * k) * stride;
          const from = base + <usize>max(0, x - half);
          const to = base + <usize>min(nx, x + half + 1);
          sum += load<f64>(sums + (to << 3)) - load<f64>(sums + (from << 3));
          count += load<i32>(filled + (to << 2)) - load<i32>(filled + (from << 2));
        }
        store<f64>(out, sum / <f64>count);
        out += 8;
      }
    }
  }
}
