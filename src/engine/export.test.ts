import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../radiomics/settings.ts';
import type { FeatureTable } from './api.ts';
import { exportCsv, exportJson } from './export.ts';

const TABLE: FeatureTable = {
  settings: DEFAULT_SETTINGS,
  software: { name: 'kinetex', version: '1', kernels: 'k' },
  image: {
    uid: '1.2.840.99.SERIES',
    description: 'CHEST Doe^Jane',
    modality: 'CT',
    unit: 'HU',
    phase: 0,
    hash: 'abc',
  },
  mask: { name: 'Lesion', voxels: 8, hash: 'def' },
  diagnostics: [],
  features: [],
  findings: [],
  backend: 'wasm',
  milliseconds: 1,
  fromCache: false,
};

describe('exported tables', () => {
  it('name the image by the hash of its pixels, and neither by UID nor by description', () => {
    for (const text of [
      exportJson([TABLE], { names: 'ibsi' }),
      exportJson([TABLE, TABLE], { names: 'ibsi' }),
      exportCsv([TABLE], { names: 'ibsi' }),
    ]) {
      expect(text).not.toContain('SERIES');
      expect(text).not.toContain('Doe');
    }
    expect(JSON.parse(exportJson([TABLE], { names: 'ibsi' }))).toMatchObject({
      image: { modality: 'CT', hash: 'abc' },
      mask: { name: 'Lesion' },
    });
  });
});
