import type { Entry } from './entry.ts';
import type { gateEn } from './gate-en.ts';

/** Texts of the gate between numbers and their use, in Russian. */
export const gateRu: Record<keyof typeof gateEn, Entry> = {
  'gate.banner': 'Вердикт правил качества',
  'gate.warn': 'Правило качества предупреждает об этих числах: {rules}.',
  'gate.fail': 'Правило качества не выполнено: {rules}. Не полагайтесь на эти числа, не разобравшись.',
  'gate.closed': 'Правило качества закрывает эти числа: {rules}. Они скрыты, пока за них не ответит человек.',
  'gate.opened': 'Правило качества закрывает эти числа: {rules}. Они показаны под ответственность человека.',
  'gate.given': 'Причина: {reason} ({role})',
  'gate.withdraw': 'Отозвать',
  'gate.evidence': 'Почему',
  'gate.reason': 'Причина',
  'gate.role': 'Ваша роль',
  'gate.rolePlaceholder': 'Рентгенолог, физик, исследователь…',
  'gate.show': 'Показать числа',
  'gate.goes': 'Причина и роль войдут в каждый экспорт.',
  'gate.ask': 'Экспорт при невыполненном правиле',
  'gate.askHelp': 'Правило качества не выполнено: {rules}. Скажите, почему эти числа всё же используются.',
  'gate.export': 'Экспортировать',
};
