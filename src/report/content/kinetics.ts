import type { Language, Localised } from '../../core/localised.ts';
import { QUANTITIES } from '../../kinetics/models/quantities.ts';
import { verdictText, type Verdict } from '../../quality/gate.ts';
import type { Line, ReportedKinetics, ReportedMap } from './content.ts';
import { KINETIC_TEXTS as T } from './kinetic-texts.ts';
import { figure, measured, type Words } from './words.ts';

/** A kinetic fit, as far as a report needs it: plain data, with the values of the maps where they were fitted. */
export interface FittedKinetics {
  /** Name of the model. */
  readonly model: string;
  readonly settings: KineticChoices;
  readonly regionName: string;
  /** Frames, s from the first. */
  readonly seconds: readonly number[];
  readonly motionCorrected: boolean;
  readonly input: Localised;
  readonly counts: Readonly<Record<string, number>>;
  readonly mean: {
    readonly parameters: Readonly<Record<string, number | undefined>>;
    readonly errors: Readonly<Record<string, number | undefined>>;
    readonly r2: number;
  } | null;
  readonly maps: readonly {
    readonly id: string;
    readonly name: Localised;
    readonly unit: string;
    /** NaN where a voxel has no answer. */
    readonly values: Float32Array;
  }[];
  readonly complete: boolean;
}

/** The settings of a fit that a report names; null stands for what the files say, or what was found. */
export interface KineticChoices {
  readonly haematocrit: number;
  readonly delay: number | { readonly lower: number; readonly upper: number };
  readonly signal:
    | {
        readonly kind: 'spoiled-gradient-echo';
        readonly repetitionTime: number | null;
        readonly flipAngle: number | null;
        readonly relaxivity: number;
      }
    | { readonly kind: 'ct-enhancement'; readonly enhancementPerMillimolar: number }
    | { readonly kind: 'none' };
  readonly t1: {
    readonly tissue: { readonly kind: 'fixed'; readonly seconds: number } | { readonly kind: 'map' };
    readonly blood: number;
  };
  readonly b1?: object;
  readonly baselineFrames: number | null;
}

interface Judging {
  readonly words: Words;
  readonly language: Language;
  readonly kineticVerdict: Verdict;
  readonly kineticSettingsHash: string;
}

/** Summary of a fit: its settings, what became of its voxels, and the quartiles of its maps. */
export function reportedKinetics(
  fit: FittedKinetics,
  series: string,
  { words, language, kineticVerdict, kineticSettingsHash }: Judging,
): ReportedKinetics {
  const { mean } = fit;
  return {
    model: fit.model,
    series,
    region: words.released(fit.regionName) || '—',
    settings: settingsLines(fit.settings, language),
    input: words.shown(fit.input[language]),
    counts: Object.entries(fit.counts)
      .filter(([, n]) => n > 0)
      .map(([id, n]) => ({
        label: id in T ? T[id as keyof typeof T][language] : id.replaceAll('_', ' '),
        value: String(n),
      })),
    mean: mean
      ? [
          ...Object.entries(mean.parameters).flatMap(([label, v]): Line[] => {
            if (v === undefined) return [];
            const error = mean.errors[label];
            const known = error !== undefined && Number.isFinite(error);
            return [{ label, value: known ? `${rounded(v)} ± ${rounded(error, 2)}` : rounded(v) }];
          }),
          { label: 'R²', value: rounded(mean.r2) },
        ]
      : [],
    // Statuses are names and have no quartiles; the counts tell them.
    maps: fit.maps
      .filter((m) => m.id !== 'status')
      .map((m) => ({ id: m.id, name: mapName(m, language), unit: m.unit, ...quartiles(m.values) })),
    complete: fit.complete,
    settingsHash: kineticSettingsHash,
    qcHash: kineticVerdict.qcHash,
    verdict: words.shown(verdictText(kineticVerdict)),
  };
}

/** A quantity under its symbol and its name. */
export const mapName = (
  { id, name }: { readonly id: string; readonly name: Localised },
  language: Language,
): string => (id in QUANTITIES ? `${id}, ${name[language]}` : name[language]);

const rounded = (value: number, digits = 4): string => measured(Number(value.toPrecision(digits)));

function settingsLines(settings: KineticChoices, language: Language): Line[] {
  const { signal, t1, delay, haematocrit, baselineFrames, b1 } = settings;
  const lines: Line[] = [];
  const add = (label: Localised, value: string) => lines.push({ label: label[language], value });
  const given = (value: number | null, unit: string, scale = 1): string =>
    value === null ? T.fromFile[language] : `${figure(value * scale)} ${unit}`;
  if (signal.kind === 'spoiled-gradient-echo') {
    add(T.signal, T.spoiled[language]);
    add(T.repetition, given(signal.repetitionTime, 'ms', 1000));
    add(T.flip, given(signal.flipAngle, '°'));
    add(T.relaxivity, `${figure(signal.relaxivity)} L/(mmol·s)`);
    add(T.tissueT1, t1.tissue.kind === 'fixed' ? `${figure(t1.tissue.seconds)} s` : T.byMap[language]);
    add(T.bloodT1, `${figure(t1.blood)} s`);
    if (b1) add(T.b1, T.byMap[language]);
  } else if (signal.kind === 'ct-enhancement') {
    add(T.signal, `${T.enhancement[language]}, ${figure(signal.enhancementPerMillimolar)} HU/(mmol/L)`);
  } else add(T.signal, T.concentrations[language]);
  add(T.haematocrit, figure(haematocrit));
  add(
    T.delay,
    typeof delay === 'number'
      ? `${figure(delay)} s`
      : `${T.fitted[language]}, ${figure(delay.lower)} … ${figure(delay.upper)} s`,
  );
  add(T.baseline, baselineFrames === null ? T.found[language] : String(baselineFrames));
  return lines;
}

/** Quartiles of the values that are there, between the neighbours in rank (type 7 of Hyndman and Fan). */
export function quartiles(
  data: Float32Array,
): Pick<ReportedMap, 'voxels' | 'median' | 'lowerQuartile' | 'upperQuartile'> {
  const values = data.filter(Number.isFinite).sort();
  const at = (share: number): number | null => {
    if (values.length === 0) return null;
    const place = share * (values.length - 1);
    const low = Math.floor(place);
    const high = Math.min(values.length - 1, low + 1);
    return values[low]! + (place - low) * (values[high]! - values[low]!);
  };
  return { voxels: values.length, median: at(0.5), lowerQuartile: at(0.25), upperQuartile: at(0.75) };
}
