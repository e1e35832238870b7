import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Grid } from '../../src/core/geometry.ts';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import { mrFiles } from '../../src/quality/phantoms/mr-study.ts';
import {
  parkerBlood,
  spoiledSignal,
  tissueConcentration,
} from '../../src/quality/phantoms/tissue-kinetics.ts';

const GRID: Grid = {
  size: [24, 24, 4],
  affine: {
    origin: [-24, -24, -8],
    matrix: [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 4],
    ],
  },
};
const TIMES = Array.from({ length: 30 }, (_, n) => 6 * n);
const ARRIVAL = 30;
const T1 = 1.2;
const ECHO = { repetitionTime: 0.005, flipAngle: 15, relaxivity: 4.5 };

/** A block of tissue in the middle of nothing. */
const blockOf = (signal: number) =>
  Float32Array.from({ length: 24 * 24 * 4 }, (_, n) => {
    const [i, j] = [n % 24, Math.floor(n / 24) % 24];
    return i > 5 && i < 18 && j > 5 && j < 18 ? signal : 3;
  });

/** Writes two dynamic series of one tissue and one series for each of four flip angles, in one space; returns the folder. */
export function twoVisits(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-visits-'));
  const study = {
    patientName: 'Phantom^Visits',
    patientId: 'KINETEX-VISITS',
    studyUid: uidFromSeed('visits/study'),
    studyId: 'VISITS',
    studyDescription: 'Two visits',
    date: '20260105',
    time: '093000',
    maker: 'Kinetex',
  };
  let number = 0;
  const put = (description: string, flipAngle: number, signals: readonly number[]) => {
    const series = {
      seriesUid: uidFromSeed(`visits/${description}`),
      seriesNumber: ++number,
      description,
      frameOfReferenceUid: uidFromSeed('visits/frame'),
      bodyPart: 'LEG',
    };
    const mr = { repetitionTime: 5, echoTime: 2, flipAngle, field: 1.5, window: [500, 1000] } as const;
    const phases = signals.map((s) => ({ grid: GRID, data: blockOf(s), unit: '', modality: 'MR' }));
    for (const { path, bytes } of mrFiles(`series${number}`, phases, TIMES, study, series, mr)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
  };
  const plasma = (s: number) => parkerBlood((s - ARRIVAL) / 60) / 0.55;
  for (const [visit, ktrans] of [0.2, 0.1].entries()) {
    const inTissue = tissueConcentration({ ktrans, ve: 0.4, vp: 0 }, plasma, ARRIVAL, TIMES);
    const signals = inTissue.map((c) => spoiledSignal(20_000, T1, c, ECHO));
    put(`Visit ${visit + 1}`, ECHO.flipAngle, signals);
  }
  for (const flipAngle of [2, 5, 10, 15])
    put(`Angle ${flipAngle}`, flipAngle, [spoiledSignal(20_000, T1, 0, { ...ECHO, flipAngle })]);
  return folder;
}
