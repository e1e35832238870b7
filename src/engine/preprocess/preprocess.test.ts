import { describe, expect, it } from 'vitest';
import { writeNifti } from '../../formats/nifti/write.ts';
import { shadedHead } from '../../imaging/bias-field/shaded.testing.ts';
import { DEFAULT_SETTINGS } from '../../radiomics/settings.ts';
import { createNodeEngine } from '../node.ts';

describe('preprocess', () => {
  it('gives a series that keeps how it was made, in tables too, and that M-15 passes', async () => {
    const engine = createNodeEngine();
    const { volume, labels } = shadedHead({ edge: 32 });
    const brain = { ...volume, data: Float32Array.from(labels, (l) => Number(l === 3)) };
    const file = (name: string, v: typeof volume, use: 'image' | 'mask') => ({
      path: name,
      content: writeNifti(v) as Uint8Array<ArrayBuffer>,
      use,
    });
    let study = await engine.open([file('head.nii.gz', volume, 'image')]);
    study = await engine.open([file('white.nii.gz', brain, 'mask')], { into: study });
    const [source] = study.series;
    const shares: number[] = [];
    const done = await engine.preprocess(
      {
        study,
        series: source!.uid,
        steps: [{ id: 'n4' }, { id: 'z-score', parameters: { scale: 100 } }],
        region: study.regions[0]!.id,
      },
      { onProgress: (share) => shares.push(share) },
    );
    expect(shares.length).toBeGreaterThan(3);
    const wider = await engine.addPreprocessed(study, done, 'N4, z-score');
    const made = wider.series.at(-1)!;
    expect(made.preprocessing).toMatchObject({
      source: { uid: source!.uid, phase: 0 },
      normalised: true,
      steps: [{ id: 'n4' }, { id: 'z-score', parameters: { scale: 100 } }],
      software: { version: engine.version },
    });
    // Once more is the same series; another step adds to the record.
    expect(await engine.addPreprocessed(wider, done, 'N4, z-score')).toBe(wider);
    const again = await engine.preprocess({ study: wider, series: made.uid, steps: [{ id: 'isotropic' }] });
    expect(again.record.steps.map((s) => s.id)).toEqual(['n4', 'z-score', 'isotropic']);
    expect(again.record.normalised).toBe(true);

    const settings = { ...DEFAULT_SETTINGS, families: ['statistics'] } as typeof DEFAULT_SETTINGS;
    const table = await engine.extract({
      study: wider,
      series: made.uid,
      region: wider.regions[0]!.id,
      settings,
    });
    const printed = JSON.parse(engine.exportJson([table], { names: 'ibsi' })) as typeof table;
    expect(printed.image.preprocessing!.steps[0]!.figures.length).toBeGreaterThan(3);

    const verdict = async (series: string) => {
      const { results } = await engine.assess({ study: wider, series, reference: source!.uid });
      return results.find((r) => r.rule === 'M-15')?.severity;
    };
    expect(await verdict(made.uid)).toBe('pass');
  });
  it('refuses a step without its region as data, and stops', async () => {
    const engine = createNodeEngine();
    const { volume } = shadedHead({ edge: 16 });
    const study = await engine.open([
      { path: 'a.nii.gz', content: writeNifti(volume) as Uint8Array<ArrayBuffer>, use: 'image' },
    ]);
    const series = study.series[0]!.uid;
    await expect(
      engine.preprocess({ study, series, steps: [{ id: 'reference-tissue' }] }),
    ).rejects.toMatchObject({ kind: 'settings_invalid', facts: { case: 'step_needs_region' } });
    await expect(
      engine.preprocess({ study, series, steps: [{ id: 'n4' }] }, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
