import { describe, expect, it } from 'vitest';
import type { KineticSettings } from '../../engine/kinetics/request.ts';
import { fakeStudy } from '../testing/fake-study.ts';
import { checkKinetics, checkTimes, readTimes } from './check.ts';
import { dynamicSeries, fittedPlace, regionsFor, weightedSeries } from './choice.ts';
import { inputScale } from './inspector.svelte.ts';

const SETTINGS: KineticSettings = {
  model: 'tofts',
  input: { kind: 'population', id: 'parker', dose: 1, arrival: null },
  haematocrit: 0.42,
  delay: 0,
  signal: { kind: 'spoiled-gradient-echo', repetitionTime: null, flipAngle: null, relaxivity: 4.5 },
  t1: { tissue: { kind: 'fixed', seconds: 1 }, blood: 1.44 },
  baselineFrames: null,
};
const wrong = (part: Partial<KineticSettings>) =>
  checkKinetics({ ...SETTINGS, ...part }, 20).map((r) => r.field);

describe('settings of a kinetic fit', () => {
  it('are taken when they can be computed with', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ delay: { lower: -10, upper: 10 }, baselineFrames: 19, haematocrit: 0 })).toEqual([]);
    expect(
      wrong({ signal: { kind: 'none' }, t1: { tissue: { kind: 'fixed', seconds: 0 }, blood: 0 } }),
    ).toEqual([]);
  });

  it('are refused field by field', () => {
    expect(wrong({ haematocrit: 1 })).toEqual(['haematocrit']);
    expect(wrong({ haematocrit: Number.NaN })).toEqual(['haematocrit']);
    expect(wrong({ delay: { lower: 5, upper: 5 } })).toEqual(['delay']);
    expect(wrong({ delay: Number.NaN })).toEqual(['delay']);
    expect(wrong({ baselineFrames: 0 })).toEqual(['baseline']);
    expect(wrong({ baselineFrames: 20 })).toEqual(['baseline']);
    expect(wrong({ baselineFrames: 2.5 })).toEqual(['baseline']);
    expect(wrong({ input: { kind: 'population', id: 'parker', dose: 0, arrival: Number.NaN } })).toEqual([
      'dose',
      'arrival',
    ]);
    expect(wrong({ input: { kind: 'region', region: '' } })).toEqual(['input']);
    expect(wrong({ input: { kind: 'table', name: '', text: '' } })).toEqual(['input']);
    expect(wrong({ t1: { tissue: { kind: 'fixed', seconds: 0 }, blood: -1 } })).toEqual(['t1', 't1Blood']);
    expect(wrong({ signal: { kind: 'ct-enhancement', enhancementPerMillimolar: 0 } })).toEqual([
      'enhancement',
    ]);
    expect(
      wrong({ signal: { kind: 'spoiled-gradient-echo', repetitionTime: 0, flipAngle: 180, relaxivity: 0 } }),
    ).toEqual(['repetitionTime', 'flipAngle', 'relaxivity']);
  });
});

describe('times that a person gives', () => {
  it.each([
    ['0 5 10.5', [0, 5, 10.5]],
    ['0,5,10.5', [0, 5, 10.5]],
    ['0\n5\n10,5\n', [0, 5, 10.5]],
    ['0; 5; 10,5', [0, 5, 10.5]],
    ['0, 5, 10.5', [0, 5, 10.5]],
    ['  1e1\t20 ', [10, 20]],
    ['', []],
  ])('are read from %j', (text, times) => {
    expect(readTimes(text)).toEqual(times);
  });

  it('must be numbers, as many as frames, and rise', () => {
    expect(checkTimes([0, 1, 2], 3)).toBeNull();
    expect(checkTimes([0, 1], 3)).toEqual({ key: 'kinetics.check.times', facts: { n: 3, got: 2 } });
    expect(checkTimes([0, 1, 1], 3)).toEqual({ key: 'kinetics.check.rising', facts: { at: 3 } });
    expect(checkTimes(readTimes('0 x 2'), 3)).toEqual({ key: 'kinetics.check.rising', facts: { at: 2 } });
  });
});

describe('what may be fitted', () => {
  it('is a series of several phases in time, with the regions that lie in its frame', () => {
    const study = fakeStudy();
    const [dynamic, ...others] = dynamicSeries(study);
    expect([dynamic?.uid, others]).toEqual(['1.2.4', []]);
    expect(regionsFor(study.regions, dynamic!).map((r) => r.id)).toEqual(['r1', 'r2', 'r3']);
    expect(regionsFor(study.regions, { ...dynamic!, affine: undefined })).toEqual([]);
    const weighted = study.series.map((s) => ({ ...s, bValues: [0, 800] }));
    expect(dynamicSeries({ ...study, series: weighted })).toEqual([]);
    expect(dynamicSeries(null)).toEqual([]);
  });

  it('offers weightings of a T1 measurement, and no course of time', () => {
    const study = fakeStudy();
    const [dynamic] = dynamicSeries(study);
    const like = (uid: string, flipAngle: readonly number[]) => ({
      ...dynamic!,
      uid,
      modality: 'MR',
      size: [...dynamic!.size.slice(0, 3), flipAngle.length] as never,
      protocol: { flipAngle },
    });
    const offered = (...series: ReturnType<typeof like>[]) =>
      weightedSeries({ ...study, series: [dynamic!, ...series] }, dynamic!, false).map((s) => s.uid);
    expect(offered(like('5°', [5]), like('15°', [15]), like('visit 2', [20, 20, 20]))).toEqual(['5°', '15°']);
    expect(offered(like('all', [2, 5, 15]))).toEqual(['all']);
    expect(offered(like('5°', [5]), like('visit 2', [20, 20]))).toEqual([]);
  });

  it('finds a voxel among the fitted ones', () => {
    const voxels = Uint32Array.of(3, 7, 8, 20);
    expect([3, 7, 8, 20, 0, 9, 21].map((at) => fittedPlace(voxels, at))).toEqual([0, 1, 2, 3, -1, -1, -1]);
    expect(fittedPlace(new Uint32Array(0), 0)).toBe(-1);
  });
});

describe('the scale of the input in the chart', () => {
  it('is a round factor that brings it to at most the height of the tissue', () => {
    expect(inputScale([0, 8, 2], [0, 0.5])).toBe(0.05);
    expect(inputScale([0, 5], [0, 0.5])).toBe(0.1);
    expect(inputScale([0, 1], [0, 2.5])).toBe(2);
    expect(inputScale([0, 0], [0, 1])).toBe(1);
    expect(inputScale([0, 1], [-1, 0])).toBe(1);
  });
});
