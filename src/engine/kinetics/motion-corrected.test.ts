import { beforeAll, describe, expect, it } from 'vitest';
import { makeMrSample } from '../../quality/phantoms/sample-study.ts';
import type { Study } from '../api.ts';
import { createNodeEngine } from '../node.ts';
import { movedFiles, MOVES } from './moved-phantom.testing.ts';

const engine = createNodeEngine();
let study: Study;
let series: string;

beforeAll(async () => {
  study = await engine.open(movedFiles());
  series = study.series.find((s) => s.size[3] > 1)!.uid;
}, 120_000);

describe('frames of the phantom that were shifted and turned, through DICOM', () => {
  it('are measured to 0.15 pixel and 0.3°, and judged', async () => {
    const { motions, findings } = await engine.motion({ study, series, region: null });
    motions.forEach(({ translation, rotation, status }, frame) => {
      const { shift, turn } = MOVES.get(frame) ?? { shift: [0, 0, 0], turn: [0, 0, 0] };
      expect(status).toBe('measured');
      translation.forEach((t, a) => expect(Math.abs(t - shift[a]) / 2, `frame ${frame}`).toBeLessThan(0.15));
      rotation.forEach((t, a) => expect(Math.abs(t - turn[a]), `frame ${frame}`).toBeLessThan(0.3));
    });
    expect(findings.map((f) => [f.id, f.severity])).toEqual([['M-16', 'fail']]);
    expect(findings[0].facts.count).toBe([...MOVES.values()].filter((m) => m.far).length);
  }, 120_000);

  it('fit better when they are brought back, and give the exchange of the still phantom', async () => {
    const ask = async (study: Study, correctMotion: boolean) => {
      const series = study.series.find((s) => s.size[3] > 1)!.uid;
      const region = study.regions.find((r) => r.name === 'Tumour')!.id;
      const proposed = engine.proposeKinetics(study, series);
      const { maps, mean, motion } = await engine.kinetics({
        study,
        series,
        region,
        settings: { ...proposed, correctMotion },
      });
      const median = (id: string) => {
        const sorted = maps
          .find((m) => m.id === id)!
          .volume.data.filter(Number.isFinite)
          .sort();
        return sorted[sorted.length >> 1];
      };
      return { rmse: median('rmse'), r2: median('r2'), ktrans: mean!.fit.parameters.Ktrans!, motion };
    };
    const still = await engine.open(
      makeMrSample().map(({ path, bytes }) => ({ path, content: bytes as Uint8Array<ArrayBuffer> })),
    );
    const [moved, back] = [await ask(study, false), await ask(study, true)];
    const atRest = await ask(still, false);
    console.log(
      `rmse ${moved.rmse.toFixed(4)} moved, ${back.rmse.toFixed(4)} corrected; R² ${moved.r2.toFixed(3)}, ${back.r2.toFixed(3)}; Ktrans ${moved.ktrans.toFixed(4)}, ${back.ktrans.toFixed(4)}, at rest ${atRest.ktrans.toFixed(4)}`,
    );
    expect(back.motion).toHaveLength(40);
    expect(moved.motion).toBeUndefined();
    expect(back.rmse).toBeLessThan(0.7 * moved.rmse);
    expect(back.r2).toBeGreaterThan(moved.r2);
    expect(Math.abs(back.ktrans / atRest.ktrans - 1)).toBeLessThan(0.03);
  }, 120_000);
});
