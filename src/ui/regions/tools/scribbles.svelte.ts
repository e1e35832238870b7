import { dot, type Grid, type Vec3 } from '../../../core/geometry.ts';
import type { Mask } from '../../../core/volume.ts';
import type { ShownMask } from '../../viewer/draw.ts';
import type { VoxelAxis } from '../../viewer/planes.ts';

export const CLASS_COLOURS = [
  [255, 96, 96],
  [96, 168, 255],
] as const;

/** Strokes of two classes on the grid of an image, 1 the lesion and 2 the background, and points that were clicked. */
export class Scribbles {
  readonly masks: readonly [Mask, Mask];
  revision = $state(0);
  seeds = $state.raw<readonly Vec3[]>([]);

  constructor(
    readonly grid: Grid,
    names: readonly [string, string],
  ) {
    const count = grid.size[0] * grid.size[1] * grid.size[2];
    const made = (name: string, at: 0 | 1): Mask => ({
      grid,
      data: new Uint8Array(count),
      name,
      colour: CLASS_COLOURS[at],
    });
    this.masks = [made(names[0], 0), made(names[1], 1)];
  }

  get shown(): readonly ShownMask[] {
    return this.masks.map((mask) => ({ mask, visible: true, opacity: 0.6, revision: this.revision }));
  }

  /** Marks a disc in a slice, in mm around a point in voxels; a voxel has one class, the last one drawn. */
  paint(label: 1 | 2, centre: Vec3, normal: VoxelAxis, radius: number): void {
    const { size, affine } = this.grid;
    const [own, other] = label === 1 ? this.masks : [this.masks[1], this.masks[0]];
    const [u, v] = ([0, 1, 2] as const).filter((axis) => axis !== normal) as [VoxelAxis, VoxelAxis];
    const [a, b] = [affine.matrix[u], affine.matrix[v]];
    const [aa, ab, bb] = [dot(a, a), dot(a, b), dot(b, b)];
    const slice = Math.round(centre[normal]);
    if (slice < 0 || slice >= size[normal]) return;
    const strides = [1, size[0], size[0] * size[1]] as const;
    const reach = (step: number) => Math.ceil(radius / Math.sqrt(step)) + 1;
    const range = (axis: VoxelAxis, step: number) =>
      [
        Math.max(0, Math.round(centre[axis]) - reach(step)),
        Math.min(size[axis] - 1, Math.round(centre[axis]) + reach(step)),
      ] as const;
    const [[u0, u1], [v0, v1]] = [range(u, aa), range(v, bb)];
    for (let j = v0; j <= v1; j++)
      for (let i = u0; i <= u1; i++) {
        const [di, dj] = [i - centre[u], j - centre[v]];
        const far = di * di * aa + 2 * di * dj * ab + dj * dj * bb;
        // The voxel under the point is marked however thin the stroke.
        const under = Math.abs(di) <= 0.5 && Math.abs(dj) <= 0.5;
        if (far > radius * radius && !under) continue;
        const at = slice * strides[normal] + i * strides[u] + j * strides[v];
        own.data[at] = 1;
        other.data[at] = 0;
      }
    this.revision++;
  }

  /** Along the way of the hand, without gaps. */
  sweep(label: 1 | 2, from: Vec3, to: Vec3, normal: VoxelAxis, radius: number): void {
    const steps = Math.max(1, Math.ceil(2 * Math.hypot(...to.map((x, axis) => x - from[axis as VoxelAxis]))));
    for (let n = 0; n <= steps; n++) {
      const on = (axis: VoxelAxis) => from[axis] + ((to[axis] - from[axis]) * n) / steps;
      this.paint(label, [on(0), on(1), on(2)], normal, radius);
    }
  }

  /** Class of each voxel; undefined when nothing is marked. */
  labels(): Uint8Array | undefined {
    const [first, second] = this.masks;
    if (!first.data.includes(1) && !second.data.includes(1)) return undefined;
    return first.data.map((x, at) => (x === 1 ? 1 : second.data[at] === 1 ? 2 : 0));
  }

  clear(): void {
    for (const { data } of this.masks) data.fill(0);
    this.seeds = [];
    this.revision++;
  }
}
