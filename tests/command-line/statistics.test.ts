import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-statistics-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

it('repeatability: the verdict table, and the list of robust features as a file', () => {
  const rows = [1, 2, 3, 4, 5].flatMap((s) =>
    [1, 2].map((r) => `S${s},${r},${100 * s + r},${r === 1 ? s : -s}`),
  );
  const path = file('repeats.csv', ['subject,replicate,morph_volume,cm_corr', ...rows].join('\n'));
  const list = join(folder, 'robust.json');
  const { status, stdout } = kinetex('repeatability', path, '--json', '--robust', list);
  expect(status).toBe(0);
  const { features } = JSON.parse(stdout) as { features: { verdict: string; cov: unknown }[] };
  expect(features.map((f) => f.verdict)).toEqual(['robust', 'not robust']);
  expect(features[1]!.cov).toMatchObject({ noValue: 'interval_scale' });
  expect(JSON.parse(readFileSync(list, 'utf8'))).toMatchObject({ features: ['morph_volume'] });
});

it('statistics: a method on a file; what cannot be computed is refused by name', () => {
  const good = file('icc.csv', 'a,b,c,d\n9,2,5,8\n6,1,3,2\n8,4,6,8\n7,1,2,6\n10,5,6,9\n6,2,4,7\n');
  const bad = file('flat.csv', 'a,b\n1,1\n1,1\n');
  const { status, stdout } = kinetex('statistics', 'icc', good, bad, '--json');
  expect(status).toBe(3);
  const printed = JSON.parse(stdout) as {
    results: { value: { forms: Record<string, { value: number }> } }[];
    refused: { kind: string; message: string }[];
  };
  expect(printed.results[0]!.value.forms['ICC(2,1)']!.value).toBeCloseTo(0.289764, 6);
  expect(printed.refused).toMatchObject([{ kind: 'constant' }]);
  expect(printed.refused[0]!.message).toMatch(/no spread/);
});

it('statistics: empty cells are gaps, other cells that are no number are named', () => {
  const gaps = file('gaps.csv', 'id,x,y\nP1,19,20\nP2,22,11\nP3,16,17\nP4,29,12\nP5,24,NA\n');
  const odd = file('odd.csv', 'id,x,y\nP1,19,20\nP2,o,11\nP3,16,inf\n');
  const { status, stdout } = kinetex('statistics', 'mann-whitney', gaps, odd, '--json');
  expect(status).toBe(3);
  const { results, refused } = JSON.parse(stdout) as {
    results: { value: { u: number; p: number } }[];
    refused: { kind: string; message: string }[];
  };
  // the example of scipy.stats.mannwhitneyu
  expect(results[0]!.value.u).toBe(17);
  expect(results[0]!.value.p).toBeCloseTo(0.1111111, 7);
  expect(refused).toMatchObject([{ kind: 'no_number' }]);
  expect(refused[0]!.message).toContain('Row 2 of the column "x" holds "o"');
});

it('a wrong method and a table without subjects', () => {
  expect(kinetex('statistics', 'magic', 'x.csv').status).toBe(2);
  expect(kinetex('repeatability', file('none.csv', 'a,b\n1,2\n'), '--json').status).toBe(3);
});
