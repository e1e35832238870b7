import { describe, expect, it } from 'vitest';
import type { FeatureRow } from '../../engine/api.ts';
import { FAKE_FAMILIES } from '../testing/fake-study.ts';
import { definitionsByTag, filterRows, sortRows, toTsv } from './rows.ts';

const row = (part: Partial<FeatureRow>): FeatureRow => ({
  tag: 'stat_mean',
  ibsi: 'Q4LE',
  family: 'intensity_statistics',
  name: 'Mean',
  column: 'original_firstorder_Mean',
  aggregation: '3D',
  value: 1,
  unit: 'HU',
  ...part,
});
const rows = [
  row({ tag: 'stat_mean', name: 'Mean', value: 3 }),
  row({
    tag: 'cm_contrast',
    name: 'Contrast',
    ibsi: 'ACUI',
    family: 'glcm',
    aggregation: '3D:avg',
    value: -2,
    column: 'original_glcm_Contrast',
  }),
  row({ tag: 'stat_kurt', name: 'Kurtosis', ibsi: 'IPH6', value: null, reason: 'flat_region' }),
  row({
    tag: 'cm_contrast',
    name: 'Contrast',
    ibsi: 'ACUI',
    family: 'glcm',
    aggregation: '3D:mrg',
    value: 10,
    column: 'original_glcm_Contrast',
  }),
];
const all = { query: '', family: '', aggregation: '' };

describe('the feature table', () => {
  it('finds by every word of the query, in name, code, tag and column', () => {
    expect(filterRows(rows, { ...all, query: 'CONTRAST acui' })).toHaveLength(2);
    expect(filterRows(rows, { ...all, query: 'firstorder kurt' }).map((r) => r.tag)).toEqual(['stat_kurt']);
    expect(filterRows(rows, { ...all, query: 'nothing like it' })).toHaveLength(0);
  });

  it('filters by family and aggregation together', () => {
    expect(filterRows(rows, { ...all, family: 'glcm', aggregation: '3D:mrg' })).toEqual([rows[3]]);
  });

  it('sorts numbers as numbers and keeps absent values last', () => {
    const values = (ascending: boolean) => sortRows(rows, { column: 'value', ascending }).map((r) => r.value);
    expect(values(true)).toEqual([-2, 3, 10, null]);
    expect(values(false)).toEqual([10, 3, -2, null]);
    expect(sortRows(rows, null)).toBe(rows);
  });

  it('copies full precision, empty for absent values, and no cell that starts a formula', () => {
    const hostile = row({ name: '=HYPERLINK("x")', tag: '@t\ta\nb', value: -0.1 - 0.2 });
    expect(toTsv(['Name'], [hostile, rows[2]!], false)).toBe(
      [
        'Name',
        `'=HYPERLINK("x")\tQ4LE\t'@t a b\t3D\t-0.30000000000000004\tHU`,
        'Kurtosis\tIPH6\tstat_kurt\t3D\t\tHU',
      ].join('\n'),
    );
    expect(toTsv([], [rows[0]!], true)).toContain('\t3\t');
    expect(toTsv([], [rows[0]!], true, ['fail; G-06 fail'])).toMatch(/\tfail; G-06 fail$/);
  });

  it('knows each definition with its family', () => {
    const known = definitionsByTag(FAKE_FAMILIES).get('glcm_contrast');
    expect([known?.family.id, known?.definition.tag]).toEqual(['glcm', 'glcm_contrast']);
  });
});
