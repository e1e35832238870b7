import { toPatient, type Grid, type Size3 } from '../../core/geometry.ts';

/** The smallest box of voxels around a region; a study of a hundred segments is kept in a hundred of these. */
export class Box {
  readonly #low: [number, number, number] = [Infinity, Infinity, Infinity];
  readonly #high: [number, number, number] = [-Infinity, -Infinity, -Infinity];

  add(i: number, j: number, k: number): void {
    const low = this.#low;
    const high = this.#high;
    if (i < low[0]) low[0] = i;
    if (i > high[0]) high[0] = i;
    if (j < low[1]) low[1] = j;
    if (j > high[1]) high[1] = j;
    if (k < low[2]) low[2] = k;
    if (k > high[2]) high[2] = k;
  }

  get voxels(): number {
    const [nx, ny, nz] = this.size;
    return nx * ny * nz;
  }

  /** One voxel for an empty box, since a grid has at least one. */
  get size(): Size3 {
    if (this.#low[0] === Infinity) return [1, 1, 1];
    return [
      this.#high[0] - this.#low[0] + 1,
      this.#high[1] - this.#low[1] + 1,
      this.#high[2] - this.#low[2] + 1,
    ];
  }

  /** Index within the box of a voxel of the whole grid. */
  indexOf(i: number, j: number, k: number): number {
    const low = this.#low;
    const high = this.#high;
    return i - low[0] + (high[0] - low[0] + 1) * (j - low[1] + (high[1] - low[1] + 1) * (k - low[2]));
  }

  /** The part of a grid that the box covers. */
  gridWithin({ affine }: Grid): Grid {
    const [i, j, k] = this.#low[0] === Infinity ? [0, 0, 0] : this.#low;
    return { size: this.size, affine: { origin: toPatient(affine, i, j, k), matrix: affine.matrix } };
  }
}
