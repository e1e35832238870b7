import { afterAll, describe, expect, test } from 'vitest';
import { extractFeatures, type Extraction } from '../../src/radiomics/extract.ts';
import { FAMILIES } from '../../src/radiomics/registry.ts';
import { loadKernels } from '../kernels.ts';
import { HAS_SHARED } from '../shared.ts';
import { CASES, readCase, SETTINGS, type CaseId } from './ibsi1-data.ts';
import { diagnosticsTally, tallyOf, writeConformance } from './ibsi1-report.ts';

// Every published value of IBSI 1 for the families in the registry, from the images of the data set, on the kernels
// and, for the digital phantom, on the plain references. One test a family and case, which lists what fails.

const kernels = await loadKernels();
const memory = new Map<string, readonly Extraction[]>();

function run(id: CaseId, backend: 'wasm' | 'reference' = 'wasm'): readonly Extraction[] {
  const key = `${id} ${backend}`;
  const known = memory.get(key);
  if (known) return known;
  const { volume, mask } = readCase(id);
  const result = SETTINGS[id].map((settings) =>
    extractFeatures(volume, mask, settings, {
      kernels: backend === 'wasm' ? kernels : null,
      wholeImage: true,
    }),
  );
  memory.set(key, result);
  return result;
}

describe.skipIf(!HAS_SHARED).each(Object.keys(CASES) as CaseId[])('IBSI 1 %s', (id) => {
  const backends = id === 'digital_phantom' ? (['wasm', 'reference'] as const) : (['wasm'] as const);
  for (const backend of backends) {
    for (const family of FAMILIES) {
      test(`${family.id} (${backend})`, () => {
        const { total, missed } = tallyOf(id, family.id, run(id, backend));
        expect(total).toBeGreaterThan(0);
        expect(missed).toEqual([]);
      });
    }
  }

  test.skipIf(id === 'digital_phantom')('diagnostics', () => {
    const { total, missed } = diagnosticsTally(id, run(id));
    expect(total).toBe(60);
    expect(missed).toEqual([]);
  });

  test('no family failed, no value lies outside its range', () => {
    const problems = run(id).flatMap((e) =>
      e.findings.filter((f) => f.id === 'V-15' || f.id === 'R-family-failed'),
    );
    expect(problems).toEqual([]);
  });
});

afterAll(() => {
  if (HAS_SHARED && process.env['WRITE_CONFORMANCE'] === '1') writeConformance((id) => run(id));
});
