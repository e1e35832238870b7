import type { Check } from '../../quality/rules/rule.ts';
import { pick, set } from '../i18n/language.svelte.ts';
import type { Equipment } from '../state/equipment.svelte.ts';

/** What a result of a run is called. */
export function resultName(equipment: Equipment, template: string, id: string): string {
  const metrics = equipment.phantoms?.metrics as
    Record<string, { label: Parameters<typeof pick>[0] }> | undefined;
  if (metrics && Object.hasOwn(metrics, id)) return pick(metrics[id]!.label);
  const insert = equipment.allTemplates
    .find((p) => p.id === template)
    ?.inserts.find((i) => `mean:${i.id}` === id);
  return insert ? pick(insert.label) : id;
}

export const templateName = (equipment: Equipment, id: string): string => {
  const found = equipment.allTemplates.find((p) => p.id === id);
  return found ? pick(found.label) : id;
};

/** The limit that fails, else the one that warns, in signs: `≤ 5`, `−7 … 7`. */
export function limitText({ raise, limits }: Pick<Check, 'raise' | 'limits'>): string {
  const limit = limits.fail ?? limits.warn;
  if (limit === undefined) return '';
  if (typeof limit !== 'number') return `${set(limit[0])} … ${set(limit[1])}`;
  return `${raise === 'above' ? '≤' : '≥'} ${set(limit)}`;
}

/** Today where the person is, `YYYY-MM-DD`. */
export function today(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
