import { spacingOf } from '../../core/geometry.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { STEPS } from '../../imaging/preprocess/registry.ts';
import { IBSI_TEXTS } from './ibsi-texts.ts';
import type { IbsiSource } from './ibsi-source.ts';
import { SENTENCES, type Sentences } from './methods-sentences.ts';
import { figure } from './words.ts';

/** What the paragraph is written from, beside the source of the guideline. */
export interface MethodsSource extends IbsiSource {
  readonly settingsHash: string;
  /** The input of the kinetic fit in words of the interface; empty without one. */
  readonly kineticInput: string;
}

/** A paragraph for the methods section, each sentence from the provenance; what was not done has no sentence. */
export function methodsParagraph(source: MethodsSource): string {
  const { language, words, series, headers, settings, software, features, selfTest, kinetics } = source;
  const w = SENTENCES[language];
  const out: string[] = [];
  const machine = ['00080070', '00081090']
    .flatMap((tag) => headers.distinct(tag).slice(0, 1))
    .map((m) => words.machine(m))
    .join(' ');
  out.push(
    w.image({
      modality: series.modality,
      machine,
      size: series.size.slice(0, 3).join(' × '),
      spacing: series.affine ? spacingOf(series.affine).map(figure).join(' × ') : '',
      phases: series.size[3],
    }),
  );
  const steps = (series.preprocessing?.steps ?? []).map(
    ({ id }) => STEPS.find((s) => s.id === id)?.label[language] ?? id,
  );
  if (steps.length > 0) out.push(w.preprocessed(w.list(steps)));
  if (settings && features.length > 0) {
    out.push(
      w.features({
        version: software.version,
        definitions: settings.profile === 'ibsi' ? 'IBSI' : 'PyRadiomics',
        flat: settings.approach === '2D',
        features: new Set(features.map((f) => f.tag)).size,
        families: new Set(features.map((f) => f.family)).size,
        regions: source.regionNames.length,
        names: w.list(source.regionNames),
      }),
    );
    out.push(...chain(source, settings, w));
  } else if (source.regionNames.length > 0) {
    out.push(w.regions(source.regionNames.length, w.list(source.regionNames)));
  }
  if (kinetics) {
    out.push(
      w.kinetics({
        model: kinetics.model,
        series: kinetics.own ? '' : kinetics.series,
        phases: kinetics.phases,
        minutes: figure(Number(((kinetics.seconds[1] - kinetics.seconds[0]) / 60).toFixed(1))),
        input: source.kineticInput,
        motion: kinetics.motionCorrected,
      }),
    );
  }
  if (selfTest) out.push(w.selfTest(selfTest.passed, selfTest.passed + selfTest.failed));
  out.push(w.provenance(software.version, software.kernels.slice(0, 12), source.settingsHash.slice(0, 12)));
  return out.join(language === 'zh' ? '' : ' ');
}

function chain({ language, series }: MethodsSource, settings: ExtractionSettings, w: Sentences): string[] {
  const out: string[] = [];
  const { interpolation, resegmentation, discretisation, texture, profile, pyradiomics } = settings;
  if (profile === 'pyradiomics' && pyradiomics.normalize) out.push(w.normalised);
  if (interpolation) {
    const { spacing, image, mask, mask_threshold } = interpolation;
    const own = profile === 'ibsi';
    const maskBy = own ? mask : 'nearest';
    out.push(
      w.resampled({
        axes: spacing.map((s, axis) => figure(s ?? series.spacing?.[axis] ?? NaN)).join(' × '),
        image: IBSI_TEXTS[image][language],
        mask: IBSI_TEXTS[maskBy][language],
        threshold: maskBy === 'nearest' ? '' : figure(mask_threshold),
        round: interpolation.round,
      }),
    );
  } else out.push(w.notResampled);
  const unit = series.unit === 'arbitrary' ? '' : ` ${series.unit}`;
  if (resegmentation.range)
    out.push(
      w.range(
        resegmentation.range.map((v) => (v === null ? '∞' : figure(v))),
        unit,
      ),
    );
  if (resegmentation.outlier_sigma !== null) out.push(w.sigma(figure(resegmentation.outlier_sigma)));
  if (discretisation.method === 'FBN') out.push(w.bins(discretisation.bins));
  if (discretisation.method === 'FBS') out.push(w.width(figure(discretisation.width), unit));
  out.push(w.texture(texture.distance));
  return out;
}
