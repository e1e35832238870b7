import { determinant } from '../../../core/geometry.ts';
import { countVoxels } from '../../document/packed-mask.ts';
import { piecesOf } from '../../morphology/components.ts';
import type { Neighbours } from '../../morphology/grow-reference.ts';
import type { Operation } from '../operation.ts';
import { numberOf } from '../parameters.ts';

export const islands: Operation = {
  id: 'islands',
  label: { en: 'Islands', ru: 'Островки', zh: '孤岛' },
  help: {
    en: 'Parts the region into pieces that hang together, and keeps the largest one, or those of at least a given volume.',
    ru: 'Делит область на связные части и оставляет наибольшую или те, объём которых не меньше заданного.',
    zh: '将区域分为各个连通部分，保留最大的一个，或体积不小于给定值的部分。',
  },
  needs: { image: false, region: true, seed: false, other: false },
  into: 'same',
  parameters: [
    {
      kind: 'choice',
      id: 'keep',
      label: { en: 'Keep', ru: 'Оставить', zh: '保留' },
      start: 'largest',
      choices: [
        { id: 'largest', label: { en: 'The largest piece', ru: 'Наибольшую часть', zh: '最大部分' } },
        {
          id: 'above',
          label: { en: 'Pieces above a volume', ru: 'Части больше объёма', zh: '大于某体积的部分' },
        },
      ],
    },
    {
      kind: 'number',
      id: 'volume',
      label: { en: 'At least', ru: 'Не меньше', zh: '至少' },
      unit: 'mm³',
      min: 0,
      max: 1e7,
      step: 10,
      start: 100,
      when: { keep: ['above'] },
    },
    {
      kind: 'choice',
      id: 'neighbours',
      label: { en: 'Neighbours', ru: 'Соседи', zh: '邻域' },
      start: '26',
      choices: [
        { id: '6', label: { en: '6 (faces)', ru: '6 (грани)', zh: '6（面）' } },
        { id: '18', label: { en: '18 (edges)', ru: '18 (рёбра)', zh: '18（棱）' } },
        { id: '26', label: { en: '26 (corners)', ru: '26 (углы)', zh: '26（角）' } },
      ],
    },
  ],
  apply({ grid, mask, kernels }, values) {
    const pieces = piecesOf(mask, Number(values['neighbours']) as Neighbours, kernels);
    const most = Math.max(0, ...pieces.list.map((p) => p.voxels));
    const first = pieces.list.findIndex((p) => p.voxels === most);
    // A piece of exactly the volume stays, whatever the product of three spacings loses.
    const least = (numberOf(values, 'volume')! / Math.abs(determinant(grid.affine))) * (1 - 1e-9);
    const above = values['keep'] === 'above';
    let kept = 0;
    const result = pieces.take((piece, n) => {
      const stays = above ? piece.voxels >= least : n === first;
      kept += stays ? 1 : 0;
      return stays;
    });
    const facts = { pieces: pieces.list.length, kept, voxels: countVoxels(result) };
    return { mask: result, facts, findings: [], pieces: pieces.list };
  },
};
