type Colour = readonly [number, number, number];

/** `#rrggbb`, as a colour field wants it. */
export const hexOf = (colour: Colour): string =>
  `#${colour.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`;

/** The colour of `#rrggbb`. */
export function rgbOf(hex: string): Colour {
  const at = (n: number) => Number.parseInt(hex.slice(1 + 2 * n, 3 + 2 * n), 16);
  return [at(0), at(1), at(2)];
}
