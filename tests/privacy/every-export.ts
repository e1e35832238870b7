import type { Engine, Study } from '../../src/engine/api.ts';
import { BUILT_IN } from '../../src/quality/rules/profile.ts';
import type { Verdict } from '../../src/quality/gate.ts';
import { DEFAULT_SETTINGS } from '../../src/radiomics/settings.ts';
import type { Leaving } from './search.ts';

/** A person who overrides writes what comes to mind. */
export const VERDICT: Verdict = {
  severity: 'fail',
  profile: 'built-in',
  rules: [{ id: 'G-06', severity: 'fail' }],
  notAssessable: [],
  qcHash: 'a1'.repeat(32),
  override: { reason: 'Quixote was rescanned on 2019-02-04', role: 'reader Panza' },
};

const text = (name: string, content: string): Leaving => ({ name, bytes: Buffer.from(content) });

/** Every file that the engine makes of a dynamic study, by the kind of export. */
export async function everyExport(
  engine: Engine,
  study: Study,
  identified: boolean,
): Promise<Record<string, Leaving[]>> {
  const series = study.series.find((s) => s.size[3] > 1)!.uid;
  const ids = study.regions.map((r) => r.id);
  const settings = {
    ...DEFAULT_SETTINGS,
    families: ['intensity_statistics', 'glcm'],
  } as typeof DEFAULT_SETTINGS;
  const call = { series, identified, resample: true };
  const tables = [];
  for (const region of ids)
    tables.push(await engine.extract({ study, series, region, settings, resample: true }));
  const verdicts = tables.map(() => VERDICT);
  const out: Record<string, Leaving[]> = {
    'features as CSV': [text('a.csv', engine.exportCsv(tables, { names: 'ibsi', verdicts, identified }))],
    'features as JSON': [text('a.json', engine.exportJson(tables, { names: 'ibsi', verdicts, identified }))],
  };
  for (const format of ['seg', 'rtstruct', 'nifti', 'nrrd'] as const)
    out[format] = [...(await engine.exportRegions(study, ids, format, call)).files];
  out['nifti, one a region'] = [
    ...(await engine.exportRegions(study, ids, 'nifti', { ...call, separate: true })).files,
  ];
  const measured = tables.map((table, at) => ({ region: ids[at], table, verdict: VERDICT }));
  out.sr = [...(await engine.exportReport(study, measured, call)).files];

  const proposed = engine.proposeKinetics(study, series);
  const artery = ids[1];
  const fit = await engine.kinetics({
    study,
    series,
    region: ids[0],
    settings: { ...proposed, model: 'tofts', input: { kind: 'region', region: artery }, delay: 0 },
  });
  const table = 'time_s,plasma_mmol_per_L\n0,0\n3,0\n6,0\n9,4\n12,3\n40,1\n';
  const byTable = await engine.kinetics({
    study,
    series,
    region: null,
    settings: {
      ...proposed,
      model: 'tofts',
      input: { kind: 'table', name: 'Quixote-artery.csv', text: table },
      delay: 0,
    },
  });
  const shapes = await engine.curveShapes({
    study,
    series,
    region: null,
    settings: { baselineFrames: null, early: null, late: null },
  });
  out['fit as JSON'] = [
    text('fit.json', engine.kineticsJson(fit, VERDICT)),
    text('by-table.json', engine.kineticsJson(byTable, VERDICT)),
    text('shapes.json', engine.shapesJson(shapes, VERDICT)),
  ];
  out['fit as CSV'] = [text('fit.csv', engine.kineticsCsv(fit, VERDICT))];
  out['maps as NIfTI'] = fit.maps.map((m) => ({ name: `${m.id}.nii.gz`, bytes: engine.mapAsNifti(m) }));
  out['map sidecars'] = fit.maps.map((m) => text(`${m.id}.json`, engine.mapSidecar(m, fit, VERDICT)));
  out['maps as DICOM'] = [];
  for (const map of fit.maps.slice(0, 2))
    out['maps as DICOM'].push({
      name: `${map.id}.dcm`,
      bytes: await engine.mapAsDicom(study, map, fit, { verdict: VERDICT, identified }),
    });

  const perturbed = await engine.perturbationStudy({
    study,
    series,
    regions: ids.slice(0, 3),
    settings: { ...settings, families: ['intensity_statistics'] } as typeof settings,
    ranges: await engine.perturbationDefaults(),
    runs: 2,
    seed: 1,
    resample: true,
  });
  out.perturbations = [
    text('table.csv', perturbed.csv),
    text('report.json', JSON.stringify(perturbed.report)),
    text('robust.json', JSON.stringify(perturbed.report.robust)),
  ];

  const prepared = await engine.preprocess({
    study,
    series,
    steps: [{ id: 'z-score' }],
    region: ids[1],
    references: [],
  });
  const wider = await engine.addPreprocessed(study, prepared, 'z-score');
  const derived = wider.series.at(-1)!.uid;
  const ofPrepared = await engine.extract({
    study: wider,
    series: derived,
    region: ids[1],
    settings,
    resample: true,
  });
  out.preprocessed = [
    { name: 'image.nii.gz', bytes: await engine.preprocessedAsNifti(prepared) },
    text('features.json', engine.exportJson([ofPrepared], { names: 'ibsi', identified })),
  ];

  out.report = [];
  for (const language of ['en', 'ru', 'zh'] as const) {
    const made = await engine.report(
      {
        study: wider,
        series,
        tables: measured,
        kinetics: language === 'ru' ? byTable : fit,
        override: VERDICT.override!,
        kineticVerdict: VERDICT,
        entered: { 1: 'knee of Quixote', 48: 'drawn by Panza' },
        clear: {
          1: { answer: 'yes', evidence: { kind: 'entered', text: 'LM-1605-77, seen', reference: '' } },
        },
      },
      { language, identified },
    );
    out.report.push(text(`${language}.html`, made.html), text(`${language}.json`, made.json));
  }

  const constancy = await engine.constancy();
  const { device } = await constancy.saveRun(await constancy.deviceOf(study, series), {
    kind: 'constancy',
    operator: 'physicist',
    date: '2026-01-05',
    template: { id: 'uniform-cylinder', version: 1 },
    results: [],
    series: await constancy.fingerprint(study, series),
  } as never);
  const { books } = await constancy.books();
  out['equipment runs'] = [
    text('runs.json', constancy.toJson(books.filter((b) => b.device.id === device.id))),
  ];
  await constancy.removeDevice(device.id);
  out['rule profile'] = [text('rules.json', await engine.ruleProfile.toJson(BUILT_IN, 'en'))];
  return out;
}
