import type { Grid, Vec3 } from '../../core/geometry.ts';
import type { VoxelBox } from '../box.ts';
import type { MaskDelta } from '../document/packed-mask.ts';
import { Painter, type Axis, type IntensityLimit } from './paint.ts';
import { sweep } from './sweep.ts';

export interface Brush {
  readonly mode: 'add' | 'erase';
  /** mm, in patient space. */
  readonly radius: number;
  /** A disc stays in the slice that was pointed at, across this axis; a ball reaches into the slices around. */
  readonly shape: { readonly kind: 'disc'; readonly normal: Axis } | { readonly kind: 'ball' };
  /** Only voxels within an intensity range are changed, and the image they are of. */
  readonly limit?: IntensityLimit;
}

/**
 * A stroke of the brush or eraser: the path from one sample of the pointer to the next is swept, so that a fast hand
 * leaves no gaps. Each step touches the box of that piece of the path only.
 */
export class BrushStroke {
  readonly #painter: Painter;
  #last: Vec3 | null = null;

  constructor(
    data: Uint8Array,
    private readonly grid: Grid,
    private readonly brush: Brush,
  ) {
    this.#painter = new Painter(data, grid.size, brush.mode === 'add' ? 1 : 0, brush.limit ?? null);
  }

  /** How many voxels the stroke turned over so far. */
  get changed(): number {
    return this.#painter.changed;
  }

  /** Goes on to a point, in voxel coordinates with fractions; the box that changed, null when nothing did. */
  move(point: Vec3): VoxelBox | null {
    const { shape, radius } = this.brush;
    const from = this.#last ?? point;
    this.#last = point;
    const painter = this.#painter;
    sweep(
      this.grid.affine,
      shape.kind === 'disc' ? shape.normal : null,
      from,
      point,
      radius,
      (x, y, z, a, n) => painter.run(x, y, z, a, n),
    );
    return painter.takeBox();
  }

  /** Everything the stroke turned over so far. */
  delta(): MaskDelta {
    return this.#painter.delta();
  }
}
