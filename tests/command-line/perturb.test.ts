import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinetex } from './kinetex.ts';

interface Feature {
  readonly name: string;
  readonly verdict: string;
}

describe('kinetex perturb', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-perturb-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const files: string[] = [];
  beforeAll(() => {
    const made = kinetex('phantom', 'spiculated-lesion', '--out', folder);
    expect(made.status, made.stderr).toBe(0);
    const lesion = join(folder, 'spiculated-lesion');
    const settings = join(folder, 'few.yaml');
    writeFileSync(settings, 'families: [morphology, intensity_statistics, glcm]\n');
    files.push(
      '--image',
      join(lesion, 'images'),
      '--mask',
      join(lesion, 'Lesion.nii.gz'),
      '--settings',
      settings,
    );
  }, 60_000);

  const run = (...more: string[]) => kinetex('perturb', ...files, '--runs', '4', ...more);

  it(
    'writes the verdict of each feature, the same for the same seed and another for another',
    { timeout: 120_000 },
    () => {
      const table = join(folder, 'table.csv');
      const robust = join(folder, 'robust.json');
      const first = run('--seed', '7', '--table', table, '--robust', robust);
      expect(first.status, first.stderr).toBe(0);
      const { report, perturbations, hash } = JSON.parse(first.stdout);
      expect(perturbations).toHaveLength(4);
      expect(report.condition).toBe('perturbation');
      const names = (report.features as Feature[]).map((f) => f.name);
      expect(names).toContain('morph_volume');
      expect(names.length).toBeGreaterThan(50);
      const lines = readFileSync(table, 'utf8').trim().split('\n');
      expect(lines[0]).toMatch(/^subject,perturbation,/);
      expect(lines.length - 1).toBe(4 * report.subjects.length);
      const kept = JSON.parse(readFileSync(robust, 'utf8'));
      const good = (report.features as Feature[]).filter((f) => f.verdict === 'robust').map((f) => f.name);
      expect(kept.features).toEqual(good);
      const again = JSON.parse(run('--seed', '7').stdout);
      expect(again.hash).toBe(hash);
      expect(again.report).toEqual(report);
      const other = JSON.parse(run('--seed', '8').stdout);
      expect(other.hash).not.toBe(hash);
      expect(other.report.features).not.toEqual(report.features);
    },
  );

  it(
    'saves a list that says nothing where it fits, and says so where settings differ or are not known',
    { timeout: 120_000 },
    () => {
      const robust = join(folder, 'robust-list.json');
      expect(run('--robust', robust).status).toBe(0);
      const list = JSON.parse(readFileSync(robust, 'utf8'));
      expect(list.settings).toMatch(/^[0-9a-f]{64}$/);
      expect(list.modality).toBe('CT');
      const [image, mask] = [files[1]!, files[3]!];
      const extract = (settings: string, features: string) => {
        const file = join(folder, 'own.yaml');
        writeFileSync(file, settings);
        const more = ['--settings', file, '--features', features];
        const done = kinetex('extract', '--image', image, '--mask', mask, ...more);
        expect(done.status, done.stderr).toBe(0);
        const { features: rows, findings } = JSON.parse(done.stdout);
        const ids = (findings as { id: string }[]).map((f) => f.id).filter((id) => id.startsWith('R-robust'));
        return { ids, rows: rows as { column: string }[], said: done.stderr };
      };
      // Which families are asked for does not change what a feature is.
      const same = extract('families: [morphology, glcm]\n', robust);
      expect(same.ids).toEqual([]);
      expect(same.rows.every((r) => list.features.includes(r.column))).toBe(true);
      const other = extract('discretisation: {method: FBN, bins: 11}\n', robust);
      expect(other.ids).toEqual(['R-robust-settings']);
      expect(other.said).toContain('other extraction settings');
      const onMr = join(folder, 'mr.json');
      writeFileSync(onMr, JSON.stringify({ ...list, modality: 'MR', settings: undefined }));
      expect(extract('families: [morphology]\n', onMr).ids).toEqual([
        'R-robust-unknown',
        'R-robust-modality',
      ]);
    },
  );

  it('refuses a range that makes no sense with its key', () => {
    const { status, stdout } = run('--rotation', '400');
    expect(status).toBe(3);
    expect(JSON.parse(stdout).refused[0].message).toContain('perturbation.rotation');
    expect(run('--noise', 'much').status).toBe(2);
  });
});
