import type { Entry } from './entry.ts';
import type { qualityEn } from './quality-en.ts';

export const qualityRu: Readonly<Record<keyof typeof qualityEn, Entry>> = {
  'jobs.rules': 'Проверка правил',
  'jobs.checkAll': 'Проверка всех серий',
};
