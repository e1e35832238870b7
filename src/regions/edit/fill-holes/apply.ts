import { countVoxels } from '../../document/packed-mask.ts';
import { withoutHoles } from '../../morphology/holes.ts';
import type { Apply } from '../operation.ts';

const NORMALS = ['x', 'y', 'z'];

export const applyFillHoles: Apply = ({ mask, kernels }, values) => {
  const normal = NORMALS.indexOf(values.choice('in'));
  const filled = withoutHoles(mask, normal < 0 ? null : (normal as 0 | 1 | 2), kernels);
  const facts = { voxels: countVoxels(filled), added: countVoxels(filled) - countVoxels(mask) };
  return { mask: filled, facts, findings: [] };
};
