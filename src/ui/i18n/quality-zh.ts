import type { Entry } from './entry.ts';
import type { qualityEn } from './quality-en.ts';

export const qualityZh: Readonly<Record<keyof typeof qualityEn, Entry>> = {
  'jobs.rules': '正在检查规则',
  'jobs.checkAll': '正在检查所有序列',
};
