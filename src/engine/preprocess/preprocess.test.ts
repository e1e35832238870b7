import { describe, expect, it } from 'vitest';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import { writeNifti } from '../../formats/nifti/write.ts';
import { shadedHead } from '../../imaging/bias-field/shaded.testing.ts';
import { mrFiles } from '../../quality/phantoms/mr-study.ts';
import { DEFAULT_SETTINGS } from '../../radiomics/settings.ts';
import { createNodeEngine } from '../node.ts';

const STUDY = {
  patientName: 'Digital^Phantom',
  patientId: 'P',
  studyUid: uidFromSeed('study'),
  studyId: 'S',
  studyDescription: '',
  date: '20260105',
  time: '110000',
  maker: 'Kinetex',
};
const SERIES = {
  seriesUid: uidFromSeed('series'),
  seriesNumber: 1,
  description: 'Head',
  frameOfReferenceUid: uidFromSeed('frame'),
  bodyPart: 'HEAD',
};

describe('preprocess', () => {
  it('gives a series that keeps how it was made, in tables too, and that M-15 passes', async () => {
    const engine = createNodeEngine();
    const { volume, labels } = shadedHead({ edge: 32 });
    const brain = { ...volume, data: Float32Array.from(labels, (l) => Number(l === 3)) };
    const head = mrFiles('head', [volume], [0], STUDY, SERIES, {
      repetitionTime: 500,
      echoTime: 10,
      flipAngle: 90,
      field: 1.5,
      contrast: '',
      window: [100, 200],
    });
    let study = await engine.open(head.map(({ path, bytes }) => ({ path, content: bytes })));
    study = await engine.open(
      [{ path: 'white.nii.gz', content: writeNifti(brain) as Uint8Array<ArrayBuffer>, use: 'mask' }],
      { into: study },
    );
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

    const settings = { ...DEFAULT_SETTINGS, families: ['intensity_statistics'] } as typeof DEFAULT_SETTINGS;
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
    expect(await verdict(source!.uid)).toBe('fail');
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
