import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { Random } from '../../core/random.ts';
import { fuzzyCMeans } from './fuzzy-c-means/fuzzy-c-means.ts';
import { fitMixture, freeNumbers } from './gaussian-mixture/expectation-maximisation.ts';
import { imageOf } from './input.testing.ts';
import { IRIS, SPECIES } from './iris.testing.ts';
import { lineClusters } from './line-clusters.ts';
import { lloyd } from './lloyd.ts';
import type { MethodId } from './method.ts';
import { segment } from './segment.ts';

const iris = { count: 150, width: 4, data: IRIS };

describe('k-means', () => {
  it('finds the classes of iris: within squares 78.85144, sizes 50, 62, 38 (SPEC R20)', () => {
    const found = lloyd(iris, { classes: 3, seed: 1 });
    expect(found.withinSquares).toBeCloseTo(78.85144, 5);
    expect([...found.sizes].sort()).toEqual([38, 50, 62]);
    for (let i = 1; i < found.course.length; i++)
      expect(found.course[i]).toBeLessThanOrEqual(found.course[i - 1]!);
  });

  it('is the same by kernel', async () => {
    const random = new Random(3);
    const data = Float32Array.from({ length: 60_000 }, (_, i) => random.normal() + 4 * (i % 3));
    const points = { count: 20_000, width: 3, data };
    const plain = lloyd(points, { classes: 4, seed: 7, starts: 2 });
    const fast = lloyd(points, { classes: 4, seed: 7, starts: 2, kernels: await loadKernels() });
    expect(fast.labels).toEqual(plain.labels);
    expect(fast.centres).toEqual(plain.centres);
    expect(fast.withinSquares).toBe(plain.withinSquares);
  });

  it('refuses more classes than different values, also rare ones', () => {
    const points = { count: 50_000, width: 1, data: new Float32Array(50_000) };
    points.data[17] = 1;
    points.data[30_001] = 2;
    expect(lloyd(points, { classes: 3, seed: 1 }).withinSquares).toBe(0);
    expect(() => lloyd(points, { classes: 4, seed: 1 })).toThrow('too_many_classes');
  });
});

describe('k-means of single numbers', () => {
  it('has the classes that are told by hand, whatever the order', () => {
    const found = lineClusters(Float64Array.of(12, 2, 50, 1, 11, 3, 10), 3);
    expect([...found.labels]).toEqual([1, 0, 2, 0, 1, 0, 1]);
    expect([...found.centres]).toEqual([2, 11, 50]);
    expect([found.withinSquares, found.sizes]).toEqual([4, [3, 3, 1]]);
  });

  it('has the least squares of all ways to cut, tried one by one', () => {
    const random = new Random(8);
    for (let n = 0; n < 20; n++) {
      const numbers = Float64Array.from({ length: 14 }, () => Math.round(20 * random.normal()));
      const sorted = numbers.slice().sort();
      const within = (part: Float64Array) => {
        const mean = part.reduce((s, v) => s + v, 0) / part.length;
        return part.reduce((s, v) => s + (v - mean) ** 2, 0);
      };
      let least = Infinity;
      for (let a = 1; a < 13; a++)
        for (let b = a + 1; b < 14; b++)
          least = Math.min(
            least,
            within(sorted.subarray(0, a)) + within(sorted.subarray(a, b)) + within(sorted.subarray(b)),
          );
      expect(lineClusters(numbers, 3).withinSquares).toBeCloseTo(least, 9);
    }
  });

  it('never has more squares than the best of many starts; each number has its nearest centre', () => {
    const random = new Random(9);
    const data = Float32Array.from({ length: 30_000 }, (_, i) => 300 * (i % 3) + 90 * random.normal());
    const found = lineClusters(data, 4);
    for (let i = 1; i < found.course.length; i++) expect(found.course[i]).toBeLessThan(found.course[i - 1]!);
    const distances = (v: number) => Array.from(found.centres, (c) => (v - c) ** 2);
    let squares = 0;
    let wrong = 0;
    data.forEach((v, i) => {
      const d = distances(v);
      squares += d[found.labels[i]!]!;
      wrong += Number(d[found.labels[i]!]! > Math.min(...d));
    });
    expect(wrong).toBe(0);
    expect(found.withinSquares / squares).toBeCloseTo(1, 9);
    // The same numbers beside a second one that is 0 everywhere go by starts.
    const plane = new Float32Array(60_000);
    data.forEach((v, i) => (plane[2 * i] = v));
    for (let seed = 1; seed < 5; seed++) {
      const started = lloyd({ count: 30_000, width: 2, data: plane }, { classes: 4, seed });
      expect(found.withinSquares).toBeLessThanOrEqual(started.withinSquares * (1 + 1e-12));
    }
  });

  it('keeps a rare value far away as a class of its own', () => {
    const random = new Random(10);
    const data = Float32Array.from({ length: 20_000 }, () => random.normal());
    data[77] = -1e6;
    const found = lineClusters(data, 2);
    expect(found.sizes).toEqual([1, 19_999]);
    expect(found.labels[77]).toBe(0);
  });
});

describe('fuzzy c-means', () => {
  const start = lloyd(iris, { classes: 3, seed: 1 }).centres;

  it('never raises its objective, and agrees with its own equations where it ends', () => {
    const found = fuzzyCMeans(iris, start, 2, 500);
    for (let i = 1; i < found.course.length; i++)
      expect(found.course[i]).toBeLessThanOrEqual(found.course[i - 1]! + 1e-9);
    // The same iteration written in numpy ends in 60.50571 (checked once, 2026-11).
    expect(found.course.at(-1)).toBeCloseTo(60.5057, 3);
    expect(found.partition).toBeGreaterThan(1 / 3);
    expect(found.partition).toBeLessThan(1);
  });

  it('becomes k-means as the fuzziness falls to 1', () => {
    const hard = lloyd(iris, { classes: 3, seed: 1 });
    const found = fuzzyCMeans(iris, start, 1.05, 500);
    let same = 0;
    for (let i = 0; i < 150; i++) same += Number(found.labels[i] === hard.labels[i]);
    expect(same).toBeGreaterThan(147);
  });

  it('two points: each belongs to its own centre alone', () => {
    const found = fuzzyCMeans(
      { count: 2, width: 1, data: Float64Array.of(0, 10) },
      Float64Array.of(1, 9),
      2,
      500,
    );
    expect(found.centres[0]).toBeCloseTo(0, 5);
    expect(found.centres[1]).toBeCloseTo(10, 5);
    expect(found.partition).toBeCloseTo(1, 6);
  });
});

describe('Gaussian mixture', () => {
  it('reaches the likelihood of iris that mclust prints for three free covariances, -180.186', () => {
    const start = lloyd(iris, { classes: 3, seed: 1 });
    const found = fitMixture(iris, start.labels, 3, { steps: 1000, spread: 'own' });
    for (let i = 1; i < found.course.length; i++)
      expect(found.course[i]).toBeGreaterThanOrEqual(found.course[i - 1]! - 1e-9);
    expect(150 * found.course.at(-1)!).toBeCloseTo(-180.186, 1);
    const sizes = [0, 1, 2].map((c) => found.labels.filter((l) => l === c).length).sort();
    expect(sizes).toEqual([45, 50, 55]); // mclust: 50, 45, 55
    const setosa = found.labels[0];
    expect(found.labels.every((l, i) => (l === setosa) === (SPECIES[i] === 0))).toBe(true);
  });

  it('reaches that for one shared covariance, -256.354 (mclust EEE; scikit-learn, tied)', () => {
    const start = lloyd(iris, { classes: 3, seed: 1 });
    const found = fitMixture(iris, start.labels, 3, { steps: 1000, spread: 'shared' });
    for (let i = 1; i < found.course.length; i++)
      expect(found.course[i]).toBeGreaterThanOrEqual(found.course[i - 1]! - 1e-9);
    expect(150 * found.course.at(-1)!).toBeCloseTo(-256.354, 2);
    const [first, second] = [found.covariances.slice(0, 16), found.covariances.slice(16, 32)];
    expect(first).toEqual(second);
    // mclust's criterion is -632.965: twice the likelihood less ln 150 for each of 24 free numbers.
    expect(freeNumbers(3, 4, 'shared')).toBe(24);
    expect(freeNumbers(3, 4, 'own')).toBe(44);
  });

  it('with two classes parts lesion from background at the middle of a blurred border', () => {
    // 30 voxels of background, a border of five steps, 12 of lesion, along x.
    const image = imageOf([47, 8, 8], (x) => Math.max(0, Math.min(100, (x - 29.5) * (100 / 6))));
    const parted = (spread: string) => {
      const found = segment(image, { method: 'gaussian-mixture', parameters: { classes: 2, spread } });
      if (found.outcome !== 'done') throw new Error(found.reason);
      return found.labels.subarray(0, 47).indexOf(2);
    };
    expect(parted('shared')).toBe(33);
    expect(parted('own')).toBeLessThan(32);
  });
});

describe.each<MethodId>(['k-means', 'fuzzy-c-means', 'gaussian-mixture'])('%s on an image', (method) => {
  const random = new Random(5);
  const image = imageOf([20, 20, 6], (x) => (x < 8 ? 0 : x < 14 ? 100 : 300) + random.normal());

  it('parts three tissues, classes by rising mean', () => {
    const found = segment(image, { method, parameters: { classes: 3 } });
    if (found.outcome !== 'done') throw new Error(found.reason);
    expect(found.proposed).toBe(3);
    for (let i = 0; i < 20; i++) expect(found.labels[i]).toBe(i < 8 ? 1 : i < 14 ? 2 : 3);
    expect(segment(image, { method, parameters: { classes: 3 } })).toEqual(found);
  });

  it('works with all four features and leaves voxels without a value alone', () => {
    const holes = { ...image, data: image.data.slice() };
    holes.data[5] = NaN;
    const parameters = { classes: 2, features: ['intensity', 'smoothed', 'gradient', 'entropy'] };
    const found = segment(holes, { method, parameters });
    if (found.outcome !== 'done') throw new Error(found.reason);
    expect(found.labels[5]).toBe(0);
    expect(found.labels.filter((l) => l === 0)).toHaveLength(1);
  });

  it('says that a flat image has nothing to part, and that values are too few', () => {
    expect(
      segment(
        imageOf([5, 5, 5], () => 7),
        { method },
      ),
    ).toMatchObject({ reason: 'flat_image' });
    const two = imageOf([5, 5, 5], (x) => Number(x > 2));
    expect(segment(two, { method })).toMatchObject({
      reason: 'too_many_classes',
      facts: { classes: 3, distinct: 2 },
    });
  });
});
