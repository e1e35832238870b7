import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { kinetex } from './kinetex.ts';

const phantom = join(SHARED, 'reference/ibsi1/images/ct_phantom/dicom');
const out = mkdtempSync(join(tmpdir(), 'kinetex-export-'));
afterAll(() => rmSync(out, { recursive: true }));
const paths = ['--image', join(phantom, 'image'), '--mask', join(phantom, 'mask')];

describe.skipIf(!HAS_SHARED)('kinetex export', () => {
  it.each([
    ['seg', ['segmentation.dcm']],
    ['rtstruct', ['structures.dcm']],
    ['nifti', ['regions.nii.gz']],
    ['nrrd', ['regions.seg.nrrd']],
    ['sr', ['measurements.dcm', 'segmentation.dcm']],
  ])('%s writes %s, which compares as equal', (format, names) => {
    const folder = join(out, format);
    const { status, stdout, stderr } = kinetex('export', ...paths, '--format', format, '--out', folder);
    expect(status, stderr).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(JSON.parse(stdout)).toMatchObject({ refused: [], findings: [] });
    expect(JSON.parse(stdout).files[0].regions).toEqual([{ region: 'GTV-1', number: 1 }]);
    const file = join(folder, names.at(-1)!);
    const compared = kinetex('compare', join(phantom, 'mask'), file, '--image', join(phantom, 'image'));
    expect(compared.status, compared.stderr).toBe(0);
    expect(JSON.parse(compared.stdout)).toMatchObject({ dice: 1 });
  });

  it('names the formats when asked for another, and the regions when there is none of that name', () => {
    const format = kinetex('export', ...paths, '--format', 'stl', '--out', out);
    expect([format.status, format.stderr]).toEqual([
      2,
      expect.stringContaining('seg, rtstruct, nifti, nrrd, sr'),
    ]);
    const region = kinetex('export', ...paths, '--format', 'seg', '--out', out, '--region', 'liver');
    expect([region.status, region.stderr]).toEqual([2, expect.stringContaining('GTV-1')]);
  });
});
