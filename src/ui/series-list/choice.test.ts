import { expect, it } from 'vitest';
import { fakeStudy } from '../testing/fake-study.ts';
import { belongsTo, bestSeries, fits, regionsFirst } from './choice.ts';

const study = fakeStudy();

it('the series with a region comes before a larger one', () => {
  const large = { ...study.series[1]!, uid: 'large', size: [512, 512, 300, 1] as const };
  expect(bestSeries({ ...study, series: [large, ...study.series] })?.uid).toBe('1.2.3');
  expect(bestSeries({ ...study, series: [study.series[1]!, large], regions: [] })?.uid).toBe('large');
  expect(bestSeries({ ...study, series: [] })).toBeUndefined();
});

it('a part of a split series keeps the regions of the whole', () => {
  expect(belongsTo(study.regions[0]!, { ...study.series[0]!, uid: '1.2.3#2' })).toBe(true);
  expect(belongsTo(study.regions[2]!, study.series[0]!)).toBe(false);
});

it('regions of the series come first, in their order', () => {
  const pet = study.series[2]!;
  expect(regionsFirst(study.regions, pet).map((r) => r.id)).toEqual(['r3', 'r1', 'r2']);
});

it('a region of another frame of reference is not laid over a series unasked', () => {
  const [ct] = study.series;
  const other = { ...study.regions[2]!, frameOfReference: '2.7' };
  expect(fits(other, ct!, [other])).toBe(false);
  expect(fits({ ...other, frameOfReference: '' }, ct!, [other])).toBe(true);
  expect(fits({ ...other, referencedSeries: ct!.uid }, ct!, [other])).toBe(true);
});

it('a region of another series is laid only over a series that has none of its own', () => {
  const [ct, , pet] = study.series;
  const [first, , onPet] = study.regions;
  expect(fits(onPet!, ct!, study.regions)).toBe(false);
  expect(fits(onPet!, ct!, [onPet!])).toBe(true);
  expect(fits(first!, pet!, study.regions)).toBe(false);
  const { referencedSeries: _, ...unnamed } = first!;
  expect(fits(unnamed, pet!, [unnamed, onPet!])).toBe(true);
});
