// Twin of countCubesReference in src/radiomics/morphology/reference.ts; whole numbers, equal to the last one.

/**
 * Counts marching-cubes cases. `mask`: (nx+2)·(ny+2)·(nz+2) bytes with a layer of zeros all around, and 32 readable
 * bytes behind; `counts`: 256 u32, zeroed.
 */
export function morphology_cubes(mask: usize, nx: i32, ny: i32, nz: i32, counts: usize): void {
  const width = <usize>(nx + 2);
  const slice = width * <usize>(ny + 2);
  const cubes = <usize>(nx + 1);
  let empty: u32 = 0;
  let full: u32 = 0;
  for (let z = 0; z <= nz; z++) {
    for (let y = 0; y <= ny; y++) {
      const row = mask + <usize>z * slice + <usize>y * width;
      let x: usize = 0;
      for (; x + 16 <= cubes; x += 16) {
        const low = column(row + x, width, slice);
        const high = column(row + x + 1, width, slice);
        const cases = v128.or(low, i8x16.shl(high, 4));
        if (!v128.any_true(cases)) {
          empty += 16;
          continue;
        }
        if (i8x16.all_true(i8x16.eq(cases, i8x16.splat(-1)))) {
          full += 16;
          continue;
        }
        tally(counts, i64x2.extract_lane(cases, 0));
        tally(counts, i64x2.extract_lane(cases, 1));
      }
      for (; x < cubes; x++) {
        const c = corners(row + x, width, slice) | (corners(row + x + 1, width, slice) << 4);
        const at = counts + ((<usize>c) << 2);
        store<u32>(at, load<u32>(at) + 1);
      }
    }
  }
  store<u32>(counts, load<u32>(counts) + empty);
  store<u32>(counts, load<u32>(counts, 1020) + full, 1020);
}

function column(at: usize, width: usize, slice: usize): v128 {
  const a = v128.load(at);
  const b = i8x16.shl(v128.load(at + width), 1);
  const c = i8x16.shl(v128.load(at + slice), 2);
  const d = i8x16.shl(v128.load(at + slice + width), 3);
  return v128.or(v128.or(a, b), v128.or(c, d));
}

function corners(at: usize, width: usize, slice: usize): u32 {
  return (
    load<u8>(at) |
    ((<u32>load<u8>(at + width)) << 1) |
    ((<u32>load<u8>(at + slice)) << 2) |
    ((<u32>load<u8>(at + slice + width)) << 3)
  );
}

function tally(counts: usize, cases: u64): void {
  for (let i = 0; i < 8; i++) {
    const at = counts + ((<usize>(cases & 0xff)) << 2);
    store<u32>(at, load<u32>(at) + 1);
    cases >>= 8;
  }
}
