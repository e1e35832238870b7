type Colour = readonly [number, number, number];

/** Colours of regions that bring none: the palette of Okabe and Ito (2008), told apart by colour-blind eyes, without black. */
const PALETTE: readonly Colour[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [213, 94, 0],
  [204, 121, 167],
  [0, 114, 178],
];

/** The one of the palette that is least like any in use; once all are in use, they come round again. */
export function unusedColour(used: readonly Colour[]): Colour {
  const apart = PALETTE.map((c) => Math.min(...used.map((u) => distance(u, c))));
  const most = Math.max(...apart);
  return most > 0 ? PALETTE[apart.indexOf(most)]! : colourOf(used.length);
}

/** In steps of sRGB. */
const distance = (a: Colour, b: Colour): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

export const colourOf = (index: number): Colour => PALETTE[index % PALETTE.length];

const D50: Colour = [0.96422, 1, 0.82521];
/** XYZ of the D50 white to linear sRGB, Bradford-adapted (ICC profile connection space, IEC 61966-2-1). */
const TO_RGB: readonly Colour[] = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
];

/**
 * sRGB of a colour that DICOM gives as scaled CIELab (PS3.3 C.10.7.1.1: L* 0…100 and a*, b* −128…127 over 0…65535);
 * undefined when it is not three such numbers.
 */
export function fromScaledCielab(scaled: readonly number[]): Colour | undefined {
  if (scaled.length !== 3 || !scaled.every((v) => v >= 0 && v <= 65535)) return undefined;
  const fy = ((scaled[0] / 65535) * 100 + 16) / 116;
  const [a, b] = [scaled[1], scaled[2]].map((v) => (v / 65535) * 255 - 128);
  const inverse = (f: number) => (f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29));
  const xyz = [inverse(fy + a / 500), inverse(fy), inverse(fy - b / 200)].map((v, i) => v * D50[i]);
  const [red, green, blue] = TO_RGB.map((row) => {
    const linear = row.reduce((sum, m, i) => sum + m * xyz[i], 0);
    const gamma = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, Math.max(0, gamma)));
  });
  return [red, green, blue];
}
