import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agrees } from '../../src/quality/self-test/self-test.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { kinetex } from './kinetex.ts';

interface Reference {
  readonly features: readonly { tag: string; aggregation: string; value: number; tolerance: number }[];
}

const phantom = join(SHARED, 'reference/ibsi1/images/ct_phantom/dicom');

// The whole road: DICOM slices and an RTSTRUCT in, published values out.
describe.skipIf(!HAS_SHARED)('CT phantom of IBSI 1, from DICOM and RTSTRUCT', () => {
  it.each(['A', 'B', 'D'])(
    'configuration %s: every reference value within its tolerance',
    (configuration) => {
      const { status, stdout, stderr } = kinetex(
        'extract',
        '--image',
        join(phantom, 'image'),
        '--mask',
        join(phantom, 'mask'),
        '--region',
        'GTV-1',
        '--settings',
        `docs/settings/configuration-${configuration.toLowerCase()}.yaml`,
      );
      expect(status, stderr).toBe(0);
      const got = new Map<string, number | null>();
      for (const f of JSON.parse(stdout).features) got.set(`${f.tag} ${f.aggregation}`, f.value);
      const file = join(SHARED, `reference/ibsi1/ct_phantom_config_${configuration}.json`);
      const { features } = JSON.parse(readFileSync(file, 'utf8')) as Reference;
      const wrong = features
        .map((f) => ({ ...f, got: got.get(`${f.tag} ${f.aggregation}`) ?? null }))
        .filter((f) => f.got === null || !agrees(f.got, f.value, f.tolerance))
        .map((f) => `${f.tag} ${f.aggregation}: got ${f.got}, expected ${f.value} ± ${f.tolerance}`);
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
