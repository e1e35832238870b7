import { describe, expect, it } from 'vitest';
import { repeatabilityOf } from '../../statistics/verdict/repeated-table.ts';
import { covOf, iccOf, rowsFor } from './rows.ts';

const TABLE = `subject,replicate,morph_volume,stat_mean,flat
a,1,100,5,3
a,2,101,9,3
b,1,200,7,3
b,2,199,2,3
c,1,300,6,3
c,2,302,8,3
d,1,420,4,3
d,2,419,9,3
`;

describe('rows of verdicts', () => {
  const report = repeatabilityOf(TABLE);
  if ('problem' in report) throw new Error(report.problem);

  it('are sorted by any column, without a value last both ways', () => {
    const names = (ascending: boolean) =>
      rowsFor(report.features, '', '', { column: 'icc', ascending }).map((f) => f.name);
    expect(names(true)).toEqual(['stat_mean', 'morph_volume', 'flat']);
    expect(names(false)).toEqual(['morph_volume', 'stat_mean', 'flat']);
  });

  it('are filtered by name and by verdict', () => {
    const order = { column: 'name', ascending: true } as const;
    expect(rowsFor(report.features, 'MORPH vol', '', order)).toHaveLength(1);
    expect(rowsFor(report.features, '', 'robust', order).map((f) => f.name)).toEqual(['morph_volume']);
  });

  it('have numbers, or none where the statistic has none', () => {
    const [volume, , flat] = report.features;
    expect(covOf(volume!)).toBeGreaterThan(0);
    expect(iccOf(flat!)).toBeNaN();
  });
});
