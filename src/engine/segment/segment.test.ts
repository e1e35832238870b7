import { beforeAll, describe, expect, it } from 'vitest';
import { makeCtSample } from '../../quality/phantoms/sample-study.ts';
import { DEFAULT_SETTINGS } from '../../radiomics/settings.ts';
import { maskOf } from '../../regions/segment/crop.ts';
import { compareMasks } from '../../regions/compare.ts';
import type { Engine, Study } from '../api.ts';
import { createEngine } from '../create.ts';
import { InlineRunner } from '../pool/inline-runner.ts';

describe('segmentation of the sample study', () => {
  let engine: Engine;
  let study: Study;
  let series: string;
  let truth: Awaited<ReturnType<Engine['placeRegion']>>['mask'];
  let box: { from: readonly [number, number, number]; to: readonly [number, number, number] };
  let middle: readonly [number, number, number];

  beforeAll(async () => {
    engine = createEngine(new InlineRunner());
    study = await engine.open(
      makeCtSample().map((f) => ({ path: f.path, content: f.bytes as Uint8Array<ArrayBuffer> })),
    );
    series = study.series[0]!.uid;
    const region = study.regions.find((r) => r.name === 'Lesion')!;
    truth = (await engine.placeRegion(study, region.id, series)).mask;
    const [nx, ny] = truth.grid.size;
    const low = [Infinity, Infinity, Infinity];
    const high = [0, 0, 0];
    truth.data.forEach((v, p) => {
      if (v === 0) return;
      const at = [p % nx, Math.floor(p / nx) % ny, Math.floor(p / (nx * ny))];
      at.forEach((c, a) => {
        low[a] = Math.min(low[a]!, c);
        high[a] = Math.max(high[a]!, c);
      });
    });
    const edge = (v: number[], by: number) => v.map((c) => c + by) as unknown as typeof middle;
    box = { from: edge(low, -6), to: edge(high, 7) };
    middle = low.map((l, a) => (l + high[a]!) >> 1) as unknown as typeof middle;
  }, 60_000);

  it('finds the lesion by the graph cut from a stroke on it and one around it, on the grid of the image', async () => {
    const [nx, ny] = truth.grid.size;
    const scribbles = truth.data.map((v, p) => {
      const at = [p % nx, Math.floor(p / nx) % ny, Math.floor(p / (nx * ny))];
      if (at[2] !== middle[2]) return 0;
      const far = Math.max(Math.abs(at[0]! - middle[0]), Math.abs(at[1]! - middle[1]));
      const edge = [0, 1].some((a) => at[a] === box.from[a]! + 1 || at[a] === box.to[a]! - 2);
      return v === 1 && far < 4 ? 1 : v === 0 && edge ? 2 : 0;
    });
    const found = await engine.segment({ study, series, method: 'markov-random-field', box, scribbles });
    if (found.outcome !== 'done') throw new Error(found.reason);
    expect(found.proposed).toBe(1);
    const mask = maskOf(found, 1, truth.grid, 'cut', [0, 0, 0]);
    expect(compareMasks(truth, mask).dice).toBeGreaterThan(0.7);
  });

  it('tells how steady the features of a biopsy are', async () => {
    const call = {
      study,
      series,
      method: 'digital-biopsy',
      box,
      seeds: [middle],
      parameters: { placements: 4, diameter: 8 },
    } as const;
    const found = await engine.segment(call);
    if (found.outcome !== 'done') throw new Error(found.reason);
    const settings = { ...DEFAULT_SETTINGS, families: ['intensity_statistics'] };
    const { features } = await engine.biopsyStability(call, found, settings);
    expect(features.find((f) => f.tag === 'stat_mean')!.values).toHaveLength(4);
    expect(features.every((f) => f.variation === null || f.variation >= 0)).toBe(true);
  });

  it('says why there is no region, refuses bad parameters, and stops when cancelled', async () => {
    const outside = { from: [9999, 0, 0], to: [10_000, 5, 5] } as const;
    expect(await engine.segment({ study, series, method: 'k-means', box: outside })).toMatchObject({
      outcome: 'none',
      reason: 'box_empty',
    });
    const bad = engine.segment({ study, series, method: 'k-means', box, parameters: { classes: 99 } });
    await expect(bad).rejects.toThrow('settings_invalid');
    const stop = new AbortController();
    const shares: number[] = [];
    const call = { study, series, method: 'chan-vese', box } as const;
    const running = engine.segment(call, {
      signal: stop.signal,
      onProgress: (share) => {
        shares.push(share);
        if (shares.length === 3) stop.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(shares).toHaveLength(3);
  });
});
