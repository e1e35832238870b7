/** Anchors of viridis (van der Walt, Smith 2015) at equal steps; between them colours are mixed. */
const VIRIDIS: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [180, 222, 44],
  [253, 231, 37],
];

/** Colour of a share between 0 and 1. */
export function gradual(share: number): [number, number, number] {
  const at = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const [a, b] = [VIRIDIS[low]!, VIRIDIS[low + 1]!];
  return [0, 1, 2].map((c) => Math.round(a[c]! + (at - low) * (b[c]! - a[c]!))) as [number, number, number];
}
