import { greatest, type Train } from './classifier.ts';

/** Ridge on the slopes, and steps at most. */
const RIDGE = 1e-3;
const STEPS = 300;

/**
 * Multinomial logistic regression by steps with a fixed bound on the curvature, ½·XᵀX, which never lower the
 * likelihood; each class weighs the same. Source: Böhning D. Ann Inst Stat Math 1992;44:197.
 */
export const trainLogistic: Train = ({ data, width, count, classes, classCount }) => {
  const columns = width + 1;
  // Each class counts as much as any other, however long its strokes are.
  const size = new Float64Array(classCount);
  for (let r = 0; r < count; r++) size[classes[r]!]!++;
  const weight = Float64Array.from(size, (n) => (n > 0 ? count / (classCount * n) : 0));
  const x = (r: number, f: number) => (f === width ? 1 : data[r * width + f]!);
  const bound = new Float64Array(columns * columns);
  for (let r = 0; r < count; r++)
    for (let i = 0; i < columns; i++)
      for (let j = 0; j <= i; j++) bound[i * columns + j]! += 0.5 * weight[classes[r]!]! * x(r, i) * x(r, j);
  for (let i = 0; i < columns; i++) {
    bound[i * columns + i]! += RIDGE * count;
    for (let j = 0; j < i; j++) bound[j * columns + i] = bound[i * columns + j]!;
  }
  const inverse = inverted(bound, columns);
  const weights = new Float64Array(classCount * columns);
  const p = new Float64Array(classCount);
  const scoresAt = (points: ArrayLike<number>, at: number): void => {
    for (let c = 0; c < classCount; c++) {
      let s = weights[c * columns + width]!;
      for (let f = 0; f < width; f++) s += weights[c * columns + f]! * points[at + f]!;
      p[c] = s;
    }
  };
  for (let step = 0; step < STEPS; step++) {
    const slope = new Float64Array(weights.length);
    for (let r = 0; r < count; r++) {
      scoresAt(data, r * width);
      const most = p[greatest(p)]!;
      let sum = 0;
      for (let c = 0; c < classCount; c++) sum += p[c] = Math.exp(p[c]! - most);
      for (let c = 0; c < classCount; c++) {
        const e = weight[classes[r]!]! * (Number(classes[r] === c) - p[c]! / sum);
        for (let f = 0; f < columns; f++) slope[c * columns + f]! += e * x(r, f);
      }
    }
    let moved = 0;
    for (let c = 0; c < classCount; c++)
      for (let i = 0; i < columns; i++) {
        let d = 0;
        for (let j = 0; j < columns; j++)
          d +=
            inverse[i * columns + j]! * (slope[c * columns + j]! - RIDGE * count * weights[c * columns + j]!);
        weights[c * columns + i]! += d;
        moved = Math.max(moved, Math.abs(d));
      }
    if (moved < 1e-6) break;
  }
  return (points, at) => {
    scoresAt(points, at);
    return greatest(p);
  };
};

/** Inverse of a symmetric positive matrix, by elimination. */
function inverted(matrix: Float64Array, n: number): Float64Array {
  const a = matrix.slice();
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  for (let i = 0; i < n; i++) {
    const pivot = a[i * n + i]!;
    for (let j = 0; j < n; j++) {
      a[i * n + j]! /= pivot;
      out[i * n + j]! /= pivot;
    }
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const factor = a[r * n + i]!;
      for (let j = 0; j < n; j++) {
        a[r * n + j]! -= factor * a[i * n + j]!;
        out[r * n + j]! -= factor * out[i * n + j]!;
      }
    }
  }
  return out;
}
