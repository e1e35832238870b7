import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../tests/kernels.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { Mask, Volume } from '../core/volume.ts';
import { extractFeatures } from './extract.ts';
import type { Family } from './family.ts';
import { intensityStatistics } from './intensity-statistics/index.ts';
import { columnName } from './names.ts';
import { FAMILIES } from './registry.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from './settings.ts';

const kernels = await loadKernels();

function block(
  inside: (x: number, y: number, z: number) => boolean,
  value: (i: number) => number,
): [Volume, Mask] {
  const n = 12;
  const grid = {
    size: [n, n, n],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
  } as const;
  const data = Float32Array.from({ length: n ** 3 }, (_, i) => value(i));
  const mask = Uint8Array.from({ length: n ** 3 }, (_, i) =>
    inside(i % n, Math.floor(i / n) % n, Math.floor(i / n ** 2)) ? 1 : 0,
  );
  return [
    { grid, data, unit: 'HU', modality: 'CT' },
    { grid, data: mask, name: 'lesion', colour: [0, 0, 0] },
  ];
}
const REGIONS = {
  empty: () => false,
  'one voxel': (x: number, y: number, z: number) => x === 3 && y === 4 && z === 5,
  'one slice': (x: number, y: number, z: number) => z === 6 && x > 2 && y > 3 && x + y < 14,
  'a line': (x: number, y: number, z: number) => y === 0 && z === 0 && x < 7,
  'two parts': (x: number, y: number, z: number) => (x < 3 || x > 8) && y < 4 && z < 4,
  'a shell with a hole': (x: number, y: number, z: number) => {
    const r = Math.hypot(x - 5, y - 5, z - 5);
    return r < 5 && r > 2;
  },
  'the whole image': () => true,
};

describe.each(Object.entries(REGIONS))('region: %s', (_, inside) => {
  test.each([
    ['noise', (i: number) => (i * 7919) % 211],
    ['flat', () => 40],
    ['zero', () => 0],
    ['gaps', (i: number) => (i % 5 === 0 ? NaN : i % 13)],
  ] as const)('%s: every feature has a number or a reason', (_name, value) => {
    const [volume, mask] = block(inside, value);
    for (const approach of ['2D', '3D'] as const) {
      for (const backend of [kernels, null]) {
        const settings: ExtractionSettings = { ...DEFAULT_SETTINGS, approach };
        const { rows, findings } = extractFeatures(volume, mask, settings, { kernels: backend });
        expect(findings.filter((f) => f.id === 'R-family-failed' || f.id === 'V-15')).toEqual([]);
        for (const r of rows) {
          expect(
            r.value === null ? r.reason !== undefined : Number.isFinite(r.value) && r.reason === undefined,
          ).toBe(true);
        }
        const keys = rows.map((r) => `${r.tag} ${r.aggregation}`);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }
  });
});

const [volume, mask] = block(REGIONS['a shell with a hole'], (i) => (i * 31) % 97);
const faulty = (compute: Family['compute']): Family => ({ ...intensityStatistics, id: 'faulty', compute });

test('a family that fails costs only its own features', () => {
  const families = [
    faulty(() => {
      throw new Error('broken');
    }),
    intensityStatistics,
  ];
  const { rows, findings } = extractFeatures(volume, mask, DEFAULT_SETTINGS, { kernels, families });
  expect(rows.filter((r) => r.family === 'faulty').every((r) => r.reason === 'computation_failed')).toBe(
    true,
  );
  expect(rows.filter((r) => r.family !== 'faulty').every((r) => r.value !== null)).toBe(true);
  expect(findings.find((f) => f.id === 'R-family-failed')!.facts).toEqual({
    family: 'faulty',
    message: 'broken',
  });
});

test('a value outside its range becomes a finding', () => {
  const family = faulty((c) =>
    intensityStatistics.compute(c).map((r) => (r.tag === 'stat_var' ? { ...r, value: -1 } : r)),
  );
  const { findings } = extractFeatures(volume, mask, DEFAULT_SETTINGS, { kernels, families: [family] });
  expect(findings.filter((f) => f.id === 'V-15').map((f) => f.facts['code'])).toEqual(['ECT3']);
});

test('aggregations that none of the families has are refused', () => {
  const [volume, mask] = block(REGIONS['a line'], (i) => i);
  const settings: ExtractionSettings = { ...DEFAULT_SETTINGS, families: ['glszm'], aggregations: ['3D:avg'] };
  expect(() => extractFeatures(volume, mask, settings, { kernels })).toThrow(
    expect.objectContaining({
      kind: 'settings_invalid',
      facts: { key: 'aggregations', expected: '3D', received: '3D:avg' },
    }),
  );
});

test('unknown families and aggregations are refused by name', () => {
  for (const wrong of [{ families: ['shape'] }, { aggregations: ['4D'] }]) {
    expect(() => extractFeatures(volume, mask, { ...DEFAULT_SETTINGS, ...wrong }, { kernels })).toThrow(
      RefusedInput,
    );
  }
});

test('progress rises to 1, and a cancel ends the work', () => {
  const shares: number[] = [];
  extractFeatures(volume, mask, DEFAULT_SETTINGS, {
    kernels,
    context: { onProgress: (s) => shares.push(s) },
  });
  expect(shares.at(-1)).toBe(1);
  expect(shares.every((s, i) => i === 0 || s >= shares[i - 1]!)).toBe(true);
  const stop = (): void => {
    throw new Error('cancelled');
  };
  expect(() =>
    extractFeatures(volume, mask, DEFAULT_SETTINGS, { kernels, context: { checkCancelled: stop } }),
  ).toThrow('cancelled');
});

test('the same input gives the same bytes', () => {
  const once = JSON.stringify(extractFeatures(volume, mask, DEFAULT_SETTINGS, { kernels }));
  expect(JSON.stringify(extractFeatures(volume, mask, DEFAULT_SETTINGS, { kernels }))).toBe(once);
});

describe('registry and names', () => {
  const all = FAMILIES.flatMap((f) => f.features.map((d) => ({ ...d, family: f })));

  test('every feature has a tag of its own, a code, a formula and help in three languages', () => {
    expect(new Set(all.map((d) => d.tag)).size).toBe(all.length);
    for (const d of all) {
      expect(d.ibsi).toMatch(/^[0-9A-Z]{4}$/);
      expect(d.formula.length).toBeGreaterThan(3);
      for (const language of ['en', 'ru', 'zh'] as const) expect(d.help[language].length).toBeGreaterThan(2);
    }
  });

  test('column names are unique in every scheme', () => {
    for (const scheme of ['ibsi', 'pyradiomics', 'mirp'] as const) {
      const names = all.flatMap((d) =>
        d.family.aggregations.map((aggregation) => columnName({ tag: d.tag, aggregation }, scheme)),
      );
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('names: examples', () => {
    const mean = { tag: 'stat_mean', aggregation: '3D' } as const;
    const contrast = { tag: 'cm_contrast', aggregation: '3D:avg' } as const;
    const merged = { tag: 'cm_contrast', aggregation: '3D:mrg' } as const;
    expect(columnName(mean, 'pyradiomics')).toBe('original_firstorder_Mean');
    expect(columnName(contrast, 'pyradiomics')).toBe('original_glcm_Contrast');
    expect(columnName(merged, 'pyradiomics')).toBe('original_glcm_Contrast_3D:mrg');
    expect(columnName({ tag: 'stat_kurt', aggregation: '3D' }, 'pyradiomics')).toBe('stat_kurt');
    expect(columnName(merged, 'mirp')).toBe('cm_contrast_3d_v_mrg');
    expect(columnName(merged, 'ibsi')).toBe('cm_contrast_3D:mrg');
  });
});
