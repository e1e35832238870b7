import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../../src/formats/dicom/read.ts';
import { readNifti } from '../../src/formats/nifti/read.ts';
import { readLabelmap } from '../../src/regions/import/labelmap.ts';
import { readRtstruct } from '../../src/regions/import/rtstruct.ts';
import { placeRegion } from '../../src/regions/place/place.ts';
import { assembleSeries } from '../../src/series/assemble.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

const bytesOf = (path: string) => new Uint8Array(readFileSync(path));
const phantom = join(SHARED, 'reference/ibsi1/images/ct_phantom');
const sts = join(SHARED, 'samples/sts_001');

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

// Contours brought onto the image's own grid give the masks that the data sets carry, voxel for voxel.
describe.skipIf(!HAS_SHARED)('RTSTRUCT contours against the masks published beside them', () => {
  it.each(CASES)('$name: $voxels voxels', ({ images, contours, mask, voxels }) => {
    const instances = readdirSync(images)
      .filter((f) => f.endsWith('.dcm'))
      .map((f) => readDicom(bytesOf(join(images, f)), f));
    const { series } = assembleSeries(instances.filter((i) => i.kind === 'image'));
    expect(series).toHaveLength(1);
    const [{ size, affine, frameOfReference }] = series;
    const target = { grid: { size: [size[0], size[1], size[2]] as const, affine: affine! }, frameOfReference };
    const [region] = readRtstruct(readDicom(bytesOf(contours), 'RS.dcm'));
    const placed = placeRegion(region, target, { resample: false });
    const [published] = readLabelmap(readNifti(bytesOf(mask), 'mask.nii.gz'));
    const theirs = placeRegion(published, target, { resample: false });
    expect(theirs.placement).toBe('same_grid');
    let different = 0;
    let inside = 0;
    placed.mask.data.forEach((v, i) => {
      inside += v;
      if (v !== theirs.mask.data[i]) different++;
    });
    expect({ inside, different }).toEqual({ inside: voxels, different: 0 });
    expect(placed.findings.filter((f) => f.severity !== 'info')).toEqual([]);
  });
});
