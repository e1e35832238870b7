import { greatest, type Train } from './classifier.ts';

/** Added to every variance, as a share of the feature's greatest: a feature of one value does not decide alone. */
const FLOOR = 1e-9;

/**
 * Gaussian naive Bayes: ln P(c) − Σ [ln σ + (x − μ)²/2σ²], features taken as independent within a class.
 * Source: Hastie T, Tibshirani R, Friedman J. The Elements of Statistical Learning, 2nd ed., 6.6.3.
 */
export const trainNaiveBayes: Train = ({ data, width, count, classes, classCount }) => {
  const n = new Float64Array(classCount);
  const mean = new Float64Array(classCount * width);
  const variance = new Float64Array(classCount * width);
  for (let r = 0; r < count; r++) {
    n[classes[r]!]!++;
    for (let f = 0; f < width; f++) mean[classes[r]! * width + f]! += data[r * width + f]!;
  }
  for (let i = 0; i < mean.length; i++) mean[i]! /= Math.max(1, n[Math.floor(i / width)]!);
  for (let r = 0; r < count; r++)
    for (let f = 0; f < width; f++) {
      const at = classes[r]! * width + f;
      variance[at]! += (data[r * width + f]! - mean[at]!) ** 2 / n[classes[r]!]!;
    }
  const floor = FLOOR * Math.max(...variance) + Number.MIN_VALUE;
  for (let i = 0; i < variance.length; i++) variance[i]! += floor;
  const constant = Array.from(n, (m, c) => {
    let s = Math.log(m / count);
    for (let f = 0; f < width; f++) s -= 0.5 * Math.log(variance[c * width + f]!);
    return s;
  });
  const scores = new Float64Array(classCount);
  return (points, at) => {
    for (let c = 0; c < classCount; c++) {
      let s = constant[c]!;
      for (let f = 0; f < width; f++) {
        const i = c * width + f;
        s -= (points[at + f]! - mean[i]!) ** 2 / (2 * variance[i]!);
      }
      scores[c] = s;
    }
    return greatest(scores);
  };
};
