import { describe, expect, it } from 'vitest';
import type { Attributes } from '../core/dicom.ts';
import { attributes, PET, type Changes } from './instances.testing.ts';
import { suvFactor } from './suv.ts';

const pet = (changes: Changes = {}) => suvFactor([attributes({ ...PET, ...changes })]);
const factor = (changes?: Changes): number => {
  const r = pet(changes);
  if ('problem' in r) throw new Error(r.problem);
  return r.factor;
};
const tracer = (changes: Changes = {}): Changes => {
  const given = { '00181072': '100000', '00181074': '370000000', '00181075': '6586.2', ...changes };
  return { '00540016': [attributes(given)] satisfies Attributes[] };
};

describe('SUV by body weight', () => {
  it('is 1.381683 for 5000 Bq/mL, 370 MBq, 60 min, 6586.2 s, 70 kg', () => {
    // 370e6 · 2^(−3600/6586.2) = 253.314e6 Bq left; 5000 · 70 000 / 253.314e6
    expect(5000 * factor()).toBeCloseTo(1.381683, 6);
    expect(pet()).toMatchObject({ by: 'dose', facts: { weight: 70, dose: 370, minutes: 60 } });
  });

  it('decays nothing when images are corrected to the injection', () => {
    expect(factor({ '00541102': 'ADMIN' })).toBeCloseTo(70_000 / 370e6, 15);
  });

  it('is 1 for images that are SUV already', () => {
    expect(factor({ '00541001': 'GML', '00101030': undefined })).toBe(1);
  });

  it('scales counts by the maker’s own factor, and refuses counts without it', () => {
    const philips: Changes = { '00541001': 'CNTS', '70530010': 'Philips PET Private Group' };
    expect(factor({ ...philips, '70531009': '2.5' })).toBeCloseTo(2.5 * factor(), 12);
    expect(factor({ ...philips, '70531000': '0.002', '70531009': '2.5' })).toBe(0.002);
    expect(pet({ ...philips, '70530010': 'ANOTHER MAKER', '70531009': '2.5' })).toMatchObject({
      problem: 'P-03',
    });
    expect(pet({ '00541001': 'CNTS' })).toMatchObject({ problem: 'P-03' });
  });

  it('crosses midnight, with and without dates', () => {
    const late = { ...tracer({ '00181072': '233000' }), '00080031': '003000', '00080032': '003000' };
    expect(factor(late)).toBeCloseTo(factor(), 12);
    expect(factor({ ...late, '00080021': undefined, '00080022': undefined })).toBeCloseTo(factor(), 12);
    const dated = tracer({ '00181072': undefined, '00181078': '20260101233000' });
    expect(factor({ ...late, ...dated })).toBeCloseTo(factor(), 12);
  });

  it('takes the acquisition when the series was written later', () => {
    expect(factor({ '00080031': '150000' })).toBeCloseTo(factor(), 12);
    const ge = { '00090010': 'GEMS_PETD_01', '0009100D': '20260102110000', '00080032': '113000' };
    expect(factor({ '00080031': '150000', ...ge })).toBeCloseTo(factor(), 12);
  });

  it('takes the earliest acquisition of all images', () => {
    const beds = ['112400', '111200', '110000'].map((t) =>
      attributes({ ...PET, '00080031': '150000', '00080032': t }),
    );
    expect(suvFactor(beds)).toMatchObject({ factor: expect.closeTo(factor(), 12) as number });
  });

  it('refuses images that do not agree on weight', () => {
    const two = ['70', '71'].map((w) => attributes({ ...PET, '00101030': w }));
    expect(suvFactor(two)).toMatchObject({ problem: 'P-03-differ' });
  });

  it.each<[string, Changes, string]>([
    ['no attenuation correction', { '00280051': 'DECY' }, 'P-01'],
    ['no decay correction', { '00280051': 'ATTN' }, 'P-01'],
    ['decay correction NONE', { '00541102': 'NONE' }, 'P-02'],
    ['decay correction missing', { '00541102': undefined }, 'P-02'],
    ['units of another kind', { '00541001': 'PROPCNTS' }, 'P-03'],
    ['no weight', { '00101030': undefined }, 'P-04'],
    ['weight 0', { '00101030': '0' }, 'P-04'],
    ['weight in grams', { '00101030': '70000' }, 'P-04'],
    ['no dose', tracer({ '00181074': undefined }), 'P-05-dose'],
    ['dose in MBq', tracer({ '00181074': '370' }), 'P-05-dose'],
    ['no half-life', tracer({ '00181075': undefined }), 'P-05-half-life'],
    ['half-life in minutes', tracer({ '00181075': '109.77', '00180031': 'FDG' }), 'P-05-half-life'],
    ['no time of injection', tracer({ '00181072': undefined }), 'P-05-start'],
    ['no tracer at all', { '00540016': undefined }, 'P-05-dose'],
    ['no time of the scan', { '00080031': undefined, '00080032': undefined }, 'P-06'],
    ['injected days before', tracer({ '00181078': '20251225100000' }), 'P-06-delay'],
  ])('guesses nothing: %s', (_, changes, rule) => {
    expect(pet(changes)).toMatchObject({ problem: rule });
  });
});
