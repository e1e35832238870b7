import type { Parameter } from '../../core/parameters.ts';
import type { Engine } from '../../engine/api.ts';
import type { RegionEntry } from '../../engine/regions/api.ts';
import type { Key } from '../i18n/keys.ts';
import { pick, set, t } from '../i18n/language.svelte.ts';
import { methods } from './methods.svelte.ts';
import { unitText } from './unit-text.ts';

type Values = RegionEntry['origins'][number]['parameters'];

/** What drawing tools, imports and results write down besides the parameters of an operation or a method. */
const OWN: Readonly<Record<string, Key>> = {
  class: 'work.class',
  piece: 'work.piece',
  seed: 'work.origin.point',
  radius: 'work.radius',
  shape: 'work.shape',
  low: 'work.low',
  high: 'work.high',
  points: 'work.origin.corners',
  placement: 'regions.placement',
};
/** Words for values of those. */
const VALUES: Readonly<Record<string, Key>> = {
  disc: 'work.disc',
  ball: 'work.ball',
  same_grid: 'regions.placement.same_grid',
  rasterised: 'regions.placement.rasterised',
  resampled: 'regions.placement.resampled',
};

/** How a tool was set, in words: one piece of text for each setting that means something to a person. */
export function originWords(engine: Engine, tool: string, values: Values): string[] {
  const parameters =
    engine.regions.operations.find((o) => o.id === tool)?.parameters ??
    methods().find((m) => m.id === tool)?.parameters ??
    [];
  return Object.entries(values).flatMap(([id, value]) => {
    const parameter = parameters.find((p) => p.id === id);
    if (parameter) return [`${pick(parameter.label)}: ${valueOf(parameter, value)}`];
    const own = OWN[id];
    if (!own || (typeof value === 'number' && !Number.isFinite(value))) return [];
    if (typeof value === 'boolean') return value ? [t(own)] : [];
    const known = VALUES[String(value)];
    const unit = id === 'radius' ? ` ${t('unit.mm')}` : '';
    return [`${t(own)}: ${known ? t(known) : typeof value === 'number' ? set(value) : value}${unit}`];
  });
}

function valueOf(parameter: Parameter, value: Values[string]): string {
  if (typeof value === 'boolean') return value ? '✓' : '–';
  if (typeof value === 'number') {
    const unit = parameter.kind === 'number' ? unitText(parameter.unit) : '';
    return `${set(value)} ${unit}`.trim();
  }
  if (parameter.kind !== 'choice' && parameter.kind !== 'set') return value;
  const chosen = parameter.kind === 'set' ? value.split(' ') : [value];
  return chosen
    .map((id) => {
      const option = parameter.options.find((o) => o.id === id);
      return option ? pick(option.label) : id;
    })
    .join(', ');
}
