import { determinant } from '../../../core/geometry.ts';
import { piecesOf } from '../../morphology/components.ts';
import type { Neighbours } from '../../morphology/grow-reference.ts';
import type { Apply } from '../operation.ts';

/** Pieces of which size and box are told: noise has millions. */
const MOST_LISTED = 1000;

export const applyIslands: Apply = ({ grid, mask, kernels }, values) => {
  const pieces = piecesOf(mask, Number(values.choice('neighbours')) as Neighbours, kernels);
  // A piece of exactly the volume stays, whatever the product of three spacings loses.
  const least = (values.number('volume') / Math.abs(determinant(grid.affine))) * (1 - 1e-9);
  const above = values.choice('keep') === 'above';
  let [kept, voxels] = [0, 0];
  const result = pieces.take((n) => {
    const stays = above ? pieces.voxels[n] >= least : n === pieces.largest;
    if (stays) {
      kept++;
      voxels += pieces.voxels[n];
    }
    return stays;
  });
  const facts = { pieces: pieces.voxels.length, kept, voxels };
  return { mask: result, facts, findings: [], pieces: pieces.list(MOST_LISTED) };
};
