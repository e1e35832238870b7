import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinetex } from './kinetex.ts';

interface Feature {
  readonly name: string;
  readonly icc: { readonly value: number; readonly low: number; readonly noValue?: string };
  readonly difference: { readonly bias: { readonly value: number } };
  readonly verdict: string;
}

/** A NIfTI mask of float32, one voxel farther along x; its Dice with what it was. */
function shifted(file: Buffer): { file: Buffer; dice: number } {
  const bytes = gunzipSync(file);
  const from = bytes.readFloatLE(108);
  expect([bytes.readInt16LE(70), bytes.readInt16LE(72)]).toEqual([16, 32]);
  const at = (bytes.length - from) / 4;
  const old = Array.from({ length: at }, (_, i) => bytes.readFloatLE(from + 4 * i));
  let both = 0;
  let all = 0;
  old.forEach((v, i) => {
    const moved = i === 0 ? 0 : old[i - 1]!;
    bytes.writeFloatLE(moved, from + 4 * i);
    both += v * moved;
    all += v + moved;
  });
  return { file: gzipSync(bytes), dice: (2 * both) / all };
}

describe('kinetex readers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-readers-'));
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  const dice: Record<string, number> = {};
  const files: string[] = [];
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => {
    const made = kinetex('phantom', 'sphere-set', '--out', folder);
    expect(made.status, made.stderr).toBe(0);
    const set = join(folder, 'sphere-set');
    mkdirSync(first);
    mkdirSync(second);
    for (const name of readdirSync(set).filter((f) => f.endsWith('.nii.gz'))) {
      const mask = readFileSync(join(set, name));
      writeFileSync(join(first, name), mask);
      const moved = shifted(mask);
      writeFileSync(join(second, name), moved.file);
      dice[name.replace('.nii.gz', '')] = moved.dice;
    }
    const settings = join(folder, 'few.yaml');
    writeFileSync(settings, 'families: [morphology, intensity_statistics]\n');
    files.push('--image', join(set, 'images'), '--first', first, '--second', second, '--settings', settings);
  }, 60_000);

  it(
    'pairs spheres by name; moved by a voxel they keep their volume: ICC 1, difference 0',
    { timeout: 120_000 },
    () => {
      const table = join(folder, 'table.csv');
      const robust = join(folder, 'robust.json');
      const run = kinetex('readers', ...files, '--table', table, '--robust', robust);
      expect(run.status, run.stderr).toBe(0);
      const { report, pairs, findings } = JSON.parse(run.stdout);
      expect(pairs).toHaveLength(6);
      for (const { subject, agreement } of pairs) {
        expect(agreement.dice).toBeCloseTo(dice[subject]!, 12);
        expect(agreement.hausdorff).toBeGreaterThan(0);
      }
      expect(report.condition).toBe('reader');
      const volume = (report.features as Feature[]).find((f) => f.name === 'morph_vol_approx')!;
      expect(volume.icc).toMatchObject({ value: 1, low: 1 });
      expect(volume.difference.bias.value).toBe(0);
      expect(volume.verdict).toBe('robust');
      expect(readFileSync(table, 'utf8').trim().split('\n')).toHaveLength(1 + 2 * 6);
      expect(JSON.parse(readFileSync(robust, 'utf8')).features).toContain('morph_vol_approx');
      // Small spheres moved by a voxel fall below 0.85; large ones do not.
      expect(findings.map((f: { id: string }) => f.id)).toEqual(['R-readers-apart']);
    },
  );

  it('takes pairs by hand, says that one lesion has no ICC, and refuses names that are none', () => {
    const pair = ['--pair', 'Sphere-37-mm=Sphere-37-mm'];
    const one = kinetex('readers', ...files, ...pair);
    expect(one.status, one.stderr).toBe(0);
    expect(one.stderr).toContain('ICC cannot be computed from one lesion');
    const { report, pairs } = JSON.parse(one.stdout);
    expect(pairs).toHaveLength(1);
    expect((report.features as Feature[])[0]!.icc.noValue).toBe('one_subject');
    const twice = kinetex('readers', ...files, ...pair, ...pair);
    expect(twice.status).toBe(3);
    expect(kinetex('readers', ...files, '--pair', 'Nothing=Sphere-37-mm').status).toBe(2);
    expect(kinetex('readers', ...files, '--pair', 'Sphere-37-mm').status).toBe(2);
    expect(kinetex('readers', ...files, '--limit', 'much').status).toBe(2);
  });
});
