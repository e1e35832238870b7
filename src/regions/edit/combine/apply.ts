import { combined, type Combination } from '../../document/combine.ts';
import { countVoxels } from '../../document/packed-mask.ts';
import type { Apply } from '../operation.ts';

export const applyCombine: Apply = ({ mask, other }, values) => {
  const result = combined(values.choice('how') as Combination, mask, other!);
  return { mask: result, facts: { voxels: countVoxels(result) }, findings: [] };
};
