import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Study } from '../api.ts';
import { createNodeEngine } from '../node.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { MUSCLE, PROTOCOL } from '../../quality/phantoms/dynamic-mr/index.ts';
import type { KineticSettings } from './request.ts';

let engine: Engine;
let study: Study;
let uid: string;
beforeAll(async () => {
  engine = createNodeEngine();
  study = await engine.openSample();
  uid = study.series.find((s) => s.modality === 'MR')!.uid;
}, 120_000);

const region = (name: string) => study.regions.find((r) => r.name === name)!.id;
const settings = (): KineticSettings => ({
  ...engine.proposeKinetics(study, uid),
  haematocrit: PROTOCOL.haematocrit,
  t1: { tissue: { kind: 'fixed', seconds: PROTOCOL.t1.tumour }, blood: PROTOCOL.t1.blood },
});

describe('kinetic maps of the sample study', () => {
  it('are proposed from the headers and the region named artery', () => {
    expect(settings()).toMatchObject({ input: { kind: 'region', region: region('Artery') } });
  });

  it('give back what the phantom was made of, from its DICOM files', async () => {
    const seen: number[] = [];
    const result = await engine.kinetics(
      { study, series: uid, region: region('Tumour'), settings: settings() },
      { onMaps: (maps) => seen.push(maps.length) },
    );
    expect(result.complete).toBe(true);
    expect(result.baselineFrames).toBeGreaterThanOrEqual(5);
    const total = Object.values(result.counts).reduce((a, b) => a + b);
    expect(total).toBe(result.voxels.length);
    expect(result.counts.converged / total).toBeGreaterThan(0.9);
    expect(seen.length).toBeLessThanOrEqual(2);
    expect(result.findings.map((f) => f.id)).toEqual(expect.arrayContaining(['M-07', 'M-09']));
    // Nine patches of known exchange and a rim: the map has them all, measured with an input of 5 s steps.
    const ktrans = result.maps
      .find((m) => m.id === 'Ktrans')!
      .volume.data.filter(Number.isFinite)
      .sort();
    expect(ktrans[Math.floor(0.03 * ktrans.length)]).toBeLessThan(0.06);
    expect(ktrans[Math.floor(0.97 * ktrans.length)]).toBeGreaterThan(0.42);
  });

  it('with the curve that the phantom was fed, give its exchange', async () => {
    const { ktrans, ve, vp } = MUSCLE;
    const { mean } = await engine.kinetics({
      study,
      series: uid,
      region: region('Muscle'),
      settings: {
        ...settings(),
        input: { kind: 'population', id: 'parker', dose: 1, arrival: PROTOCOL.arrival },
        t1: { tissue: { kind: 'fixed', seconds: PROTOCOL.t1.muscle }, blood: PROTOCOL.t1.blood },
      },
    });
    const { parameters, errors, status, r2 } = mean!.fit;
    expect(status).toBe('converged');
    expect(r2).toBeGreaterThan(0.99);
    expect(Math.abs(parameters.Ktrans! / ktrans - 1)).toBeLessThan(0.03);
    expect(Math.abs(parameters.ve! / ve - 1)).toBeLessThan(0.05);
    expect(Math.abs(parameters.vp! - vp)).toBeLessThan(0.003);
    expect(errors.Ktrans! / ktrans).toBeLessThan(0.05);
  });

  it('finds the artery by itself, and says where', async () => {
    const { input, mean } = await engine.kinetics({
      study,
      series: uid,
      region: region('Muscle'),
      settings: { ...settings(), input: { kind: 'automatic' } },
    });
    const artery = (await engine.placeRegion(study, region('Artery'), uid)).mask.data;
    expect(input.voxels.length).toBeGreaterThan(5);
    // The region is drawn 2 mm inside the vessel: a voxel of it, or beside it in the plane.
    const near = (v: number) => [0, 1, -1, 96, -96].some((step) => artery[v + step] === 1);
    expect([...input.voxels].filter((v) => !near(v)).length).toBeLessThanOrEqual(1);
    expect(input.candidates!.length).toBeGreaterThanOrEqual(input.voxels.length);
    expect(mean!.fit.status).toBe('converged');
  });

  it('takes a table for the input, and asks when it does not say what it is', async () => {
    const rows = Array.from(
      { length: 28 },
      (_, i) => `${10 * i},${i < 4 ? 0 : 5 * Math.exp(-(i - 4) / 6) + 0.5}`,
    );
    const text = `time_s,concentration_mM\n${rows.join('\n')}\n`;
    const result = await engine.kinetics({
      study,
      series: uid,
      region: region('Muscle'),
      settings: { ...settings(), input: { kind: 'table', name: 'input.csv', text } },
    });
    expect(result.input.seconds.length).toBe(28);
    expect(result.findings.map((f) => f.id)).toContain('R-input-compartment');
    const bad = {
      ...settings(),
      input: { kind: 'table', name: 'x', text: 'time_s,concentration_mM\n1,a\n' } as const,
    };
    await expect(
      engine.kinetics({ study, series: uid, region: region('Muscle'), settings: bad }),
    ).rejects.toThrow(RefusedInput);
  });

  it('a map becomes a series that can be measured', async () => {
    const result = await engine.kinetics({
      study,
      series: uid,
      region: region('Tumour'),
      settings: settings(),
    });
    const map = result.maps.find((m) => m.id === 'Ktrans')!;
    const with1 = await engine.addMap(study, uid, map, 'sample');
    const made = with1.series.at(-1)!;
    expect(made).toMatchObject({ format: 'derived', unit: '1/min', size: [96, 96, 12, 1] });
    expect(await engine.addMap(with1, uid, map, 'sample')).toBe(with1);
    const volume = await engine.volume(with1, made.uid);
    expect(volume.data.filter(Number.isFinite).length).toBeGreaterThan(0.9 * result.voxels.length);
    expect(engine.mapAsNifti(map).length).toBeGreaterThan(1000);
    expect(JSON.parse(engine.kineticsJson(result))).toMatchObject({
      model: 'extended-tofts',
      voxels: result.voxels.length,
    });
    expect(engine.kineticsCsv(result).split('\n').length).toBeGreaterThan(100);
  });

  it('refuses what cannot carry a fit', async () => {
    const ask = (change: Partial<KineticSettings>, series = uid) =>
      engine.kinetics({ study, series, region: region('Tumour'), settings: { ...settings(), ...change } });
    const ct = study.series.find((s) => s.modality === 'CT')!.uid;
    await expect(ask({}, ct)).rejects.toThrow('one_phase');
    await expect(ask({ seconds: [0, 1, 2] })).rejects.toThrow(RefusedInput);
    await expect(ask({ seconds: Array(40).fill(1) as number[] })).rejects.toThrow('times_not_rising');
    await expect(ask({ input: { kind: 'population', id: 'magic', dose: 1, arrival: null } })).rejects.toThrow(
      'parker',
    );
  });
});
