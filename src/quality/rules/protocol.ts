import type { Severity } from '../../core/finding.ts';
import type { Localised } from '../../core/localised.ts';
import type { OtherSeries } from './context.ts';
import type { Headers } from './headers.ts';
import { settingsOf, type Setting } from './protocol-settings.ts';

export interface ProtocolDifference {
  readonly kind: 'hard' | 'soft' | 'told';
  readonly tag: string;
  /** DICOM keyword. */
  readonly name: string;
  readonly label: Localised;
  readonly here: string;
  readonly there: string;
}

/** A setting of one series as text with its unit, `—` when it is not stated. */
export interface ProtocolSetting {
  readonly tag: string;
  /** DICOM keyword. */
  readonly name: string;
  readonly label: Localised;
  readonly value: string;
}

/** The different values of a setting among the planes of a series, in their order; none when it is not stated. */
export const valuesOf = (headers: Headers, { tag }: Setting): string[] =>
  headers
    .distinct(tag)
    .map((text) => text.trim())
    .filter((text) => text !== '');

/** Values as a person reads them: `0.7 × 0.7 mm`, `SP / OSP`, `B30f, B70f`. */
export function shownValues(values: readonly string[], { unit, compare }: Setting): string {
  if (values.length === 0) return '—';
  const between = typeof compare === 'string' ? ' / ' : ' × ';
  return values.map((v) => v.replaceAll('\\', between)).join(', ') + (unit && ` ${unit}`);
}

/** The fingerprint of a series: the settings that features follow, in a fixed order. */
export const fingerprint = ({ series, headers }: OtherSeries): ProtocolSetting[] =>
  settingsOf(series.modality).map((s) => ({
    tag: s.tag,
    name: s.keyword,
    label: s.label,
    value: shownValues(valuesOf(headers, s), s),
  }));

/** Where two series differ by more than they may. A setting that one of them does not state is no difference. */
export function compareProtocols(here: OtherSeries, there: OtherSeries): ProtocolDifference[] {
  return settingsOf(here.series.modality).flatMap((s) => {
    const [a, b] = [valuesOf(here.headers, s), valuesOf(there.headers, s)];
    if (a.length === 0 || b.length === 0 || agree(s, a, b)) return [];
    const { tag, keyword: name, label, compare } = s;
    const kind = typeof compare === 'string' ? compare : 'soft';
    return [{ kind, tag, name, label, here: shownValues(a, s), there: shownValues(b, s) }];
  });
}

const KINDS: Readonly<Record<ProtocolDifference['kind'], Severity>> = {
  hard: 'fail',
  soft: 'warn',
  told: 'info',
};

/** How a difference weighs: another kind of image fails, a value beyond its tolerance warns. */
export const severityOf = (compare: Setting['compare']): Severity =>
  KINDS[typeof compare === 'string' ? compare : 'soft'];

/** Does every value of either side have one on the other that is the same within the tolerance? */
export function agree({ compare }: Setting, here: readonly string[], there: readonly string[]): boolean {
  const same = (a: string, b: string) => (typeof compare === 'string' ? a === b : near(a, b, compare));
  return here.every((a) => there.some((b) => same(a, b))) && there.every((b) => here.some((a) => same(a, b)));
}

function near(a: string, b: string, compare: Exclude<Setting['compare'], string>): boolean {
  const [p, q] = [a, b].map((t) => t.split('\\').map(Number)) as [number[], number[]];
  if (p.length !== q.length) return false;
  return p.every((x, i) => {
    const y = q[i]!;
    const allowed = 'absolute' in compare ? compare.absolute : compare.relative * Math.abs(y);
    return Math.abs(x - y) <= allowed + 1e-9;
  });
}
