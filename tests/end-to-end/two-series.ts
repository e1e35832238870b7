import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toPatient, type Affine, type Size3, type Vec3 } from '../../src/core/geometry.ts';
import type { Volume } from '../../src/core/volume.ts';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import { ctFiles } from '../../src/quality/phantoms/ct-study.ts';

/** Centre of the ball, mm LPS, and what it measures. */
export const BALL: Vec3 = [24, -18, 10];
export const BALL_HU = 300;
const RADIUS = 12;
const TISSUE_HU = 40;

/** One ball in tissue, as a series with this lattice sees it. */
function ballOn(size: Size3, affine: Affine): Volume {
  const data = new Float32Array(size[0] * size[1] * size[2]);
  let to = 0;
  for (let k = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++) {
        const at = toPatient(affine, i, j, k);
        const away = Math.hypot(at[0] - BALL[0], at[1] - BALL[1], at[2] - BALL[2]);
        data[to++] = away < RADIUS ? BALL_HU : TISSUE_HU;
      }
  return { grid: { size, affine }, data, unit: 'HU', modality: 'CT' };
}

const [c, s] = [Math.cos(Math.PI / 9), Math.sin(Math.PI / 9)];
/** The first straight; the second coarser and turned by 20° about the long axis of the body. */
const LATTICES: readonly (readonly [name: string, size: Size3, affine: Affine])[] = [
  [
    'Straight',
    [72, 64, 24],
    {
      origin: [-72, -64, -24],
      matrix: [
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 3],
      ],
    },
  ],
  [
    'Turned',
    [40, 40, 14],
    {
      origin: [-45, -75, -25],
      matrix: [
        [3 * c, 3 * s, 0],
        [-3 * s, 3 * c, 0],
        [0, 0, 5],
      ],
    },
  ],
];

/** Writes a study of two CT series in one frame of reference to a folder of its own; returns the folder. */
export function twoSeries(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-two-'));
  const study = {
    patientName: 'Phantom^Two',
    patientId: 'KINETEX-TWO',
    studyUid: uidFromSeed('two/study'),
    studyId: 'TWO',
    studyDescription: 'Two lattices, one space',
    date: '20260105',
    time: '093000',
    maker: 'Kinetex',
  };
  const acquisition = {
    kvp: 120,
    tubeCurrent: 220,
    exposureTime: 500,
    kernel: 'STANDARD',
    diameter: 144,
    contrast: '',
    window: [40, 400] as const,
  };
  LATTICES.forEach(([description, size, affine], at) => {
    const series = {
      seriesUid: uidFromSeed(`two/${at}`),
      seriesNumber: at + 1,
      description,
      frameOfReferenceUid: uidFromSeed('two/frame'),
      bodyPart: 'CHEST',
    };
    for (const { path, bytes } of ctFiles(`series${at}`, ballOn(size, affine), study, series, acquisition)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
  });
  return folder;
}
