// Twin of countLevels without kernels in src/radiomics/region-values.ts: integer counts, equal to the last one.

/**
 * Counts 16-bit levels. `counts`: 4·size zeroed u32; neighbours are often alike, so four tables take turns, which
 * keeps one count from waiting for the one before it. The sums end in the first table.
 */
export function intensity_histogram_count(levels: usize, n: i32, counts: usize, size: i32): void {
  const t0 = counts;
  const t1 = t0 + ((<usize>size) << 2);
  const t2 = t1 + ((<usize>size) << 2);
  const t3 = t2 + ((<usize>size) << 2);
  const end = levels + ((<usize>n) << 1);
  const fours = levels + ((<usize>(n & ~3)) << 1);
  for (let p = levels; p < fours; p += 8) {
    const v = load<u64>(p);
    if (v == 0) {
      store<u32>(t0, load<u32>(t0) + 4);
      continue;
    }
    const a = t0 + ((<usize>(v & 0xffff)) << 2);
    const b = t1 + ((<usize>((v >> 16) & 0xffff)) << 2);
    const c = t2 + ((<usize>((v >> 32) & 0xffff)) << 2);
    const d = t3 + ((<usize>(v >> 48)) << 2);
    store<u32>(a, load<u32>(a) + 1);
    store<u32>(b, load<u32>(b) + 1);
    store<u32>(c, load<u32>(c) + 1);
    store<u32>(d, load<u32>(d) + 1);
  }
  for (let p = fours; p < end; p += 2) {
    const a = t0 + ((<usize>load<u16>(p)) << 2);
    store<u32>(a, load<u32>(a) + 1);
  }
  for (let i: usize = 0; i < (<usize>size) << 2; i += 4) {
    store<u32>(t0 + i, load<u32>(t0 + i) + load<u32>(t1 + i) + load<u32>(t2 + i) + load<u32>(t3 + i));
  }
}
