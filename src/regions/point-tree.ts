/** Points to search, `[x0, y0, z0, x1, …]`, mm. */
export type PointList = Float64Array<ArrayBuffer>;

const LEAF = 8;

/**
 * A k-d tree over points in space (Bentley 1975), for the distance to the nearest of them. It needs no lattice, so it
 * is exact on oblique and sheared grids alike. Points are reordered in place.
 */
export class PointTree {
  constructor(private readonly points: PointList) {
    this.#split(0, points.length / 3);
  }

  /** Distance from (x, y, z) to the nearest point; Infinity when there is none. */
  distance(x: number, y: number, z: number): number {
    return Math.sqrt(this.#nearest(0, this.points.length / 3, [x, y, z], Infinity));
  }

  /** Puts the median along the widest axis in the middle, and does so again on both sides. */
  #split(from: number, to: number): void {
    if (to - from <= LEAF) return;
    const axis = this.#widestAxis(from, to);
    const middle = (from + to) >> 1;
    this.#select(from, to - 1, middle, axis);
    this.#axes.set(middle, axis);
    this.#split(from, middle);
    this.#split(middle + 1, to);
  }

  readonly #axes = new Map<number, number>();

  #nearest(from: number, to: number, at: readonly [number, number, number], best: number): number {
    const p = this.points;
    if (to - from <= LEAF) {
      for (let i = 3 * from; i < 3 * to; i += 3) {
        const d = (p[i] - at[0]) ** 2 + (p[i + 1] - at[1]) ** 2 + (p[i + 2] - at[2]) ** 2;
        if (d < best) best = d;
      }
      return best;
    }
    const middle = (from + to) >> 1;
    const axis = this.#axes.get(middle)!;
    const i = 3 * middle;
    const d = (p[i] - at[0]) ** 2 + (p[i + 1] - at[1]) ** 2 + (p[i + 2] - at[2]) ** 2;
    if (d < best) best = d;
    const across = at[axis] - p[i + axis];
    best = across < 0 ? this.#nearest(from, middle, at, best) : this.#nearest(middle + 1, to, at, best);
    if (across * across >= best) return best;
    return across < 0 ? this.#nearest(middle + 1, to, at, best) : this.#nearest(from, middle, at, best);
  }

  #widestAxis(from: number, to: number): number {
    let widest = 0;
    let most = -1;
    for (let axis = 0; axis < 3; axis++) {
      let low = Infinity;
      let high = -Infinity;
      for (let i = from; i < to; i++) {
        const v = this.points[3 * i + axis];
        if (v < low) low = v;
        if (v > high) high = v;
      }
      if (high - low > most) {
        most = high - low;
        widest = axis;
      }
    }
    return widest;
  }

  /** Quickselect with a partition in three, since the points of a lattice have many equal coordinates. */
  #select(low: number, high: number, wanted: number, axis: number): void {
    const p = this.points;
    while (low < high) {
      const pivot = p[3 * ((low + high) >> 1) + axis];
      let less = low;
      let more = high;
      for (let i = low; i <= more;) {
        const v = p[3 * i + axis];
        if (v < pivot) this.#swap(less++, i++);
        else if (v > pivot) this.#swap(i, more--);
        else i++;
      }
      if (wanted < less) high = less - 1;
      else if (wanted > more) low = more + 1;
      else return;
    }
  }

  #swap(a: number, b: number): void {
    const p = this.points;
    for (let axis = 0; axis < 3; axis++) {
      const v = p[3 * a + axis];
      p[3 * a + axis] = p[3 * b + axis];
      p[3 * b + axis] = v;
    }
  }
}
