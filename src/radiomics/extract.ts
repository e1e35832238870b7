import type { Finding } from '../core/finding.ts';
import type { JobContext } from '../core/job-context.ts';
import type { KernelModule } from '../core/kernel-module.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { IntensityUnit, Mask, Volume } from '../core/volume.ts';
import { prepareRegion, type ChainStep } from '../imaging/chain.ts';
import type { Diagnostic } from '../imaging/diagnostics.ts';
import type { AbsenceReason, Aggregation, Family, FeatureDefinition, FeatureValue } from './family.ts';
import { allAbsent } from './feature-values.ts';
import { columnName } from './names.ts';
import { FAMILIES } from './registry.ts';
import type { ExtractionSettings } from './settings.ts';

/** One computed feature with what identifies it. */
export interface ExtractedFeature {
  readonly tag: string;
  readonly ibsi: string;
  readonly family: string;
  readonly name: string;
  /** IBSI export name; `columnName` gives the others. */
  readonly column: string;
  readonly aggregation: Aggregation;
  /** Null exactly when `reason` is given. */
  readonly value: number | null;
  readonly unit: string;
  readonly reason?: AbsenceReason;
}

export interface Extraction {
  readonly rows: readonly ExtractedFeature[];
  readonly diagnostics: readonly Diagnostic[];
  readonly findings: readonly Finding[];
  /** What the image chain did, step by step. */
  readonly provenance: readonly ChainStep[];
  /** Milliseconds of the image chain (`chain`) and of each family; only when a clock was given. */
  readonly times: Readonly<Record<string, number>>;
}

export interface ExtractOptions {
  /** Null: the plain references of the rooms compute. */
  readonly kernels: KernelModule | null;
  readonly context?: JobContext;
  /** Also the diagnostics that need a pass over the whole image. */
  readonly wholeImage?: boolean;
  /** Families to choose from; default: all. */
  readonly families?: readonly Family[];
  /** Milliseconds of some clock, for benchmarks. */
  readonly clock?: () => number;
}

const OF_APPROACH: Readonly<Record<'2D' | '3D', readonly Aggregation[]>> = {
  '2D': ['2D:avg', '2D:mrg', '2.5D:avg', '2.5D:mrg', '2D', '2.5D'],
  '3D': ['3D:avg', '3D:mrg', '3D'],
};
const ALL_AGGREGATIONS = [...OF_APPROACH['2D'], ...OF_APPROACH['3D']];

/**
 * Features of one region of one image: the image chain, then each family in the order of the registry.
 * A family that fails costs only its own features. Values outside their possible range become findings (V-15).
 * @throws RefusedInput as `prepareRegion`, and `settings_invalid` for unknown families or aggregations.
 */
export function extractFeatures(
  volume: Volume,
  mask: Mask,
  settings: ExtractionSettings,
  { kernels, context = {}, wholeImage = false, families: registry = FAMILIES, clock }: ExtractOptions,
): Extraction {
  const families = chosenFamilies(settings, registry);
  checkAggregations(settings, families);
  const times: Record<string, number> = {};
  const timed = <T>(id: string, work: () => T): T => {
    const start = clock?.() ?? 0;
    const result = work();
    if (clock) times[id] = clock() - start;
    return result;
  };
  const { sample, diagnostics, findings, provenance } = timed('chain', () =>
    prepareRegion(volume, mask, settings, kernels, {
      wholeImage,
      context: { ...context, onProgress: (share) => context.onProgress?.(0.3 * share, 'chain') },
    }),
  );
  const rows: ExtractedFeature[] = [];
  const problems: Finding[] = [];
  families.forEach((family, i) => {
    context.checkCancelled?.();
    context.onProgress?.(0.3 + (0.7 * i) / families.length, family.id);
    const { inside, outside } = aggregationsOf(family, settings);
    let values: FeatureValue[];
    try {
      values = timed(family.id, () =>
        inside.length === 0
          ? []
          : family.compute({
              sample,
              texture: settings.texture,
              ivh: settings.ivh,
              aggregations: inside,
              kernels,
            }),
      );
    } catch (error) {
      values = allAbsent(family.features, inside, 'computation_failed');
      problems.push(failedFinding(mask.name, family.id, error));
    }
    values.push(...allAbsent(family.features, outside, 'outside_approach'));
    const definitions = new Map(family.features.map((f) => [f.tag, f]));
    for (const v of values) {
      const definition = definitions.get(v.tag);
      if (definition === undefined)
        throw new RangeError(`${family.id} gave a value for ${v.tag}, which it does not define`);
      if (v.value !== null && !withinRange(v.value, definition)) {
        problems.push(outOfRange(mask.name, definition, v.value));
      }
      rows.push(rowOf(family, definition, v, sample.unit));
    }
  });
  context.onProgress?.(1);
  return { rows, diagnostics, findings: [...findings, ...problems], provenance, times };
}

function chosenFamilies({ families }: ExtractionSettings, registry: readonly Family[]): readonly Family[] {
  if (families === null) return registry;
  const known = registry.map((f) => f.id);
  for (const id of families) {
    if (!known.includes(id)) {
      throw new RefusedInput('settings_invalid', {
        key: 'families',
        expected: known.join(', '),
        received: id,
      });
    }
  }
  return registry.filter((f) => families.includes(f.id));
}

function checkAggregations(settings: ExtractionSettings, families: readonly Family[]): void {
  const { aggregations } = settings;
  for (const a of aggregations ?? []) {
    if (!ALL_AGGREGATIONS.some((known) => known === a)) {
      throw new RefusedInput('settings_invalid', {
        key: 'aggregations',
        expected: ALL_AGGREGATIONS.join(', '),
        received: a,
      });
    }
  }
  const asked = families.map((family) => aggregationsOf(family, settings));
  if (aggregations !== null && asked.every(({ inside, outside }) => inside.length + outside.length === 0)) {
    const possible = families.flatMap((f) =>
      f.aggregations.filter((a) => OF_APPROACH[settings.approach].includes(a)),
    );
    throw new RefusedInput('settings_invalid', {
      key: 'aggregations',
      expected: [...new Set(possible)].join(', '),
      received: aggregations.join(', '),
    });
  }
}

/**
 * Which aggregations of a family run, and which were asked for although the approach excludes them. Families without
 * directions and slices (morphology, statistics …) are 3D by definition and run in both approaches.
 */
function aggregationsOf(
  family: Family,
  { approach, aggregations }: ExtractionSettings,
): { inside: readonly Aggregation[]; outside: readonly Aggregation[] } {
  if (family.aggregations.every((a) => a === '3D')) return { inside: ['3D'], outside: [] };
  const asked = family.aggregations.filter((a) => aggregations === null || aggregations.includes(a));
  return {
    inside: asked.filter((a) => OF_APPROACH[approach].includes(a)),
    outside: aggregations === null ? [] : asked.filter((a) => !OF_APPROACH[approach].includes(a)),
  };
}

function rowOf(
  family: Family,
  { tag, ibsi, name, unit }: FeatureDefinition,
  { aggregation, value, reason }: FeatureValue,
  imageUnit: IntensityUnit,
): ExtractedFeature {
  return {
    tag,
    ibsi,
    family: family.id,
    name,
    column: columnName({ tag, aggregation }, 'ibsi'),
    aggregation,
    value,
    unit: imageUnit === 'arbitrary' ? unit : unit.replace('intensity', imageUnit),
    ...(reason === undefined ? {} : { reason }),
  };
}

const withinRange = (value: number, { range: [low, high] }: FeatureDefinition): boolean => {
  const slack = 1e-9 * Math.max(1, Math.abs(value));
  return (low === null || value >= low - slack) && (high === null || value <= high + slack);
};

function outOfRange(region: string, { name, ibsi, range }: FeatureDefinition, value: number): Finding {
  return {
    id: 'V-15',
    severity: 'fail',
    subject: region,
    text: {
      en: '{name} ({code}) = {value} lies outside its possible range {low} … {high}; do not use it.',
      ru: '{name} ({code}) = {value} вне возможного диапазона {low} … {high}; не используйте это значение.',
      zh: '{name}({code})= {value} 超出其可能范围 {low} … {high}，请勿使用。',
    },
    facts: { name, code: ibsi, value, low: range[0] ?? '−∞', high: range[1] ?? '∞' },
  };
}

/** The features of one family could not be computed. */
export function failedFinding(region: string, family: string, error: unknown): Finding {
  return {
    id: 'R-family-failed',
    severity: 'fail',
    subject: region,
    text: {
      en: 'The features of {family} could not be computed: {message}.',
      ru: 'Признаки {family} не удалось вычислить: {message}.',
      zh: '无法计算 {family} 的特征：{message}。',
    },
    facts: { family, message: error instanceof Error ? error.message : String(error) },
  };
}
