import type { CallOptions, Engine } from '../api.ts';
import type { Localised } from '../../core/localised.ts';
import { MODELS, modelOf } from '../../kinetics/models/registry.ts';
import type { ModelId } from '../../kinetics/models/model.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf } from '../study/volume.ts';
import { GrowingMap } from './maps.ts';
import type { KineticResult, ModelChoice, ModelChoiceRequest } from './request.ts';
import { runKinetics, SPARE } from './run.ts';

/**
 * The model with the lowest AICc in every voxel, among those that converged or ended at a bound. Stopping keeps the
 * models that were fitted by then.
 * @throws RefusedInput as a fit does.
 */
export async function runModelChoice(
  place: { readonly runner: JobRunner; readonly placeRegion: Engine['placeRegion'] },
  { models: asked, ...request }: ModelChoiceRequest,
  { signal, onProgress }: CallOptions = {},
): Promise<ModelChoice> {
  const series = seriesOf(request.study, request.series);
  const able = MODELS.filter((m) => series.size[3] >= m.parameters.length + SPARE).map((m) => m.id);
  // None is able: the simplest says why.
  const models: readonly ModelId[] = asked ?? (able.length > 0 ? able : [MODELS[0].id]);
  const results: KineticResult[] = [];
  for (const [n, model] of models.entries()) {
    if (signal?.aborted && results.length > 0) break;
    const settings = { ...request.settings, model };
    const result = await runKinetics(
      place,
      { ...request, settings },
      {
        ...(signal && { signal }),
        onProgress: (share) => onProgress?.((n + share) / models.length, modelOf(model).name.en),
      },
    );
    if (result.complete || results.length === 0) results.push(result);
  }
  return choiceOf(results);
}

/** Judges fits of the same voxels with different models. */
function choiceOf(results: readonly KineticResult[]): ModelChoice {
  const [{ maps, voxels }] = results;
  const { volume } = maps[0];
  const scores = results.map((r) => r.maps.find((m) => m.id === 'aicc')!.volume.data);
  const statuses = results.map((r) => r.maps.find((m) => m.id === 'status')!.volume.data);
  const wins = new Uint32Array(results.length);
  const chosen = Float32Array.from(voxels, (at) => {
    let best = -1;
    for (let m = 0; m < results.length; m++) {
      const answered = statuses[m][at] === 1 || statuses[m][at] === 2;
      if (answered && (best < 0 || scores[m][at] < scores[best][at])) best = m;
    }
    if (best < 0) return Number.NaN;
    wins[best]++;
    return best + 1;
  });
  const models = results.map((r) => r.model);
  const map = new GrowingMap('model', nameOf(models), '', volume.grid, volume.modality);
  map.put(voxels, chosen, () => true);
  const finished = { ...map.finish(), range: [1, Math.max(2, models.length)] as const };
  const winner = results[wins.indexOf(Math.max(...wins))];
  return {
    models,
    voxels: Object.fromEntries(models.map((m, n) => [m, wins[n]])),
    result: { ...winner, maps: [finished, ...winner.maps] },
  };
}

function nameOf(models: readonly ModelId[]): Localised {
  const list = (language: keyof Localised) =>
    models.map((m, n) => `${n + 1} ${modelOf(m).name[language]}`).join(', ');
  return {
    en: `model of the lowest AICc (${list('en')})`,
    ru: `модель с наименьшим AICc (${list('ru')})`,
    zh: `AICc 最低的模型（${list('zh')}）`,
  };
}
