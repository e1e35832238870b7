// Twin of distanceReference in src/radiomics/zones-reference.ts: the exact city-block distance to the nearest voxel
// outside the mask, in two passes over memory. The step along x is a running minimum, done for eight voxels at once
// by doubling; pads of zeros end every row, so rows need no treatment of their own.

// @ts-ignore: decorator
@inline
function plus(a: v128, steps: i16): v128 {
  return i16x8.add_sat_u(a, i16x8.splat(steps));
}

/**
 * `mask`: bytes 0 or 1, padded by one, rows of at least 16 voxels; voxels from index `first` up to `last`, a multiple
 * of 8 apart at most 7 over. `plane` 0 keeps to the slice. `out`: zeroed u16 for each voxel, 32 spare bytes.
 */
export function gldzm_distance(mask: usize, first: i32, last: i32, row: i32, plane: i32, out: usize): void {
  const far = i16x8.splat(-1);
  const up = i16x8(1, 2, 3, 4, 5, 6, 7, 8);
  const down = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  const y = <usize>row << 1;
  const z = <usize>plane << 1;
  let carry = i16x8.splat(0);
  let i: i32 = first;
  for (; i < last; i += 8) {
    const at = out + (<usize>i << 1);
    const inside = i16x8.sub(i16x8.splat(0), i16x8.extend_low_i8x16_u(v128.load64_zero(mask + <usize>i)));
    let d = v128.load(at - y);
    if (plane != 0) d = i16x8.min_u(d, v128.load(at - z));
    d = v128.and(plus(d, 1), inside);
    d = i16x8.min_u(d, plus(i8x16.shuffle(far, d, 0, 1, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29), 1));
    d = i16x8.min_u(d, plus(i8x16.shuffle(far, d, 0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27), 2));
    d = i16x8.min_u(d, plus(i8x16.shuffle(far, d, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23), 4));
    d = i16x8.min_u(d, i16x8.add_sat_u(carry, up));
    v128.store(at, d);
    carry = i8x16.shuffle(d, d, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15);
  }
  carry = i16x8.splat(0);
  for (i -= 8; i >= first; i -= 8) {
    const at = out + (<usize>i << 1);
    let d = v128.load(at, 0);
    let n = v128.load(at + y);
    if (plane != 0) n = i16x8.min_u(n, v128.load(at + z));
    d = i16x8.min_u(d, plus(n, 1));
    d = i16x8.min_u(d, plus(i8x16.shuffle(d, far, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17), 1));
    d = i16x8.min_u(d, plus(i8x16.shuffle(d, far, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19), 2));
    d = i16x8.min_u(d, plus(i8x16.shuffle(d, far, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23), 4));
    d = i16x8.min_u(d, i16x8.add_sat_u(carry, down));
    v128.store(at, d);
    carry = i8x16.shuffle(d, d, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
  }
}
