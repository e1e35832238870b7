import { describe, expect, it } from 'vitest';
import type { SeriesContext, StudyContext } from '../../formats/dicom/write/modules.ts';
import type { Grid } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { spoiledEchoSignal } from '../../kinetics/signal/spoiled-gradient-echo.ts';
import { mrFiles } from '../../quality/phantoms/mr-study.ts';
import type { FileSource } from '../api.ts';
import { createNodeEngine } from '../node.ts';

const SIZE = [16, 16, 2] as const;
const GRID: Grid = {
  size: SIZE,
  affine: {
    origin: [0, 0, 0],
    matrix: [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 4],
    ],
  },
};
const STUDY: StudyContext = {
  patientName: 'Phantom',
  patientId: 'T1',
  studyUid: '2.25.1001',
  studyId: '1',
  studyDescription: 'T1',
  date: '20260101',
  time: '120000',
  maker: 'test',
};
/** T1 grows from 0.4 to 1.9 s along x. */
const t1At = (i: number) => 0.4 + 0.1 * (i % 16);

/** Files of one flip angle, as a series of its own or all under one UID. */
function files(angles: readonly number[], together: boolean, repetitionTime = 5): FileSource[] {
  return angles.flatMap((flipAngle, n) => {
    const data = Float32Array.from({ length: 512 }, (_, i) =>
      spoiledEchoSignal(200_000, 1 / t1At(i), { repetitionTime: 0.005, flipAngle }),
    );
    const series: SeriesContext = {
      seriesUid: together ? '2.25.2000' : `2.25.200${n + 1}`,
      seriesNumber: n + 1,
      description: together ? 'VFA' : `VFA ${flipAngle}`,
      frameOfReferenceUid: '2.25.3000',
      bodyPart: 'HEAD',
    };
    const mr = { repetitionTime, echoTime: 2, flipAngle, field: 1.5, window: [500, 1000] } as const;
    // Written as one of several phases, so that instances of one series have UIDs of their own.
    const phases = angles.map(() => ({ grid: GRID, data, unit: '', modality: 'MR' }));
    const times = angles.map((_, at) => 10 * at);
    return mrFiles(`vfa${flipAngle}`, phases, times, STUDY, series, mr)
      .slice(SIZE[2] * n, SIZE[2] * (n + 1))
      .map(({ path, bytes }) => ({ path, content: bytes as Uint8Array<ArrayBuffer> }));
  });
}

describe('T1 from flip angles, out of DICOM files', () => {
  it.each([
    [false, 'nonlinear'],
    [false, 'linear'],
    [true, 'weighted'],
  ] as const)('one series: %s, method: %s', async (together, method) => {
    const engine = createNodeEngine();
    const study = await engine.open(files([2, 5, 10, 15], together));
    const uids = study.series.map((s) => s.uid);
    expect(uids.length).toBe(together ? 1 : 4);
    const { maps, counts, protocol } = await engine.t1Maps({ study, series: uids, region: null, method });
    expect(protocol).toMatchObject({ repetitionTime: 0.005, flipAngles: [2, 5, 10, 15] });
    expect(counts.ok).toBe(512);
    const [t1] = maps;
    expect(t1).toMatchObject({ id: 'T1', unit: 'ms' });
    t1.volume.data.forEach((v, i) => expect(Math.abs(v / (1000 * t1At(i)) - 1)).toBeLessThan(0.01));
    const made = await engine.addMap(study, uids[0], t1, 'VFA');
    expect(made.series.at(-1)!.unit).toBe('ms');
  });

  it('refuses one flip angle, and images of two repetition times', async () => {
    const engine = createNodeEngine();
    const one = await engine.open(files([5], false));
    await expect(engine.t1Maps({ study: one, series: [one.series[0].uid], region: null })).rejects.toThrow(
      '2 flip angles',
    );
    const mixed = await engine.open([...files([5], false), ...files([5, 10], false, 8).slice(2)]);
    await expect(
      engine.t1Maps({ study: mixed, series: mixed.series.map((s) => s.uid), region: null }),
    ).rejects.toThrow(RefusedInput);
  });
});
