import { describe, expect, it } from 'vitest';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import { MR_RULES } from '../../src/quality/rules/mr/rules.ts';
import type { FileSource } from '../../src/engine/api.ts';
import { DYNAMIC, madeMr, MR_EDGE, MR_SERIES, MR_SLICES } from './made-mr.ts';
import { withTags, withoutTags, type Change } from './made-series.ts';
import { ball } from './regions.ts';
import { assessed, kept, raised, type Defect } from './seeded.ts';

const ds = (...v: number[]) => ['DS', v.join('\\')] as const;
const vfa = (angles: readonly number[] = [2, 5, 10, 15], changes: readonly Change[] = []) => ({
  as: 'other' as const,
  files: () =>
    madeMr({
      flipAngles: angles,
      changes,
      name: 'vfa',
      series: { ...MR_SERIES, seriesUid: uidFromSeed('rules/vfa'), description: 'Flip angles' },
    }),
});
const reference = (changes: readonly Change[] = []) => ({
  as: 'reference' as const,
  files: () =>
    madeMr({
      changes,
      name: 'reference',
      series: { ...MR_SERIES, seriesUid: uidFromSeed('rules/mr-reference') },
    }),
});
const dynamic =
  (more: Parameters<typeof madeMr>[0] = {}) =>
  () =>
    madeMr({ ...DYNAMIC, ...more });
const cut = (n: number) => DYNAMIC.times.slice(0, n);
const half = (k: number) => k >= MR_SLICES / 2;
// Clear of the first and the last slice.
const lesion = ball(5, 7);

/** Pixels of an image by place: column, row, slice, phase. */
const painted =
  (value: (v: number, i: number, j: number, k: number, phase: number) => number): Change =>
  (image, k, phase) => ({
    ...image,
    pixels: image.pixels.map((v, at) =>
      value(v, at % MR_EDGE, Math.floor(at / MR_EDGE), k, phase),
    ) as Int16Array,
  });

const DEFECTS: readonly Defect[] = [
  {
    rule: 'M-01',
    name: 'spin echo in one half',
    severity: 'fail',
    files: () => madeMr({ changes: [withTags({ '00180020': ['CS', 'SE'] }, half)] }),
  },
  {
    rule: 'M-01',
    name: 'dynamic series of 2D spin echo',
    severity: 'fail',
    files: dynamic({ changes: [withTags({ '00180020': ['CS', 'SE'], '00180023': ['CS', '2D'] })] }),
    beside: vfa(),
  },
  {
    rule: 'M-02',
    name: 'no flip angle',
    severity: 'warn',
    files: () => madeMr({ changes: [withoutTags('00181314')] }),
  },
  {
    rule: 'M-02',
    name: 'two repetition times in one image',
    severity: 'warn',
    files: () => madeMr({ changes: [withTags({ '00180080': ds(9) }, half)] }),
  },
  {
    rule: 'M-03',
    name: 'a field of 1.0 T',
    severity: 'warn',
    files: () => madeMr({ changes: [withTags({ '00180087': ds(1) })] }),
  },
  {
    rule: 'M-04',
    name: 'another coil than the reference',
    severity: 'warn',
    files: () => madeMr(),
    beside: reference([withTags({ '00181250': ['SH', 'Knee'] })]),
    ask: { answers: { normalised: 1 } },
  },
  {
    rule: 'M-05',
    name: 'phases of 14 s',
    severity: 'warn',
    files: () => madeMr({ times: DYNAMIC.times.map((t) => 1.75 * t), arrival: 8 }),
    beside: vfa(),
  },
  {
    rule: 'M-05',
    name: 'phases of 25 s',
    severity: 'fail',
    files: () => madeMr({ times: DYNAMIC.times.map((t) => 3.1 * t), arrival: 8 }),
    beside: vfa(),
  },
  {
    rule: 'M-06',
    name: 'three phases before contrast',
    severity: 'warn',
    files: dynamic({ arrival: 3 }),
    beside: vfa(),
  },
  {
    rule: 'M-06',
    name: 'one phase before contrast',
    severity: 'fail',
    files: dynamic({ arrival: 1 }),
    beside: vfa(),
  },
  {
    rule: 'M-07',
    name: 'under three minutes',
    severity: 'fail',
    files: () => madeMr({ times: cut(41).map((t) => 0.5 * t), arrival: 8 }),
    beside: vfa(),
  },
  {
    rule: 'M-08',
    name: 'another repetition time from phase 30',
    severity: 'fail',
    files: dynamic({ changes: [withTags({ '00180080': ds(6) }, (_, p) => p >= 30)] }),
    beside: vfa(),
  },
  {
    rule: 'M-09',
    name: 'one flip angle in the study',
    severity: 'warn',
    files: dynamic(),
    beside: vfa([20]),
  },
  {
    rule: 'M-10',
    name: '3 T without B1',
    severity: 'warn',
    files: dynamic({ changes: [withTags({ '00180087': ds(3) })] }),
    beside: vfa([2, 5, 10, 15], [withTags({ '00180087': ds(3) })]),
  },
  {
    rule: 'M-11',
    name: 'an echo time of 4.5 ms',
    severity: 'warn',
    files: dynamic({ changes: [withTags({ '00180081': ds(4.5) })] }),
    beside: vfa(),
  },
  {
    rule: 'M-12',
    name: 'an input of 0.2 mM',
    severity: 'warn',
    files: dynamic(),
    beside: vfa(),
    ask: { fit: { inputPeak: 0.2, inputOverTissue: 5, inputFrames: 3, inputTail: 0.5 } },
  },
  {
    rule: 'M-13',
    name: 'no agent',
    severity: 'warn',
    files: dynamic({ changes: [withoutTags('00180010')] }),
    beside: vfa(),
  },
  {
    rule: 'M-13',
    name: 'injected at 0.5 mL/s',
    severity: 'warn',
    files: dynamic({ changes: [withTags({ '00181046': ds(0.5) })] }),
    beside: vfa(),
  },
  {
    rule: 'M-14',
    name: 'twice as bright at one side',
    severity: 'warn',
    files: () => madeMr({ shading: (x) => Math.exp(0.5 * x) }),
  },
  {
    rule: 'M-14',
    name: 'five times as bright at one corner',
    severity: 'fail',
    files: () => madeMr({ shading: (x, y) => Math.exp(0.75 * x + 0.75 * y) }),
  },
  {
    rule: 'M-15',
    name: 'not normalised beside a reference',
    severity: 'fail',
    files: () => madeMr(),
    beside: reference(),
  },
  {
    rule: 'M-16',
    name: 'phase 12 moved by 3 pixels',
    severity: 'fail',
    files: dynamic({ moved: (p) => (p === 12 ? 3 : 0) }),
    beside: vfa(),
  },
  {
    rule: 'M-17',
    name: 'phases of a tenth of the signal in noise',
    severity: 'warn',
    files: dynamic({ noise: 110 }),
    beside: vfa(),
    follows: { 'G-18': 'noise of the phases is noise of the image' },
  },
  {
    rule: 'M-18',
    name: 'ghosts along the rows',
    severity: 'warn',
    files: () =>
      madeMr({ changes: [painted((v, _, j) => (v < 60 && Math.abs(j - 23.5) < 14 ? v + 45 : v))] }),
  },
  {
    rule: 'M-19',
    name: 'b-values of 0 and 200',
    severity: 'warn',
    files: () => madeMr({ bValues: [0, 200] }),
  },
  {
    rule: 'M-20',
    name: 'b of 3000 at the noise floor',
    severity: 'fail',
    files: () => madeMr({ bValues: [0, 100, 800, 4000] }),
    masks: lesion,
  },
  {
    rule: 'M-21',
    name: 'a void with pile-up beside the region',
    severity: 'warn',
    files: () =>
      madeMr({
        changes: [
          painted((v, i, j, k) => {
            const r = k > 3 && k < 7 ? Math.hypot(i - 32, j - 20) : Infinity;
            return r < 3 ? 8 + (i % 3) : r < 4.5 ? 2400 + 3 * i + j : v;
          }),
        ],
      }),
    masks: lesion,
  },
  {
    rule: 'M-22',
    name: 'half of the fits failed',
    severity: 'fail',
    files: dynamic(),
    beside: vfa(),
    ask: { fit: { medianR2: 0.95, failedPercent: 50 } },
  },
];

const clean: readonly (readonly [string, () => FileSource[], Partial<Defect>])[] = [
  ['a static image', () => madeMr(), {}],
  ['a static image with a region', () => madeMr(), { masks: lesion }],
  [
    'a static image beside its reference',
    () => madeMr(),
    { beside: reference(), ask: { answers: { normalised: 1 } } },
  ],
  ['flip angles', () => madeMr({ flipAngles: [2, 5, 10, 15] }), {}],
  ['diffusion', () => madeMr({ bValues: [0, 100, 800] }), { masks: lesion }],
  ['a dynamic series with flip angles', dynamic(), { beside: vfa(), masks: lesion }],
];

describe('rules of magnetic resonance on made series', () => {
  it.each(clean)('raise nothing on %s', async (_, files, more) => {
    expect(raised(await assessed({ files, ...more }))).toEqual({});
  });

  it('read a field strength in gauss', async () => {
    const files = () => madeMr({ changes: [withTags({ '00180087': ['DS', '15000'] })] });
    expect(raised(await assessed({ files }))).toEqual({});
  });

  it.each(DEFECTS.map((d) => [d.rule, d.name, d] as const))('%s: %s', async (rule, _, defect) => {
    const found = kept(defect, raised(await assessed(defect)));
    const others = Object.keys(found).filter((id) => id !== rule && !(id in (defect.follows ?? {})));
    expect({ [rule]: found[rule], others }).toEqual({ [rule]: defect.severity, others: [] });
  });

  it('every rule has a defect', () => {
    expect(MR_RULES.map((r) => r.id).filter((id) => !DEFECTS.some((d) => d.rule === id))).toEqual([]);
  });
});
