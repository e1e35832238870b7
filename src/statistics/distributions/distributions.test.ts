import { describe, expect, test } from 'vitest';
import {
  chiSquaredQuantile,
  chiSquaredTails,
  fisherQuantile,
  fisherTails,
  normalQuantile,
  normalTails,
  studentQuantile,
  studentTails,
} from './distributions.ts';
import { logGamma } from './gamma.ts';

const near = (got: number, wanted: number, relative = 1e-12) =>
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));

describe('closed forms, to 1e-12', () => {
  test('ln Γ: Γ(n) = (n−1)!, Γ(½) = √π', () => {
    near(logGamma(0.5), Math.log(Math.PI) / 2);
    near(logGamma(11), Math.log(3628800));
    near(logGamma(0.001), Math.log(999.4237724845955), 1e-12);
  });
  test('χ²: two degrees e^(−x/2), four (1 + x/2)e^(−x/2)', () => {
    for (const x of [0.01, 1, 5, 40, 300]) {
      near(chiSquaredTails(x, 2).upper, Math.exp(-x / 2));
      near(chiSquaredTails(x, 4).upper, (1 + x / 2) * Math.exp(-x / 2));
    }
    near(chiSquaredQuantile(0.95, 2), -2 * Math.log(0.05));
    near(chiSquaredQuantile(0.025, 2), -2 * Math.log(0.975));
  });
  test("Student: one degree is Cauchy's, two t/√(2+t²)", () => {
    for (const t of [-30, -1, 0.2, 2, 500]) {
      near(studentTails(t, 1)[t < 0 ? 'lower' : 'upper'], Math.atan(1 / Math.abs(t)) / Math.PI);
      near(studentTails(t, 2).lower, 0.5 + t / (2 * Math.sqrt(2 + t * t)), 1e-12 * Math.max(1, t * t));
    }
    near(studentQuantile(0.975, 1), Math.tan(Math.PI * 0.475));
    near(studentQuantile(0.025, 2), -0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)));
  });
  test('F: (2, d) has the upper tail (1 + 2f/d)^(−d/2); t² is F(1, ν)', () => {
    for (const d of [1, 3.7, 20, 200]) near(fisherTails(3, 2, d).upper, (1 + 6 / d) ** (-d / 2));
    near(fisherQuantile(0.95, 2, 10), 5 * (20 ** 0.2 - 1));
    near(fisherQuantile(0.95, 1, 16), studentQuantile(0.975, 16) ** 2);
    near(fisherQuantile(0.025, 7, 3.3), 1 / fisherQuantile(0.975, 3.3, 7));
  });
});

/** Tables of Abramowitz & Stegun 26.1 and of R 4 (qnorm, pnorm, qt, qchisq), as printed to 15 digits. */
test('published values', () => {
  near(normalQuantile(0.975), 1.959963984540054);
  near(normalQuantile(1e-10), -6.361340902404056);
  near(normalTails(-1.96).lower, 0.0249978951482204);
  near(normalTails(-10).lower, 7.61985302416053e-24);
  near(studentQuantile(0.975, 16), 2.11990529922125);
  near(chiSquaredQuantile(0.975, 17), 30.1910091216398);
  near(chiSquaredQuantile(0.025, 17), 7.56418644957757);
});

test('quantile and tail undo each other far into both tails', () => {
  for (const p of [1e-12, 1e-4, 0.3, 0.5, 0.7, 0.9999]) {
    near(normalTails(normalQuantile(p)).lower, p);
    near(studentTails(studentQuantile(p, 5.5), 5.5).lower, p);
    near(chiSquaredTails(chiSquaredQuantile(p, 3), 3).lower, p);
    near(fisherTails(fisherQuantile(p, 4, 9.2), 4, 9.2).lower, p);
  }
});
