import type { OtherSeries } from './context.ts';

/** One setting of a protocol: how it is compared. */
interface Setting {
  readonly tag: string;
  readonly name: string;
  readonly unit: string;
  /** `hard`: another kind of image; a number: how far it may be off, `absolute` or `relative` (share). */
  readonly compare: 'hard' | { readonly relative: number } | { readonly absolute: number };
  readonly modalities: readonly string[];
}

/** What makes two series one protocol: SPEC R12-R15 and rule G-14. */
const SETTINGS: readonly Setting[] = [
  { tag: '00080060', name: 'Modality', unit: '', compare: 'hard', modalities: [] },
  { tag: '00181210', name: 'ConvolutionKernel', unit: '', compare: 'hard', modalities: ['CT', 'PT'] },
  { tag: '00541103', name: 'ReconstructionMethod', unit: '', compare: 'hard', modalities: ['PT'] },
  { tag: '00180020', name: 'ScanningSequence', unit: '', compare: 'hard', modalities: ['MR'] },
  { tag: '00180021', name: 'SequenceVariant', unit: '', compare: 'hard', modalities: ['MR'] },
  { tag: '00180023', name: 'MRAcquisitionType', unit: '', compare: 'hard', modalities: ['MR'] },
  { tag: '00180060', name: 'KVP', unit: 'kV', compare: { absolute: 0 }, modalities: ['CT'] },
  { tag: '00180050', name: 'SliceThickness', unit: 'mm', compare: { relative: 0.1 }, modalities: [] },
  { tag: '00280030', name: 'PixelSpacing', unit: 'mm', compare: { relative: 0.1 }, modalities: [] },
  { tag: '00180080', name: 'RepetitionTime', unit: 'ms', compare: { relative: 0.1 }, modalities: ['MR'] },
  { tag: '00180081', name: 'EchoTime', unit: 'ms', compare: { relative: 0.1 }, modalities: ['MR'] },
  { tag: '00180082', name: 'InversionTime', unit: 'ms', compare: { relative: 0.1 }, modalities: ['MR'] },
  { tag: '00181314', name: 'FlipAngle', unit: '°', compare: { absolute: 2 }, modalities: ['MR'] },
  {
    tag: '00180087',
    name: 'MagneticFieldStrength',
    unit: 'T',
    compare: { absolute: 0.1 },
    modalities: ['MR'],
  },
];

/** Tags that a protocol is made of. */
export const PROTOCOL_TAGS: readonly string[] = SETTINGS.map((s) => s.tag);

export interface ProtocolDifference {
  readonly kind: 'hard' | 'soft';
  readonly tag: string;
  readonly name: string;
  readonly here: string;
  readonly there: string;
}

/** A setting of one series as text with its unit, `—` when it is not stated. */
export interface ProtocolSetting {
  readonly tag: string;
  readonly name: string;
  readonly value: string;
}

const settingsOf = (modality: string): readonly Setting[] =>
  SETTINGS.filter((s) => s.modalities.length === 0 || s.modalities.includes(modality));

/** The fingerprint of a series: the settings that features follow, in a fixed order. */
export const fingerprint = ({ series, headers }: OtherSeries): ProtocolSetting[] =>
  settingsOf(series.modality).map(({ tag, name, unit }) => {
    const values = headers.distinct(tag);
    return { tag, name, value: values.length === 0 ? '—' : values.join(', ') + (unit && ` ${unit}`) };
  });

/** Where two series differ by more than they may. A setting that one of them does not state is no difference. */
export function compareProtocols(here: OtherSeries, there: OtherSeries): ProtocolDifference[] {
  return settingsOf(here.series.modality).flatMap(({ tag, name, compare }) => {
    const a = here.headers.text(tag);
    const b = there.headers.text(tag);
    if (a === undefined || b === undefined) return [];
    const kind = compare === 'hard' ? 'hard' : 'soft';
    const same = compare === 'hard' ? a === b : near(a, b, compare);
    return same ? [] : [{ kind, tag, name, here: a, there: b }];
  });
}

function near(a: string, b: string, compare: Exclude<Setting['compare'], 'hard'>): boolean {
  const [p, q] = [a, b].map((t) => t.split('\\').map(Number)) as [number[], number[]];
  if (p.length !== q.length) return false;
  return p.every((x, i) => {
    const y = q[i]!;
    const allowed = 'absolute' in compare ? compare.absolute : compare.relative * Math.abs(y);
    return Math.abs(x - y) <= allowed + 1e-9;
  });
}
