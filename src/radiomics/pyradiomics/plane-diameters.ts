import type { Size3, Vec3 } from '../../core/geometry.ts';

/**
 * Largest distance of two mesh vertices that have the same x, the same y, the same z, in mm. Vertices are the middles
 * between a voxel inside and a neighbour outside; in doubled indices they are whole numbers.
 */
export function planeDiameters(mask: Uint8Array, size: Size3, spacing: Vec3): [number, number, number] {
  const planes = ([0, 1, 2] as const).map((axis) => new Planes(axis, size));
  const [nx, ny, nz] = size;
  const step = [1, nx, nx * ny] as const;
  for (let z = 0, v = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, v++) {
        if (mask[v] === 0) continue;
        const at: Vec3 = [x, y, z];
        for (const a of [0, 1, 2] as const) {
          for (const side of [-1, 1] as const) {
            const there = at[a] + side;
            if (there >= 0 && there < size[a] && mask[v + side * step[a]] === 1) continue;
            const vertex: [number, number, number] = [2 * x, 2 * y, 2 * z];
            vertex[a] += side;
            for (const p of planes) p.add(vertex);
          }
        }
      }
    }
  }
  const [a, b, c] = planes.map((p) => p.diameter(spacing));
  return [a!, b!, c!];
}

/** The outermost vertices of each row of each plane across one axis: no others can be farthest apart. */
class Planes {
  readonly #axis: 0 | 1 | 2;
  /** Axis along a row, and across the rows of a plane. */
  readonly #along: 0 | 1 | 2;
  readonly #across: 0 | 1 | 2;
  readonly #rows: number;
  readonly #first: Int32Array;
  readonly #last: Int32Array;

  constructor(axis: 0 | 1 | 2, size: Size3) {
    this.#axis = axis;
    this.#along = axis === 0 ? 1 : 0;
    this.#across = axis === 2 ? 1 : 2;
    this.#rows = 2 * size[this.#across] + 1;
    const count = this.#rows * (2 * size[axis] + 1);
    this.#first = new Int32Array(count).fill(2 ** 30);
    this.#last = new Int32Array(count).fill(-(2 ** 30));
  }

  add(vertex: Vec3): void {
    const row = this.#rows * (vertex[this.#axis] + 1) + vertex[this.#across] + 1;
    const x = vertex[this.#along];
    if (x < this.#first[row]!) this.#first[row] = x;
    if (x > this.#last[row]!) this.#last[row] = x;
  }

  diameter(spacing: Vec3): number {
    const [sx, sy] = [spacing[this.#along] / 2, spacing[this.#across] / 2];
    let most = 0;
    for (let from = 0; from < this.#first.length; from += this.#rows) {
      const filled: number[] = [];
      for (let row = from; row < from + this.#rows; row++) {
        if (this.#last[row]! >= this.#first[row]!) filled.push(row);
      }
      filled.forEach((row, k) => {
        for (let m = k; m < filled.length; m++) {
          const other = filled[m]!;
          const width = Math.max(
            this.#last[row]! - this.#first[other]!,
            this.#last[other]! - this.#first[row]!,
          );
          const d = (width * sx) ** 2 + ((other - row) * sy) ** 2;
          if (d > most) most = d;
        }
      });
    }
    return Math.sqrt(most);
  }
}
