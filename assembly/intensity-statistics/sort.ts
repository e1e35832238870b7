// Twin of Float64Array.prototype.sort for finite numbers: whole numbers that lie close together are counted, all others
// sorted by radix on the bits, 11 at a time.

const DIGITS: usize = 6;
const SIZE: usize = 2048;
const counts = memory.data(6 * 2048 * 4);

// Bits of a double made to sort as an unsigned integer: negative numbers upside down, the others above them.
function key(bits: u64): u64 {
  return bits ^ ((<u64>((<i64>bits) >> 63)) | 0x8000000000000000);
}

function value(k: u64): u64 {
  return k & 0x8000000000000000 ? k ^ 0x8000000000000000 : ~k;
}

/** Sorts `n` doubles at `a`, using as much room at `b`; returns where the sorted numbers stand. −0 comes before 0. */
export function intensity_statistics_sort(a: usize, b: usize, n: i32): usize {
  const bytes = (<usize>n) << 3;
  if (countWhole(a, b, bytes)) return a;
  memory.fill(counts, 0, DIGITS * SIZE * 4);
  for (let p: usize = 0; p < bytes; p += 8) {
    const k = key(load<u64>(a + p));
    store<u64>(a + p, k);
    for (let d: usize = 0; d < DIGITS; d++) {
      const at = counts + ((d * SIZE + <usize>((k >> (11 * <u64>d)) & 2047)) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
  for (let d: usize = 0; d < DIGITS; d++) {
    const table = counts + ((d * SIZE) << 2);
    const shift = 11 * <u64>d;
    const first = table + ((<usize>((load<u64>(a) >> shift) & 2047)) << 2);
    if (load<u32>(first) == n) continue; // all alike in this digit
    let sum: u32 = 0;
    for (let i: usize = 0; i < SIZE << 2; i += 4) {
      const c = load<u32>(table + i);
      store<u32>(table + i, sum);
      sum += c;
    }
    for (let p: usize = 0; p < bytes; p += 8) {
      const k = load<u64>(a + p);
      const at = table + ((<usize>((k >> shift) & 2047)) << 2);
      const to = load<u32>(at);
      store<u32>(at, to + 1);
      store<u64>(b + ((<usize>to) << 3), k);
    }
    const t = a;
    a = b;
    b = t;
  }
  for (let p: usize = 0; p < bytes; p += 8) store<u64>(a + p, value(load<u64>(a + p)));
  return a;
}

/**
 * Sorts whole numbers by counting, in place; false, and nothing done, when there are others, or −0, or when they are
 * spread over more values than `b` has room to count.
 */
function countWhole(a: usize, b: usize, bytes: usize): bool {
  if (bytes == 0) return true;
  let low = load<f64>(a);
  let high = low;
  for (let p: usize = 0; p < bytes; p += 8) {
    const x = load<f64>(a + p);
    if (trunc(x) != x || load<u64>(a + p) == 0x8000000000000000) return false;
    low = min(low, x);
    high = max(high, x);
  }
  if ((high - low + 1) * 4 > <f64>bytes) return false;
  const span = <usize>(high - low) + 1;
  memory.fill(b, 0, span << 2);
  for (let p: usize = 0; p < bytes; p += 8) {
    const at = b + (<usize>(load<f64>(a + p) - low) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  for (let v: usize = 0; v < span; v++) {
    const x = low + <f64>v;
    for (let left = load<u32>(b + (v << 2)); left > 0; left--) {
      store<f64>(a, x);
      a += 8;
    }
  }
  return true;
}
