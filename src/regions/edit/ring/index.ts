import { RefusedInput } from '../../../core/refusal.ts';
import { combined } from '../../document/combine.ts';
import { countVoxels, packedBox } from '../../document/packed-mask.ts';
import { shell } from '../../morphology/ball.ts';
import { bodyOf } from '../../morphology/body.ts';
import { regionFinding } from '../../texts.ts';
import type { Operation } from '../operation.ts';
import { numberOf } from '../parameters.ts';

export const ring: Operation = {
  id: 'ring',
  label: { en: 'Ring', ru: 'Кольцо', zh: '环形区' },
  help: {
    en: 'The tissue around a lesion: voxels whose centre lies farther from the region than the first distance and not farther than the second. What is outside the body is cut off: the largest piece above −300 HU (elsewhere above the threshold of Otsu), with its holes filled slice by slice.',
    ru: 'Ткань вокруг очага: воксели, центр которых дальше от области, чем первое расстояние, и не дальше второго. То, что вне тела, отсекается: тело — наибольшая часть выше −300 HU (вне КТ — выше порога Оцу) с дырами, залитыми по срезам.',
    zh: '病灶周围组织：中心到区域的距离大于第一个值且不大于第二个值的体素。体外部分被切除：身体为 −300 HU 以上（非 CT 时为 Otsu 阈值以上）的最大部分，并逐层填充孔洞。',
  },
  needs: { image: true, region: true, seed: false, other: false },
  into: 'new',
  parameters: [
    {
      kind: 'number',
      id: 'inner',
      label: { en: 'From', ru: 'От', zh: '从' },
      unit: 'mm',
      min: 0,
      max: 100,
      step: 0.5,
      start: 0,
    },
    {
      kind: 'number',
      id: 'outer',
      label: { en: 'To', ru: 'До', zh: '到' },
      unit: 'mm',
      min: 0.1,
      max: 100,
      step: 0.5,
      start: 5,
    },
    {
      kind: 'flag',
      id: 'body',
      label: { en: 'Inside the body only', ru: 'Только внутри тела', zh: '仅限体内' },
      start: true,
    },
  ],
  apply({ grid, image, mask, kernels, context }, values) {
    const [inner, outer] = [numberOf(values, 'inner')!, numberOf(values, 'outer')!];
    if (inner >= outer) {
      throw new RefusedInput('settings_invalid', {
        setting: 'outer',
        expected: `> ${inner} mm`,
        received: outer,
      });
    }
    const whole = shell(mask, grid, [inner, outer], kernels);
    const box = packedBox(whole);
    if (values['body'] !== true || box === null) {
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
  },
};
