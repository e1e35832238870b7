import { beforeAll, describe, expect, it } from 'vitest';
import { makeCtSample } from '../../quality/phantoms/sample-study.ts';
import { DEFAULT_RANGES } from '../../quality/perturbations/perturbation.ts';
import { DEFAULT_SETTINGS } from '../../radiomics/settings.ts';
import type { Engine, Study } from '../api.ts';
import { createEngine } from '../create.ts';
import { InlineRunner } from '../pool/inline-runner.ts';
import type { JobRunner } from '../pool/runner.ts';
import type { PerturbationRequest } from './request.ts';

/** Shares work as three workers would. */
function threeRunners(): JobRunner {
  const inner = new InlineRunner();
  return { size: 3, run: (...call) => inner.run(...call), dispose: () => inner.dispose() };
}

const settings = { ...DEFAULT_SETTINGS, families: ['morphology', 'intensity_statistics'] };

describe('a perturbation study of the sample', () => {
  let study: Study;
  let engine: Engine;
  let request: PerturbationRequest;

  const opened = async (of: Engine): Promise<PerturbationRequest> => {
    study = await of.open(
      makeCtSample().map((f) => ({ path: f.path, content: f.bytes as Uint8Array<ArrayBuffer> })),
    );
    const regions = study.regions.filter((r) => r.name === 'Lesion' || r.name === 'Ring').map((r) => r.id);
    const series = study.series[0]!.uid;
    return { study, series, regions, settings, ranges: DEFAULT_RANGES, runs: 5, seed: 3 };
  };
  beforeAll(async () => {
    engine = createEngine(new InlineRunner());
    request = await opened(engine);
  });

  it('comes out the same with one worker and with three, and says what it came from', async () => {
    const one = await engine.perturbationStudy(request);
    const others = createEngine(threeRunners());
    const three = await others.perturbationStudy(await opened(others));
    expect(three.csv).toBe(one.csv);
    expect(three.hash).toBe(one.hash);
    expect(one.report.subjects).toEqual(['Lesion', 'Ring']);
    expect(one.report.replicates).toEqual(['1', '2', '3', '4', '5']);
    expect(one.report.robust.study).toBe(one.hash);
    expect(one.report.robust.settings).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps regions of one name apart', async () => {
    const twice = { ...request, regions: [request.regions[0]!, request.regions[0]!, request.regions[1]!] };
    const { report } = await engine.perturbationStudy({ ...twice, runs: 2 });
    const [first] = report.subjects;
    expect(report.subjects).toEqual([first, `${first} (2)`, expect.any(String)]);
  });

  it('stops when it is cancelled, and refuses what makes no sense', async () => {
    const stop = new AbortController();
    const stopped = engine.perturbationStudy(
      { ...request, runs: 50 },
      { signal: stop.signal, onProgress: () => stop.abort() },
    );
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    await expect(engine.perturbationStudy({ ...request, runs: 1 })).rejects.toThrow('perturbation.runs');
  });
});
