import { fisherQuantile } from '../distributions/distributions.ts';
import { isNoValue, type Estimate, type Outcome } from '../outcome.ts';
import { meanSquares, type MeanSquares } from './two-way.ts';

export const ICC_FORMS = ['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)'] as const;
export type IccForm = (typeof ICC_FORMS)[number];

/**
 * Intraclass correlation in six forms with 95 % intervals (Shrout & Fleiss 1979; McGraw & Wong 1996):
 * (1) one-way random, (2) two-way random, absolute agreement, (3) two-way mixed, consistency; of one measurement or of
 * the mean of k.
 *   ICC(1,1) = (MSR − MSW)/(MSR + (k−1)MSW), ICC(3,1) = (MSR − MSE)/(MSR + (k−1)MSE),
 *   ICC(2,1) = (MSR − MSE)/(MSR + (k−1)MSE + k(MSC − MSE)/n).
 * Intervals: exact F for (1) and (3), Satterthwaite's degrees of freedom for (2). The forms of the mean are
 * Spearman-Brown's kρ/(1 + (k−1)ρ). An estimate below 0 is kept: it says that the noise exceeds the subjects.
 * Without any residual the interval of that form shrinks to the value.
 * @param table n subjects × k columns
 */
export function intraclassCorrelations(
  table: readonly (readonly number[])[],
  confidence = 0.95,
): Outcome<{ readonly meanSquares: MeanSquares; readonly forms: Readonly<Record<IccForm, Estimate>> }> {
  const ms = meanSquares(table);
  if (isNoValue(ms)) return ms;
  const p = (1 + confidence) / 2;
  const one = exact(ms, ms.within, ms.n * (ms.k - 1), p);
  const two = absolute(ms, p);
  const three = exact(ms, ms.error, (ms.n - 1) * (ms.k - 1), p);
  const ofMean = ({ value, low, high }: Estimate): Estimate => ({
    value: spearmanBrown(value, ms.k),
    low: spearmanBrown(low, ms.k),
    high: spearmanBrown(high, ms.k),
  });
  return {
    meanSquares: ms,
    forms: {
      'ICC(1,1)': one,
      'ICC(2,1)': two,
      'ICC(3,1)': three,
      'ICC(1,k)': ofMean(one),
      'ICC(2,k)': ofMean(two),
      'ICC(3,k)': ofMean(three),
    },
  };
}

/** One form alone. */
export function intraclassCorrelation(
  table: readonly (readonly number[])[],
  form: IccForm,
): Outcome<Estimate> {
  const all = intraclassCorrelations(table);
  return isNoValue(all) ? all : all.forms[form];
}

/** kρ/(1 + (k−1)ρ); without subjects' variance ρ reaches −1/(k−1), where the mean's form has no floor: −1 is given. */
function spearmanBrown(rho: number, k: number): number {
  const below = 1 + (k - 1) * rho;
  return below <= 0 ? -1 : Math.max(-1, (k * rho) / below);
}

function exact({ rows, k, n }: MeanSquares, noise: number, df: number, p: number): Estimate {
  const of = (f: number) => (f === Infinity ? 1 : (f - 1) / (f + k - 1));
  const f = noise === 0 ? Infinity : rows / noise;
  return {
    value: of(f),
    low: of(f / fisherQuantile(p, n - 1, df)),
    high: of(f * fisherQuantile(p, df, n - 1)),
  };
}

/** Form (2,1), with v of Shrout & Fleiss 1979, p. 424. */
function absolute({ rows, columns, error, n, k }: MeanSquares, p: number): Estimate {
  const value = (rows - error) / (rows + (k - 1) * error + (k * (columns - error)) / n);
  if (error === 0 && columns === 0) return { value, low: value, high: value };
  const a = (k * value) / (n * (1 - value));
  const b = 1 + (k * value * (n - 1)) / (n * (1 - value));
  const v =
    (a * columns + b * error) ** 2 / ((a * columns) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)));
  const f1 = fisherQuantile(p, n - 1, v);
  const f2 = fisherQuantile(p, v, n - 1);
  const spread = k * columns + (k * n - k - n) * error;
  return {
    value,
    low: (n * (rows - f1 * error)) / (f1 * spread + n * rows),
    high: (n * (f2 * rows - error)) / (spread + n * f2 * rows),
  };
}
