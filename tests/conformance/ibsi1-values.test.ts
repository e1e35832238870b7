import { describe, expect, test } from 'vitest';
import { extractFeatures, type Extraction } from '../../src/radiomics/extract.ts';
import { FAMILIES } from '../../src/radiomics/registry.ts';
import { loadKernels } from '../kernels.ts';
import { HAS_SHARED } from '../shared.ts';
import { CASES, readCase, readReference, SETTINGS, withinTolerance, type CaseId } from './ibsi1-data.ts';

// Every published value of IBSI 1 for the families in the registry, from the images of the data set, on the kernels
// and on the plain references. One test a family and case, which lists each value that fails.

const kernels = await loadKernels();
const memory = new Map<string, readonly Extraction[]>();

function run(id: CaseId, backend: 'wasm' | 'reference'): readonly Extraction[] {
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
  const reference = readReference(id);
  const backends = id === 'digital_phantom' ? (['wasm', 'reference'] as const) : (['wasm'] as const);
  for (const backend of backends) {
    for (const family of FAMILIES) {
      test(`${family.id} (${backend})`, () => {
        const rows = new Map(
          run(id, backend).flatMap((e) => e.rows.map((r) => [`${r.tag} ${r.aggregation}`, r])),
        );
        const expected = reference.features.filter((f) => f.family === family.id);
        expect(expected.length).toBeGreaterThan(0);
        const failures = expected.flatMap((f) => {
          const got = rows.get(`${f.tag} ${f.aggregation}`)?.value ?? null;
          return withinTolerance(got, f.value, f.tolerance)
            ? []
            : [`${f.tag} ${f.aggregation}: ${got}, expected ${f.value} ± ${f.tolerance}`];
        });
        expect(failures).toEqual([]);
      });
    }
  }

  test.skipIf(id === 'digital_phantom')('diagnostics', () => {
    const got = new Map(run(id, 'wasm')[0]!.diagnostics.map((d) => [d.tag, d.value]));
    const expected = reference.diagnostics ?? [];
    expect(expected.length).toBe(60);
    const failures = expected.flatMap((d) =>
      withinTolerance(got.get(d.tag) ?? null, d.value, d.tolerance)
        ? []
        : [`${d.tag}: ${got.get(d.tag)}, expected ${d.value} ± ${d.tolerance}`],
    );
    expect(failures).toEqual([]);
  });
});
