import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../radiomics/registry.ts';
import { measurementOf, parametersOf } from './measurements.ts';
import { ucum } from './units.ts';

const feature = {
  tag: 'cm_contrast',
  ibsi: 'ACUI',
  name: 'Contrast',
  family: 'glcm',
  aggregation: '3D:mrg',
  value: 5.28,
  unit: '1',
};

describe('measurements in code', () => {
  it('IBSI names the feature and how it was gathered', () => {
    expect(measurementOf(feature)).toEqual({
      concept: { value: 'ACUI', scheme: 'IBSI', meaning: 'Contrast' },
      value: 5.28,
      absent: { value: '114000', scheme: 'DCM', meaning: 'Not a number' },
      unit: { value: '1', scheme: 'UCUM', meaning: 'no units' },
      method: { value: 'IAZD', scheme: 'IBSI', meaning: 'Merged over directions in 3D' },
    });
    const volume = { ...feature, tag: 'morph_volume', ibsi: 'RNU0', family: 'morphology', aggregation: '3D' };
    expect(measurementOf(volume).method).toBeUndefined();
    expect(measurementOf({ ...feature, family: 'ngtdm', aggregation: '2.5D' }).method?.value).toBe('62GR');
  });

  it('a feature that IBSI lacks stands under our own scheme, in 16 characters', () => {
    const { concept } = measurementOf({ ...feature, ibsi: '', tag: 'firstorder_TotalEnergy_long' });
    expect(concept.scheme).toBe('99KINETEX');
    expect(concept.value.length).toBeLessThanOrEqual(16);
  });

  it('no value is none, with the reason in code', () => {
    expect(measurementOf({ ...feature, value: null, reason: 'flat_region' }).value).toBeNull();
    expect(measurementOf({ ...feature, value: Infinity }).value).toBeNull();
    expect(measurementOf({ ...feature, value: null, reason: 'computation_failed' }).absent.value).toBe(
      '114006',
    );
  });

  it('every feature has an IBSI code of its own kind and a unit that UCUM reads', () => {
    const features = FAMILIES.flatMap((f) => f.features);
    expect(features.length).toBeGreaterThan(150);
    expect(features.filter((f) => !/^[A-Z0-9]{4}$/.test(f.ibsi)).map((f) => f.tag)).toEqual([]);
    // Terms of UCUM: symbols, powers, products, quotients, and annotations in braces of printable characters.
    const term = /^\/?(\(?[A-Za-z%\['\]0-9/]*(\{[!-z]+\})?\)?\d?[./]?)+$/;
    for (const unit of new Set(features.map((f) => f.unit))) expect(ucum(unit).value).toMatch(term);
  });

  it('settings are texts, a group each', () => {
    expect(parametersOf({ texture: { distance: 1 }, range: undefined })).toEqual(['texture: {"distance":1}']);
  });
});

describe('units in UCUM', () => {
  it.each([
    ['1', '1'],
    ['mm³', 'mm3'],
    ['1/mm', '/mm'],
    ['HU', "[hnsf'U]"],
    ['HU²', "[hnsf'U]2"],
    ['HU·mm³', "[hnsf'U].mm3"],
    ['intensity²', "[arb'U]2"],
    ['SUVbw', 'g/ml{SUVbw}'],
    ['SUVbw²', '(g/ml{SUVbw})2'],
    ['Bq/mL', 'Bq/ml'],
    ['mm²/s', 'mm2/s'],
    ['bit', 'bit'],
    ['grey level', '{greylevel}'],
    ['grey level⁴', '{greylevel4}'],
    ['furlongs', '{furlongs}'],
  ])('%s is %s', (ours, theirs) => {
    expect(ucum(ours)).toMatchObject({ value: theirs, scheme: 'UCUM' });
  });
});
