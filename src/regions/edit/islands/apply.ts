import { determinant } from '../../../core/geometry.ts';
import { countVoxels } from '../../document/packed-mask.ts';
import { piecesOf } from '../../morphology/components.ts';
import type { Neighbours } from '../../morphology/grow-reference.ts';
import type { Apply } from '../operation.ts';

export const applyIslands: Apply = ({ grid, mask, kernels }, values) => {
  const pieces = piecesOf(mask, Number(values.choice('neighbours')) as Neighbours, kernels);
  const most = Math.max(0, ...pieces.list.map((p) => p.voxels));
  const first = pieces.list.findIndex((p) => p.voxels === most);
  // A piece of exactly the volume stays, whatever the product of three spacings loses.
  const least = (values.number('volume') / Math.abs(determinant(grid.affine))) * (1 - 1e-9);
  const above = values.choice('keep') === 'above';
  let kept = 0;
  const result = pieces.take((piece, n) => {
    const stays = above ? piece.voxels >= least : n === first;
    kept += stays ? 1 : 0;
    return stays;
  });
  const facts = { pieces: pieces.list.length, kept, voxels: countVoxels(result) };
  return { mask: result, facts, findings: [], pieces: pieces.list };
};
