import { countVoxels } from '../../document/packed-mask.ts';
import { blur, close, open } from '../../morphology/ball.ts';
import type { Apply } from '../operation.ts';

export const applySmooth: Apply = ({ grid, mask, kernels }, values) => {
  const size = values.number('size');
  const method = values.choice('method');
  const result =
    method === 'blur'
      ? blur(mask, grid, size)
      : (method === 'open' ? open : close)(mask, grid, size, kernels);
  return { mask: result, facts: { voxels: countVoxels(result) }, findings: [] };
};
