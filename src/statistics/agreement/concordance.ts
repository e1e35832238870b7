import { isConstant, mean, pairProblem, productsAboutMeans, squaresAboutMean } from '../moments.ts';
import { noValue, type Estimate, type Outcome } from '../outcome.ts';

export interface Concordance extends Estimate {
  readonly pearson: number;
  /** Cb = ρc/r, closeness to the line of identity; 1 when there is neither shift nor scale. */
  readonly accuracy: number;
}

/** The 95 % point of the normal as Lin and the printed intervals round it. */
const Z95 = 1.96;

/**
 * Concordance correlation coefficient (Lin 1989): ρc = 2s_xy/(s_x² + s_y² + (x̄ − ȳ)²), moments ÷n. Interval by
 * Fisher's z with Lin's variance (corrected 2000), ÷(n − 2). |ρc| = 1, and r = 0, leave no interval: the value alone.
 */
export function concordance(x: readonly number[], y: readonly number[]): Outcome<Concordance> {
  const problem = pairProblem(x, y, 3);
  if (problem) return noValue(problem);
  if (isConstant(x) || isConstant(y)) return noValue('constant');
  const n = x.length;
  const [sxx, syy, sxy] = [squaresAboutMean(x) / n, squaresAboutMean(y) / n, productsAboutMeans(x, y) / n];
  const shift = mean(x) - mean(y);
  const value = (2 * sxy) / (sxx + syy + shift ** 2);
  const pearson = sxy / Math.sqrt(sxx * syy);
  const accuracy = (2 * Math.sqrt(sxx * syy)) / (sxx + syy + shift ** 2);
  const rest = 1 - value ** 2;
  if (rest <= 1e-15 || pearson === 0) return { value, low: value, high: value, pearson, accuracy };
  const u = shift ** 2 / Math.sqrt(sxx * syy);
  const spread =
    ((1 - pearson ** 2) * value ** 2) / (rest * pearson ** 2) +
    (2 * value ** 3 * (1 - value) * u) / (pearson * rest ** 2) -
    (value ** 4 * u ** 2) / (2 * pearson ** 2 * rest ** 2);
  const half = Z95 * Math.sqrt(Math.max(0, spread) / (n - 2));
  const z = Math.atanh(value);
  return { value, low: Math.tanh(z - half), high: Math.tanh(z + half), pearson, accuracy };
}
