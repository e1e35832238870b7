import { spacingOf, type Grid, type Size3, type Vec3 } from '../../core/geometry.ts';

/** The box of everything that is marked or pointed at, with a margin in mm; undefined when nothing is. Not cut to the image. */
export function boxAround(
  { size: [nx, ny, nz], affine }: Grid,
  masks: readonly Uint8Array[],
  points: readonly Vec3[],
  margin: number,
): { readonly from: Size3; readonly to: Size3 } | undefined {
  const [low, high] = [
    [Infinity, Infinity, Infinity],
    [-1, -1, -1],
  ];
  const meet = (...at: readonly number[]) =>
    at.forEach((v, axis) => {
      low[axis] = Math.min(low[axis]!, v);
      high[axis] = Math.max(high[axis]!, v);
    });
  for (const point of points) meet(...point);
  for (const data of masks)
    for (let z = 0, at = 0; z < nz; z++)
      for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++, at++) if (data[at] !== 0) meet(x, y, z);
  if (high[0]! < 0) return undefined;
  const reach = spacingOf(affine).map((s) => Math.ceil(margin / s));
  const [a, b] = [low.map((v, n) => v - reach[n]!), high.map((v, n) => v + reach[n]! + 1)];
  return { from: [a[0]!, a[1]!, a[2]!], to: [b[0]!, b[1]!, b[2]!] };
}
