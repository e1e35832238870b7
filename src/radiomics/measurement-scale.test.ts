import { expect, test } from 'vitest';
import { columnName } from './names.ts';
import { definitionOfColumn, measurementScale } from './measurement-scale.ts';
import { FAMILIES } from './registry.ts';

const scaleOf = (tag: string, trueZero = false) => measurementScale(definitionOfColumn(tag)!, trueZero);

test('features with an arbitrary zero are on an interval scale (SPEC §3.4)', () => {
  for (const tag of [
    'stat_mean',
    'stat_skew',
    'cm_corr',
    'cm_clust_shade',
    'stat_kurt',
    'rlm_hgre',
    'szm_lzlge',
  ])
    expect([tag, scaleOf(tag)]).toEqual([tag, 'interval']);
  for (const tag of [
    'morph_volume',
    'stat_var',
    'cm_contrast',
    'ih_entropy',
    'rlm_sre',
    'szm_lze',
    'ngl_hde',
  ])
    expect([tag, scaleOf(tag)]).toEqual([tag, 'ratio']);
});

test('SUV has a true zero, and skewness still has none', () => {
  expect(scaleOf('stat_mean', true)).toBe('ratio');
  expect(scaleOf('stat_skew', true)).toBe('interval');
});

test('every feature is found again by its export name in every scheme and aggregation', () => {
  for (const { features, aggregations } of FAMILIES) {
    for (const feature of features) {
      for (const aggregation of aggregations) {
        for (const scheme of ['ibsi', 'pyradiomics', 'mirp'] as const) {
          const column = columnName({ tag: feature.tag, aggregation }, scheme);
          expect([column, definitionOfColumn(column)?.tag]).toEqual([column, feature.tag]);
        }
      }
    }
  }
  expect(definitionOfColumn('age')).toBeNull();
});
