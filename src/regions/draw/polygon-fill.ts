import type { Size3 } from '../../core/geometry.ts';
import type { MaskDelta } from '../document/packed-mask.ts';
import type { VoxelBox } from '../box.ts';
import { onFineLattice, PlaneFill, type Polygon } from '../place/polygon.ts';
import { Painter, type Axis, type IntensityLimit } from './paint.ts';
import { crossesItself } from './self-crossing.ts';

export interface PlanePolygon {
  /** Axis across the plane, and the slice along it. */
  readonly normal: Axis;
  readonly slice: number;
  /** Corners in voxel coordinates of the two other axes, in their order (x before y before z). Closed by itself. */
  readonly points: Polygon;
  readonly mode: 'add' | 'erase';
  readonly limit?: IntensityLimit;
}

export interface PolygonOutcome {
  readonly delta: MaskDelta;
  readonly box: VoxelBox | null;
  readonly changed: number;
  /** Edges cross: what lies inside twice counts as outside (even-odd rule). */
  readonly selfCrossing: boolean;
}

/**
 * Fills a polygon, or a freehand outline, on a slice along any axis, by the even-odd rule: a voxel is inside when its
 * centre is, on an edge as in {@link PlaneFill}. Changes the bytes of the mask.
 */
export function fillPolygon(data: Uint8Array, size: Size3, polygon: PlanePolygon): PolygonOutcome {
  const { normal, slice } = polygon;
  const [u, v] = ([0, 1, 2] as const).filter((axis) => axis !== normal);
  const painter = new Painter(data, size, polygon.mode === 'add' ? 1 : 0, polygon.limit ?? null);
  const points = polygon.points.map(([a, b]) => [onFineLattice(a), onFineLattice(b)] as const);
  const inside = new Uint8Array(size[u] * size[v]);
  if (points.length >= 3 && slice >= 0 && slice < size[normal]) {
    const fill = new PlaneFill(size[u], size[v]);
    fill.add(points);
    fill.write(inside, 0);
  }
  const at: [number, number, number] = [0, 0, 0];
  at[normal] = slice;
  for (let b = 0, i = 0; b < size[v]; b++) {
    at[v] = b;
    const end = i + size[u];
    while (i < end) {
      if (inside[i] === 0) {
        i++;
        continue;
      }
      const first = i;
      while (i < end && inside[i] === 1) i++;
      at[u] = first - (end - size[u]);
      painter.run(at[0], at[1], at[2], u, i - first);
    }
  }
  return {
    box: painter.takeBox(),
    delta: painter.delta(),
    changed: painter.changed,
    selfCrossing: crossesItself(points),
  };
}
