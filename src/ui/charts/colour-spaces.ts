/** Three numbers: sRGB 0-255, or CIELAB L*, a*, b*. */
export type Triple = readonly [number, number, number];

/** Reference white D65 of sRGB, IEC 61966-2-1, with Y = 1. */
const WHITE: Triple = [0.95047, 1, 1.08883];
/** (6/29)³ and the slope below it, CIE 15:2004. */
const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const encoded = (v: number) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** sRGB (0-255) to CIELAB under D65: IEC 61966-2-1 and CIE 15:2004. L* runs from 0 (black) to 100 (white). */
export function labOf(rgb: Triple): Triple {
  const [r, g, b] = rgb.map((v) => linear(v / 255)) as [number, number, number];
  const [fx, fy, fz] = [
    0.4124564 * r + 0.3575761 * g + 0.1804375 * b,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    0.0193339 * r + 0.119192 * g + 0.9503041 * b,
  ].map((v, i) => {
    const share = v / WHITE[i]!;
    return share > EPSILON ? Math.cbrt(share) : (KAPPA * share + 16) / 116;
  }) as [number, number, number];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** CIELAB to sRGB (0-255, not rounded): the inverse of {@link labOf}; colours outside sRGB are held at its border. */
export function rgbOf([lightness, a, b]: Triple): Triple {
  const fy = (lightness + 16) / 116;
  const [x, y, z] = [fy + a / 500, fy, fy - b / 200].map((f, i) => {
    const share = f ** 3 > EPSILON ? f ** 3 : (116 * f - 16) / KAPPA;
    return share * WHITE[i]!;
  }) as [number, number, number];
  return [
    3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
    -0.969266 * x + 1.8760108 * y + 0.041556 * z,
    0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
  ].map((v) => 255 * Math.min(1, Math.max(0, encoded(v)))) as [number, number, number];
}
