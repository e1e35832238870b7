// Twin of boundsOf, pack and paddedMask in src/radiomics/padded-levels.ts: equal bytes.

/**
 * First and last x, y, z of all non-zero bytes of a mask, into `out`, six i32; false when there is none.
 * `row`: nx + 16 zeroed bytes of scratch; the mask is followed by 16 spare bytes.
 */
export function padded_levels_bounds(mask: usize, nx: i32, ny: i32, nz: i32, row: usize, out: usize): bool {
  let y0 = ny;
  let y1 = -1;
  let z0 = nz;
  let z1 = -1;
  const n = <usize>nx;
  let p = mask;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      let any = i8x16.splat(0);
      let x: usize = 0;
      for (; x + 16 <= n; x += 16) {
        const v = v128.load(p + x);
        any = v128.or(any, v);
        v128.store(row + x, v128.or(v128.load(row + x), v));
      }
      let rest: u32 = 0;
      for (; x < n; x++) {
        const b = load<u8>(p + x);
        rest |= b;
        store<u8>(row + x, load<u8>(row + x) | b);
      }
      p += n;
      if (rest == 0 && !v128.any_true(any)) continue;
      y0 = min(y0, y);
      y1 = max(y1, y);
      z0 = min(z0, z);
      z1 = z;
    }
  }
  if (z1 < 0) return false;
  let x0 = 0;
  while (load<u8>(row + <usize>x0) == 0) x0++;
  let x1 = nx - 1;
  while (load<u8>(row + <usize>x1) == 0) x1--;
  store<i32>(out, x0);
  store<i32>(out, x1, 4);
  store<i32>(out, y0, 8);
  store<i32>(out, y1, 12);
  store<i32>(out, z0, 16);
  store<i32>(out, z1, 20);
  return true;
}

/** One row of n 16-bit levels into bytes. */
// @ts-ignore: decorator
@inline
function narrow(from: usize, to: usize, n: usize): void {
  let x: usize = 0;
  for (; x + 16 <= n; x += 16) {
    const a = v128.load(from + (x << 1));
    const b = v128.load(from + (x << 1), 16);
    v128.store(to + x, i8x16.narrow_i16x8_u(a, b));
  }
  for (; x < n; x++) store<u8>(to + x, <u8>load<u16>(from + (x << 1)));
}

/**
 * Copies a box of rows into another volume. `from`, `to`: first voxel of each; `row`, `slice` of each: voxels from one
 * to the next. `kind` 0: bytes; 1: 16 bits; 2: 16 bits into bytes; 3, 4: 16 bits through `ranks`, u16 for each level,
 * into bytes or 16 bits.
 */
export function padded_levels_copy(
  kind: i32,
  from: usize,
  fromRow: i32,
  fromSlice: i32,
  to: usize,
  toRow: i32,
  toSlice: i32,
  nx: i32,
  ny: i32,
  nz: i32,
  ranks: usize,
): void {
  const read: usize = kind == 0 ? 0 : 1;
  const write: usize = kind == 1 || kind == 4 ? 1 : 0;
  const n = <usize>nx;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const p = from + (<usize>(y * fromRow + z * fromSlice) << read);
      const q = to + (<usize>(y * toRow + z * toSlice) << write);
      if (kind < 2) memory.copy(q, p, n << read);
      else if (kind == 2) narrow(p, q, n);
      else {
        for (let x: usize = 0; x < n; x++) {
          const rank = load<u16>(ranks + (<usize>load<u16>(p + (x << 1)) << 1));
          if (kind == 3) store<u8>(q + x, <u8>rank);
          else store<u16>(q + (x << 1), rank);
        }
      }
    }
  }
}
