/** Sums over intensities from which the features follow. */
export interface Moments {
  readonly mean: number;
  /** Σ(x−mean)², Σ(x−mean)³, Σ(x−mean)⁴: not divided by N. */
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
  /** Σ|x−mean| and Σx². */
  readonly deviation: number;
  readonly energy: number;
}

/** Two passes over the values: the mean, then the central sums. */
export function momentsReference(values: Float64Array): Moments {
  let sum = 0;
  for (const x of values) sum += x;
  const mean = sum / values.length;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let deviation = 0;
  let energy = 0;
  for (const x of values) {
    const d = x - mean;
    second += d * d;
    third += d * d * d;
    fourth += d * d * (d * d);
    deviation += Math.abs(d);
    energy += x * x;
  }
  return { mean, second, third, fourth, deviation, energy };
}

/** Σ|x − centre|. */
export function deviationReference(values: Float64Array, centre: number): number {
  let sum = 0;
  for (const x of values) sum += Math.abs(x - centre);
  return sum;
}
