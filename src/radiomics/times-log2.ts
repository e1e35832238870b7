const SMALL = Float64Array.from({ length: 4096 }, (_, n) => (n === 0 ? 0 : n * Math.log2(n)));

/** n·log₂ n; whole numbers below 4096, nearly all counts of a matrix, come from a table. */
export function timesLog2(n: number): number {
  return SMALL[n] ?? n * Math.log2(n);
}
