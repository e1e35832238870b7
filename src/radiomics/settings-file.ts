import * as v from 'valibot';
import { LineCounter, parseDocument, stringify } from 'yaml';
import type { Localised } from '../core/localised.ts';
import { RefusedInput } from '../core/refusal.ts';
import { checkChainSettings } from '../imaging/check-settings.ts';
import { fromPyradiomics, isPyradiomics } from './pyradiomics/parameters.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from './settings.ts';

/** Something the person should know about how a settings file was understood. */
export interface SettingsNote {
  readonly key: string;
  readonly text: Localised;
}

export interface ParsedSettings {
  readonly settings: ExtractionSettings;
  readonly notes: readonly SettingsNote[];
}

/** Longest settings file, characters. */
const LONGEST = 1_000_000;

const bound = v.nullable(v.number());
const triple = v.tuple([bound, bound, bound]);
const interpolant = v.picklist(['nearest', 'linear', 'cubic']);
const method = v.picklist(['FBN', 'FBS', 'none']);

/** The form of the file: every key may be left out, none may be added. */
const FILE = v.strictObject({
  profile: v.optional(v.picklist(['ibsi', 'pyradiomics'])),
  approach: v.optional(v.picklist(['2D', '3D'])),
  image: v.optional(v.nullable(v.strictObject({ round_on_load: v.optional(v.boolean()) }))),
  interpolation: v.optional(
    v.nullable(
      v.strictObject({
        spacing: triple,
        image: v.optional(interpolant),
        mask: v.optional(interpolant),
        mask_threshold: v.optional(v.number()),
        round: v.optional(v.boolean()),
      }),
    ),
  ),
  resegmentation: v.optional(
    v.nullable(
      v.strictObject({
        range: v.optional(v.nullable(v.tuple([bound, bound]))),
        outlier_sigma: v.optional(v.nullable(v.number())),
      }),
    ),
  ),
  discretisation: v.optional(
    v.nullable(
      v.strictObject({
        method: v.optional(method),
        bins: v.optional(v.number()),
        width: v.optional(v.number()),
      }),
    ),
  ),
  ivh: v.optional(
    v.nullable(
      v.strictObject({
        method: v.optional(method),
        bins: v.optional(v.number()),
        width: v.optional(v.number()),
      }),
    ),
  ),
  texture: v.optional(
    v.nullable(
      v.strictObject({
        distance: v.optional(v.number()),
        ngldm_alpha: v.optional(v.number()),
        distance_weighting: v.optional(v.picklist(['none', 'manhattan', 'euclidean', 'chebyshev'])),
        glcm_symmetric: v.optional(v.boolean()),
      }),
    ),
  ),
  families: v.optional(v.nullable(v.array(v.string()))),
  aggregations: v.optional(v.nullable(v.array(v.string()))),
  pyradiomics: v.optional(
    v.nullable(
      v.strictObject({
        features: v.optional(v.nullable(v.record(v.string(), v.nullable(v.array(v.string()))))),
        normalize: v.optional(v.boolean()),
        normalize_scale: v.optional(v.number()),
        remove_outliers: v.optional(v.nullable(v.number())),
        resegment_mode: v.optional(v.picklist(['absolute', 'relative', 'sigma'])),
        resegment_shape: v.optional(v.boolean()),
        voxel_array_shift: v.optional(v.number()),
        force2d_dimension: v.optional(v.picklist([0, 1, 2])),
        distances: v.optional(v.nullable(v.array(v.number()))),
        merge_angles: v.optional(v.boolean()),
      }),
    ),
  ),
  filters: v.optional(v.nullable(v.array(v.unknown()))),
});

type File = v.InferOutput<typeof FILE>;

/**
 * Reads a settings file: the YAML of DESIGN §5.2, or a parameter file of pyradiomics, which selects the profile
 * `pyradiomics` (or with `profile: ibsi` is translated to the IBSI path), with notes on what has no equivalent. What the file leaves out has the default; an empty text is the defaults.
 * @throws RefusedInput `settings_invalid` with `key`, `expected` and `received`
 */
export function parseSettings(text: string): ParsedSettings {
  const content = readYaml(text);
  if (content === null || content === undefined) return { settings: DEFAULT_SETTINGS, notes: [] };
  if (typeof content !== 'object' || Array.isArray(content))
    throw invalid('file', 'keys and values', content);
  if (isPyradiomics(content)) {
    const translated = fromPyradiomics(content);
    return { settings: checked(translated.settings), notes: translated.notes };
  }
  const result = v.safeParse(FILE, content);
  if (!result.success) throw refusalOf(result.issues.find(isUnknownKey) ?? result.issues[0]);
  if (result.output.filters && result.output.filters.length > 0) {
    throw invalid('filters', 'no filters yet: this version measures the image itself', 'a list of filters');
  }
  checkUsed(result.output);
  const settings = checked(complete(result.output));
  return { settings, notes: leftOut(settings) };
}

/** Refuses a size that the named method does not read: the number meant would silently be another. */
function checkUsed({ discretisation, ivh }: File): void {
  for (const [key, given] of Object.entries({ discretisation, ivh })) {
    const meant = onlySize(given);
    if (!meant || !given?.method || given.method === 'none' || given.method === meant) continue;
    const one = meant === 'FBN' ? 'bins' : 'width';
    throw invalid(`${key}.method`, `${meant} beside ${one}`, `${given.method} beside ${one} alone`);
  }
}

/** The method that reads the one size given; undefined where none or both are. */
function onlySize(given: { bins?: number; width?: number } | null | undefined): 'FBN' | 'FBS' | undefined {
  if ((given?.bins === undefined) === (given?.width === undefined)) return undefined;
  return given?.bins === undefined ? 'FBS' : 'FBN';
}

/** What was asked for and cannot come of the approach. */
function leftOut({ approach, aggregations }: ExtractionSettings): SettingsNote[] {
  const outside = (aggregations ?? []).filter(
    (a) => /^[23](?:\.5)?D/.test(a) && (a[0] === '3') !== (approach === '3D'),
  );
  if (outside.length === 0) return [];
  const list = outside.join(', ');
  return [
    {
      key: 'aggregations',
      text: {
        en: `The ${approach} approach has no ${list}: these features stay empty, with that reason.`,
        ru: `В подходе ${approach} нет ${list}: эти признаки остаются пустыми с указанием причины.`,
        zh: `${approach} 方式没有 ${list}：这些特征留空并注明原因。`,
      },
    },
  ];
}

/** The settings as a YAML file that `parseSettings` reads back to the same, but for what the profile does not read. */
export function serialiseSettings(settings: ExtractionSettings): string {
  const { pyradiomics, ...common } = settings;
  return stringify(settings.profile === 'pyradiomics' ? { ...common, pyradiomics } : common, {
    flowCollectionPadding: false,
    lineWidth: 100,
  });
}

function readYaml(text: string): unknown {
  if (text.length > LONGEST)
    throw invalid('file', `at most ${LONGEST} characters`, `${text.length} characters`);
  const lines = new LineCounter();
  // YAML 1.2 without custom tags: nothing in the file is run. Aliases are few, so that they cannot blow up.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    schema: 'core',
  });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw invalid(`line ${line}, column ${col}`, 'YAML', error.message);
  }
  try {
    return document.toJS({ maxAliasCount: 10 });
  } catch (problem) {
    throw invalid('file', 'YAML without aliases that multiply', String(problem));
  }
}

function complete(f: File): ExtractionSettings {
  const d = DEFAULT_SETTINGS;
  const i = f.interpolation;
  const profile = f.profile ?? d.profile;
  // What a file leaves out has the default of the profile; a size alone tells its method.
  const original = profile === 'pyradiomics';
  return {
    profile,
    approach: f.approach ?? d.approach,
    image: { round_on_load: f.image?.round_on_load ?? d.image.round_on_load },
    interpolation: i
      ? {
          spacing: i.spacing,
          image: i.image ?? (original ? 'cubic' : 'linear'),
          mask: i.mask ?? (original ? 'nearest' : 'linear'),
          mask_threshold: i.mask_threshold ?? 0.5,
          round: i.round ?? false,
        }
      : null,
    resegmentation: {
      range: finiteOrOpen(f.resegmentation?.range ?? null),
      outlier_sigma: f.resegmentation?.outlier_sigma ?? null,
    },
    discretisation: {
      ...d.discretisation,
      method: onlySize(f.discretisation) ?? (original ? 'FBS' : d.discretisation.method),
      ...withoutUndefined(f.discretisation ?? {}),
    },
    ivh: { ...d.ivh, method: onlySize(f.ivh) ?? d.ivh.method, ...withoutUndefined(f.ivh ?? {}) },
    texture: { ...d.texture, ...withoutUndefined(f.texture ?? {}) },
    families: f.families ?? null,
    aggregations: f.aggregations ?? null,
    pyradiomics: { ...d.pyradiomics, ...withoutUndefined(f.pyradiomics ?? {}) },
  };
}

/** `.inf` in a range means the same as null: an open side. */
function finiteOrOpen(
  range: readonly [number | null, number | null] | null,
): [number | null, number | null] | null {
  if (range === null) return null;
  return [range[0] === -Infinity ? null : range[0], range[1] === Infinity ? null : range[1]];
}

function withoutUndefined<T extends object>(o: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const given = Object.entries(o ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function checked(settings: ExtractionSettings): ExtractionSettings {
  checkChainSettings(settings);
  const { ivh, texture, families, aggregations } = settings;
  if (families?.length === 0) throw invalid('families', 'at least one family, or null for all', families);
  if (aggregations?.length === 0)
    throw invalid('aggregations', 'at least one aggregation, or null for all', aggregations);
  if (ivh.method === 'FBN' && !(Number.isInteger(ivh.bins) && ivh.bins >= 2 && ivh.bins <= 1_000_000)) {
    throw invalid('ivh.bins', 'whole number from 2 to 1000000', ivh.bins);
  }
  if (ivh.method === 'FBS' && !(ivh.width > 0 && Number.isFinite(ivh.width))) {
    throw invalid('ivh.width', 'above 0', ivh.width);
  }
  if (!(texture.ngldm_alpha >= 0 && Number.isFinite(texture.ngldm_alpha))) {
    throw invalid('texture.ngldm_alpha', '0 or above', texture.ngldm_alpha);
  }
  return settings;
}

function refusalOf(issue: v.BaseIssue<unknown>): RefusedInput {
  const path = v.getDotPath(issue) ?? '';
  const allowed = isUnknownKey(issue) ? allowedBeside(issue) : (issue.expected ?? issue.message);
  const received = isUnknownKey(issue)
    ? 'unknown key'
    : issue.received === 'undefined'
      ? 'nothing'
      : issue.received;
  return new RefusedInput('settings_invalid', {
    key: path === '' ? 'file' : path,
    expected: allowed,
    received,
  });
}

const isUnknownKey = (issue: v.BaseIssue<unknown>): boolean =>
  issue.type === 'strict_object' && issue.expected === 'never';

/** The keys that may stand where an unknown one stood. */
function allowedBeside(issue: v.BaseIssue<unknown>): string {
  let schema: unknown = FILE;
  for (const { key } of issue.path?.slice(0, -1) ?? []) schema = entriesOf(schema)[String(key)];
  const keys = Object.keys(entriesOf(schema));
  return keys.length === 0 ? issue.message : keys.join(', ');
}

function entriesOf(schema: unknown): Record<string, unknown> {
  let s = schema as { wrapped?: unknown; entries?: Record<string, unknown> } | undefined;
  while (s?.wrapped !== undefined) s = s.wrapped as typeof s;
  return s?.entries ?? {};
}

function invalid(key: string, expected: string, received: unknown): RefusedInput {
  const shown = typeof received === 'string' ? received : (JSON.stringify(received) ?? 'nothing');
  return new RefusedInput('settings_invalid', { key, expected, received: shown });
}
