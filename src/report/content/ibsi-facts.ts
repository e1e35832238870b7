import type { Language } from '../../core/localised.ts';
import type { Series } from '../../core/series.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Headers } from '../../quality/rules/headers.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { IBSI_TEXTS as T } from './ibsi-texts.ts';
import { figure, type Words } from './words.ts';

/** What the guideline can be filled from. */
export interface IbsiSource {
  readonly language: Language;
  readonly words: Words;
  readonly series: Series;
  readonly headers: Headers;
  readonly settings: ExtractionSettings | null;
  readonly regions: readonly RegionSource[];
  readonly features: readonly {
    readonly family: string;
    readonly aggregation: string;
    readonly tag: string;
  }[];
  readonly software: { readonly name: string; readonly version: string; readonly kernels: string };
  readonly selfTest: { readonly passed: number; readonly failed: number } | null;
  /** Kinetic model in its own words, when maps were fitted. */
  readonly kineticModel: string | null;
  readonly motionCorrected: boolean;
}

/** Values of the items that the provenance answers, by number. What is not known is absent, never guessed. */
export function ibsiFacts(source: IbsiSource): Map<number, string> {
  const facts = new Map<number, string>();
  const put = (number: number, value: string | undefined): void => {
    if (value !== undefined && value.trim() !== '') facts.set(number, value);
  };
  acquisition(source, put);
  processing(source, put);
  if (source.settings && source.settings.profile === 'ibsi') computation(source, source.settings, put);
  put(61, `${source.software.name} ${source.software.version}, ${source.software.kernels.slice(0, 12)}`);
  return facts;
}

type Put = (number: number, value: string | undefined) => void;

function acquisition({ language, words, series, headers, kineticModel }: IbsiSource, put: Put): void {
  const modality = series.modality;
  const tag = (id: string, unit = ''): string | undefined => {
    const values = headers.distinct(id).slice(0, 4);
    if (values.length === 0) return undefined;
    const text = values.map((v) => words.shown(v.replaceAll('\\', ' × '))).join(', ');
    return unit ? `${text} ${unit}` : text;
  };
  const [CT, MR, PT] = ['CT', 'MR', 'PT'].map((m) => modality === m);
  const other = (yes: boolean | undefined): string | undefined =>
    yes ? undefined : T.notConcerned[language];
  const [nx, ny, , phases] = series.size;
  if (PT) {
    const dose = headers.number('00540016>00181074');
    const parts = [tag('00540016>00180031'), dose === undefined ? undefined : `${figure(dose / 1e6)} MBq`];
    put(3, parts.filter((p) => p !== undefined).join(', '));
  }
  if (!PT) put(3, other(false));
  put(4, tag('00180010'));
  put(7, [tag('00080070'), tag('00081090')].filter((p) => p !== undefined).join(', '));
  put(8, modality);
  const times = series.times;
  if (phases > 1 && times) {
    const step = (times.at(-1)! - times[0]!) / Math.max(1, times.length - 1);
    const model = kineticModel ? `; ${kineticModel}` : '';
    put(9, `${T.dynamic[language]}: ${phases} × ${figure(Number(step.toFixed(2)))} s${model}`);
    put(13, `${figure(Number((times.at(-1)! - times[0]!).toFixed(1)))} s`);
  } else {
    put(9, series.bValues ? T.diffusion[language] : T.static[language]);
    put(13, tag('00189073', 's'));
  }
  put(14, CT ? tag('00180060', 'kV') : other(false));
  put(15, CT ? tag('00181151', 'mA') : other(false));
  if (!PT) put(16, other(false));
  put(17, MR ? tag('00181250') : other(false));
  put(18, MR ? tag('00180020') : other(false));
  put(19, MR ? tag('00180021') : other(false));
  put(20, tag('00180022'));
  put(21, MR ? tag('00180080', 'ms') : other(false));
  put(22, MR ? tag('00180081', 'ms') : other(false));
  put(23, MR ? tag('00180091') : other(false));
  put(24, MR ? tag('00180082', 'ms') : other(false));
  put(25, MR ? tag('00181314', '°') : other(false));
  const averages = tag('00180083');
  put(26, MR ? [tag('00180023'), averages && `NEX ${averages}`].filter(Boolean).join(', ') : other(false));
  put(27, MR ? tag('00180087', 'T') : other(false));
  const spacing = series.spacing;
  if (spacing) put(28, `${figure(spacing[0])} × ${figure(spacing[1])} mm, ${nx} × ${ny}`);
  const thickness = tag('00180050', 'mm');
  if (spacing)
    put(29, [thickness, `${T.step[language]} ${figure(spacing[2])} mm`].filter(Boolean).join('; '));
  put(30, CT ? tag('00181210') : other(false));
  if (!CT) put(31, other(false));
  put(32, CT ? tag('00181152', 'mAs') : other(false));
  put(33, PT ? tag('00541103') : other(false));
  put(34, PT ? [tag('00541101'), tag('00541105')].filter(Boolean).join('; ') : other(false));
  if (!MR) put(35, other(false));
  put(36, series.bValues ? `${series.bValues.map(figure).join(', ')} s/mm²` : MR ? undefined : other(false));
}

function processing(source: IbsiSource, put: Put): void {
  const { language, series, regions, settings, motionCorrected } = source;
  const not = T.notHere[language];
  put(37, motionCorrected ? T.motion[language] : not);
  put(
    38,
    series.modality !== 'PT'
      ? T.notConcerned[language]
      : series.unit === 'SUVbw'
        ? T.suv[language]
        : series.unit,
  );
  if (series.modality !== 'MR') put(39, T.notConcerned[language]);
  put(40, source.kineticModel ? T.concentration[language] : T.rescale[language]);
  if (settings) put(41, not);
  for (const n of [42, 44, 45]) put(n, not);
  put(43, series.modality === 'PT' ? not : T.notConcerned[language]);
  put(46, settings?.profile === 'pyradiomics' && settings.pyradiomics.normalize ? T.zScore[language] : not);
  put(47, not);
  const how = regions.map((r, at) => {
    const { how: by, tool } = r.authorship ?? { how: 'unknown' as const, tool: '' };
    const named = source.words.released(tool) ?? '';
    return `${at + 1}: ${T[by][language]}${named ? ` (${named})` : ''}`;
  });
  put(48, how.join('; '));
  if (regions.length > 0)
    put(49, regions.some((r) => r.shape.kind === 'contours') ? T.crossing[language] : T.voxels[language]);
}

function computation(source: IbsiSource, settings: ExtractionSettings, put: Put): void {
  const { language, features, selfTest } = source;
  const { interpolation, resegmentation, discretisation, texture } = settings;
  if (interpolation) {
    const { spacing, image, mask, mask_threshold, round } = interpolation;
    const axes = spacing.map((s) => (s === null ? '—' : figure(s)));
    const dims = spacing.some((s) => s === null) ? '2D' : '3D';
    put(50, `${image}; ${T.centres[language]}; ${dims}; ${T.border[language]}`);
    put(51, `${axes.join(' × ')} mm`);
    put(52, T[round ? 'rounded' : 'notRounded'][language]);
    put(53, mask);
    put(54, figure(mask_threshold));
  } else {
    for (const n of [50, 53, 54]) put(n, T.noInterpolation[language]);
    const { spacing } = source.series;
    if (spacing) put(51, `${spacing.map(figure).join(' × ')} mm`);
    put(52, T[settings.image.round_on_load ? 'rounded' : 'notRounded'][language]);
  }
  const range = resegmentation.range?.map((v) => (v === null ? '∞' : figure(v))).join(' … ');
  const sigma = resegmentation.outlier_sigma;
  put(
    55,
    [range && `[${range}] ${source.series.unit}`, sigma !== null && `±${figure(sigma)} σ`]
      .filter(Boolean)
      .join('; ') || T.none[language],
  );
  const { method, bins, width } = discretisation;
  if (method === 'FBN') put(56, `FBN; ${bins}; ${T.minimum[language]}`);
  else if (method === 'FBS') {
    const start = resegmentation.range?.[0];
    put(
      56,
      `FBS; ${figure(width)} ${source.series.unit}; ${start == null ? T.minimum[language] : figure(start)}`,
    );
  } else put(56, T.none[language]);
  put(57, T.none[language]);
  const families = [...new Set(features.map((f) => f.family))];
  const tags = new Set(features.map((f) => f.tag));
  if (features.length > 0) put(58, `${tags.size} (${features.length}): ${families.join(', ')}`);
  if (selfTest) put(59, `${T.phantom[language]}: ${selfTest.passed} / ${selfTest.passed + selfTest.failed}`);
  const ways = [...new Set(features.map((f) => f.aggregation).filter((a) => a.includes(':')))];
  put(62, ways.join(', ') || settings.approach);
  put(63, texture.distance_weighting === 'none' ? T.none[language] : texture.distance_weighting);
  put(64, T[texture.glcm_symmetric ? 'symmetric' : 'asymmetric'][language]);
  put(65, `${texture.distance} (Chebyshev)`);
  const linkage = settings.approach === '3D' ? '26' : '8';
  for (const n of [66, 67]) put(n, linkage);
  put(68, 'Manhattan');
  for (const n of [69, 70]) put(n, `${texture.distance} (Chebyshev)`);
  put(71, `α = ${figure(texture.ngldm_alpha)}`);
}
