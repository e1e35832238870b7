import { RefusedInput } from '../core/refusal.ts';
import { writeZip } from '../formats/zip/write.ts';
import { explainRefusal } from '../core/refusal-texts.ts';
import { ABSENCE_TEXTS } from '../radiomics/reasons.ts';
import { POPULATION_INPUTS } from '../kinetics/aif/registry.ts';
import { RELAXIVITIES } from '../kinetics/signal/contrast-agents.ts';
import { MODEL_FREE } from '../kinetics/model-free/definitions.ts';
import { MODELS } from '../kinetics/models/registry.ts';
import { QUANTITIES } from '../kinetics/models/quantities.ts';
import { FAMILY_DESCRIPTIONS } from '../radiomics/descriptions.ts';
import { gpuFound } from './gpu/device.ts';
import type { Backend, Engine, FileSource, PlacedRegion, SelfTestReport, Study } from './api.ts';
import { ResultCache } from './cache/results.ts';
import { memoryBooks } from './equipment/memory.ts';
import { extractTable } from './extract-table.ts';
import { exportCsv, exportJson } from './export.ts';
import { withMap } from './kinetics/derived-series.ts';
import { inputSeries } from './kinetics/input-series.ts';
import { kineticsCsv, kineticsJson, mapAsNifti, mapSidecar, shapesJson } from './kinetics/export.ts';
import { runModelChoice } from './kinetics/model-choice.ts';
import { runMotion } from './kinetics/motion.ts';
import { proposeKinetics } from './kinetics/propose.ts';
import type { KineticRequest, KineticResult } from './kinetics/request.ts';
import { runKinetics } from './kinetics/run.ts';
import { runT1 } from './kinetics/t1.ts';
import { runShapes } from './kinetics/shape.ts';
import { later, loadAll } from './later.ts';
import { createLessons } from './lesson.ts';
import type { JobRunner } from './pool/runner.ts';
import { createHeard } from './quality/heard.ts';
import { createRegionExport } from './region-export.ts';
import { createWorks } from './regions/works.ts';
import { sourceOfRecord } from './regions/listed.ts';
import { createRegionTools, placedRecord } from './regions/tools.ts';
import { openStudy } from './study/open.ts';
import { closeSession } from './study/session.ts';
import { seriesOf, thumbnailOf, volumeOf } from './study/volume.ts';
import { sourceOf } from './study/source.ts';
import { wordsOut } from './study/told.ts';
import { VERSION } from './version.ts';

/** How a region with this id lies in this study. @throws RangeError when there is none. */
function regionOf(study: Study, id: string) {
  const region = study.regions.find((r) => r.id === id);
  if (!region) throw new RangeError(`no region ${id} in this study`);
  return region;
}

/**
 * The engine over a runner of jobs: workers in the page, this thread in Node. `wholeImage` adds the diagnostics
 * that need a pass over the whole image (command line).
 */
export function createEngine(runner: JobRunner, { wholeImage = false } = {}): Engine {
  const cache = new ResultCache();
  const works = createWorks();
  const heard = createHeard(
    (study, id) => works.of(study).work.record(id)?.mask ?? study.regions.find((r) => r.id === id)?.shape,
  );

  const place: Engine['placeRegion'] = async (study, regionId, uid, options = {}) => {
    const record = works.of(study).work.record(regionId);
    if (record?.series === uid) return placedRecord(study, record);
    const source = record ? sourceOfRecord(study, record) : regionOf(study, regionId);
    const series = seriesOf(study, uid);
    const { resample = false, ...call } = options;
    if (!series.affine) {
      throw new RefusedInput('region_grid_differs', { region: source.name, series: series.description });
    }
    const [nx, ny, nz] = series.size;
    const target = {
      grid: { size: [nx, ny, nz] as const, affine: series.affine },
      frameOfReference: series.frameOfReference,
      uid: series.uid,
    };
    const placed = await runner.run('place-region', { source, target, resample }, call);
    let voxels = 0;
    for (const v of placed.mask.data) voxels += v;
    return { source, voxels, ...placed } satisfies PlacedRegion;
  };
  const placeRegion: Engine['placeRegion'] = async (study, region, ...rest) => {
    const placed = await place(study, region, ...rest);
    heard.lay(study, region, placed.mask);
    return placed;
  };

  const backends = async (): Promise<Backend[]> => {
    const simd = (await runner.run('self-test', { backend: 'wasm' })).length > 0;
    const gpu = await gpuFound();
    return [
      simd
        ? { name: 'wasm', present: true, detail: `Wasm SIMD ×${runner.size}` }
        : { name: 'wasm', present: false, detail: '', missing: 'no_simd' },
      { name: 'reference', present: true, detail: 'JavaScript float64' },
      'name' in gpu
        ? { name: 'webgpu', present: true, detail: gpu.name }
        : { name: 'webgpu', present: false, detail: '', missing: gpu.missing },
    ];
  };

  const tools = createRegionTools({ runner, placeRegion, workOf: works.of });
  const lessons = createLessons(runner, placeRegion);
  /** Numbers with what the rules said of what they come from. */
  const told = <N extends object>(
    made: N,
    study: Study,
    series: string | readonly string[],
    regions: readonly (string | null)[],
  ): N => {
    const all = typeof series === 'string' ? [series] : series;
    const parts = all.flatMap((s) => regions.map((region) => ({ series: s, region })));
    return { ...made, verdict: heard.of(study, parts) };
  };
  const toldFit = (
    made: KineticResult,
    { study, series, region, settings }: KineticRequest,
  ): KineticResult => {
    const taken = inputSeries(settings).map((uid) => ({ series: uid, region: null }));
    return { ...made, verdict: heard.of(study, [{ series, region }, ...taken]) };
  };
  const extract: Engine['extract'] = async (request, options) => {
    const table = await extractTable({ runner, cache, wholeImage, placeRegion }, request, options);
    return told(table, request.study, request.series, [request.region]);
  };
  const reading = { runner, placeRegion, extract, workOf: (study: Study) => works.of(study).work };

  const engine: Engine = {
    version: VERSION,
    prepare: loadAll,
    families: FAMILY_DESCRIPTIONS,
    kineticModels: MODELS,
    segmentationMethods: async () => (await later.segmentation()).METHODS,
    populationInputs: POPULATION_INPUTS,
    relaxivities: RELAXIVITIES,
    kineticQuantities: QUANTITIES,
    curveShapeDefinitions: MODEL_FREE,
    open: (files, options) => openStudy(runner, files, options),
    async openSample(options = {}) {
      const call = options.signal ? { signal: options.signal } : {};
      // Both are made at once; the CT is opened while the dynamic MR is still being made.
      const [ct, mr] = (['ct', 'mr'] as const).map((part) => runner.run('sample-study', { part }, call));
      mr.catch(() => undefined); // told below, unless the CT fails first
      const half = (from: number) => ({
        ...options,
        onProgress: (share: number, what?: string) => options.onProgress?.(from + share / 2, what),
      });
      const study = await openStudy(runner, await ct, half(0));
      options.onStudy?.(study);
      return openStudy(runner, await mr, { ...half(0.5), into: study });
    },
    referenceObject: (settings = {}, options) => runner.run('reference-object', settings, options),
    phantomFiles: (id, values = {}, options) => runner.run('phantom-files', { id, values }, options),
    async zip(files) {
      const bytesOf = async ({ content }: FileSource) =>
        content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
      return writeZip(await Promise.all(files.map(async (f) => ({ path: f.path, bytes: await bytesOf(f) }))));
    },
    close(study) {
      lessons.forget();
      heard.forget(study);
      works.close(study);
      closeSession(study);
    },
    inspect: (study) => [
      ...study.findings,
      ...study.series.flatMap((s) => s.findings),
      ...study.regions.flatMap((r) => r.findings),
    ],
    volume: (study, uid, phase = 0, options) => volumeOf(runner, study, uid, phase, options),
    thumbnail: (study, uid, options) => thumbnailOf(runner, study, uid, options),
    attributes: (study, file, options = {}) =>
      runner.run('attributes', { source: sourceOf(study, file) }, options),
    ruleProfile: {
      toJson: async (profile, language) => {
        const { profileToJson, RULES } = await later.quality();
        return profileToJson(RULES, profile, language);
      },
      fromJson: async (text) => {
        const { profileFromJson, RULES } = await later.quality();
        return profileFromJson(text, RULES);
      },
    },
    protocol: async (study, series, reference) =>
      (await later.quality()).protocolOf(study, series, reference),
    referenceProtocol: {
      from: async (study, series, name) => (await later.quality()).referenceFrom(study, series, name),
      toJson: async (reference) => (await later.quality()).referenceToJson(reference),
      fromJson: async (text) => (await later.quality()).referenceFromJson(text),
      table: async (study, reference) => (await later.quality()).protocolsOf(study, reference),
      csv: async (table, options) => (await later.quality()).protocolCsv(table, options),
    },
    assess: (request, options) =>
      heard.during(request, async () => (await later.quality()).assess(runner, request, options)),
    rules: async () => (await later.quality()).RULES,
    placeRegion,
    regions: {
      ...tools,
      mask(study, region) {
        const mask = tools.mask(study, region);
        heard.lay(study, region, mask, true);
        return mask;
      },
    },
    extract,
    perturbationDefaults: async () => (await later.perturbations()).DEFAULT_RANGES,
    perturbationStudy: async (request, options) =>
      told(
        await (await later.perturbations()).runPerturbations({ runner, placeRegion }, request, options),
        request.study,
        request.series,
        request.regions,
      ),
    readerPairs: async (study, options) =>
      (await later.readers()).proposeReaderPairs(reading, study, options),
    readerStudy: async (request, options) => ({
      ...(await (await later.readers()).runReaders(reading, request, options)),
      verdict: heard.of(
        request.study,
        request.pairs.flatMap(({ series, first, second }) => [
          { series, region: first },
          { series, region: second },
        ]),
      ),
    }),
    preprocessingSteps: async () => (await later.preprocess()).STEPS,
    preprocess: async (request, options) =>
      (await later.preprocess()).runPreprocess({ runner, placeRegion }, request, options),
    addPreprocessed: async (study, result, label) =>
      (await later.preprocess()).withPreprocessed(study, result, label),
    preprocessedAsNifti: async (result) => (await later.preprocess()).preprocessedAsNifti(result),
    segment: async (call, options) => (await later.segmentation()).runSegmentation(runner, call, options),
    biopsyStability: async (call, biopsy, settings, options) =>
      (await later.segmentation()).runStability(runner, call, biopsy, settings, options),
    segmentationBench: (options, call) => runner.run('segmentation-bench', options, call),
    proposeKinetics,
    kinetics: async (request, options) => {
      return toldFit(await runKinetics({ runner, placeRegion }, request, options), request);
    },
    motion: (request, options) => runMotion({ runner, placeRegion }, request, options),
    modelChoice: async (request, options) => {
      const choice = await runModelChoice({ runner, placeRegion }, request, options);
      return { ...choice, result: toldFit(choice.result, request) };
    },
    t1Maps: async (request, options) => {
      const { study, series, region } = request;
      return told(await runT1({ runner, placeRegion }, request, options), study, series, [region]);
    },
    curveShapes: async (request, options) => {
      const { study, series, region } = request;
      return told(await runShapes({ runner, placeRegion }, request, options), study, series, [region]);
    },
    inspectCurve: (question, options) => runner.run('inspect-curve', question, options),
    addMap: withMap,
    mapAsNifti,
    mapSidecar,
    mapAsDicom: async (study, map, made, options) =>
      (await later.parametricMap()).mapAsDicom(study, map, made, options),
    kineticsJson,
    kineticsCsv,
    shapesJson,
    fitCurves: (text, model, options) => runner.run('fit-curves', { text, model }, options),
    matrix: lessons.matrix,
    histogram: lessons.histogram,
    backends,
    async selfTest({ signal, onProgress } = {}) {
      const start = Date.now();
      const rows: SelfTestReport['rows'][number][] = [];
      const asked = ['wasm', 'reference', 'webgpu'] as const;
      for (const [i, backend] of asked.entries()) {
        const got = await runner.run('self-test', { backend }, signal ? { signal } : {});
        rows.push(...got.map((row) => ({ ...row, backend })));
        onProgress?.((i + 1) / asked.length, backend);
      }
      const passed = rows.filter((r) => r.pass).length;
      return {
        rows,
        passed,
        failed: rows.length - passed,
        backends: await backends(),
        milliseconds: Date.now() - start,
      };
    },
    exportCsv,
    exportJson,
    tells: (text) => wordsOut(false).shown(text) !== wordsOut(true).shown(text),
    ...createRegionExport(runner),
    statistics: async () => (await later.statistics()).statistics,
    phantoms: async () => (await later.equipment()).createPhantoms(runner),
    constancy: async () => (await later.equipment()).constancy,
    report: async (request, options = {}) =>
      (await later.report()).makeReport({ runner, placeRegion }, request, options),
    reportChecklists: async () => (await later.checklists()).REPORT_CHECKLISTS,
    explain: explainRefusal,
    explainAbsence: (reason) => ABSENCE_TEXTS[reason],
    cache: {
      state: () => cache.state(),
      async eraseAll() {
        await works.forget();
        memoryBooks.clear();
        return cache.eraseAll();
      },
      async setIncognito(on) {
        await works.forget(on);
        if (on) memoryBooks.clear();
        await cache.setIncognito(on);
      },
    },
  };
  return engine;
}
