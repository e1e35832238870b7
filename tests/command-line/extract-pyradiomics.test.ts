import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readBaseline } from '../conformance/pyradiomics-data.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-pyradiomics-'));
afterAll(() => rmSync(folder, { recursive: true }));

const extract = (image: string, mask: string, params: string) => {
  const settings = join(folder, 'params.yaml');
  writeFileSync(settings, params);
  const { status, stdout, stderr } = kinetex(
    'extract',
    ...['--image', image, '--mask', mask, '--settings', settings, '--names', 'pyradiomics'],
  );
  expect(status, stderr).toBe(0);
  const { features } = JSON.parse(stdout) as { features: { column: string; value: number | null }[] };
  return { values: new Map(features.map((f) => [f.column, f.value])), stderr };
};

/** A volume of 3 × 2 × 1 voxels in a NRRD file. */
function writeNrrd(name: string, samples: readonly number[]): string {
  const header = [
    'NRRD0004',
    'type: short',
    'dimension: 3',
    'space: left-posterior-superior',
    'sizes: 3 2 1',
    'space directions: (1,0,0) (0,1,0) (0,0,1)',
    'kinds: domain domain domain',
    'endian: little',
    'encoding: raw',
    'space origin: (0,0,0)',
  ];
  const file = join(folder, name);
  const data = Buffer.from(Int16Array.from(samples).buffer);
  writeFileSync(file, Buffer.concat([Buffer.from(`${header.join('\n')}\n\n`, 'latin1'), data]));
  return file;
}

describe('a parameter file of pyradiomics on the command line', () => {
  it('gives the values of its definitions under its names, and names what it leaves out', () => {
    const image = writeNrrd('image.nrrd', [11, 12, 14, 15, 0, 0]);
    const mask = writeNrrd('mask.nrrd', [1, 1, 1, 1, 0, 0]);
    const { values, stderr } = extract(
      image,
      mask,
      'setting: {binWidth: 5}\nfeatureClass: {firstorder: [Kurtosis, Entropy]}\nimageType: {LoG: {}}\n',
    );
    // Bins from 10: 11, 12 and 14 in the first, 15 in the second. Deviations −2, −1, 1, 2.
    expect([...values.keys()]).toEqual(['original_firstorder_Entropy', 'original_firstorder_Kurtosis']);
    expect(values.get('original_firstorder_Kurtosis')).toBeCloseTo(34 / 4 / 2.5 ** 2, 12);
    expect(values.get('original_firstorder_Entropy')).toBeCloseTo(2 - 0.75 * Math.log2(3), 12);
    expect(stderr).toContain('imageType.LoG');
  });

  it.skipIf(!HAS_SHARED)(
    'gives the baselines of the original for its own brain1',
    () => {
      const reference = join(SHARED, 'reference/pyradiomics');
      const stored = readBaseline('brain1').tests.find((t) => t.test === 'brain1_resampling')!;
      const { values } = extract(
        join(reference, 'brain1_image.nrrd'),
        join(reference, 'brain1_label.nrrd'),
        JSON.stringify({ setting: stored.settings_common }),
      );
      const wrong = stored.classes
        .flatMap((c) => Object.entries(c.features))
        .filter(([name, value]) => {
          const ours = values.get(`original_${name}`) ?? NaN;
          return !(Math.abs(ours - value) <= 1e-6 * Math.abs(value));
        });
      expect(wrong).toEqual([]);
      expect(values.size).toBe(107);
    },
    120_000,
  );
});
