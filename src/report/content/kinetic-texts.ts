import type { Localised } from '../../core/localised.ts';

/** Words of a kinetic fit in a report; those of its counts stand under their ids. */
export const KINETIC_TEXTS = {
  fromFile: { en: 'from the files', ru: 'из файлов', zh: '取自文件' },
  found: { en: 'found from the curves', ru: 'найдено по кривым', zh: '由曲线求得' },
  fitted: { en: 'fitted', ru: 'подбирается', zh: '拟合' },
  byMap: { en: 'by a map', ru: 'по карте', zh: '采用参数图' },
  signal: { en: 'Signal', ru: 'Сигнал', zh: '信号' },
  spoiled: { en: 'spoiled gradient echo', ru: 'градиентное эхо со спойлером', zh: '扰相梯度回波' },
  enhancement: { en: 'CT enhancement', ru: 'усиление на КТ', zh: 'CT 强化' },
  concentrations: {
    en: 'intensities are concentrations',
    ru: 'интенсивности суть концентрации',
    zh: '强度即浓度',
  },
  repetition: { en: 'Repetition time', ru: 'Время повторения', zh: '重复时间' },
  flip: { en: 'Flip angle', ru: 'Угол отклонения', zh: '翻转角' },
  relaxivity: { en: 'Relaxivity', ru: 'Релаксивность', zh: '弛豫率' },
  tissueT1: { en: 'T1 of tissue', ru: 'T1 ткани', zh: '组织 T1' },
  bloodT1: { en: 'T1 of blood', ru: 'T1 крови', zh: '血液 T1' },
  b1: { en: 'B1 correction', ru: 'Поправка B1', zh: 'B1 校正' },
  haematocrit: { en: 'Haematocrit', ru: 'Гематокрит', zh: '血细胞比容' },
  delay: { en: 'Arterial delay', ru: 'Артериальная задержка', zh: '动脉延迟' },
  baseline: { en: 'Frames before contrast', ru: 'Кадров до контраста', zh: '对比剂前帧数' },
  converged: { en: 'converged', ru: 'сошлось', zh: '已收敛' },
  at_bound: { en: 'at a bound', ru: 'на границе', zh: '位于边界' },
  no_enhancement: { en: 'no enhancement', ru: 'нет усиления', zh: '无强化' },
  failed: { en: 'failed', ru: 'не удалось', zh: '失败' },
  unconverted: { en: 'no concentration', ru: 'нет концентрации', zh: '无法求浓度' },
  not_done: { en: 'not fitted', ru: 'не подогнано', zh: '未拟合' },
} as const satisfies Record<string, Localised>;
