import { describe, expect, it } from 'vitest';
import { fill } from '../../core/localised.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { Random } from '../../core/random.ts';
import type { FileSource } from '../api.ts';
import { createNodeEngine } from '../node.ts';
import { MADE, MADE_TIMES, madeDynamic, madeSignal, SLICES } from './made-dynamic.testing.ts';
import type { KineticResult, KineticSettings } from './request.ts';

const engine = createNodeEngine();

/** Opens files and fits all their voxels with what the headers propose and what is changed. */
async function fit(files: readonly FileSource[], change: Partial<KineticSettings> = {}) {
  const study = await engine.open([...files]);
  const [{ uid: series }] = study.series;
  const proposed = engine.proposeKinetics(study, series);
  const settings: KineticSettings = {
    ...proposed,
    input: { kind: 'population', id: 'parker', dose: 1, arrival: MADE.arrival },
    delay: 0,
    haematocrit: MADE.haematocrit,
    t1: { tissue: { kind: 'fixed', seconds: MADE.t1 }, blood: 1.44 },
    ...change,
  };
  return engine.kinetics({ study, series, region: null, settings });
}

/** The words that a person reads when the files or settings are refused. */
async function refusal(files: readonly FileSource[], change: Partial<KineticSettings> = {}): Promise<string> {
  const error = await fit(files, change).catch((e: unknown) => e);
  if (!(error instanceof RefusedInput)) throw new Error(`was not refused: ${String(error)}`);
  const { sentence, remedy } = engine.explain(error.toRefusal('series'));
  return `${sentence.en} ${remedy.en}`;
}

const said = ({ findings }: Pick<KineticResult, 'findings'>) =>
  findings.map((f) => `${f.severity} ${f.id} ${fill(f.text.en, f.facts)}`);
const ktransOf = ({ maps }: KineticResult) => maps.find((m) => m.id === 'Ktrans')!.volume.data;

/** Phase of the file at a place of the list. */
const phaseOf = (n: number) => Math.floor(n / SLICES);
const shuffled = (files: readonly FileSource[]) => {
  const random = new Random(5);
  return files
    .map((file) => [random.uniform(), file] as const)
    .sort(([a], [b]) => a - b)
    .map(([, file]) => file);
};

describe('the made series, sound', () => {
  it('gives back what it is made of', async () => {
    const { mean, counts } = await fit(madeDynamic());
    const { Ktrans, ve, vp } = mean!.fit.parameters;
    expect(counts.converged).toBe(192);
    expect(Math.abs(Ktrans! / MADE.exchange.ktrans - 1)).toBeLessThan(0.01);
    expect(Math.abs(ve! / MADE.exchange.ve - 1)).toBeLessThan(0.01);
    expect(Math.abs(vp! / MADE.exchange.vp - 1)).toBeLessThan(0.02);
  });
});

describe('frames', () => {
  it('one alone gives no curve', async () => {
    expect(await refusal(madeDynamic().slice(0, SLICES))).toMatch(
      /has 1 phase: without a phase before and one after the agent there is no curve\. Open all phases together/,
    );
  });

  it('in shuffled files stand in order again', async () => {
    const files = madeDynamic();
    const [sound, mixed] = [await fit(files), await fit(shuffled(files))];
    expect(mixed.seconds).toEqual(sound.seconds);
    expect([...mixed.seconds]).toEqual(MADE_TIMES);
    expect(ktransOf(mixed)).toEqual(ktransOf(sound));
  });

  it('that lack a slice are left out, and said', async () => {
    const files = madeDynamic().filter((_, n) => n !== SLICES * 20 + 1);
    const study = await engine.open(files);
    const [series] = study.series;
    expect(series.size).toEqual([8, 8, 3, 39]);
    const lacking = series.findings.find((f) => f.id === 'G-03')!;
    expect(lacking.severity).toBe('fail');
    expect(fill(lacking.text.en, lacking.facts)).toMatch(/^1 time point/);
    const result = await fit(files);
    expect([...result.seconds]).toEqual(MADE_TIMES.filter((_, f) => f !== 20));
    expect(Math.abs(result.mean!.fit.parameters.Ktrans! / MADE.exchange.ktrans - 1)).toBeLessThan(0.01);
  });

  it('that are missing in the middle leave the others at their own times, and are said', async () => {
    const result = await fit(madeDynamic().filter((_, n) => phaseOf(n) < 18 || phaseOf(n) > 20));
    expect(result.seconds.length).toBe(37);
    expect(result.seconds[18]).toBe(126);
    expect(Math.abs(result.mean!.fit.parameters.Ktrans! / MADE.exchange.ktrans - 1)).toBeLessThan(0.02);
    expect(said(result).join('\n')).toMatch(/R-kinetics-gap .*24 s.*102 s/);
    expect(said(await fit(madeDynamic())).join('\n')).not.toContain('R-kinetics-gap');
  });
});

describe('times', () => {
  it('that run back are not believed, and have to be given', async () => {
    const written = MADE_TIMES.map((t, f) => (f === 12 ? MADE_TIMES[30] : t));
    expect(await refusal(madeDynamic({ written }))).toMatch(/does not say when its 40 phases were taken/);
    const result = await fit(madeDynamic({ written }), { seconds: MADE_TIMES });
    expect(Math.abs(result.mean!.fit.parameters.Ktrans! / MADE.exchange.ktrans - 1)).toBeLessThan(0.01);
  });

  it('that are equal are refused', async () => {
    expect(await refusal(madeDynamic({ written: MADE_TIMES.map(() => 0) }))).toMatch(
      /does not say when its 40 phases were taken\. Give the times/,
    );
    const twice = MADE_TIMES.map((t, f) => (f === 7 ? 36 : t));
    expect(await refusal(madeDynamic(), { seconds: twice })).toMatch(
      /phase 8 is at 36 s after one at 36 s: frames are missing, doubled or out of order/,
    );
    expect(await refusal(madeDynamic(), { seconds: [...MADE_TIMES].reverse() })).toMatch(
      /phase 2 is at 228 s/,
    );
    expect(await refusal(madeDynamic(), { seconds: MADE_TIMES.slice(1) })).toMatch(/39 times were given/);
  });
});

describe('a series without a baseline', () => {
  it('fails the rule of frames before contrast', async () => {
    const result = await fit(madeDynamic({ arrival: -1 }), {
      input: { kind: 'population', id: 'parker', dose: 1, arrival: -1 },
    });
    expect(said(result).join('\n')).toMatch(/fail M-06 .*before the contrast/);
  });

  it.each([0, 40, 2.5, -3])('can not be given %s frames of it', async (baselineFrames) => {
    expect(await refusal(madeDynamic(), { baselineFrames })).toMatch(
      new RegExp(`${baselineFrames} frames before the contrast .* 1 to 39`),
    );
  });
});

describe('the protocol', () => {
  it.each([
    ['flipAngle', 'FlipAngle', { flipAngle: MADE.flipAngle }],
    ['repetitionTime', 'RepetitionTime', { repetitionTime: MADE.repetitionTime }],
  ] as const)('without %s is refused until it is given', async (key, attribute, given) => {
    const files = madeDynamic({ header: { [key]: undefined } });
    expect(await refusal(files)).toMatch(new RegExp(`^${attribute} is not in .*--tr, --flip-angle`));
    const result = await fit(files, {
      signal: {
        kind: 'spoiled-gradient-echo',
        repetitionTime: null,
        flipAngle: null,
        relaxivity: 4.5,
        ...given,
      },
    });
    expect(result.counts.converged).toBe(192);
  });

  it.each([
    [{ tissue: { kind: 'fixed', seconds: 0 }, blood: 1.44 }, /T1 before contrast .* 0 s/],
    [{ tissue: { kind: 'fixed', seconds: -1 }, blood: 1.44 }, /T1 before contrast .* -1 s/],
    [{ tissue: { kind: 'fixed', seconds: Number.NaN }, blood: 1.44 }, /T1 before contrast/],
    [{ tissue: { kind: 'fixed', seconds: 1 }, blood: 0 }, /T1 before contrast .* 0 s/],
  ] as const)('with a T1 of %o is refused', async (t1, sentence) => {
    expect(await refusal(madeDynamic(), { t1 })).toMatch(sentence);
  });

  it('with a T1 of zero in a map leaves those voxels empty', async () => {
    // The first frame's own series as a map: half of it zero, half 1000 ms.
    const half = (v: number) => (v % 8 < 4 ? 0 : 1000);
    const map = madeDynamic({ times: [0], signal: (_, v) => half(v) }).map((f, n) => ({
      ...f,
      path: `map/${n}`,
    }));
    const files = madeDynamic();
    const study = await engine.open(files);
    const t1 = await engine.open(map);
    const [{ uid: series }] = study.series;
    const volume = await engine.volume(t1, t1.series[0].uid);
    const made = await engine.addMap(
      study,
      series,
      { id: 'T1', name: { en: 'T1', ru: 'T1', zh: 'T1' }, unit: 'ms', volume, range: [0, 1000] },
      'made',
    );
    const result = await engine.kinetics({
      study: made,
      series,
      region: null,
      settings: {
        ...engine.proposeKinetics(made, series),
        input: { kind: 'population', id: 'parker', dose: 1, arrival: MADE.arrival },
        delay: 0,
        t1: { tissue: { kind: 'map', series: made.series.at(-1)!.uid, unit: 'ms' }, blood: 1.44 },
      },
    });
    expect(result.counts).toMatchObject({ unconverted: 96, converged: 96 });
    ktransOf(result).forEach((k, v) => expect(Number.isNaN(k)).toBe(half(v) === 0));
    expect(said(result).join('\n')).toMatch(/warn R-kinetics-signal 96 voxels have signals/);
  });
});

describe('the input curve', () => {
  const table = (rows: readonly (readonly [number, number | string])[]) => ({
    input: {
      kind: 'table' as const,
      name: 'input.csv',
      text: `time_s,plasma_mM\n${rows.map((r) => r.join(',')).join('\n')}\n`,
    },
  });
  it('that ends before the tissue does is refused', async () => {
    expect(await refusal(madeDynamic(), table(MADE_TIMES.slice(0, 20).map((t) => [t, 1])))).toMatch(
      /ends at 114 s, but the tissue is followed until 234 s/,
    );
  });
  it('that holds no number, or times that do not rise, is refused', async () => {
    expect(
      await refusal(
        madeDynamic(),
        table([
          [0, 0],
          [6, 'NaN'],
          [300, 1],
        ]),
      ),
    ).toMatch(/row 3/);
    expect(
      await refusal(
        madeDynamic(),
        table([
          [0, 0],
          [6, 1],
          [6, 1],
          [300, 1],
        ]),
      ),
    ).toMatch(/row 4/);
  });
  it.each([-0.1, 1, Number.NaN])('of a haematocrit of %s is refused', async (haematocrit) => {
    expect(await refusal(madeDynamic(), { haematocrit })).toMatch(/haematocrit/);
  });
  it.each([0, -1, Number.NaN])('of a dose of %s is refused', async (dose) => {
    expect(
      await refusal(madeDynamic(), { input: { kind: 'population', id: 'parker', dose, arrival: 33 } }),
    ).toMatch(/dose/);
  });
});

describe('an artery', () => {
  it('that is nowhere to be found is asked for', async () => {
    const still = madeDynamic({ signal: () => madeSignal(0) });
    expect(await refusal(still, { input: { kind: 'automatic' } })).toMatch(
      /No artery was found in .*Draw a region in an artery, or take a population curve/,
    );
  });
});

describe('curves', () => {
  it('that do not enhance have no parameters, and that is said', async () => {
    const result = await fit(madeDynamic({ signal: () => madeSignal(0) }));
    expect(result.counts).toMatchObject({ no_enhancement: 192, converged: 0, failed: 0 });
    for (const m of result.maps.filter((x) => ['Ktrans', 've', 'vp'].includes(x.id)))
      expect(m.volume.data.every(Number.isNaN)).toBe(true);
    expect(said(result).join('\n')).toMatch(/warn R-kinetics-flat .*100 %/);
  });

  it('without a signal are no voxels to fit', async () => {
    expect(await refusal(madeDynamic({ signal: () => 0 }))).toMatch(/There is no voxel to fit/);
  });

  it('whose signal falls to zero or below are left empty, the others fitted', async () => {
    const files = madeDynamic({ signal: (c, v, f) => (v === 9 && f === 20 ? -50 : madeSignal(c)) });
    const result = await fit(files);
    expect(result.counts).toMatchObject({ unconverted: 1, converged: 191 });
    expect(ktransOf(result)[9]).toBeNaN();
    expect(said(result).join('\n')).toMatch(/info R-kinetics-signal 1 voxels/);
  });
});

describe('a fit that is stopped', () => {
  it('keeps what is done, and says how much that is', async () => {
    const study = await engine.openSample();
    const series = study.series.find((s) => s.size[3] > 1)!.uid;
    const stop = new AbortController();
    const result = await engine.kinetics(
      { study, series, region: null, settings: engine.proposeKinetics(study, series) },
      { signal: stop.signal, onProgress: (share) => share > 0.5 && stop.abort() },
    );
    expect(result.complete).toBe(false);
    const { not_done: left, ...rest } = result.counts;
    const done = Object.values(rest).reduce((a, b) => a + b);
    expect(left).toBeGreaterThan(0);
    expect(done).toBeGreaterThan(0);
    expect(done + left).toBe(result.voxels.length);
    const answers = ktransOf(result).filter(Number.isFinite).length;
    expect(answers).toBe(rest.converged + rest.at_bound);
    // What was stopped can be told from what was done in what is written out.
    expect(JSON.parse(engine.kineticsJson(result))).toMatchObject({ complete: false });
  }, 120_000);

  it('before its first voxel leaves nothing', async () => {
    const study = await engine.open(madeDynamic());
    const [{ uid: series }] = study.series;
    const request = { study, series, region: null, settings: engine.proposeKinetics(study, series) };
    await expect(engine.kinetics(request, { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
