/**
 * Share of a voxel that lies inside, from the depth of its centre below a surface: a smooth step as wide as `width`
 * mm, which stands for the blur of a scanner and the partial volume of a voxel.
 */
export function coverage(depth: number, width: number): number {
  const t = depth / width + 0.5;
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}

/** Depth below an ellipse's outline, mm, to first order; exact on the outline and in its slope there. */
export function inEllipse(x: number, y: number, a: number, b: number): number {
  const u = x / a;
  const v = y / b;
  const slope = Math.sqrt((u / a) ** 2 + (v / b) ** 2);
  return slope < 1e-9 ? Math.min(a, b) : (1 - u * u - v * v) / (2 * slope);
}

/** Depth below an ellipsoid's surface, mm, to first order. */
export function inEllipsoid(x: number, y: number, z: number, a: number, b: number, c: number): number {
  const u = x / a;
  const v = y / b;
  const w = z / c;
  const slope = Math.sqrt((u / a) ** 2 + (v / b) ** 2 + (w / c) ** 2);
  return slope < 1e-9 ? Math.min(a, b, c) : (1 - u * u - v * v - w * w) / (2 * slope);
}
