import type { Localised } from '../../core/localised.ts';

/** Words of the values that the guideline is filled with. */
export const IBSI_TEXTS = {
  notConcerned: {
    en: 'does not concern this modality',
    ru: 'не относится к этой модальности',
    zh: '与此成像方式无关',
  },
  notHere: {
    en: 'not applied in this program; earlier processing is not known',
    ru: 'в этой программе не применялось; прежняя обработка неизвестна',
    zh: '本程序未应用；之前的处理未知',
  },
  none: { en: 'none', ru: 'нет', zh: '无' },
  static: { en: 'static', ru: 'статика', zh: '静态' },
  dynamic: { en: 'dynamic', ru: 'динамика', zh: '动态' },
  diffusion: { en: 'diffusion weightings', ru: 'диффузионные взвешивания', zh: '扩散加权' },
  step: { en: 'step', ru: 'шаг', zh: '间距' },
  motion: {
    en: 'frames brought rigidly onto the first',
    ru: 'кадры жёстко совмещены с первым',
    zh: '各帧刚性配准到首帧',
  },
  suv: { en: 'SUV by body weight', ru: 'SUV по массе тела', zh: '按体重的 SUV' },
  concentration: {
    en: 'signal to concentration of contrast agent',
    ru: 'сигнал в концентрацию контрастного средства',
    zh: '信号转为对比剂浓度',
  },
  rescale: { en: 'scale of the file only', ru: 'только шкала файла', zh: '仅文件自身的标度' },
  zScore: { en: 'z-score over the whole image', ru: 'z-оценка по всему изображению', zh: '全图 z 分数' },
  MANUAL: { en: 'by hand', ru: 'вручную', zh: '手动' },
  SEMIAUTOMATIC: { en: 'by hand with a tool', ru: 'вручную с инструментом', zh: '半自动' },
  AUTOMATIC: { en: 'by a tool', ru: 'инструментом', zh: '自动' },
  unknown: { en: 'the file does not say how', ru: 'файл не сообщает как', zh: '文件未说明方式' },
  crossing: {
    en: 'voxel centres inside the contour of their slice',
    ru: 'центры вокселей внутри контура среза',
    zh: '体素中心位于该层轮廓内',
  },
  voxels: { en: 'given as voxels', ru: 'задана вокселями', zh: '以体素给出' },
  centres: { en: 'grids share their centre', ru: 'сетки с общим центром', zh: '网格中心对齐' },
  border: {
    en: 'the border voxel repeats beyond the image',
    ru: 'за краем повторяется крайний воксель',
    zh: '图像外重复边缘体素',
  },
  noInterpolation: { en: 'no interpolation', ru: 'без интерполяции', zh: '无插值' },
  rounded: { en: 'to whole numbers', ru: 'до целых', zh: '取整' },
  notRounded: { en: 'not rounded', ru: 'без округления', zh: '不取整' },
  minimum: { en: 'from the minimum of the region', ru: 'от минимума области', zh: '自区域最小值' },
  phantom: {
    en: 'IBSI digital phantom, values within tolerance',
    ru: 'цифровой фантом IBSI, значений в допуске',
    zh: 'IBSI 数字体模，容差内的值',
  },
  symmetric: { en: 'symmetric', ru: 'симметричная', zh: '对称' },
  asymmetric: { en: 'not symmetric', ru: 'несимметричная', zh: '非对称' },
} as const satisfies Record<string, Localised>;
