import type { RecordedStep } from '../../core/preprocessing.ts';
import { STEPS } from '../../imaging/preprocess/registry.ts';
import { IBSI_TEXTS as T } from './ibsi-texts.ts';
import type { IbsiSource, Put } from './ibsi-source.ts';
import { figure } from './words.ts';

/** Steps by the item that they answer; steps of other kinds go to item 47. */
const ITEM_OF_STEP: Readonly<Record<string, number>> = {
  n4: 45,
  'white-stripe': 46,
  nyul: 46,
  'z-score': 46,
  'reference-tissue': 46,
  'histogram-matching': 46,
};

/** Items 37 to 49: conversion, preprocessing and segmentation, from what was recorded here. */
export function processing(source: IbsiSource, put: Put): void {
  const { language, series, settings, kinetics } = source;
  const not = (number: number) => put(number, T.notHere[language], 'not_done');
  const elsewhere = (number: number) => put(number, T.otherModality[language], 'not_applicable');
  const done = new Map<number, string[]>();
  for (const step of series.preprocessing?.steps ?? []) {
    const number = ITEM_OF_STEP[step.id] ?? 47;
    done.set(number, [...(done.get(number) ?? []), stepText(step, source)]);
  }
  if (settings?.profile === 'pyradiomics' && settings.pyradiomics.normalize)
    done.set(46, [...(done.get(46) ?? []), T.zScore[language]]);

  if (kinetics?.motionCorrected) put(37, `${T.motion[language]} (${kinetics.series})`);
  else not(37);
  if (series.modality !== 'PT') elsewhere(38);
  else if (series.unit === 'SUVbw') put(38, T.suv[language]);
  else put(38, `${T.notHere[language]}: ${series.unit}`, 'not_done');
  if (series.modality === 'MR') not(39);
  else elsewhere(39);
  put(
    40,
    kinetics
      ? `${T.rescale[language]}; ${kinetics.series}: ${T.concentration[language]}`
      : T.rescale[language],
  );
  if (settings?.interpolation) not(41);
  else put(41, T.noInterpolation[language], 'not_applicable');
  if (series.modality === 'PT') not(43);
  else elsewhere(43);
  for (const number of [42, 44]) not(number);
  for (const number of [45, 46, 47]) {
    const texts = done.get(number);
    if (texts) put(number, texts.join('; '));
    else not(number);
  }
  segmentation(source, put);
}

/** A step with its parameters and the numbers that it was judged by. */
function stepText({ id, parameters, figures }: RecordedStep, { language, words }: IbsiSource): string {
  const step = STEPS.find((s) => s.id === id);
  if (!step) return words.shown(id);
  const settings = step.parameters.flatMap((p) => {
    const value = parameters[p.id];
    if (value === null || value === undefined) return [];
    const option = 'options' in p ? p.options.find((o) => o.id === value)?.label[language] : undefined;
    const unit = 'unit' in p && p.unit !== '' ? ` ${p.unit}` : '';
    const shown = option ?? (typeof value === 'number' ? figure(value) : words.shown(String(value)));
    return [`${p.label[language]} ${shown}${unit}`];
  });
  const seen = figures.flatMap((f) =>
    f.value === null
      ? []
      : [`${f.label[language]} ${figure(Number(f.value.toPrecision(4)))} ${f.unit}`.trim()],
  );
  const told = [settings.join(', '), seen.join(', ')].filter((t) => t !== '').join('; ');
  return told === '' ? step.label[language] : `${step.label[language]} (${told})`;
}

function segmentation({ language, words, regions, regionNames }: IbsiSource, put: Put): void {
  if (regions.length === 0) return;
  // Where no file says how a region came to be, the item is open.
  if (regions.some((r) => r.authorship))
    put(
      48,
      regions
        .map(({ authorship }, at) => {
          const tool = authorship?.tool ? words.machine(authorship.tool) : '';
          return `${regionNames[at]}: ${T[authorship?.how ?? 'unknown'][language]}${tool ? ` (${tool})` : ''}`;
        })
        .join('; '),
    );
  if (regions.some((r) => r.shape.kind === 'contours')) put(49, T.crossing[language]);
  else put(49, T.voxels[language], 'not_applicable');
}
