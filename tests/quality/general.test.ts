import { describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { GENERAL_RULES } from '../../src/quality/rules/general/rules.ts';
import { EDGE, madeCt, STEP, withoutTags, withTags, CT_SERIES } from './made-series.ts';
import { ball } from './regions.ts';
import { assessed, kept, raised, type Defect } from './seeded.ts';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';

const ds = (...v: number[]) => ['DS', v.join('\\')] as const;
const at = (z: number, x = 0) => ds(x - (EDGE - 1), -(EDGE - 1), z);

const tan = Math.tan((3 * Math.PI) / 180);

const DEFECTS: readonly Defect[] = [
  {
    rule: 'G-01',
    name: 'two acquisitions in one series',
    severity: 'block',
    files: () => [...madeCt(), ...madeCt([withTags({ '00080032': ['TM', '093000'] })], 'twin')],
  },
  {
    rule: 'G-02',
    name: 'no positions',
    severity: 'block',
    files: () => madeCt([withoutTags('00200032')]),
  },
  {
    rule: 'G-03',
    name: 'slice 7 dropped',
    severity: 'block',
    files: () => madeCt([(image, k) => (k === 7 ? null : image)]),
  },
  {
    rule: 'G-03',
    name: 'one position off by 6 %',
    severity: 'fail',
    files: () => madeCt([withTags({ '00200032': at(9 * STEP + 0.06 * STEP) }, (k) => k === 9)]),
  },
  {
    rule: 'G-04',
    name: 'stack tilted by 3°',
    severity: 'fail',
    files: () =>
      madeCt([
        (image, k) =>
          withTags({ '00200032': ds(-(EDGE - 1), -(EDGE - 1) + k * STEP * tan, k * STEP) })(image, k, 0),
      ]),
  },
  {
    rule: 'G-05',
    name: 'slices thinner than their spacing',
    severity: 'fail',
    files: () => madeCt([withTags({ '00180050': ds(1.5) })]),
  },
  {
    rule: 'G-06',
    name: 'slices of 12 mm',
    severity: 'fail',
    files: () =>
      madeCt([
        (image, k) =>
          withTags({
            '00200032': at(k * 2.4),
            '00180050': ds(2.4),
            '00280030': ds(0.4, 0.4),
            '00181100': ds(0.4 * EDGE),
          })(image, k, 0),
      ]),
  },
  {
    rule: 'G-07',
    name: 'lesion of two slices',
    severity: 'fail',
    files: () => madeCt(),
    masks: ball(9, 2),
  },
  {
    rule: 'G-08',
    name: 'no rescale',
    severity: 'block',
    files: () => madeCt([withoutTags('00281052', '00281053', '00281054')]),
  },
  {
    rule: 'G-09',
    name: 'clipped at 50 HU',
    severity: 'fail',
    files: () => madeCt([(image) => ({ ...image, pixels: image.pixels.map((v) => Math.min(v, 1074)) })]),
  },
  {
    rule: 'G-10',
    name: 'compressed 4 : 1 with loss',
    severity: 'warn',
    files: () => madeCt([withTags({ '00282110': ['CS', '01'], '00282112': ds(4) })]),
  },
  {
    rule: 'G-10',
    name: 'compressed 20 : 1 with loss',
    severity: 'fail',
    files: () => madeCt([withTags({ '00282110': ['CS', '01'], '00282112': ds(20) })]),
  },
  {
    rule: 'G-11',
    name: 'derived images',
    severity: 'warn',
    files: () => madeCt([withTags({ '00080008': ['CS', 'DERIVED\\PRIMARY\\AXIAL'] })]),
  },
  {
    rule: 'G-11',
    name: 'maximum intensity projection',
    severity: 'block',
    files: () => madeCt([withTags({ '00080008': ['CS', 'DERIVED\\PRIMARY\\MIP'] })]),
  },
  {
    rule: 'G-12',
    name: 'text burned in',
    severity: 'warn',
    files: () => madeCt([withTags({ '00280301': ['CS', 'YES'] })]),
  },
  {
    rule: 'G-13',
    name: 'field of view of another reconstruction',
    severity: 'warn',
    files: () => madeCt([withTags({ '00181100': ds(400) })]),
  },
  {
    rule: 'G-15',
    name: 'other series in another frame of reference',
    severity: 'warn',
    files: () => madeCt(),
    beside: {
      as: 'other',
      files: () =>
        madeCt([], 'elsewhere', {
          ...CT_SERIES,
          seriesUid: uidFromSeed('rules/elsewhere'),
          frameOfReferenceUid: uidFromSeed('rules/other-frame'),
        }),
    },
  },
  {
    rule: 'G-14',
    name: 'another kernel than the reference',
    severity: 'fail',
    files: () => madeCt([withTags({ '00181210': ['SH', 'BONE'] })]),
    beside: {
      as: 'reference',
      files: () => madeCt([], 'reference', { ...CT_SERIES, seriesUid: uidFromSeed('rules/reference') }),
    },
  },
  {
    rule: 'G-14',
    name: 'half the dose voltage of the reference',
    severity: 'warn',
    files: () => madeCt([withTags({ '00180060': ds(80) })]),
    beside: {
      as: 'reference',
      files: () => madeCt([], 'reference', { ...CT_SERIES, seriesUid: uidFromSeed('rules/reference') }),
    },
  },
  {
    rule: 'G-16',
    name: 'calibrated two years ago',
    severity: 'warn',
    files: () => madeCt([withTags({ '00181200': ['DA', '20240101'] })]),
  },
  {
    rule: 'G-17',
    name: 'histology after 60 days',
    severity: 'warn',
    files: () => madeCt(),
    ask: { answers: { days_to_reference_standard: 60 } },
  },
  {
    rule: 'G-18',
    name: 'noise of 220 HU',
    severity: 'fail',
    files: () => {
      const random = new Random(3);
      return madeCt([
        (image) => ({
          ...image,
          pixels: image.pixels.map((v) => Math.max(0, v + Math.round(220 * random.normal()))),
        }),
      ]);
    },
  },
];

describe('general rules on made series', () => {
  it('raise nothing on a clean CT, with and without a region', async () => {
    expect(raised(await assessed({ files: () => madeCt() }))).toEqual({});
    expect(raised(await assessed({ files: () => madeCt(), masks: ball(9) }))).toEqual({});
  });

  it.each(DEFECTS.map((d) => [d.rule, d.name, d] as const))('%s: %s', async (rule, _, defect) => {
    const found = kept(defect, raised(await assessed(defect)));
    const others = Object.keys(found).filter((id) => id !== rule && !(id in (defect.follows ?? {})));
    expect({ [rule]: found[rule], others }).toEqual({ [rule]: defect.severity, others: [] });
  });

  it('every rule has a defect', () => {
    expect(GENERAL_RULES.map((r) => r.id).filter((id) => !DEFECTS.some((d) => d.rule === id))).toEqual([]);
  });
});
