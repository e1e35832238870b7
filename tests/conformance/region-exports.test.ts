import { readdirSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../src/engine/node.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

const phantom = join(SHARED, 'reference/ibsi1/images/ct_phantom');
const sts = join(SHARED, 'samples/sts_001');
const HAS_VALIDATOR = spawnSync('dciodvfy', ['-version']).error === undefined;

const CASES = [
  {
    name: 'CT phantom of IBSI 1',
    images: join(phantom, 'dicom/image'),
    contours: join(phantom, 'dicom/mask/DCM_RS_00060.dcm'),
    mask: join(phantom, 'nifti/mask/mask.nii.gz'),
    voxels: 125256,
  },
  ...(['CT', 'PET', 'MR_T1'] as const).map((m) => ({
    name: `STS_001 ${m}`,
    images: join(sts, 'dicom', m, 'image'),
    contours: join(sts, 'dicom', m, 'mask/RS.dcm'),
    mask: join(sts, `nifti/${m}_mask.nii.gz`),
    voxels: m === 'PET' ? 5095 : 117145,
  })),
];

const fileOf = (path: string, use?: 'image' | 'mask') => ({
  path,
  content: new Uint8Array(readFileSync(path)),
  ...(use && { use }),
});

// RTSTRUCT in, every format out, and in again: the voxels of the masks that the data sets carry, each time.
describe.skipIf(!HAS_SHARED)('published regions, written and read again', () => {
  it.each(CASES)(
    '$name: $voxels voxels in SEG, RTSTRUCT, NIfTI and NRRD',
    async ({ images, contours, mask, voxels }) => {
      const engine = createNodeEngine();
      const files = readdirSync(images).filter((f) => f.endsWith('.dcm'));
      const image = await engine.open(files.map((f) => fileOf(join(images, f), 'image')));
      const study = await engine.open([fileOf(contours), fileOf(mask, 'mask')], { into: image });
      const series = image.series[0].uid;
      const [drawn, published] = ['rtstruct', 'labelmap'].map((o) =>
        study.regions.find((r) => r.origin === o)!,
      );
      const { mask: reference } = await engine.placeRegion(study, published.id, series);
      for (const identified of [false, true]) {
        for (const format of ['seg', 'rtstruct', 'nifti', 'nrrd'] as const) {
          const made = await engine.exportRegions(study, [drawn.id], format, { series, identified });
          expect(made.refused).toEqual([]);
          const [{ name, bytes }] = made.files;
          if (HAS_VALIDATOR && name.endsWith('.dcm')) expect(errorsOf(bytes)).toEqual([]);
          const again = await engine.open([{ path: `again/${name}`, content: bytes, use: 'mask' }], {
            into: image,
          });
          expect(again.regions).toHaveLength(1);
          const placed = await engine.placeRegion(again, again.regions[0].id, series);
          expect(placed.findings.filter((f) => f.severity !== 'info')).toEqual([]);
          let different = 0;
          placed.mask.data.forEach((v, i) => (different += v === reference.data[i] ? 0 : 1));
          expect({ format, different, voxels: placed.voxels }).toEqual({ format, different: 0, voxels });
        }
      }
    },
    120_000,
  );
});

function errorsOf(bytes: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-'));
  try {
    writeFileSync(join(folder, 'x.dcm'), bytes);
    const { stdout, stderr } = spawnSync('dciodvfy', [join(folder, 'x.dcm')], { encoding: 'utf8' });
    if (process.env.SHOW_WARNINGS) console.log(stderr, stdout);
    return `${stdout}${stderr}`.split('\n').filter((line) => /^(Error|Abort)/.test(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
