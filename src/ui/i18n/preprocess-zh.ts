import type { Entry } from './entry.ts';
import type { preprocessEn } from './preprocess-en.ts';

export const preprocessZh: Readonly<Record<keyof typeof preprocessEn, Entry>> = {
  'preprocess.title': '预处理',
  'preprocess.help': '步骤自上而下在区域或身体内执行；原图保留。',
  'preprocess.region': '区域',
  'preprocess.body': '整个身体',
  'preprocess.references': '参考图像',
  'preprocess.run': '执行步骤',
  'preprocess.running': '正在预处理',
  'preprocess.keep': '保留为序列',
  'preprocess.before': '处理前',
  'preprocess.after': '处理后',
  'preprocess.field': '场',
  'preprocess.histogram': '直方图：灰色为处理前，彩色为处理后',
  'preprocess.auto': '自动',
};
