import type { Vec3 } from '../../../core/geometry.ts';

/** Lobes of the lesion's outline: radius share, lobes around, phase, and turn with height (radians a millimetre). */
const LOBES = [
  { share: 0.1, count: 2, phase: 0.6, turn: 0.02 },
  { share: 0.085, count: 3, phase: 2.1, turn: -0.05 },
  { share: 0.06, count: 5, phase: 4.4, turn: 0.06 },
  { share: 0.03, count: 8, phase: 1.3, turn: -0.04 },
] as const;

/** The lobulated lesion: an ellipsoid of revolution whose radius is modulated around the axis. */
export interface LesionShape {
  readonly centre: Vec3;
  /** Mean radius in the equator plane and half height, mm. */
  readonly radius: number;
  readonly halfHeight: number;
}

/**
 * Radius of the outline around the axis, mm: r(φ, z) = R·√(1−z²/c²)·(1 + Σ aₙ cos(nφ + pₙ + wₙ z)).
 * Zero above and below the lesion. Every slice is star-shaped around the axis, so its outline is exact.
 */
export function outlineRadius(shape: LesionShape, angle: number, z: number): number {
  const q = 1 - (z / shape.halfHeight) ** 2;
  if (q <= 0) return 0;
  let lobes = 1;
  for (const l of LOBES) lobes += l.share * Math.cos(l.count * angle + l.phase + l.turn * z);
  return shape.radius * Math.sqrt(q) * lobes;
}

/**
 * Volume in mm³, in closed form: the lobes are orthogonal, so each adds half its squared share to the area of every
 * slice, and V = 4/3·π·R²·c·(1 + ½ Σ aₙ²).
 */
export function lesionVolume({ radius, halfHeight }: LesionShape): number {
  const squares = LOBES.reduce((sum, l) => sum + l.share ** 2, 0);
  return (4 / 3) * Math.PI * radius ** 2 * halfHeight * (1 + squares / 2);
}

/**
 * Volume in mm³ of the ring between the outline and the outline moved out by `width` along the radius, on the slices
 * of the lesion: each slice has area w·∮r dφ + π·w², and V = π²·R·c·w + 2π·c·w².
 */
export function ringVolume({ radius, halfHeight }: LesionShape, width: number): number {
  return Math.PI ** 2 * radius * halfHeight * width + 2 * Math.PI * halfHeight * width ** 2;
}

/** Polygon of the outline at a height above the centre, moved out by `outward` mm; empty where there is no lesion. */
export function outlinePolygon(shape: LesionShape, z: number, outward = 0, points = 180): Vec3[] {
  if (Math.abs(z) >= shape.halfHeight) return [];
  return Array.from({ length: points }, (_, n) => {
    const angle = (2 * Math.PI * n) / points;
    const r = outlineRadius(shape, angle, z) + outward;
    const [x, y] = [shape.centre[0] + r * Math.cos(angle), shape.centre[1] + r * Math.sin(angle)];
    return [x, y, shape.centre[2] + z] as const;
  });
}

/** Depth below the lesion's surface, mm (negative outside), to first order in the radius. */
export function lesionDepth(shape: LesionShape, x: number, y: number, z: number): number {
  const dx = x - shape.centre[0];
  const dy = y - shape.centre[1];
  const dz = z - shape.centre[2];
  const inPlane = Math.sqrt(dx * dx + dy * dy);
  const angle = Math.atan2(dy, dx);
  let lobes = 1;
  for (const l of LOBES) lobes += l.share * Math.cos(l.count * angle + l.phase + l.turn * dz);
  const a = shape.radius * lobes;
  const c = shape.halfHeight;
  const u = inPlane / a;
  const w = dz / c;
  const slope = Math.sqrt((u / a) ** 2 + (w / c) ** 2);
  return slope < 1e-6 ? Math.min(a, c) : (1 - u * u - w * w) / (2 * slope);
}
