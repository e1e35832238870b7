import { describe, expect, it } from 'vitest';
import { MINI_1, WRIGHT_1 } from '../published-data.testing.ts';
import { agreementPlot, type AgreementPlot, type Repeat } from './agreement-plot.ts';

const repeatsOf = (table: readonly (readonly number[])[]): Repeat[] =>
  table.flatMap((row, i) => row.map((value, j) => ({ subject: `s${i}`, replicate: `r${j}`, value })));
const plotOf = (repeats: readonly Repeat[], percent?: boolean): AgreementPlot => {
  const plot = agreementPlot(repeats, percent);
  if ('noValue' in plot) throw new Error(plot.noValue);
  return plot;
};

describe('the plot of Bland and Altman', () => {
  it('of two repeats has the bias, limits and intervals of their paper', () => {
    const plot = plotOf(repeatsOf(WRIGHT_1.map((v, i) => [v, MINI_1[i]!])));
    expect(plot).toMatchObject({ kind: 'pair', subjects: 17, left: 0 });
    expect(plot.bias!.value).toBeCloseTo(-2.117647, 6);
    expect(plot.bias!.low).toBeCloseTo(-22.0488, 4);
    expect(plot.bias!.high).toBeCloseTo(17.8135, 4);
    expect(plot.lower.value).toBeCloseTo(-78.0973, 4);
    expect(plot.upper.value).toBeCloseTo(73.862, 3);
    // t₁₆·s·√(1/17 + 1.96²/32) = 2.119905·38.76513·0.4229 = 34.75.
    expect(plot.upper.high - plot.upper.value).toBeCloseTo(34.75, 1);
  });
  it('of three repeats has the limits with the mean, by hand', () => {
    // Deviations −1, 0, 1 and −2, 1, 1: squares 2 + 6 = 8 over 6 values; 1.96·√(8/6) = 2.2632.
    const plot = plotOf(
      repeatsOf([
        [9, 10, 11],
        [18, 21, 21],
      ]),
    );
    expect(plot).toMatchObject({ kind: 'mean', subjects: 2, bias: null });
    expect(plot.points.map((p) => p.difference)).toEqual([-1, 0, 1, -2, 1, 1]);
    expect(plot.points[3]!.mean).toBe(20);
    expect(plot.upper.value).toBeCloseTo(2.2632, 4);
    // χ² with 4 degrees of freedom: 11.143287 and 0.484419.
    expect(plot.upper.low).toBeCloseTo(2.2632 * Math.sqrt(4 / 11.143287), 3);
    expect(plot.upper.high).toBeCloseTo(2.2632 * Math.sqrt(4 / 0.484419), 3);
    expect(plot.lower.value).toBe(-plot.upper.value);
  });
  it('of two repeats by both forms says the same: half the difference from the mean', () => {
    const pair = plotOf(
      repeatsOf([
        [1, 3],
        [5, 4],
        [8, 9],
      ]),
    );
    expect(pair.points.map((p) => p.difference)).toEqual([-2, 1, -1]);
  });
  it('in per cent divides by the mean, and leaves out a subject that was measured once', () => {
    const plot = plotOf(
      [
        ...repeatsOf([
          [9, 11],
          [18, 22],
          [50, 50],
        ]),
        { subject: 'x', replicate: 'r0', value: 4 },
      ],
      true,
    );
    expect(plot.points.map((p) => p.difference)).toEqual([-20, -20, 0]);
    expect(plot).toMatchObject({ percent: true, subjects: 3, left: 1 });
  });
  it('has no value without repeats, with a mean of zero in per cent, or with one pair', () => {
    expect(agreementPlot(repeatsOf([[1], [2]]))).toEqual({ noValue: 'one_replicate' });
    expect(
      agreementPlot(
        repeatsOf([
          [-1, 1],
          [2, 3],
        ]),
        true,
      ),
    ).toEqual({ noValue: 'zero_mean' });
    expect(agreementPlot(repeatsOf([[1, 2]]))).toEqual({ noValue: 'too_few' });
    expect(agreementPlot([])).toEqual({ noValue: 'one_replicate' });
  });
});
