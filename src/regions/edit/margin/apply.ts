import { countVoxels } from '../../document/packed-mask.ts';
import { dilate, erode } from '../../morphology/ball.ts';
import type { Apply } from '../operation.ts';

export const applyMargin: Apply = ({ grid, mask, kernels }, values) => {
  const by = values.number('distance');
  const moved = by === 0 ? mask : by > 0 ? dilate(mask, grid, by, kernels) : erode(mask, grid, -by, kernels);
  return { mask: moved, facts: { voxels: countVoxels(moved) }, findings: [] };
};
