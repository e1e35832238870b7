import { describe, expect, it } from 'vitest';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import { PET_RULES } from '../../src/quality/rules/pet/rules.ts';
import { madePet, PET_SERIES, tracer } from './made-pet.ts';
import { withoutTags, withPixels, withTags, type Change } from './made-series.ts';
import { ball } from './regions.ts';
import { assessed, kept, raised, type Defect } from './seeded.ts';
import { Random } from '../../src/core/random.ts';

const other = (changes: readonly Change[] = []) => ({
  as: 'reference' as const,
  files: () => madePet(changes, 'earlier', { ...PET_SERIES, seriesUid: uidFromSeed('rules/earlier-pet') }),
});
const withTracer = (values: Parameters<typeof tracer>[0]) => withTags({ '00540016': ['SQ', tracer(values)] });
const random = new Random(17);
const lesion = ball(9);

const DEFECTS: readonly Defect[] = [
  {
    rule: 'P-01',
    name: 'no decay correction',
    severity: 'block',
    files: () => madePet([withTags({ '00280051': ['CS', 'ATTN\\SCAT'] })]),
  },
  {
    rule: 'P-02',
    name: 'decay correction NONE',
    severity: 'block',
    files: () => madePet([withTags({ '00541102': ['CS', 'NONE'] })]),
  },
  {
    rule: 'P-03',
    name: 'counts without a factor',
    severity: 'block',
    files: () => madePet([withTags({ '00541001': ['CS', 'CNTS'] })]),
  },
  {
    rule: 'P-04',
    name: 'a weight of 700 kg',
    severity: 'block',
    files: () => madePet([withTags({ '00101030': ['DS', '700'] })]),
  },
  {
    rule: 'P-05',
    name: 'dose in MBq where Bq is meant',
    severity: 'block',
    files: () => madePet([withTracer({ '00181074': ['DS', '370'] })]),
  },
  {
    rule: 'P-05',
    name: 'half-life in minutes',
    severity: 'block',
    files: () => madePet([withTracer({ '00181075': ['DS', '109.77'] })]),
  },
  {
    rule: 'P-06',
    name: 'scan before the injection of the same day',
    severity: 'block',
    files: () => madePet([withTracer({ '00181078': ['DT', '20260105120000'] })]),
  },
  {
    rule: 'P-07',
    name: 'scan after 95 minutes',
    severity: 'warn',
    files: () => madePet([withTracer({ '00181072': ['TM', '075500'] })]),
  },
  {
    rule: 'P-07',
    name: 'scan after 30 minutes',
    severity: 'fail',
    files: () => madePet([withTracer({ '00181072': ['TM', '090000'] })]),
  },
  {
    rule: 'P-07',
    name: 'twelve minutes later than the other visit',
    severity: 'warn',
    files: () => madePet([withTracer({ '00181072': ['TM', '082000'] })]),
    beside: other([withTracer({ '00181072': ['TM', '083200'] })]),
  },
  {
    rule: 'P-08',
    name: 'a third more dose than at the other visit',
    severity: 'warn',
    files: () => madePet(),
    beside: other([withTracer({ '00181074': ['DS', '270000000'] })]),
  },
  {
    rule: 'P-08',
    name: 'another software than at the other visit',
    severity: 'warn',
    files: () => madePet(),
    beside: other([withTags({ '00181020': ['LO', 'Earlier'] })]),
  },
  {
    rule: 'P-09',
    name: 'liver changed by 30 %',
    severity: 'warn',
    files: () => madePet(),
    ask: { answers: { liver_change_percent: 30 } },
  },
  {
    rule: 'P-10',
    name: 'glucose of 14 mmol/L',
    severity: 'warn',
    files: () => madePet(),
    ask: { answers: { glucose: 14, fasting: 8 } },
  },
  {
    rule: 'P-10',
    name: 'breakfast an hour before',
    severity: 'warn',
    files: () => madePet(),
    ask: { answers: { fasting: 1 } },
  },
  {
    rule: 'P-11',
    name: 'two reconstructions',
    severity: 'warn',
    files: () => madePet([withTags({ '00541103': ['LO', 'TOF-OSEM'] }, (k) => k < 12)]),
  },
  {
    rule: 'P-12',
    name: 'voxels of 5.5 mm',
    severity: 'fail',
    files: () =>
      madePet([
        (image, k) =>
          withTags({
            '00280030': ['DS', '5.5\\5.5'],
            '00180050': ['DS', '5.5'],
            '00200032': ['DS', `0\\0\\${5.5 * k}`],
            '00181100': ['DS', '352'],
          })(image, k, 0),
      ]),
  },
  { rule: 'P-13', name: 'a lesion of 8 mL', severity: 'warn', files: () => madePet(), masks: ball(4) },
  {
    rule: 'P-13',
    name: 'a lesion of 60 voxels',
    severity: 'fail',
    files: () => madePet(),
    masks: ball(2.3),
    follows: { 'V-02': '60 voxels are few for any feature' },
  },
  {
    rule: 'P-14',
    name: 'a noisy liver',
    severity: 'warn',
    files: () =>
      madePet([
        withPixels((v, i, j, k) =>
          Math.hypot(i - 32, j - 32, k - 12) < 12 ? Math.max(0, Math.round(4000 + 800 * random.normal())) : v,
        ),
      ]),
    masks: ball(9, Infinity, 'Liver'),
    follows: { 'G-18': 'noise of this strength is noise of the image too' },
  },
  {
    rule: 'P-15',
    name: 'tracer in the arm',
    severity: 'warn',
    files: () => madePet(),
    ask: { answers: { extravasation: 1 } },
  },
];

describe('rules of positron emission tomography on made series', () => {
  it('raise nothing on a clean PET, alone, with a lesion and against an earlier one', async () => {
    expect(raised(await assessed({ files: () => madePet() }))).toEqual({});
    expect(raised(await assessed({ files: () => madePet(), beside: other(), masks: lesion }))).toEqual({});
  });

  it.each(DEFECTS.map((d) => [d.rule, d.name, d] as const))('%s: %s', async (rule, _, defect) => {
    const found = kept(defect, raised(await assessed(defect)));
    const others = Object.keys(found).filter((id) => id !== rule && !(id in (defect.follows ?? {})));
    expect({ [rule]: found[rule], others }).toEqual({ [rule]: defect.severity, others: [] });
  });

  it('a missing weight is not assessable, and reading says that there is no SUV', async () => {
    const { results, reading } = await assessed({ files: () => madePet([withoutTags('00101030')]) });
    expect(results.find((r) => r.id === 'P-04')!.severity).toBe('na');
    expect(reading.some((f) => f.id === 'P-04')).toBe(true);
  });

  it('every rule has a defect', () => {
    expect(PET_RULES.map((r) => r.id).filter((id) => !DEFECTS.some((d) => d.rule === id))).toEqual([]);
  });
});
