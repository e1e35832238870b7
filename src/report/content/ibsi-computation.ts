import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { FAMILY_DESCRIPTIONS } from '../../radiomics/descriptions.ts';
import { IBSI_TEXTS as T } from './ibsi-texts.ts';
import type { IbsiSource, Put } from './ibsi-source.ts';
import { figure } from './words.ts';

/** Items 50 to 71: interpolation, re-segmentation, discretisation and the features, from the settings. */
export function computation(source: IbsiSource, put: Put): void {
  const { settings, language } = source;
  if (!settings) {
    for (let number = 50; number <= 71; number++) put(number, T.noFeatures[language], 'not_applicable');
    return;
  }
  interpolation(source, settings, put);
  levels(source, settings, put);
  features(source, settings, put);
}

function interpolation({ language, series }: IbsiSource, settings: ExtractionSettings, put: Put): void {
  const own = settings.profile === 'ibsi';
  const { interpolation: how, image } = settings;
  if (!how) {
    put(50, T.noInterpolation[language], 'not_done');
    if (series.spacing) put(51, `${series.spacing.map(figure).join(' × ')} mm`);
    if (image.round_on_load && own) put(52, T.rounded[language]);
    else put(52, T.notHere[language], 'not_done');
    for (const number of [53, 54]) put(number, T.noInterpolation[language], 'not_applicable');
    return;
  }
  const flat = how.spacing.some((s) => s === null);
  const kind = T[how.image][language];
  put(
    50,
    [kind, T[own ? 'centres' : 'corners'][language], flat ? '2D' : '3D', own ? T.border[language] : '']
      .filter((p) => p !== '')
      .join('; '),
  );
  put(51, `${how.spacing.map((s, axis) => figure(s ?? series.spacing?.[axis] ?? NaN)).join(' × ')} mm`);
  if (how.round) put(52, T.rounded[language]);
  else put(52, T.notHere[language], 'not_done');
  put(53, own ? T[how.mask][language] : T.nearest[language]);
  if (own && how.mask !== 'nearest') put(54, figure(how.mask_threshold));
  else put(54, T.nearest[language], 'not_applicable');
}

function levels({ language, series }: IbsiSource, settings: ExtractionSettings, put: Put): void {
  const { resegmentation, discretisation, profile, pyradiomics } = settings;
  const own = profile === 'ibsi';
  const unit = own || pyradiomics.resegment_mode === 'absolute' ? series.unit : pyradiomics.resegment_mode;
  const range = resegmentation.range?.map((v) => (v === null ? '∞' : figure(v))).join(' … ');
  const sigma = resegmentation.outlier_sigma;
  const kept = [range && `[${range}] ${unit}`, sigma !== null && `±${figure(sigma)} σ`].filter(Boolean);
  if (kept.length > 0) put(55, kept.join('; '));
  else put(55, T.notHere[language], 'not_done');
  const { method, bins, width } = discretisation;
  const lowest = T.minimum[language];
  const start = resegmentation.range?.[0];
  if (method === 'FBN') put(56, `FBN; ${bins}; ${lowest}`);
  else if (method === 'FBS')
    put(
      56,
      `FBS; ${figure(width)} ${series.unit}; ${own ? (start == null ? lowest : figure(start)) : T.multiples[language]}`,
    );
  else put(56, T.notHere[language], 'not_done');
  put(57, T.notHere[language], 'not_done');
}

function features(source: IbsiSource, settings: ExtractionSettings, put: Put): void {
  const { language, features: rows, selfTest } = source;
  const { texture, profile, pyradiomics, approach } = settings;
  const own = profile === 'ibsi';
  const families = [...new Set(rows.map((f) => f.family))];
  const nameOf = (id: string) => FAMILY_DESCRIPTIONS.find((f) => f.id === id)?.label[language] ?? id;
  const tags = new Set(rows.map((f) => f.tag));
  if (rows.length > 0) put(58, `${tags.size}: ${families.map(nameOf).join(', ')}`);
  if (!own) put(59, T.notIbsi[language], 'not_done');
  else if (selfTest)
    put(59, `${T.phantom[language]}: ${selfTest.passed} / ${selfTest.passed + selfTest.failed}`);
  const ways = [...new Set(rows.map((f) => f.aggregation).filter((a) => a.includes(':')))];
  put(62, own ? ways.join(', ') || approach : T[pyradiomics.merge_angles ? 'merged' : 'averaged'][language]);
  if (texture.distance_weighting === 'none') put(63, T.notHere[language], 'not_done');
  else put(63, texture.distance_weighting);
  const distances = (own ? null : pyradiomics.distances)?.join(', ') ?? String(texture.distance);
  const reach = `${distances} (${T.chebyshev[language]})`;
  const linkage = approach === '3D' ? '26' : '8';
  /** An item of one family of features, under the names of both profiles. */
  const of = (names: readonly string[], number: number, value: string): void => {
    if (families.some((f) => names.includes(f))) put(number, value);
    else put(number, T.familyAbsent[language], 'not_applicable');
  };
  of(['glcm'], 64, T[texture.glcm_symmetric ? 'symmetric' : 'asymmetric'][language]);
  of(['glcm'], 65, reach);
  of(['glszm'], 66, linkage);
  of(['gldzm'], 67, linkage);
  of(['gldzm'], 68, T.manhattan[language]);
  of(['ngtdm'], 69, reach);
  of(['ngldm', 'gldm'], 70, reach);
  of(['ngldm', 'gldm'], 71, `α = ${figure(texture.ngldm_alpha)}`);
}
