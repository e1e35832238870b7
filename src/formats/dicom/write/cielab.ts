type Triple = readonly [number, number, number];

const D50: Triple = [0.96422, 1, 0.82521];
/** Linear sRGB to XYZ of the D50 white, Bradford-adapted (IEC 61966-2-1, ICC profile connection space). */
const TO_XYZ: readonly Triple[] = [
  [0.4360747, 0.3850649, 0.1430804],
  [0.2225045, 0.7168786, 0.0606169],
  [0.0139322, 0.0971045, 0.7141733],
];

/** A colour, sRGB 0 to 255, as DICOM wants it recommended: CIELab over 0…65535 (PS3.3 C.10.7.1.1). */
export function scaledCielab(colour: Triple): Triple {
  const linear = colour.map((c) => {
    const v = c / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  const [fx, fy, fz] = TO_XYZ.map((row, i) => {
    const t = (row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2]) / D50[i];
    return t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29;
  });
  const scaled = (value: number, low: number, range: number) =>
    Math.min(65535, Math.max(0, Math.round(((value - low) / range) * 65535)));
  return [
    scaled(116 * fy - 16, 0, 100),
    scaled(500 * (fx - fy), -128, 255),
    scaled(200 * (fy - fz), -128, 255),
  ];
}
