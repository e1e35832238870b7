import { countVoxels } from '../../document/packed-mask.ts';
import { interpolateShapes } from './interpolate.ts';
import type { Apply } from '../operation.ts';

const NORMALS = ['x', 'y', 'z'];

export const applyFillBetween: Apply = ({ grid, mask, kernels }, values) => {
  const normal = NORMALS.indexOf(values.choice('across')) as 0 | 1 | 2;
  const { mask: result, filled } = interpolateShapes(mask, grid, normal, kernels);
  const facts = { voxels: countVoxels(result), slices: filled };
  return { mask: result, facts, findings: [] };
};
