import type { Finding } from '../../core/finding.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import { populationPlasma } from '../../kinetics/aif/population.ts';
import { POPULATION_INPUTS } from '../../kinetics/aif/registry.ts';
import { meanCurve, type CurveBlock } from '../../kinetics/dynamic/gather.ts';
import { plasmaFromBlood } from '../../kinetics/signal/haematocrit.ts';
import { convertVoxels } from '../../kinetics/signal/convert-voxels.ts';
import { bloodConversion } from './conversion.ts';
import type { KineticSettings, UsedInput } from './request.ts';

interface InputPlace {
  readonly settings: KineticSettings;
  readonly seconds: Float64Array;
  /** Curves of the artery's voxels, when the input is measured. */
  readonly artery: CurveBlock | undefined;
  readonly baselineFrames: number;
  readonly series: Series;
}

/** The arterial input in plasma, with what speaks against it. @throws RefusedInput when there is none to be had. */
export function inputOf(place: InputPlace): UsedInput & { readonly findings: readonly Finding[] } {
  const { settings } = place;
  switch (settings.input.kind) {
    case 'population':
      return { ...populationInput(place, settings.input), findings: [] };
    case 'region':
      return { ...measuredInput(place), findings: [] };
    default:
      throw new RefusedInput('settings_invalid', {
        what: 'input',
        expected: 'population, region',
        received: settings.input.kind,
      });
  }
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

function measuredInput({ settings, seconds, artery, baselineFrames, series }: InputPlace): UsedInput {
  const signal = artery && meanCurve(artery);
  if (!artery || !signal)
    throw new RefusedInput('settings_invalid', { what: 'arterial input', expected: 'voxels', received: 0 });
  const { concentrations } = convertVoxels(
    Float32Array.from(signal),
    seconds.length,
    bloodConversion(series, settings, baselineFrames),
  );
  const bad = concentrations.findIndex((c) => !Number.isFinite(c));
  if (bad >= 0)
    throw new RefusedInput('settings_invalid', {
      what: 'arterial input',
      expected: 'a signal that a concentration gives',
      received: `${signal[bad].toPrecision(4)} at ${seconds[bad]} s`,
    });
  return {
    origin: { en: 'measured in a region', ru: 'измерена в области', zh: '在区域内测得' },
    seconds,
    plasma: plasmaFromBlood(concentrations, settings.haematocrit),
    voxels: artery.voxels,
  };
}
