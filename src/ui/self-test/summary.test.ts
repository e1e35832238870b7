import { expect, it } from 'vitest';
import { fakeSelfTest } from '../testing/fake-study.ts';
import { filterSelfTest, summaries } from './summary.ts';

it('counts and filters failures of each backend', () => {
  const report = fakeSelfTest();
  expect(summaries(report).get('wasm')).toEqual({ passed: 39, failed: 1 });
  expect(summaries(report).has('webgpu')).toBe(false);
  const failures = filterSelfTest(report.rows, { query: '', failuresOnly: true, backend: '' });
  expect(failures.map((r) => r.backend)).toEqual(['wasm', 'reference']);
  expect(
    filterSelfTest(report.rows, { query: 'entropy glcm', failuresOnly: false, backend: 'wasm' }),
  ).toHaveLength(2);
});
