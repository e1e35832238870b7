/** Colours of regions that bring none: the palette of Okabe and Ito (2008), told apart by colour-blind eyes, without black. */
const PALETTE: readonly (readonly [number, number, number])[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [213, 94, 0],
  [204, 121, 167],
  [0, 114, 178],
];

export const colourOf = (index: number): readonly [number, number, number] => PALETTE[index % PALETTE.length];
