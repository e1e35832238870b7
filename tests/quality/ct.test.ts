import { describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import { CT_RULES } from '../../src/quality/rules/ct/rules.ts';
import {
  CT_SERIES,
  EDGE,
  madeCt,
  madeCtSeries,
  SLICES,
  withPixels,
  withTags,
  withoutTags,
  type Change,
} from './made-series.ts';
import { ball } from './regions.ts';
import { assessed, kept, raised, type Defect } from './seeded.ts';

const ds = (...v: number[]) => ['DS', v.join('\\')] as const;
const half = (k: number) => k >= SLICES / 2;
const reference = (changes: readonly Change[] = []) => ({
  as: 'reference' as const,
  files: () => madeCt(changes, 'reference', { ...CT_SERIES, seriesUid: uidFromSeed('rules/reference') }),
});
const hu = (value: number) => value + 1024;
const random = new Random(11);

const ARRIVES = [0, 0, 0, 60, 220, 160, 90, 60];

const DEFECTS: readonly Defect[] = [
  {
    rule: 'C-01',
    name: 'another kernel on five slices',
    severity: 'fail',
    files: () => madeCt([withTags({ '00181210': ['SH', 'BONE'] }, (k) => k < 5)]),
  },
  {
    rule: 'C-02',
    name: 'iterative here, filtered in the reference',
    severity: 'warn',
    files: () => madeCt([withTags({ '00189315': ['CS', 'ITERATIVE'] })]),
    beside: reference([withTags({ '00189315': ['CS', 'FILTER_BACK_PROJ'] })]),
  },
  {
    rule: 'C-02',
    name: 'iterative in one half, filtered in the other',
    severity: 'fail',
    files: () =>
      madeCt([
        withTags({ '00189315': ['CS', 'ITERATIVE'] }),
        withTags({ '00189315': ['CS', 'FILTER_BACK_PROJ'] }, half),
      ]),
  },
  {
    rule: 'C-03',
    name: 'two voltages',
    severity: 'warn',
    files: () => madeCt([withTags({ '00180060': ds(100) }, half)]),
  },
  {
    rule: 'C-03',
    name: 'a voltage of 123 kV',
    severity: 'warn',
    files: () => madeCt([withTags({ '00180060': ds(123) })]),
  },
  {
    rule: 'C-04',
    name: 'tube current from 100 to 300 mA',
    severity: 'warn',
    files: () =>
      madeCt([
        (image, k) =>
          withTags({ '00181151': ['IS', String(100 + Math.round((200 * k) / SLICES))] })(image, k, 0),
      ]),
  },
  {
    rule: 'C-05',
    name: 'slices of 6 mm',
    severity: 'fail',
    files: () =>
      madeCt([
        (image, k) =>
          withTags({
            '00180050': ds(6),
            '00200032': ds(-(EDGE - 1), -(EDGE - 1), 6 * k),
            '00280030': ds(3.2, 3.2),
            '00181100': ds(3.2 * EDGE),
          })(image, k, 0),
      ]),
  },
  {
    rule: 'C-06',
    name: 'slices that overlap by 60 %',
    severity: 'warn',
    files: () =>
      madeCt([
        (image, k) =>
          withTags({ '00180050': ds(2.5), '00200032': ds(-(EDGE - 1), -(EDGE - 1), k) })(image, k, 0),
      ]),
  },
  {
    rule: 'C-07',
    name: 'noise of 30 HU',
    severity: 'warn',
    files: () => madeCt([withPixels((v) => Math.max(0, Math.round(v + 30 * random.normal())))]),
  },
  {
    rule: 'C-08',
    name: 'f50 of 0.8 per mm',
    severity: 'warn',
    files: () => madeCt(),
    ask: { answers: { resolution_f50: 0.8 } },
  },
  {
    rule: 'C-09',
    name: 'HU 80 too high',
    severity: 'fail',
    files: () => madeCt([withTags({ '00281052': ds(-944) })]),
  },
  {
    rule: 'C-10',
    name: 'agent in the headers, none in the aorta',
    severity: 'warn',
    files: () => madeCt([withTags({ '00180010': ['LO', 'Iodine'] })]),
    masks: ball(7, Infinity, 'Aorta'),
  },
  {
    rule: 'C-11',
    name: 'another table speed in the upper half',
    severity: 'fail',
    files: () => madeCt([(image, k) => withTags({ '00189311': ['FD', [half(k) ? 1.2 : 0.8]] })(image, k, 0)]),
  },
  {
    rule: 'C-12',
    name: 'body up to the edge of the field',
    severity: 'warn',
    files: () =>
      madeCt([
        withPixels((v, i, j) =>
          i > 44 && Math.abs(j - 32) < 12 ? hu(40) + Math.round(8 * random.normal()) : v,
        ),
      ]),
  },
  {
    rule: 'C-12',
    name: 'region beside the cut body',
    severity: 'fail',
    files: () =>
      madeCt([
        withPixels((v, i, j) =>
          i > 44 && Math.abs(j - 32) < 12 ? hu(40) + Math.round(8 * random.normal()) : v,
        ),
      ]),
    masks: ball(4, Infinity, 'Ball', 24),
  },
  {
    rule: 'C-13',
    name: 'streaks through the region',
    severity: 'warn',
    files: () =>
      madeCt([
        withPixels((v, i, j, k) => {
          const angle = Math.atan2(j - 32, i - 32);
          const near = Math.abs(k - 12) < 2 && Math.hypot(i - 32, j - 32) < 16;
          return near && Math.cos(20 * angle) > 0.6 ? v + 100 : v;
        }),
      ]),
    masks: ball(6),
  },
  {
    rule: 'C-14',
    name: 'a metal insert',
    severity: 'fail',
    files: () =>
      madeCt([
        withPixels((v, i, j, k) =>
          Math.abs(i - 40) < 2 && Math.abs(j - 32) < 2 && k > 8 && k < 14 ? hu(2900) + i + j + k : v,
        ),
      ]),
    masks: ball(6),
  },
  {
    rule: 'C-15',
    name: 'prone in one half',
    severity: 'warn',
    files: () => madeCt([withTags({ '00185100': ['CS', 'HFP'] }, half)]),
  },
  {
    rule: 'C-15',
    name: 'pitch of 1.8',
    severity: 'warn',
    files: () => madeCt([withTags({ '00189311': ['FD', [1.8]] })]),
  },
  {
    rule: 'C-16',
    name: 'a step between slices 12 and 13',
    severity: 'warn',
    files: () =>
      madeCt([
        (image, k) =>
          half(k)
            ? {
                ...image,
                pixels: image.pixels.map((_, at) => image.pixels[(at + 6 * EDGE) % (EDGE * EDGE)]!),
              }
            : image,
      ]),
  },
  {
    rule: 'C-17',
    name: 'perfusion every 6 s',
    severity: 'warn',
    files: () => madeCtSeries({ times: ARRIVES.map((_, p) => 6 * p), enhancement: ARRIVES }),
  },
  {
    rule: 'C-17',
    name: 'agent in the second phase',
    severity: 'warn',
    files: () => madeCtSeries({ times: ARRIVES.map((_, p) => 2 * p), enhancement: [0, ...ARRIVES.slice(4)] }),
  },
];

describe('rules of computed tomography on made series', () => {
  it('take no test object that ends on the table for a breath', async () => {
    const files = () =>
      madeCt([withPixels((v, i, j, k) => (j > 54 && j < 61 && i > 16 && i < 48 && half(k) ? v + 1100 : v))]);
    expect(raised(await assessed({ files }))).not.toHaveProperty('C-16');
  });

  it('raise nothing on a clean dynamic CT, nor against a clean reference', async () => {
    expect(
      raised(
        await assessed({
          files: () => madeCtSeries({ times: ARRIVES.map((_, p) => 2 * p), enhancement: ARRIVES }),
        }),
      ),
    ).toEqual({});
    expect(raised(await assessed({ files: () => madeCt(), beside: reference(), masks: ball(7) }))).toEqual(
      {},
    );
  });

  it.each(DEFECTS.map((d) => [d.rule, d.name, d] as const))('%s: %s', async (rule, _, defect) => {
    const found = kept(defect, raised(await assessed(defect)));
    const others = Object.keys(found).filter((id) => id !== rule && !(id in (defect.follows ?? {})));
    expect({ [rule]: found[rule], others }).toEqual({ [rule]: defect.severity, others: [] });
  });

  it('says what is missing instead of passing', async () => {
    const { results } = await assessed({
      files: () => madeCt([withoutTags('00180050', '00180060', '00181210', '00185100', '00189311')]),
    });
    const of = (id: string) => results.find((r) => r.id === id)!;
    expect(['C-01', 'C-03', 'C-05', 'C-15'].map((id) => of(id).severity)).toEqual(['na', 'na', 'na', 'na']);
    expect(of('C-05').facts.tags).toBe('(0018,0050)');
  });

  it('every rule has a defect', () => {
    expect(CT_RULES.map((r) => r.id).filter((id) => !DEFECTS.some((d) => d.rule === id))).toEqual([]);
  });
});
