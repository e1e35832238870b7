import { contentHash } from '../../core/content-hash.ts';
import type { Finding } from '../../core/finding.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import type { RobustList } from '../../statistics/verdict/repeated-table.ts';

/**
 * Names the settings that a feature's value rests on: SHA-256 of their canonical JSON, without the choice of families,
 * aggregations and features, which says what is computed and not how.
 */
export function settingsFingerprint({
  families: _families,
  aggregations: _aggregations,
  pyradiomics: { features: _features, ...pyradiomics },
  ...settings
}: ExtractionSettings): string {
  return contentHash({ ...settings, pyradiomics });
}

/** What a list is held against: the part of a feature table that says how and on what it was measured. */
export interface MeasuredWith {
  readonly mask: { readonly name: string };
  readonly settings: ExtractionSettings;
  readonly image: { readonly modality: string };
}

/**
 * What a person must know before a list of robust features filters a table: that it was made with other settings, on another
 * modality, or does not say. Nothing where it fits. Robust is a word about settings and images, not about a feature alone.
 */
export function robustFindings(list: RobustList, table: MeasuredWith): readonly Finding[] {
  const subject = table.mask.name;
  const found: Finding[] = [];
  const own = settingsFingerprint(table.settings);
  if (list.settings === undefined || list.settings === '') {
    found.push({ id: 'R-robust-unknown', severity: 'na', subject, text: UNKNOWN, remedy: REPEAT, facts: {} });
  } else if (list.settings !== own) {
    const facts = { list: list.settings.slice(0, 12), table: own.slice(0, 12) };
    found.push({ id: 'R-robust-settings', severity: 'warn', subject, text: SETTINGS, remedy: REPEAT, facts });
  }
  const modality = table.image.modality;
  if (list.modality !== undefined && list.modality !== '' && modality !== '' && list.modality !== modality) {
    const facts = { list: list.modality, table: modality };
    found.push({ id: 'R-robust-modality', severity: 'warn', subject, text: MODALITY, remedy: REPEAT, facts });
  }
  return found;
}

const SETTINGS = {
  en: 'The list of robust features was made with other extraction settings ({list}) than this table ({table}): what was robust there need not be robust here.',
  ru: 'Список устойчивых признаков получен с другими настройками извлечения ({list}), чем эта таблица ({table}): устойчивое там не обязательно устойчиво здесь.',
  zh: '稳健特征列表所用的提取设置（{list}）与本表（{table}）不同：在那里稳健的特征在此未必稳健。',
};
const MODALITY = {
  en: 'The list of robust features was made on {list} and filters features of {table}: what was robust there need not be robust here.',
  ru: 'Список устойчивых признаков получен на {list}, а отбирает признаки {table}: устойчивое там не обязательно устойчиво здесь.',
  zh: '稳健特征列表得自 {list}，却用于筛选 {table} 的特征：在那里稳健的特征在此未必稳健。',
};
const UNKNOWN = {
  en: 'The list of robust features does not say with which extraction settings it was made, so whether it fits this table cannot be checked.',
  ru: 'В списке устойчивых признаков не указано, с какими настройками извлечения он получен; подходит ли он к этой таблице, проверить нельзя.',
  zh: '稳健特征列表未说明所用的提取设置，无法核实其是否适用于本表。',
};
const REPEAT = {
  en: 'Repeat the study with the settings and images that you use, or extract with those of the list.',
  ru: 'Повторите исследование с вашими настройками и снимками или извлеките признаки с настройками списка.',
  zh: '请用当前的设置和图像重做研究，或按列表的设置提取。',
};
