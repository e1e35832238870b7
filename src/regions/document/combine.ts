import { EMPTY_SLICE, trimmed, type PackedMask, type PackedSlice } from './packed-mask.ts';

export type Combination = 'union' | 'intersection' | 'difference' | 'symmetric-difference';

/** Two masks of one size as sets: in either, in both, in the first only, in one but not both. */
export function combined(how: Combination, a: PackedMask, b: PackedMask): PackedMask {
  return { size: a.size, slices: a.slices.map((slice, z) => combinedSlices(how, slice, b.slices[z])) };
}

function combinedSlices(how: Combination, a: PackedSlice, b: PackedSlice): PackedSlice {
  if (a.rows === 0) return how === 'union' || how === 'symmetric-difference' ? b : EMPTY_SLICE;
  if (b.rows === 0) return how === 'intersection' ? EMPTY_SLICE : a;
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  const columns = Math.max(a.left + a.columns, b.left + b.columns) - left;
  const rows = Math.max(a.top + a.rows, b.top + b.rows) - top;
  const [bits, other] = [a, b].map((s) => spread(s, left, top, columns, rows));
  for (let w = 0; w < bits.length; w++) {
    if (how === 'union') bits[w] |= other[w];
    else if (how === 'intersection') bits[w] &= other[w];
    else if (how === 'difference') bits[w] &= ~other[w];
    else bits[w] ^= other[w];
  }
  return trimmed({ left, top, columns, rows, bits });
}

/** The words of a slice on a larger rectangle. */
function spread(s: PackedSlice, left: number, top: number, columns: number, rows: number) {
  const out = new Uint32Array(columns * rows);
  for (let y = 0, at = 0; y < s.rows; y++, at += s.columns) {
    out.set(s.bits.subarray(at, at + s.columns), (s.top - top + y) * columns + s.left - left);
  }
  return out;
}
