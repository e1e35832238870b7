import { beforeAll, describe, expect, it } from 'vitest';
import type { Vec3 } from '../../core/geometry.ts';
import { makeCtSample } from '../../quality/phantoms/sample-study.ts';
import { DEFAULT_SETTINGS } from '../../radiomics/settings.ts';
import type { FeatureVerdict } from '../../statistics/verdict/feature-verdict.ts';
import type { Engine, Study } from '../api.ts';
import { createEngine } from '../create.ts';
import { InlineRunner } from '../pool/inline-runner.ts';

const settings = { ...DEFAULT_SETTINGS, families: ['morphology', 'intensity_statistics'] };

describe('two readers on the sample', () => {
  let engine: Engine;
  let study: Study;
  let series: string;

  /** A region of one box of voxels. */
  const draw = (name: string, at: Vec3, edges: Vec3): string => {
    const { size } = study.series.find((s) => s.uid === series)!;
    const mask = new Uint8Array(size[0] * size[1] * size[2]);
    for (let z = 0; z < edges[2]; z++)
      for (let y = 0; y < edges[1]; y++)
        for (let x = 0; x < edges[0]; x++)
          mask[at[0] + x + size[0] * (at[1] + y + size[1] * (at[2] + z))] = 1;
    const put = { series, region: null, mask, name, tool: 'brush', parameters: {}, automatic: false };
    return engine.regions.put(study, put);
  };
  const feature = (features: readonly FeatureVerdict[], name: string) =>
    features.find((f) => f.name === name)!;

  beforeAll(async () => {
    engine = createEngine(new InlineRunner());
    study = await engine.open(
      makeCtSample().map((f) => ({ path: f.path, content: f.bytes as Uint8Array<ArrayBuffer> })),
    );
    series = study.series[0]!.uid;
    // The imports would be further lesions of the first reader.
    for (const r of study.regions) engine.regions.remove(study, r.id);
    draw('One', [60, 60, 10], [4, 4, 4]);
    draw('Two', [80, 60, 10], [6, 6, 6]);
    draw('Three', [60, 80, 10], [8, 8, 8]);
    engine.regions.setReading(study, 'second');
    draw('one', [60, 60, 10], [4, 4, 5]);
    draw('Another name', [80, 60, 10], [6, 6, 6]);
    draw('Region 7', [60, 80, 10], [8, 8, 9]);
  });

  it('pairs by name and by overlap, also while the first reader is hidden', async () => {
    expect(engine.regions.study(study).regions.map((r) => r.name)).toEqual([
      'one',
      'Another name',
      'Region 7',
    ]);
    const { by, pairs, alone } = await engine.readerPairs(engine.regions.study(study));
    expect([by, alone]).toEqual(['reader', []]);
    expect(pairs.map((p) => [p.subject, p.by])).toEqual([
      ['One', 'name'],
      ['Two', 'overlap'],
      ['Three', 'overlap'],
    ]);
  });

  it('gives the ICC, CCC, difference and variation that the volumes have by hand (SPEC R17)', async () => {
    const { pairs } = await engine.readerPairs(study);
    const found = await engine.readerStudy({ study, pairs, settings });
    const volume = feature(found.report.features, 'morph_vol_approx');
    if ('noValue' in volume.icc || 'noValue' in volume.ccc) throw new Error('no value');
    // Voxels 64, 216, 512 and 80, 216, 576: mean squares of rows 117034.667, columns 1066.667, residual 554.667.
    expect(volume.icc.value).toBeCloseTo(116480 / (117034.6667 + 554.6667 + (2 / 3) * 512), 6);
    expect(volume.icc.value).toBeCloseTo(0.9877, 4);
    expect(volume.icc.low).toBeLessThan(volume.icc.value);
    expect(volume.iccForm).toBe('ICC(2,1)');
    // 2·38826.667/(34602.667 + 43790.222 + 26.667²).
    expect(volume.ccc.value).toBeCloseTo(0.981661, 6);
    // Differences 16/72, 0, 64/544; rms of their halves' √2: √((128/72² + 0 + 2048/544²)/3).
    const { difference } = volume;
    if (difference === null || 'noValue' in difference) throw new Error('no difference');
    expect(difference.percent).toBeCloseTo(11.328976, 6);
    expect(volume.wcv).toBeCloseTo(10.26514, 4);
    expect(volume.verdict).toBe(volume.icc.low >= 0.75 ? 'robust' : 'borderline');
    expect(found.pairs.map((p) => p.agreement.dice)).toEqual([128 / 144, 1, 1024 / 1088]);
    expect(found.findings.map((f) => f.id)).toEqual(['R-readers-few']);
    expect(found.csv.split('\n')[0]).toMatch(/^subject,reader,/);
  });

  it('ICC alone decides: a wide CoV is no reason, unless a limit is set', async () => {
    const { pairs } = await engine.readerPairs(study);
    const free = await engine.readerStudy({ study, pairs, settings });
    expect(free.report.features.flatMap((f) => f.reasons)).not.toContain('cov_high');
    const strict = await engine.readerStudy({ study, pairs, settings, statistics: { limitPercent: 1 } });
    expect(feature(strict.report.features, 'morph_vol_approx').reasons).toContain('cov_high');
  });

  it('one lesion has no ICC, but its differences', async () => {
    const { pairs } = await engine.readerPairs(study);
    const found = await engine.readerStudy({ study, pairs: pairs.slice(0, 1), settings });
    const volume = feature(found.report.features, 'morph_vol_approx');
    expect(volume.icc).toEqual({ noValue: 'one_subject' });
    expect(volume.verdict).toBe('na');
    if (volume.difference === null || 'noValue' in volume.difference) throw new Error('no difference');
    expect(volume.difference.n).toBe(1);
    expect(volume.difference.percent).toBeCloseTo((100 * 16) / 72, 9);
    expect(found.findings.map((f) => f.id)).toEqual(['R-readers-one']);
  });

  it('refuses no pairs, a region in two places, and one name for two pairs', async () => {
    const { pairs } = await engine.readerPairs(study);
    const run = (asked: typeof pairs) => engine.readerStudy({ study, pairs: asked, settings });
    await expect(run([])).rejects.toMatchObject({ kind: 'settings_invalid', facts: { received: '0' } });
    const twice = { ...pairs[1]!, second: pairs[0]!.second };
    await expect(run([pairs[0]!, twice])).rejects.toMatchObject({ facts: { received: 'one' } });
    await expect(run([pairs[0]!, { ...pairs[1]!, subject: 'One' }])).rejects.toMatchObject({
      facts: { received: 'One' },
    });
  });
});
