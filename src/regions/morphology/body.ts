import type { KernelModule } from '../../core/kernel-module.ts';
import type { Volume } from '../../core/volume.ts';
import { EMPTY_SLICE, type PackedMask } from '../document/packed-mask.ts';
import { histogramOf, otsu } from '../histogram.ts';
import { withinRange } from '../within-range.ts';
import { keepLargest } from './components.ts';
import { withoutHoles } from './holes.ts';

/** Skin is far above, air far below. */
const SKIN_HU = -300;
const BINS = 256;

/**
 * The body in slices `from` up to `to`: voxels above −300 HU in CT, above Otsu's threshold of these slices elsewhere; of
 * these the largest piece, with holes filled slice by slice, so that lungs and bowel belong to it and the table does not.
 * Null when the image is flat there.
 */
export function bodyOf(
  image: Volume,
  [from, to]: readonly [number, number],
  kernels: KernelModule | null,
): PackedMask | null {
  const { size, affine } = image.grid;
  const plane = size[0] * size[1];
  const slab: Volume = {
    ...image,
    grid: { size: [size[0], size[1], to - from], affine },
    data: image.data.subarray(plane * from, plane * to),
  };
  let threshold = SKIN_HU;
  if (image.unit !== 'HU') {
    const histogram = histogramOf((meet) => slab.data.forEach(meet), BINS);
    if (histogram === null) return null;
    threshold = histogram.lower + otsu(histogram.counts).level * histogram.width;
  }
  const found = withoutHoles(
    keepLargest(withinRange(slab, threshold, Infinity, kernels), 6, kernels),
    2,
    kernels,
  );
  const slices = Array.from({ length: size[2] }, (_, z) => found.slices[z - from] ?? EMPTY_SLICE);
  return { size, slices };
}
