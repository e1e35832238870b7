import { describe, expect, it } from 'vitest';
import { fill } from '../../core/localised.ts';
import { WRIGHT_1, MINI_1 } from '../../statistics/published-data.testing.ts';
import { pairDifference } from '../../statistics/agreement/pair-difference.ts';
import { readerFindings } from './findings.ts';
import { boxed, diceOf } from './overlap.ts';
import { pairRegions, sidesOf, type ReaderRegion } from './pair-regions.ts';

const region = (id: string, name: string, series = 's'): ReaderRegion => ({ id, name, series });

describe('pairs of two readers', () => {
  it('are those of one name, whatever its case and blanks', () => {
    const { pairs, alone } = pairRegions(
      [region('a1', 'Liver  1'), region('a2', 'Node')],
      [region('b2', 'node '), region('b1', 'liver 1'), region('b3', 'Spleen')],
      () => 0,
    );
    expect(pairs.map((p) => [p.subject, p.first, p.second, p.by])).toEqual([
      ['Liver  1', 'a1', 'b1', 'name'],
      ['Node', 'a2', 'b2', 'name'],
    ]);
    expect(alone.map((r) => r.id)).toEqual(['b3']);
  });

  it('are then those that overlap most, pair by pair, on one series alone', () => {
    const shares: Record<string, number> = { 'a1 b1': 0.5, 'a1 b2': 0.6, 'a2 b2': 0.9, 'a3 b4': 0.8 };
    const { pairs, alone } = pairRegions(
      [region('a1', 'x'), region('a2', 'x'), region('a3', 'y', 't')],
      [region('b1', 'p'), region('b2', 'q'), region('b4', 'r')],
      (a, b) => shares[`${a.id} ${b.id}`] ?? 0,
    );
    // a1 would rather have b2, which a2 overlaps more; a3 lies on another series than b4.
    expect(pairs.map((p) => [p.subject, p.first, p.second, p.by])).toEqual([
      ['x', 'a1', 'b1', 'overlap'],
      ['x (2)', 'a2', 'b2', 'overlap'],
    ]);
    expect(alone.map((r) => r.id)).toEqual(['a3', 'b4']);
  });

  it('a name that a reader used twice pairs nothing by itself', () => {
    const { pairs } = pairRegions([region('a1', 'x'), region('a2', 'x')], [region('b1', 'x')], (a) =>
      a.id === 'a2' ? 0.7 : 0,
    );
    expect(pairs.map((p) => [p.first, p.second, p.by])).toEqual([['a2', 'b1', 'overlap']]);
  });

  it('are told apart by who drew, else by their files, else not at all', () => {
    const drawn = (id: string, reader: 'first' | 'second', file = '') => ({ id, reader, file });
    const ids = (regions: readonly { id: string }[]) => regions.map((r) => r.id).join();
    const read = sidesOf([drawn('a', 'first', 'f'), drawn('b', 'first', 'g'), drawn('c', 'second')]);
    expect([read.by, ids(read.first), ids(read.second)]).toEqual(['reader', 'a,b', 'c']);
    const files = sidesOf([drawn('a', 'first', 'f'), drawn('b', 'first', 'g'), drawn('c', 'first', 'f')]);
    expect([files.by, ids(files.first), ids(files.second)]).toEqual(['file', 'a,c', 'b']);
    const masks = ['one/a', 'one/b', 'two/a', 'two/b'].map((file) => drawn(file, 'first', file));
    expect([ids(sidesOf(masks).first), ids(sidesOf(masks).second)]).toEqual(['one/a,one/b', 'two/a,two/b']);
    expect(sidesOf(masks.slice(0, 2).concat(drawn('c', 'first', 'one/c')))).toMatchObject({ by: null });
    expect(sidesOf([drawn('a', 'first'), drawn('b', 'first')])).toMatchObject({ by: null, second: [] });
  });

  it('overlap by Dice: cubes of 4³ shifted by one have 2·48/128', () => {
    const cube = (x0: number) => {
      const data = new Uint8Array(10 ** 3);
      for (let z = 2; z < 6; z++)
        for (let y = 3; y < 7; y++) for (let x = x0; x < x0 + 4; x++) data[x + 10 * (y + 10 * z)] = 1;
      const matrix = [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ] as const;
      const grid = { size: [10, 10, 10], affine: { origin: [0, 0, 0], matrix } } as const;
      return boxed({ grid, data, name: '', colour: [0, 0, 0] })!;
    };
    expect(diceOf(cube(1), cube(2))).toBe(0.75);
    expect(diceOf(cube(1), cube(1))).toBe(1);
    expect(diceOf(cube(0), cube(5))).toBe(0);
  });
});

describe('difference of two readers', () => {
  it('has the numbers of its docstring, worked out by hand', () => {
    const found = pairDifference([100, 200], [110, 190]);
    if ('noValue' in found || 'noValue' in found.limits) throw new Error('no value');
    expect(found.bias.value).toBe(0);
    expect(found.limits.high).toBeCloseTo(27.718586, 6);
    expect(found.limits.low).toBeCloseTo(-27.718586, 6);
    expect(found.percents[0]).toBeCloseTo(9.52381, 6);
    expect(found.percents[1]).toBeCloseTo(-5.128205, 6);
    expect(found.percent).toBeCloseTo(2.197802, 6);
  });

  it('is that of Bland and Altman 1986 for their two meters: −2.1, limits −78 to 74', () => {
    const found = pairDifference(MINI_1, WRIGHT_1);
    if ('noValue' in found || 'noValue' in found.limits) throw new Error('no value');
    expect(found.bias.value).toBeCloseTo(-2.117647, 6);
    expect(found.limits.low).toBeCloseTo(-78.0973, 3);
    expect(found.limits.high).toBeCloseTo(73.862, 3);
  });

  it('is there for one region, without an interval; zeros agree, per cent of nothing do not exist', () => {
    expect(pairDifference([4], [5])).toMatchObject({
      n: 1,
      bias: { value: 1, interval: null },
      limits: { noValue: 'too_few' },
      percent: 100 / 4.5,
    });
    expect(pairDifference([0, 2], [0, 2])).toMatchObject({ percents: [0, 0] });
    expect(pairDifference([-1], [1])).toMatchObject({ percent: { noValue: 'zero_mean' } });
    expect(pairDifference([1], [2], 'interval')).toMatchObject({ percent: { noValue: 'interval_scale' } });
    expect(pairDifference([], [])).toEqual({ noValue: 'too_few' });
  });
});

describe('what a comparison of readers rests on', () => {
  const pairs = (n: number, dice = 0.9) =>
    Array.from({ length: n }, (_, i) => ({ subject: `L${i + 1}`, dice: i === 0 ? dice : 0.9 }));

  it('one lesion has no ICC, and few have a wide one: both are said', () => {
    const [one] = readerFindings(pairs(1));
    expect(one).toMatchObject({ id: 'R-readers-one', severity: 'warn' });
    expect(one!.text.en).toContain('ICC cannot be computed from one lesion');
    const [few] = readerFindings(pairs(3));
    expect(fill(few!.text.en, few!.facts)).toContain('ICC rests on 3 lesions only');
    expect(readerFindings(pairs(5))).toEqual([]);
  });

  it('names the lesions whose Dice falls below 0.85 (SPEC R17)', () => {
    expect(readerFindings(pairs(6, 0.85))).toEqual([]);
    const [apart] = readerFindings(pairs(6, 0.849));
    expect(apart).toMatchObject({ id: 'R-readers-apart', facts: { subjects: 'L1', least: 0.85 } });
  });
});
