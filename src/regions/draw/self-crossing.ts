import type { Polygon } from '../place/polygon.ts';

interface Edge {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly left: number;
  readonly right: number;
  readonly number: number;
}

/**
 * Do two edges of a closed polygon cross, each passing through the inside of the other? Edges that only touch (a common
 * corner, a keyhole walked there and back) do not. Edges are swept from left to right, so that only those that overlap
 * along x are compared.
 */
export function crossesItself(polygon: Polygon): boolean {
  const edges = polygon
    .map((from, number): Edge => {
      const to = polygon[(number + 1) % polygon.length];
      return { from, to, number, left: Math.min(from[0], to[0]), right: Math.max(from[0], to[0]) };
    })
    .sort((a, b) => a.left - b.left);
  return edges.some((a, i) => {
    for (let k = i + 1; k < edges.length && edges[k].left < a.right; k++) if (cross(a, edges[k])) return true;
    return false;
  });
}

const side = (
  a: readonly [number, number],
  b: readonly [number, number],
  p: readonly [number, number],
): number => Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));

const cross = (a: Edge, b: Edge): boolean =>
  side(a.from, a.to, b.from) * side(a.from, a.to, b.to) < 0 &&
  side(b.from, b.to, a.from) * side(b.from, b.to, a.to) < 0;
