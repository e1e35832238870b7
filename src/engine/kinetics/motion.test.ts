import { beforeAll, describe, expect, it } from 'vitest';
import { makeMrSample } from '../../quality/phantoms/sample-study.ts';
import type { Study } from '../api.ts';
import { createNodeEngine } from '../node.ts';

const engine = createNodeEngine();
let study: Study;
let series: string;

beforeAll(async () => {
  study = await engine.open(
    makeMrSample().map(({ path, bytes }) => ({ path, content: bytes as Uint8Array<ArrayBuffer> })),
  );
  series = study.series.find((s) => s.size[3] > 1)!.uid;
}, 60_000);

describe('the still phantom', () => {
  it('is found to lie still, frame by frame', async () => {
    const { motions, findings } = await engine.motion({ study, series, region: null });
    expect(motions).toHaveLength(40);
    expect(Math.max(...motions.map((m) => m.pixels))).toBeLessThan(0.5);
    expect(findings.map((f) => [f.id, f.severity])).toEqual([['M-16', 'pass']]);
  }, 60_000);

  it('gives the same Ktrans when its motion of nothing is corrected', async () => {
    const region = study.regions.find((r) => r.name === 'Tumour')!.id;
    const proposed = engine.proposeKinetics(study, series);
    const medianOf = async (correctMotion: boolean) => {
      const settings = { ...proposed, correctMotion };
      const { maps, motion } = await engine.kinetics({ study, series, region, settings });
      expect(motion?.length).toBe(correctMotion ? 40 : undefined);
      const sorted = Float32Array.from(maps.find((m) => m.id === 'Ktrans')!.volume.data)
        .filter(Number.isFinite)
        .sort();
      return sorted[sorted.length >> 1];
    };
    expect((await medianOf(true)) / (await medianOf(false))).toBeCloseTo(1, 1);
  }, 60_000);
});
