// Twin of maskRows in src/imaging/mask-rows.ts: equal whole numbers.

/** A bit for each of 16 bytes that is not 0. */
// @ts-ignore: decorator
@inline
function bits(at: usize): u32 {
  return i8x16.bitmask(i8x16.ne(v128.load(at), i8x16.splat(0)));
}

/**
 * Rows along x that hold bytes of a mask that are not 0, into `out`, five i32 each: y, z, index of the first and of the
 * last voxel, number of voxels. `mask` starts with slice `from` and is followed by 16 spare bytes. Returns the number of rows.
 */
export function mask_rows_find(mask: usize, nx: i32, ny: i32, nz: i32, from: i32, out: usize): i32 {
  let found = 0;
  let start = nx * ny * from;
  let at = mask;
  const rest: u32 = nx & 15 ? (1 << (nx & 15)) - 1 : 0xffff;
  for (let z = from; z < from + nz; z++) {
    for (let y = 0; y < ny; y++) {
      let first = -1;
      let last = 0;
      let voxels = 0;
      for (let x = 0; x < nx; x += 16) {
        let inside = bits(at + <usize>x);
        if (x + 16 >= nx) inside &= rest;
        if (inside == 0) continue;
        if (first < 0) first = x + ctz(inside);
        last = x + 31 - clz(inside);
        voxels += popcnt(inside);
      }
      if (first >= 0) {
        store<i32>(out, y);
        store<i32>(out, z, 4);
        store<i32>(out, start + first, 8);
        store<i32>(out, start + last, 12);
        store<i32>(out, voxels, 16);
        out += 20;
        found++;
      }
      start += nx;
      at += <usize>nx;
    }
  }
  return found;
}
