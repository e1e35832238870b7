import { voxelCount } from '../../core/geometry.ts';
import type { ImageFile } from '../../core/instance.ts';
import type { RegionSource } from '../../core/region.ts';
import { colourOf } from './colours.ts';

const MOST_LABELS = 256;
const leaf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.(nii|nrrd|mgz|mgh|hdr)(\.gz)?$/i, '');

/** Regions of a label map: one each non-zero whole number that occurs in its first volume, smallest first. */
export function readLabelmap(image: ImageFile): RegionSource[] {
  const n = voxelCount(image.size);
  const labels = new Set<number>();
  for (let i = 0; i < n; i++) {
    const v = image.data[i];
    if (v > 0 && Number.isInteger(v)) labels.add(v);
    if (labels.size > MOST_LABELS) break;
  }
  const sorted = [...labels].sort((x, y) => x - y);
  const grid = { size: image.size, affine: image.affine };
  return sorted.map((label, i) => {
    const data = new Uint8Array(n);
    for (let p = 0; p < n; p++) if (image.data[p] === label) data[p] = 1;
    return {
      id: `${image.file}#${label}`,
      name: sorted.length === 1 ? leaf(image.file) : `${leaf(image.file)} ${label}`,
      colour: colourOf(i),
      origin: 'labelmap',
      file: image.file,
      frameOfReference: '',
      shape: { kind: 'voxels', grid, data },
      findings: [],
    };
  });
}
