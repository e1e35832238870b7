import { refusedCase } from '../../core/refusal-cases.ts';
import { JsonFields } from '../json-fields.ts';
import { METRICS, metric, type MetricId } from './metrics.ts';
import { RAISED, type Limit, type Raised } from '../rules/rule.ts';
import type { Insert, Metric, PhantomTemplate, RegionUse, Tolerance } from './template.ts';

const KIND = 'kinetex phantom template';
const USES = [
  'material',
  'centre',
  'edge',
  'low-contrast',
  'low-contrast-surround',
  'large',
  'ghost-along',
  'ghost-across',
  'ramp',
  'wire-ramp',
  'background',
] as const satisfies readonly RegionUse[];

/** A template as a JSON text that a person can edit into one of their own. Names are written in one language. */
export const templateToJson = (template: PhantomTemplate, language: 'en' | 'ru' | 'zh'): string =>
  `${JSON.stringify(
    {
      kind: KIND,
      ...template,
      label: template.label[language],
      description: template.description[language],
      quantity: template.quantity[language],
      inserts: template.inserts.map((i) => ({ ...i, label: i.label[language] })),
      metrics: template.metrics.map((m) => ({ id: m.quantity, unit: m.unit, limits: m.limits })),
    },
    null,
    1,
  )}\n`;

/**
 * Reads a template of a person's own. Its metrics are those of the product, with the limits that it states, else the usual
 * ones.
 * @throws RefusedInput `runs_not_json`, `runs_not_ours` or `runs_field`
 */
export function templateFromJson(text: string): PhantomTemplate {
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw refusedCase('runs_not_json', { received: text.length });
  }
  if ((given as { kind?: unknown } | null)?.kind !== KIND)
    throw refusedCase('runs_not_ours', { expected: KIND });
  const f = new JsonFields(given, '', 'runs_field');
  const body = f.object('body');
  const same = (name: string, most = 400) => {
    const words = f.text(name, most);
    return { en: words, ru: words, zh: words };
  };
  return {
    id: f.id('id'),
    version: f.whole('version', 1, 10_000),
    label: same('label', 120),
    description: same('description', 1000),
    modalities: f.values('modalities', 8).map(String),
    quantity: same('quantity', 120),
    unit: f.text('unit', 40),
    ...(f.has('imageUnit') && { imageUnit: f.text('imageUnit', 40) }),
    scale: f.oneOf('scale', ['ratio', 'interval']),
    body: {
      shape: body.oneOf('shape', ['cylinder', 'ellipsoid']),
      radii: pair(body, 'radii'),
      halfLength: body.number('halfLength', 1, 1000),
      value: body.numberOrNull('value'),
    },
    inner: f.number('inner', 0.1, 1),
    inserts: f.list('inserts', 200).map(insertFrom),
    metrics: f.list('metrics', 60).map(metricFrom),
    source: f.text('source', 1000),
    mark: f.oneOf('mark', ['V', 'L', 'E']),
  };
}

function metricFrom(f: JsonFields): Metric {
  const id = f.oneOf('id', Object.keys(METRICS) as MetricId[]);
  const unit = f.text('unit', 40);
  if (!f.has('limits')) return metric(id, { unit });
  const own = f.object('limits');
  const limits: Partial<Record<Raised, Limit>> = {};
  for (const severity of RAISED) {
    if (!own.has(severity)) continue;
    limits[severity] =
      METRICS[id].raise === 'outside' ? (own.numbers(severity, 2) as [number, number]) : own.number(severity);
  }
  return metric(id, { unit, limits });
}

const pair = (f: JsonFields, name: string): [number, number] => {
  const [a, b] = f.numbers(name, 2) as [number, number];
  if (!(a > 0 && b > 0))
    throw refusedCase('runs_field', { where: name, expected: '> 0', received: `${a}, ${b}` });
  return [a, b];
};

function insertFrom(f: JsonFields): Insert {
  const label = f.text('label', 120);
  const [x, y, z] = f.numbers('centre', 3) as [number, number, number];
  return {
    id: f.id('id'),
    label: { en: label, ru: label, zh: label },
    use: f.oneOf('use', USES),
    shape: f.oneOf('shape', ['sphere', 'rod']),
    centre: [x, y, z],
    radii: pair(f, 'radii'),
    halfLength: f.number('halfLength', 0.1, 1000),
    truth: f.numberOrNull('truth'),
    tolerance: f.has('tolerance') ? toleranceFrom(f.object('tolerance')) : null,
    ...(f.has('slope') && { slope: f.number('slope', -100, 100) }),
    ...(f.has('pitch') && { pitch: f.number('pitch', 0.01, 50) }),
  };
}

function toleranceFrom(f: JsonFields): Tolerance {
  const kind = f.oneOf('kind', ['absolute', 'percent', 'range']);
  return kind === 'range'
    ? { kind, low: f.number('low'), high: f.number('high') }
    : { kind, value: f.number('value', 0, 1e100) };
}
