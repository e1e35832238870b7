import type { Finding } from '../../core/finding.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import { judgeInput } from '../../kinetics/aif/plausibility.ts';
import { populationPlasma } from '../../kinetics/aif/population.ts';
import { POPULATION_INPUTS } from '../../kinetics/aif/registry.ts';
import { readCurveTable } from '../../kinetics/aif/table.ts';
import { meanCurve, type CurveBlock } from '../../kinetics/dynamic/gather.ts';
import { plasmaFromBlood } from '../../kinetics/signal/haematocrit.ts';
import { convertVoxels } from '../../kinetics/signal/convert-voxels.ts';
import { bloodConversion } from './conversion.ts';
import type { KineticSettings, UsedInput } from './request.ts';

/** Curves of the artery's voxels, and where else the search would have looked. */
export interface Artery {
  readonly block: CurveBlock;
  readonly candidates?: Uint32Array;
  /** Mean factor of the flip angle in its voxels. */
  b1?: number;
}

interface InputPlace {
  readonly settings: KineticSettings;
  readonly seconds: Float64Array;
  /** When the input is measured in the image. */
  readonly artery: Artery | undefined;
  /** Mean concentration of the tissue, mmol/L. */
  readonly tissue: Float64Array | null;
  readonly baselineFrames: number;
  readonly series: Series;
}

/** The arterial input in plasma, with what speaks against it. @throws RefusedInput when there is none to be had. */
export function inputOf(place: InputPlace): UsedInput & { readonly findings: readonly Finding[] } {
  const { settings } = place;
  switch (settings.input.kind) {
    case 'population':
      return { ...populationInput(place, settings.input), findings: [] };
    case 'table':
      return tableInput(place, settings.input);
    case 'region':
    case 'automatic':
      return measuredInput(place);
  }
}

/** Verdicts on an input that say something against it. */
function doubts(
  { settings, series, tissue, seconds }: InputPlace,
  times: Float64Array,
  plasma: Float64Array,
): Finding[] {
  const sameFrames = times.length === seconds.length && times.every((t, f) => t === seconds[f]);
  return judgeInput(
    {
      times,
      concentration: plasma,
      compartment: 'plasma',
      haematocrit: settings.haematocrit,
      ...(tissue && sameFrames && { tissue }),
    },
    series.uid,
  ).filter((v) => v.severity !== 'pass' && v.severity !== 'na' && v.check !== 'baseline');
}

function tableInput(
  place: InputPlace,
  { name, text }: Extract<KineticSettings['input'], { kind: 'table' }>,
): UsedInput & { findings: readonly Finding[] } {
  const { times, concentrations, compartment } = readCurveTable(text);
  checkLength(times, place.seconds);
  const plasma =
    compartment === 'plasma' ? concentrations : plasmaFromBlood(concentrations, place.settings.haematocrit);
  const input = {
    origin: { en: name, ru: name, zh: name },
    seconds: times,
    plasma,
    voxels: new Uint32Array(0),
  };
  const findings = doubts(place, times, plasma);
  if (compartment === null)
    findings.push({
      id: 'R-input-compartment',
      severity: 'info',
      subject: place.series.uid,
      text: {
        en: 'The table does not say whether it is blood or plasma; it is taken as blood and divided by 1 − haematocrit.',
        ru: 'В таблице не сказано, кровь это или плазма; принята кровь, значения разделены на 1 − гематокрит.',
        zh: '表格未说明是血液还是血浆；按血液处理并除以 1 − 血细胞比容。',
      },
      facts: {},
    });
  return { ...input, findings };
}

/** An input that ends before the tissue does, by more than the longest step of its own or of the frames, says nothing. */
function checkLength(times: Float64Array, seconds: Float64Array): void {
  const step = (t: Float64Array) => t.slice(1).reduce((most, v, i) => Math.max(most, v - t[i]), 0);
  const [received, needed] = [times[times.length - 1], seconds[seconds.length - 1]];
  if (received < needed - Math.max(step(times), step(seconds)))
    throw refusedCase('input_short', { received, needed });
}

function populationInput(
  { settings, seconds, baselineFrames }: InputPlace,
  { id, dose, arrival }: Extract<KineticSettings['input'], { kind: 'population' }>,
): UsedInput {
  const population = POPULATION_INPUTS.find((p) => p.id === id);
  if (!population)
    throw new RefusedInput('settings_invalid', {
      what: 'population input',
      expected: POPULATION_INPUTS.map((p) => p.id).join(', '),
      received: id,
    });
  const from = arrival ?? seconds[baselineFrames - 1];
  const nodes = nodesAfter(from, seconds);
  const options = {
    delay: from,
    ...(population.referenceDose !== null && { dose: dose * population.referenceDose }),
  };
  return {
    origin: population.name,
    seconds: nodes,
    plasma: populationPlasma(population, nodes, settings.haematocrit, options),
    voxels: new Uint32Array(0),
  };
}

/**
 * Points of a population curve, s: every second while the bolus passes, then wider, as the curve straightens. The
 * tissue's frames have no say in it: a first pass sampled at frames of 6 s would be another input.
 */
function nodesAfter(arrival: number, seconds: Float64Array): Float64Array {
  const end = Math.max(seconds[seconds.length - 1], arrival + 1);
  const nodes: number[] = [];
  if (arrival > seconds[0]) nodes.push(seconds[0], arrival - 1e-6);
  for (let t = 0; arrival + t < end; t += t < 60 ? 1 : t < 120 ? 3 : 10) nodes.push(arrival + t);
  nodes.push(end);
  return Float64Array.from(nodes.filter((t, i) => i === 0 || t > nodes[i - 1]));
}

function measuredInput(place: InputPlace): UsedInput & { findings: readonly Finding[] } {
  const { settings, seconds, artery, baselineFrames, series } = place;
  const signal = artery && meanCurve(artery.block);
  if (!artery || !signal)
    throw new RefusedInput('settings_invalid', { what: 'arterial input', expected: 'voxels', received: 0 });
  const { concentrations } = convertVoxels(
    Float32Array.from(signal),
    seconds.length,
    bloodConversion(series, settings, baselineFrames, artery.b1),
  );
  const bad = concentrations.findIndex((c) => !Number.isFinite(c));
  if (bad >= 0)
    throw new RefusedInput('settings_invalid', {
      what: 'arterial input',
      expected: 'a signal that a concentration gives',
      received: `${signal[bad].toPrecision(4)} at ${seconds[bad]} s`,
    });
  const plasma = plasmaFromBlood(concentrations, settings.haematocrit);
  return {
    origin: artery.candidates
      ? { en: 'found in the image', ru: 'найдена на изображении', zh: '在图像中自动找到' }
      : { en: 'measured in a region', ru: 'измерена в области', zh: '在区域内测得' },
    seconds,
    plasma,
    voxels: artery.block.voxels,
    ...(artery.candidates && { candidates: artery.candidates }),
    findings: doubts(place, seconds, plasma),
  };
}
