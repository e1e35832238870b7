import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_RANGES } from '../../quality/perturbations/perturbation.ts';
import { makeCtSample, makeMrSample } from '../../quality/phantoms/sample-study.ts';
import type { Verdict } from '../../quality/gate.ts';
import { BUILT_IN, type RuleProfile } from '../../quality/rules/profile.ts';
import { DEFAULT_SETTINGS } from '../../radiomics/settings.ts';
import type { Engine, Study } from '../api.ts';
import { createNodeEngine } from '../node.ts';
import { verdictOn } from './verdict.ts';

const settings = { ...DEFAULT_SETTINGS, families: ['morphology', 'intensity_statistics'] };
type Files = ReturnType<typeof makeCtSample>;
const files = (made: Files) =>
  made.map(({ path, bytes }) => ({ path, content: bytes as Uint8Array<ArrayBuffer> }));

describe('numbers of an engine say what its rules said', () => {
  let engine: Engine;
  let strict: RuleProfile;
  let study: Study;
  let series: string;
  let region: string;
  const extract = async (id = region) => engine.extract({ study, series, region: id, settings });
  const assess = async (regions: readonly string[], profile = strict) => {
    const placed = await Promise.all(regions.map((r) => engine.placeRegion(study, r, series)));
    return engine.assess({ study, series, masks: placed.map((p) => p.mask), profile });
  };

  beforeAll(async () => {
    engine = createNodeEngine();
    strict = await engine.ruleProfile.fromJson(
      JSON.stringify({
        kind: 'kinetex rule profile',
        name: 'strict',
        rules: [{ id: 'G-06', on: true, checks: [{ quantity: 'voxel_anisotropy', block: 0.5 }] }],
      }),
    );
  });

  it('nothing, until they were asked', async () => {
    study = await engine.open(files(makeCtSample()));
    series = study.series[0]!.uid;
    region = study.regions.find((r) => r.name === 'Lesion')!.id;
    const table = await extract();
    expect(table.verdict).toBe('not assessed');
    expect(engine.exportCsv([table], { names: 'ibsi' }).split('\r\n')[1]).toMatch(/,,not judged$/);
    expect(JSON.parse(engine.exportJson([table], { names: 'ibsi' }))).toMatchObject({
      verdict: null,
      qcHash: '',
    });
  });

  it('the verdict of their own region, which every export takes unless it is given another', async () => {
    const made = await assess([region]);
    const table = await extract();
    expect(table.verdict).toEqual(verdictOn(made, 0));
    expect(table.verdict).toMatchObject({
      severity: 'block',
      profile: 'strict',
      qcHash: made.regions[0]!.qcHash,
    });
    const csv = engine.exportCsv([table], { names: 'ibsi' }).split('\r\n')[1];
    expect(csv).toContain(`,${made.regions[0]!.qcHash},"block; G-06 block;`);
    expect(JSON.parse(engine.exportJson([table], { names: 'ibsi' }))).toMatchObject({
      verdict: { severity: 'block' },
    });
    const given = engine.exportCsv([table], { names: 'ibsi', verdicts: [null] });
    expect(given.split('\r\n')[1]).toMatch(/,,not judged$/);
    await assess([region], BUILT_IN);
    expect((await extract()).verdict).toMatchObject({ profile: BUILT_IN.name });
  });

  it('a region that they were not asked about has the word on the series, and is not judged itself', async () => {
    await assess([region]);
    const other = study.regions.find((r) => r.name === 'Ring')!.id;
    expect((await extract(other)).verdict).toMatchObject({ severity: 'block', notRun: true });
    expect((await extract(region)).verdict).not.toHaveProperty('notRun');
  });

  it('what was said of a region ends with its next change', async () => {
    const drawn = await engine.regions.adopt(study, region, series);
    study = engine.regions.study(study);
    const mask = engine.regions.mask(study, drawn);
    await engine.assess({ study, series, masks: [mask], profile: strict });
    expect((await extract(drawn)).verdict).not.toHaveProperty('notRun');
    const [x, y, z] = mask.grid.size.map((n) => n / 2);
    const stroke = engine.regions.stroke(study, drawn, { mode: 'add', radius: 4, shape: { kind: 'ball' } });
    stroke.move([x!, y!, z!]);
    stroke.end();
    study = engine.regions.study(study);
    expect((await extract(drawn)).verdict).toMatchObject({ severity: 'block', notRun: true });
  });

  it('perturbations and readers have the worst of their regions', async () => {
    const regions = study.regions.filter((r) => ['Lesion', 'Ring'].includes(r.name)).map((r) => r.id);
    const made = await assess(regions);
    const request = { study, series, settings, ranges: DEFAULT_RANGES, runs: 2, seed: 1, regions };
    const { verdict } = await engine.perturbationStudy(request);
    expect(verdict).toMatchObject({ severity: 'block' });
    expect(verdict).not.toHaveProperty('notRun');
    expect(made.regions.map((r) => r.qcHash)).not.toContain((verdict as { qcHash: string }).qcHash);
    const [first, second] = regions as [string, string];
    const { verdict: ofReaders } = await engine.readerStudy({
      study,
      settings,
      pairs: [{ subject: 'a', first, second, series }],
    });
    expect(ofReaders).toEqual(verdict);
  });

  it('is forgotten with the study', async () => {
    engine.close(study);
    study = await engine.open(files(makeCtSample()));
    series = study.series[0]!.uid;
    region = study.regions.find((r) => r.name === 'Lesion')!.id;
    expect((await extract()).verdict).toBe('not assessed');
  });

  it('maps, and images made of them, have that of the series', { timeout: 120_000 }, async () => {
    const mr = await engine.open(files(makeMrSample()));
    const { uid } = mr.series.find((s) => s.size[3] > 1)!;
    const tumour = mr.regions.find((r) => r.name === 'Tumour')!.id;
    const ask = { study: mr, series: uid, region: tumour };
    const shape = { baselineFrames: null, early: null, late: null };
    expect((await engine.curveShapes({ ...ask, settings: shape })).verdict).toBe('not assessed');
    await engine.assess({ study: mr, series: uid, profile: strict });
    const shapes = await engine.curveShapes({ ...ask, settings: shape });
    expect(shapes.verdict).toMatchObject({ severity: 'block', notRun: true });
    expect(JSON.parse(engine.shapesJson(shapes))).toMatchObject({ verdict: { severity: 'block' } });
    expect(engine.mapSidecar(shapes.maps[0]!, shapes)).toContain('G-06 block');
    const fit = await engine.kinetics({ ...ask, settings: engine.proposeKinetics(mr, uid) });
    expect(fit.verdict).toEqual(shapes.verdict);
    expect(engine.kineticsCsv(fit)).toContain('G-06 block');
    const withMap = await engine.addMap(mr, uid, fit.maps[0]!, 'map');
    const map = withMap.series.at(-1)!.uid;
    // A map of T1 that a fit takes has its say in the fit.
    await engine.assess({ study: withMap, series: uid });
    const t1Map = { ...fit.maps[0]!, id: 'T1', unit: 'ms' };
    const data = new Float32Array(t1Map.volume.data.length).fill(1200);
    const withT1 = await engine.addMap(withMap, uid, { ...t1Map, volume: { ...t1Map.volume, data } }, 'T1');
    const t1 = withT1.series.at(-1)!.uid;
    await engine.assess({ study: withT1, series: t1, profile: strict });
    const proposed = engine.proposeKinetics(withT1, uid);
    const fitted = async (tissue: (typeof proposed)['t1']['tissue']) => {
      const settingsOf = { ...proposed, t1: { ...proposed.t1, tissue } };
      return (await engine.kinetics({ ...ask, study: withT1, settings: settingsOf })).verdict;
    };
    const own = (await fitted(proposed.t1.tissue)) as Verdict;
    expect(own.rules.map((r) => r.severity)).not.toContain('block');
    expect(await fitted({ kind: 'map', series: t1, unit: 'ms' })).toMatchObject({ severity: 'block' });
    const measured = await engine.extract({ study: withMap, series: map, region: tumour, settings });
    expect(measured.verdict).toMatchObject({ notRun: true });
  });
});
