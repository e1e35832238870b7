import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../../src/formats/dicom/read.ts';
import { decodePixels } from '../../src/formats/dicom/decode.ts';
import { readNifti } from '../../src/formats/nifti/read.ts';
import { readNrrd } from '../../src/formats/nrrd/read.ts';
import { readLabelmap } from '../../src/regions/import/labelmap.ts';
import { readRtstruct } from '../../src/regions/import/rtstruct.ts';
import { readSeg } from '../../src/regions/import/seg.ts';
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
    const target = {
      grid: { size: [size[0], size[1], size[2]] as const, affine: affine! },
      frameOfReference,
    };
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

const corpus = join(SHARED, 'samples/dicom_conformance');

// The same segmentations as DICOM and as the label maps that they were made from (dcmqi).
describe.skipIf(!HAS_SHARED)('SEG against the label maps it was made from', () => {
  it.each([
    { seg: 'liver_deflate.dcm', map: 'liver_seg.nrrd', voxels: 107098 },
    { seg: 'sparse-labelmap-noppv.dcm', map: 'sparse_labelmap_ppv5_seg.nrrd', voxels: 630 },
  ])('$seg: $voxels voxels', async ({ seg, map, voxels }) => {
    const bytes = bytesOf(join(corpus, 'files', seg));
    const instance = readDicom(bytes, seg);
    const [region] = readSeg(instance, await decodePixels(bytes, instance));
    const image = readNrrd(bytesOf(join(corpus, 'nifti_nrrd', map)), map);
    const target = { grid: { size: image.size, affine: image.affine }, frameOfReference: '' };
    const { mask, placement, findings } = placeRegion(region, target, { resample: false });
    expect(placement).toBe('same_grid');
    expect(findings).toEqual([]);
    const label = [...new Set(image.data)]
      .filter((v) => v > 0)
      .find((v) => image.data[mask.data.indexOf(1)] === v);
    let different = 0;
    mask.data.forEach((v, i) => (different += v === (image.data[i] === label ? 1 : 0) ? 0 : 1));
    expect({ different, inside: mask.data.reduce((n, v) => n + v, 0) }).toEqual({
      different: 0,
      inside: voxels,
    });
  });
});
