// Bundled by bench/bundle.mjs: every quality rule on the large CT of the phantoms, rule by rule, in one thread.
import type { Mask, Volume } from '../../src/core/volume.ts';
import { headersOf } from '../../src/engine/quality/headers.ts';
import { loadKernels } from '../../src/engine/wasm/kernels.ts';
import { createNodeEngine } from '../../src/engine/node.ts';
import type { SeriesContext } from '../../src/quality/rules/context.ts';
import { evaluateSeries } from '../../src/quality/rules/evaluate.ts';
import { Headers } from '../../src/quality/rules/headers.ts';
import { pixelFacts } from '../../src/quality/rules/pixels.ts';
import { RULE_GROUPS } from '../../src/quality/rules/registry.ts';
import { largeCtFiles } from '../../src/quality/phantoms/large-ct-files.ts';

/** The regions that rules are timed with: the nodule of 24 mm, and everything above −500 HU in one, holes and all. */
export const REGIONS = ['none', 'nodule', 'body'] as const;
export type RegionName = (typeof REGIONS)[number];

export function regionOn({ grid, data }: Volume, name: RegionName): Mask[] {
  if (name === 'none') return [];
  const [nx, ny, nz] = grid.size;
  const drawn = new Uint8Array(data.length);
  if (name === 'body') for (let i = 0; i < drawn.length; i++) drawn[i] = data[i]! > -500 ? 1 : 0;
  else
    for (let k = 0, i = 0; k < nz; k++)
      for (let j = 0; j < ny; j++)
        for (let l = 0; l < nx; l++, i++) {
          const x = ((l - (nx - 1) / 2) * 360) / nx + 70;
          const y = ((j - (ny - 1) / 2) * 360) / ny;
          if (x * x + y * y + (k - (nz - 1) / 2) ** 2 < 144) drawn[i] = 1;
        }
  return [{ grid, data: drawn, name, colour: [255, 0, 0] }];
}

/** Opens the phantom once; each call of what comes back judges it anew, and says how long each rule took, ms. */
export async function prepare(slices: number) {
  const engine = createNodeEngine();
  const files = [...largeCtFiles(512, slices)].map(({ path, bytes }) => ({ path, content: bytes }));
  const study = await engine.open(files);
  const series = study.series[0]!;
  const { columns } = headersOf(study, series.uid);
  const volume = await engine.volume(study, series.uid);
  const kernels = await loadKernels();
  const masks = Object.fromEntries(REGIONS.map((r) => [r, regionOn(volume, r)]));
  return (region: RegionName) => {
    // Facts are kept by object: new ones over the same voxels know nothing.
    const image = { ...volume };
    const context: SeriesContext = {
      series,
      headers: new Headers(columns),
      reading: series.findings,
      volumes: new Map([[0, image]]),
      masks: masks[region]!.map((m) => ({ ...m })),
      answers: {},
      others: [],
      today: '20260106',
    };
    const times: Record<string, number> = {};
    const start = performance.now();
    let since = start;
    let before: string | undefined = 'pixels of the volume, one pass';
    const next = (rule?: string) => {
      const now = performance.now();
      if (before !== undefined) times[before] = now - since;
      [since, before] = [now, rule];
    };
    pixelFacts(image, kernels);
    const results = evaluateSeries(RULE_GROUPS, context, undefined, (rule) => next(rule.id));
    next();
    const verdicts = Object.fromEntries(results.map((r) => [r.id, r.severity]));
    return { total: performance.now() - start, times, verdicts, rules: results.length };
  };
}
