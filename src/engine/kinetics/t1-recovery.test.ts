import { describe, expect, it } from 'vitest';
import type { MrAcquisition } from '../../formats/dicom/write/mr-image.ts';
import { spoiledEchoSignal } from '../../kinetics/signal/spoiled-gradient-echo.ts';
import { mrFiles } from '../../quality/phantoms/mr-study.ts';
import type { FileSource } from '../api.ts';
import { createNodeEngine } from '../node.ts';
import { MADE_GRID, MADE_STUDY } from './made-dynamic.testing.ts';

const VOXELS = MADE_GRID.size[0] * MADE_GRID.size[1] * MADE_GRID.size[2];
/** T1 grows from 0.3 to 1.7 s along x. */
const t1At = (v: number) => 0.3 + 0.2 * (v % 8);
/** True over nominal flip angle, from 0.8 to 1.22 along y. */
const b1At = (v: number) => (80 + 6 * (Math.floor(v / 8) % 8)) / 100;

/** One image of three slices as a series of its own, or as one of several of a series. */
function image(
  number: number,
  value: (voxel: number) => number,
  header: Partial<MrAcquisition>,
  together?: { readonly at: number; readonly of: number },
): FileSource[] {
  const data = Float32Array.from({ length: VOXELS }, (_, v) => value(v));
  const phase = { grid: MADE_GRID, data, unit: '', modality: 'MR' };
  const series = {
    seriesUid: together ? '2.25.8000' : `2.25.80${number}`,
    seriesNumber: together ? 1 : number,
    description: together ? 'T1' : `T1 ${number}`,
    frameOfReferenceUid: '2.25.8100',
    bodyPart: 'HEAD',
  };
  const mr = {
    repetitionTime: 5,
    echoTime: 2,
    flipAngle: 90,
    field: 1.5,
    window: [5000, 10_000],
    ...header,
  } as const;
  const phases = Array.from({ length: together?.of ?? 1 }, () => phase);
  const from = 3 * (together?.at ?? 0);
  return mrFiles(
    `image${number}`,
    phases,
    phases.map((_, n) => 10 * n),
    MADE_STUDY,
    series,
    mr,
  )
    .slice(from, from + 3)
    .map(({ path, bytes }) => ({ path, content: bytes as Uint8Array<ArrayBuffer> }));
}

const S0 = 20_000;
const TIMES = [50, 150, 400, 900, 1800, 3200] as const;

describe('T1 from recovery, out of DICOM files', () => {
  it.each([
    ['inversion, one series each', false, -1],
    ['inversion, all in one series', true, -1],
    ['inversion by 165°, all in one series', true, Math.cos((165 * Math.PI) / 180)],
  ] as const)('%s: within 1 %%', async (_, together, cosine) => {
    const TR = 6;
    const signal = (t1: number, ti: number) =>
      Math.abs(S0 * (1 - (1 - cosine) * Math.exp(-ti / t1) - cosine * Math.exp(-TR / t1)));
    const files = TIMES.flatMap((inversionTime, at) =>
      image(
        at + 1,
        (v) => signal(t1At(v), inversionTime / 1000),
        { repetitionTime: 1000 * TR, inversionTime },
        together ? { at, of: TIMES.length } : undefined,
      ),
    );
    const engine = createNodeEngine();
    const study = await engine.open(files);
    expect(study.series).toHaveLength(together ? 1 : TIMES.length);
    const series = study.series.map((s) => s.uid);
    const { maps, counts, protocol } = await engine.t1Maps({ study, series, region: null });
    expect(protocol).toEqual({
      kind: 'inversion-recovery',
      repetitionTime: TR,
      delays: TIMES.map((t) => t / 1000),
    });
    expect(counts.ok).toBe(VOXELS);
    maps[0].volume.data.forEach((t1, v) => expect(Math.abs(t1 / (1000 * t1At(v)) - 1)).toBeLessThan(0.01));
  });

  it('saturation: within 1 %, when it is asked for', async () => {
    const files = TIMES.flatMap((inversionTime, at) =>
      image(
        at + 1,
        (v) => S0 * (1 - Math.exp(-inversionTime / 1000 / t1At(v))),
        { repetitionTime: 6000, inversionTime },
        { at, of: TIMES.length },
      ),
    );
    const engine = createNodeEngine();
    const study = await engine.open(files);
    const [{ uid }] = study.series;
    const { maps, counts, protocol } = await engine.t1Maps({
      study,
      series: [uid],
      region: null,
      method: 'saturation-recovery',
    });
    expect(protocol.kind).toBe('saturation-recovery');
    expect(counts.ok).toBe(VOXELS);
    maps[0].volume.data.forEach((t1, v) => expect(Math.abs(t1 / (1000 * t1At(v)) - 1)).toBeLessThan(0.01));
  });
});

describe('T1 from flip angles that were not what was asked for', () => {
  it.each(['nonlinear', 'linear', 'weighted'] as const)('%s: a map of B1 mends them', async (method) => {
    const echo = (flipAngle: number, v: number) =>
      spoiledEchoSignal(200_000, 1 / t1At(v), { repetitionTime: 0.005, flipAngle }, b1At(v));
    const angles = [2, 5, 10, 15];
    const engine = createNodeEngine();
    const study = await engine.open([
      ...angles.flatMap((flipAngle, n) => image(n + 1, (v) => echo(flipAngle, v), { flipAngle })),
      ...image(9, (v) => 100 * b1At(v), { repetitionTime: 50, flipAngle: 60 }),
    ]);
    const series = study.series.filter((s) => s.description !== 'T1 9').map((s) => s.uid);
    const b1 = study.series.find((s) => s.description === 'T1 9')!.uid;
    const ask = (b1Map?: { series: string; unit: '%' }) =>
      engine.t1Maps({ study, series, region: null, method, ...(b1Map && { b1: b1Map }) });
    const [mended, plain] = [await ask({ series: b1, unit: '%' }), await ask()];
    const worst = (data: ArrayLike<number>) =>
      Math.max(...Array.from(data, (t1, v) => Math.abs(t1 / (1000 * t1At(v)) - 1)));
    expect(mended.counts.ok).toBe(VOXELS);
    expect(worst(mended.maps[0].volume.data)).toBeLessThan(0.01);
    // T1 goes with the square of the angle: 22 % off in the angle is half off in T1.
    expect(worst(plain.maps[0].volume.data)).toBeGreaterThan(0.3);
  });
});
