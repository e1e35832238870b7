import { refusedCase } from '../../../core/refusal-cases.ts';
import { combined } from '../../document/combine.ts';
import { countVoxels, packedBox } from '../../document/packed-mask.ts';
import { shell } from '../../morphology/ball.ts';
import { bodyOf } from '../../morphology/body.ts';
import { regionFinding } from '../../texts.ts';
import type { Apply } from '../operation.ts';

export const applyRing: Apply = ({ grid, image, mask, kernels, context }, values) => {
  const [inner, outer] = [values.number('inner'), values.number('outer')];
  if (inner >= outer) throw refusedCase('limits_crossed', { name: 'outer', low: inner, high: outer });
  const whole = shell(mask, grid, [inner, outer], kernels);
  const box = packedBox(whole);
  if (!values.flag('body') || box === null) {
    return { mask: whole, facts: { voxels: countVoxels(whole) }, findings: [] };
  }
  context.onProgress?.(0.3);
  const body = bodyOf(image!, [box.low[2], box.high[2]], kernels);
  if (body === null) {
    const findings = [regionFinding('R-no-body', 'warn', '')];
    return { mask: whole, facts: { voxels: countVoxels(whole) }, findings };
  }
  const clipped = combined('intersection', whole, body);
  const facts = { voxels: countVoxels(clipped), outside: countVoxels(whole) - countVoxels(clipped) };
  return { mask: clipped, facts, findings: [] };
};
