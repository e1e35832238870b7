/** `count` values from `first` to `last`, in equal steps of the logarithm: rates differ by factors, not by sums. */
export function rateGrid(first: number, last: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));
}
