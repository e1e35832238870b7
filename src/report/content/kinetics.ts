import type { Language, Localised } from '../../core/localised.ts';
import type { Line, ReportedKinetics, ReportedMap } from './content.ts';
import { figure, measured, type Words } from './words.ts';

/** A kinetic fit, as far as a report needs it. */
export interface FittedKinetics {
  readonly settings: object;
  readonly regionName: string;
  readonly input: { readonly origin: Localised };
  readonly counts: Readonly<Record<string, number>>;
  readonly mean: {
    readonly fit: { readonly parameters: Readonly<Record<string, number | undefined>>; readonly r2: number };
  } | null;
  readonly maps: readonly {
    readonly id: string;
    readonly name: Localised;
    readonly unit: string;
    readonly volume: { readonly data: ArrayLike<number> };
  }[];
  readonly complete: boolean;
}

/** Summary of a fit: its settings, what became of its voxels, and the quartiles of its maps. */
export function reportedKinetics(
  result: FittedKinetics,
  model: string,
  { words, language }: { readonly words: Words; readonly language: Language },
): ReportedKinetics {
  const mean = result.mean?.fit;
  return {
    model,
    region: words.shown(result.regionName) || '—',
    settings: Object.entries(result.settings).flatMap(([label, value]): Line[] =>
      value === undefined || value === null || label === 'model' || label === 'input'
        ? []
        : [{ label, value: words.shown(typeof value === 'object' ? plain(value) : String(value)) }],
    ),
    input: words.shown(result.input.origin[language]),
    counts: Object.entries(result.counts)
      .filter(([, n]) => n > 0)
      .map(([label, n]) => ({ label: label.replaceAll('_', ' '), value: String(n) })),
    mean: mean
      ? [
          ...Object.entries(mean.parameters).flatMap(([label, v]): Line[] =>
            v === undefined ? [] : [{ label, value: measured(v) }],
          ),
          { label: 'R²', value: measured(mean.r2) },
        ]
      : [],
    maps: result.maps.map((m) => ({
      id: m.id,
      name: m.name[language],
      unit: m.unit,
      ...quartiles(m.volume.data),
    })),
    complete: result.complete,
  };
}

function plain(value: object): string {
  return Object.entries(value)
    .map(([k, v]: [string, unknown]) => {
      const shown =
        typeof v === 'number' ? figure(v) : typeof v === 'object' && v !== null ? `(${plain(v)})` : String(v);
      return `${k} ${shown}`;
    })
    .join(', ');
}

/** Quartiles of the values that are there, between the neighbours in rank (type 7 of Hyndman and Fan). */
export function quartiles(
  data: ArrayLike<number>,
): Pick<ReportedMap, 'voxels' | 'median' | 'lowerQuartile' | 'upperQuartile'> {
  const values = Float64Array.from(Array.from(data).filter((v) => Number.isFinite(v))).sort();
  const at = (share: number): number | null => {
    if (values.length === 0) return null;
    const place = share * (values.length - 1);
    const low = Math.floor(place);
    const high = Math.min(values.length - 1, low + 1);
    return values[low]! + (place - low) * (values[high]! - values[low]!);
  };
  return { voxels: values.length, median: at(0.5), lowerQuartile: at(0.25), upperQuartile: at(0.75) };
}
