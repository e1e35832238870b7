import { spacingOf, type Grid, type Size3, type Vec3 } from '../../core/geometry.ts';

/** Voxels from `from` up to, not with, `to`. */
export interface WorkBox {
  readonly from: Size3;
  readonly to: Size3;
}

/** The box of some boxes and points with a margin in mm, cut to the image; undefined around nothing. */
export function boxAround(
  { size, affine }: Grid,
  boxes: readonly { readonly low: Vec3; readonly high: Vec3 }[],
  points: readonly Vec3[],
  margin: number,
): WorkBox | undefined {
  const lows = [...boxes.map((b) => b.low), ...points];
  const highs = [...boxes.map((b) => b.high), ...points.map(([x, y, z]): Vec3 => [x + 1, y + 1, z + 1])];
  if (lows.length === 0) return undefined;
  const reach = spacingOf(affine).map((s) => Math.ceil(margin / s));
  const from = (a: 0 | 1 | 2) => Math.max(0, Math.min(...lows.map((v) => v[a])) - reach[a]!);
  const to = (a: 0 | 1 | 2) => Math.min(size[a], Math.max(...highs.map((v) => v[a])) + reach[a]!);
  return { from: [from(0), from(1), from(2)], to: [to(0), to(1), to(2)] };
}
