import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IDENTIFYING, plantedStudy, REGION_NAMES } from '../privacy/planted-study.ts';
import { leaksIn, type Leaving } from '../privacy/search.ts';
import { kinetex } from './kinetex.ts';

// The study full of identifying values of tests/privacy goes through every command that makes a file or prints numbers.
// `inspect`, `qc` and `compare` are not among them: they tell a person of their own files, by their names.

describe('commands on a study full of identifying values', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-planted-'));
  const out = join(folder, 'out');
  let paths: string[] = [];
  let series: string[] = [];
  beforeAll(() => {
    for (const { path, bytes } of plantedStudy()) {
      const at = join(folder, 'in', path);
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, bytes);
    }
    mkdirSync(out);
    const images = join(folder, 'in/Belianis-of-Greece');
    series = ['--series', images];
    paths = ['--image', images, '--mask', join(images, 'RS_Quijana_1.dcm')];
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What a command printed, and the files that it made. */
  function leaving(stdout: string): Leaving[] {
    const made = readdirSync(out, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
    const files = made.map((e) => ({ name: e.name, bytes: readFileSync(join(e.parentPath, e.name)) }));
    rmSync(out, { recursive: true });
    mkdirSync(out);
    // Where it wrote is what the person asked for.
    return [{ name: 'stdout', bytes: Buffer.from(stdout.replaceAll(folder, '')) }, ...files];
  }
  const because = ['--override', 'Quixote was rescanned on 2019-02-04', '--role', 'reader Panza'];
  const families = () => {
    const file = join(folder, 'settings.yaml');
    writeFileSync(file, 'families: [intensity_statistics]\n');
    return ['--settings', file];
  };
  const file = (name: string) => join(out, name);
  const region = ['--region', REGION_NAMES[1]];

  it.each<readonly [string, () => string[], number]>([
    ['extract', () => [...paths, ...families(), '--qc', ...because], 1],
    ['extract', () => [...paths, ...families(), '--csv', '--qc', ...because], 1],
    ['export', () => [...paths, '--format', 'seg', '--out', out], 2],
    ['export', () => [...paths, '--format', 'rtstruct', '--out', out], 2],
    ['export', () => [...paths, '--format', 'nifti', '--separate', '--out', out], 1 + REGION_NAMES.length],
    ['export', () => [...paths, '--format', 'nrrd', '--out', out], 2],
    ['export', () => [...paths, ...families(), '--format', 'sr', '--out', out], 3],
    ['report', () => [...paths, ...families(), '--out', file('r.html'), ...because], 3],
    [
      'perturb',
      () => [
        ...paths,
        ...region,
        ...families(),
        '--runs',
        '2',
        '--table',
        file('t.csv'),
        '--robust',
        file('r.json'),
      ],
      3,
    ],
    ['preprocess', () => [...paths, ...region, '--steps', 'z-score', '--out', file('p.nii.gz')], 2],
    [
      'fit',
      () => [
        ...series,
        '--model',
        'tofts',
        '--mask',
        paths[1],
        ...region,
        '--aif',
        `region:${REGION_NAMES[2]}`,
        '--dicom',
        '--out',
        out,
        '--qc',
        ...because,
      ],
      8,
    ],
    ['fit', () => [...series, '--model', 'curve-shape', '--out', out, '--qc', ...because], 3],
    ['fit', () => [...series, '--model', 'motion', '--out', out], 1],
  ])(
    '%s %#: no file and no line of stdout holds one of them',
    { timeout: 120_000 },
    (command, args, least) => {
      const { status, stdout, stderr } = kinetex(command, ...args());
      expect([0, 3], stderr).toContain(status);
      // Of export, stdout says which regions were renamed, by their names, to the person who has them.
      const files = leaving(command === 'export' ? '' : stdout);
      expect(files.length, stderr).toBeGreaterThanOrEqual(least);
      if (command !== 'export') expect(stdout.length).toBeGreaterThan(100);
      expect(leaksIn(files, IDENTIFYING)).toEqual([]);
    },
  );

  it('names the region where --identified asks for it', () => {
    const { stdout } = kinetex('extract', ...paths, ...families(), '--csv', '--identified');
    expect(stdout).toContain('node of Quixote');
  });
});
