import { refusedCase } from '../../core/refusal-cases.ts';
import type { Localised } from '../../core/localised.ts';
import type { StepFigure } from '../../core/preprocessing.ts';
import type { VolumeData } from '../../core/volume.ts';
import { momentsOf, percentile, sortedUnder } from '../normalise/masked-values.ts';
import type { PreprocessingStep, StepContext } from '../preprocess/step.ts';
import { biasField } from './n4.ts';
import { PARAMETERS } from './parameters.ts';
import { tissueFigures, variationUnder } from './tissue-figures.ts';

/** Voxels of the body darker than this share of its median hold noise, not tissue. */
const DARK = 0.1;

/** Shading of technical origin divided out. */
export const n4: PreprocessingStep = {
  id: 'n4',
  label: { en: 'N4 bias field', ru: 'Поле неоднородности N4', zh: 'N4 偏置场校正' },
  help: {
    en: 'Estimates the slow shading of the coil and divides it out; for MR, before any normalisation.',
    ru: 'Оценивает плавную неоднородность катушки и делит на неё; для МР, до любой нормализации.',
    zh: '估计线圈造成的缓变明暗并将其除去；用于 MR，须在归一化之前。',
  },
  source:
    'Tustison NJ, et al. IEEE Trans Med Imaging 2010;29:1310; Sled JG, et al. IEEE Trans Med Imaging 1998;17:87',
  normalises: false,
  references: 0,
  needsRegion: false,
  parameters: PARAMETERS,
  run({ volume, region, mask, values, job }) {
    const tissue = region ?? withoutDark(volume.data, mask);
    const within = positive(volume.data, tissue);
    const [count, asked] = [total(within), total(tissue)];
    if (count < 0.9 * asked)
      throw refusedCase('step_not_positive', { step: 'N4', received: count, expected: asked });
    const settings = {
      width: values.number('fwhm'),
      noise: values.number('noise'),
      levels: values.number('levels'),
      rounds: values.number('rounds'),
      convergence: values.number('convergence'),
      shrink: values.number('shrink'),
      elements: values.number('elements'),
    };
    const found = biasField(volume.data, within, volume.grid.size, settings, job);
    if (!found) throw refusedCase('step_flat', { step: 'N4', received: count });
    const { field } = found;
    const data = volume.data.slice();
    for (let i = 0; i < data.length; i++) data[i] = data[i]! / field[i]!;
    return {
      volume: { ...volume, data },
      field,
      figures: [
        ...fieldFigures(field, within, found.rounds, found.change),
        ...varying(volume.data, data, within, region, values.number('tissues')),
      ],
    };
  },
};

const total = (mask: Uint8Array) => mask.reduce((sum, v) => sum + v, 0);

const positive = (data: VolumeData, mask: Uint8Array) =>
  mask.map((m, i) => Number(m === 1 && data[i]! > 0 && Number.isFinite(data[i])));

function withoutDark(data: VolumeData, mask: StepContext['mask']): Uint8Array {
  const sorted = sortedUnder(data, mask);
  if (sorted.length === 0) return mask;
  const floor = DARK * percentile(sorted, 50);
  return mask.map((m, i) => Number(m === 1 && data[i]! > floor));
}

function fieldFigures(
  field: Float32Array,
  within: Uint8Array,
  rounds: readonly number[],
  change: number,
): StepFigure[] {
  const sorted = sortedUnder(field, within);
  const range = sorted.at(-1)! / sorted[0]!;
  const { mean, deviation } = momentsOf(sorted);
  const label = (en: string, ru: string, zh: string): Localised => ({ en, ru, zh });
  return [
    {
      id: 'field_range',
      label: label('Field, largest over smallest', 'Поле: наибольшее к наименьшему', '场：最大与最小之比'),
      value: range,
      unit: '',
      // SPEC R67: above 1.5 the shading was strong, and the correction should be looked at.
      verdict: range > 1.5 ? 'warn' : 'pass',
    },
    {
      id: 'field_cov',
      label: label('CoV of the field', 'КВ поля', '场的变异系数'),
      value: (100 * deviation) / mean,
      unit: '%',
    },
    {
      id: 'rounds',
      label: label('Rounds', 'Итерации', '迭代次数'),
      value: rounds.reduce((a, b) => a + b, 0),
      unit: '',
    },
    { id: 'change', label: label('Last change', 'Последнее изменение', '最后变化'), value: change, unit: '' },
  ];
}

function varying(
  before: VolumeData,
  after: VolumeData,
  within: Uint8Array,
  region: Uint8Array | null,
  tissues: number,
): StepFigure[] {
  const t = tissueFigures(before, after, within, tissues);
  const figures: StepFigure[] = [
    {
      id: 'cov_before',
      label: { en: 'Tissue CoV before', ru: 'КВ ткани до', zh: '处理前组织变异系数' },
      value: t.covBefore,
      unit: '%',
    },
    {
      id: 'cov_after',
      label: { en: 'Tissue CoV after', ru: 'КВ ткани после', zh: '处理后组织变异系数' },
      value: t.covAfter,
      unit: '%',
      // The variation must fall, or the field was not shading.
      ...(t.covBefore !== null &&
        t.covAfter !== null && {
          verdict: t.covAfter <= t.covBefore ? ('pass' as const) : ('warn' as const),
        }),
    },
    {
      id: 'cjv_before',
      label: { en: 'CJV before', ru: 'CJV до', zh: '处理前 CJV' },
      value: t.cjvBefore,
      unit: '',
    },
    {
      id: 'cjv_after',
      label: { en: 'CJV after', ru: 'CJV после', zh: '处理后 CJV' },
      value: t.cjvAfter,
      unit: '',
    },
  ];
  if (region) {
    figures.push(
      {
        id: 'region_cov_before',
        label: { en: 'Region CoV before', ru: 'КВ области до', zh: '处理前区域变异系数' },
        value: variationUnder(before, region),
        unit: '%',
      },
      {
        id: 'region_cov_after',
        label: { en: 'Region CoV after', ru: 'КВ области после', zh: '处理后区域变异系数' },
        value: variationUnder(after, region),
        unit: '%',
      },
    );
  }
  return figures;
}
