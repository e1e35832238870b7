import { beforeAll, describe, expect, it } from 'vitest';
import { makeCtSample } from '../quality/phantoms/sample-study.ts';
import { regionSlice, discretisedSlice } from '../radiomics/region-slice.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from '../radiomics/settings.ts';
import type { Engine, MatrixPicture, MatrixRequest, Study } from './api.ts';
import { createEngine } from './create.ts';
import { InlineRunner } from './pool/inline-runner.ts';

const fbn = (bins: number) => ({ method: 'FBN', bins, width: 25 }) as const;

describe('lessons on the sample study', () => {
  let engine: Engine;
  let study: Study;
  let lesion: { series: string; region: string };

  beforeAll(async () => {
    engine = createEngine(new InlineRunner());
    study = await engine.open(
      makeCtSample().map((f) => ({ path: f.path, content: f.bytes as Uint8Array<ArrayBuffer> })),
    );
    const region = study.regions.find((r) => r.name === 'Lesion')!;
    lesion = { series: study.series[0]!.uid, region: region.id };
  }, 60_000);

  const request = (slice: number, part: Partial<MatrixRequest> = {}): MatrixRequest => ({
    region: { study, phase: 0, resample: false, slice, ...lesion },
    settings: DEFAULT_SETTINGS,
    discretisation: fbn(16),
    family: 'glcm',
    direction: null,
    ...part,
  });

  it.each([
    ['as stored', {}],
    [
      'resampled in slices',
      {
        approach: '2D',
        interpolation: {
          spacing: [2, 2, null],
          image: 'linear',
          mask: 'linear',
          mask_threshold: 0.5,
          round: true,
        },
      },
    ],
    [
      'resampled along all axes',
      {
        interpolation: {
          spacing: [2, 2, 2],
          image: 'cubic',
          mask: 'linear',
          mask_threshold: 0.5,
          round: false,
        },
      },
    ],
  ] as [string, Partial<ExtractionSettings>][])(
    '%s: a slice is as in the whole image',
    async (_, part) => {
      const settings = { ...DEFAULT_SETTINGS, ...part };
      const volume = await engine.volume(study, lesion.series);
      const { mask } = await engine.placeRegion(study, lesion.region, lesion.series);
      const middle = mask.data.indexOf(1) + ((mask.data.lastIndexOf(1) - mask.data.indexOf(1)) >> 1);
      const slice = Math.floor(middle / (mask.grid.size[0] * mask.grid.size[1]));
      const whole = regionSlice(volume, mask, settings, slice, null);
      const expected = discretisedSlice(whole, fbn(16))!;
      const got = (await engine.matrix(request(slice, { settings }))) as MatrixPicture;
      expect(got.size).toEqual(expected.size.slice(0, 2));
      expect([...got.levels]).toEqual([...expected.discretised!.levels]);
      expect(got.matrix.values.reduce((a, b) => a + b)).toBeGreaterThan(100);
      const histogram = (await engine.histogram(request(slice, { settings })))!;
      expect(histogram.voxels).toBe(whole.values.length);
      expect(histogram.counts).toHaveLength(16);
    },
    60_000,
  );

  it('says why there is no picture', async () => {
    expect(await engine.matrix(request(0))).toBe('slice_empty');
    const { mask } = await engine.placeRegion(study, lesion.region, lesion.series);
    const slice = Math.floor(mask.data.indexOf(1) / (mask.grid.size[0] * mask.grid.size[1]));
    expect(await engine.matrix(request(slice, { discretisation: fbn(300) }))).toBe('too_many_levels');
  });

  it('shows the teaching image without any study', async () => {
    const got = await engine.matrix({ ...request(0), region: null, family: 'glszm', discretisation: fbn(4) });
    expect((got as MatrixPicture).size).toEqual([6, 6]);
    await expect(engine.matrix({ ...request(0), region: null, family: 'morphology' })).rejects.toThrow(
      'no matrix',
    );
  });

  it('one that gives up leaves the others waiting', async () => {
    const stop = new AbortController();
    const settings = { ...DEFAULT_SETTINGS, image: { round_on_load: true } };
    const first = engine.histogram(request(1, { settings }), { signal: stop.signal });
    const second = engine.histogram(request(1, { settings }));
    stop.abort();
    await expect(first).rejects.toThrow();
    expect((await second)!.voxels).toBeGreaterThan(100);
  });
});
