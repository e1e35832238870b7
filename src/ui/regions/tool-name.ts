import type { Engine } from '../../engine/api.ts';
import { pick, t } from '../i18n/language.svelte.ts';
import { methods } from './methods.svelte.ts';

const OWN = [
  'new',
  'import',
  'copy',
  'brush',
  'eraser',
  'polygon',
  'freehand',
  'fill',
  'remove',
  'reading',
  'mark-lesion',
  'mark-background',
  'mark-points',
  'mark-clear',
] as const;

/** Name of a tool as the history and the origin of a region call it. */
export function toolName(engine: Engine, tool: string): string {
  const label =
    engine.regions.operations.find((o) => o.id === tool)?.label ??
    methods().find((m) => m.id === tool)?.label;
  if (label) return pick(label);
  const own = OWN.find((id) => id === tool);
  return own ? t(`work.tool.${own}`) : t('work.tool.change');
}
