import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/create.ts';
import { WorkerPool } from '../../src/engine/pool/worker-pool.ts';

const adapter = await navigator.gpu?.requestAdapter();
const pool = new WorkerPool(2);
afterAll(() => pool.dispose());

describe.skipIf(!adapter)('kinetic maps of the sample study on the GPU', () => {
  it('are those of Wasm, and say where they were made', async () => {
    const engine = createEngine(pool);
    const study = await engine.openSample();
    const series = study.series.find((s) => s.modality === 'MR')!.uid;
    const region = study.regions.find((r) => r.name === 'Tumour')!.id;
    const settings = engine.proposeKinetics(study, series);
    const ask = (backend: 'wasm' | 'webgpu') => engine.kinetics({ study, series, region, settings, backend });
    const [wasm, gpu] = [await ask('wasm'), await ask('webgpu')];
    expect([wasm.backend, gpu.backend]).toEqual(['wasm', 'webgpu']);
    let compared = 0;
    for (const id of ['Ktrans', 've', 'vp']) {
      const of = (maps: typeof wasm.maps) => maps.find((m) => m.id === id)!.volume.data;
      const [a, b, error] = [of(wasm.maps), of(gpu.maps), of(wasm.errorMaps)];
      a.forEach((v, i) => {
        if (!(error[i] < 0.2 * Math.abs(v))) return;
        compared++;
        expect(Math.abs(b[i] - v), `${id} at ${i}`).toBeLessThan(
          Math.max(1e-3 * Math.abs(v), 0.02 * error[i]),
        );
      });
    }
    expect(compared).toBeGreaterThan(9000);
    console.log(`Wasm ${wasm.milliseconds} ms, GPU ${gpu.milliseconds} ms, ${compared} values compared`);
  }, 120_000);
});
