/** Symmetric 3×3 matrix as xx, yy, zz, xy, xz, yz. */
export type Symmetric3 = readonly [number, number, number, number, number, number];

export interface Eigen {
  /** Falling. */
  readonly values: readonly [number, number, number];
  /** Unit vectors of the same order. */
  readonly vectors: readonly [readonly number[], readonly number[], readonly number[]];
}

/** Eigenvalues and eigenvectors by Jacobi rotations, to the last bits of a double. */
export function eigenOf([xx, yy, zz, xy, xz, yz]: Symmetric3): Eigen {
  const a = [
    [xx, xy, xz],
    [xy, yy, yz],
    [xz, yz, zz],
  ];
  const v = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < 50; sweep++) {
    const off = Math.abs(a[0]![1]!) + Math.abs(a[0]![2]!) + Math.abs(a[1]![2]!);
    if (off === 0) break;
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      rotate(a, v, p, q);
    }
  }
  const order = [0, 1, 2].sort((i, j) => a[j]![j]! - a[i]![i]!) as [number, number, number];
  const column = (i: number): number[] => [v[0]![i]!, v[1]![i]!, v[2]![i]!];
  return {
    values: [a[order[0]]![order[0]]!, a[order[1]]![order[1]]!, a[order[2]]![order[2]]!],
    vectors: [column(order[0]), column(order[1]), column(order[2])],
  };
}

function rotate(a: number[][], v: number[][], p: number, q: number): void {
  const apq = a[p]![q]!;
  if (apq === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < 3; k++) {
    const kp = a[k]![p]!;
    const kq = a[k]![q]!;
    a[k]![p] = c * kp - s * kq;
    a[k]![q] = s * kp + c * kq;
  }
  for (let k = 0; k < 3; k++) {
    const pk = a[p]![k]!;
    const qk = a[q]![k]!;
    a[p]![k] = c * pk - s * qk;
    a[q]![k] = s * pk + c * qk;
  }
  a[p]![q] = 0;
  a[q]![p] = 0;
  for (let k = 0; k < 3; k++) {
    const kp = v[k]![p]!;
    const kq = v[k]![q]!;
    v[k]![p] = c * kp - s * kq;
    v[k]![q] = s * kp + c * kq;
  }
}
