// Twin of the plain `Look` in src/radiomics/morphology/look.ts. Heights and lit sides are equal; the area of the
// shadow is summed in two lanes, so it differs by rounding.

/**
 * How far a hull reaches along a direction, and the area of its shadow.
 * `corners`: x, y, z in three arrays of `n` f64; `normals`: twice the area times the outward normal in three arrays of
 * `sides` f64, and their lengths in a fourth; both numbers even. Out: `lit`, a byte for each side, 1 where the
 * direction rises above it by more than `noise` times its length; `out`: lowest and highest corner, area, f64.
 */
export function morphology_shadow(
  corners: usize,
  n: i32,
  normals: usize,
  sides: i32,
  x: f64,
  y: f64,
  z: f64,
  noise: f64,
  lit: usize,
  out: usize,
): void {
  const dx = f64x2.splat(x);
  const dy = f64x2.splat(y);
  const dz = f64x2.splat(z);
  const row = <usize>n << 3;
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  for (let i = corners, end = corners + row; i < end; i += 16) {
    const h = along(i, row, dx, dy, dz);
    low = f64x2.pmin(low, h);
    high = f64x2.pmax(high, h);
  }
  const wide = <usize>sides << 3;
  const least = f64x2.splat(noise);
  const none = f64x2.splat(0);
  let area = none;
  for (let i = normals, end = normals + wide; i < end; i += 16) {
    const s = along(i, wide, dx, dy, dz);
    area = f64x2.add(area, f64x2.pmax(none, s));
    const bright = i64x2.bitmask(f64x2.gt(s, f64x2.mul(least, v128.load(i + 3 * wide))));
    store<u16>(lit, <u16>((bright & 1) | ((bright & 2) << 7)));
    lit += 2;
  }
  store<f64>(out, min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)));
  store<f64>(out, max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)), 8);
  store<f64>(out, (f64x2.extract_lane(area, 0) + f64x2.extract_lane(area, 1)) / 2, 16);
}

/** Two vectors of three arrays, `row` bytes from one to the next, along a direction. */
// @ts-ignore: decorator
@inline
function along(at: usize, row: usize, dx: v128, dy: v128, dz: v128): v128 {
  const xy = f64x2.add(f64x2.mul(dx, v128.load(at)), f64x2.mul(dy, v128.load(at + row)));
  return f64x2.add(xy, f64x2.mul(dz, v128.load(at + 2 * row)));
}
