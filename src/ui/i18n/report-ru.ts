import type { Entry } from './entry.ts';
import type { reportEn } from './report-en.ts';

/** Texts of the report stage in Russian. */
export const reportRu = {
  'stage.report': 'Отчёт',
  'jobs.report': 'Составление отчёта',
  'report.contents': 'Что войдёт',
  'report.has': 'Областей с признаками: {regions}.',
  'report.hasMaps': 'Кинетические карты есть.',
  'report.noMaps': 'Кинетических карт ещё нет.',
  'report.hasSelfTest': 'Самопроверка проведена.',
  'report.noSelfTest': 'Самопроверка не проведена: пункт 59 останется пустым.',
  'report.pictures': 'Изображения срезов',
  'report.kinetics': 'Кинетические карты',
  'report.printSaved':
    'Из страницы в одном файле браузер не печатает её часть: отчёт сохранён в HTML. Откройте его и напечатайте.',
  'export.keepNames': 'Оставить имена как есть',
  'export.numbered': 'Имена некоторых областей указывают на человека: вместо них будут номера.',
  'export.kept': 'Имена областей уйдут как есть, вместе с тем, что они говорят о человеке.',
  'report.identified': 'Со сведениями о пациенте',
  'report.identifiedNote': 'В файле будут имя, номер и даты пациента.',
  'report.make': 'Составить отчёт',
  'report.making': 'Идёт работа…',
  'report.save': 'Сохранить',
  'report.print': 'Печать',
  'report.methods': 'Абзац для раздела «Методы»',
  'report.ibsi': 'Руководство IBSI, 76 пунктов',
  'report.ibsiCount':
    'Известно по происхождению данных: {filled}. Не применялось или неприменимо: {idle}. Открыто: {missing}.',
  'report.enter': 'Заполнить открытые пункты',
  'report.filled': 'Уже заполненные пункты',
  'report.idle': 'Пункты, которые не применялись или неприменимы',
  'report.score': 'Оценка {score} %, качество {grade}',
  'report.counts': 'Да {yes}, нет {no}, неприменимо {na}, открыто {open}',
  'report.evidenceHelp': '«Да» засчитывается только с основанием.',
  'report.answers': 'Ответы',
  'report.open': 'открыт',
  'report.yes': 'да',
  'report.no': 'нет',
  'report.na': 'не применимо',
  'report.evidence': 'Основание пункта {item}',
} as const satisfies Record<keyof typeof reportEn, Entry>;
