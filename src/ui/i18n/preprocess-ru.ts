import type { Entry } from './entry.ts';
import type { preprocessEn } from './preprocess-en.ts';

export const preprocessRu: Readonly<Record<keyof typeof preprocessEn, Entry>> = {
  'preprocess.title': 'Предобработка',
  'preprocess.help': 'Шаги идут сверху вниз, внутри области или тела; оригинал остаётся.',
  'preprocess.region': 'Область',
  'preprocess.body': 'Всё тело',
  'preprocess.references': 'Опорные изображения',
  'preprocess.run': 'Выполнить шаги',
  'preprocess.running': 'Предобработка',
  'preprocess.keep': 'Сохранить как серию',
  'preprocess.before': 'До',
  'preprocess.after': 'После',
  'preprocess.field': 'Поле',
  'preprocess.histogram': 'Гистограмма: серая — до, цветная — после',
  'preprocess.auto': 'автоматически',
};
