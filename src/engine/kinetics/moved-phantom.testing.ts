import { type Vec3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { MR_IMAGE_STORAGE } from '../../formats/dicom/write/mr-image.ts';
import type { SeriesContext } from '../../formats/dicom/write/modules.ts';
import { rotationBy } from '../../kinetics/motion/rigid.ts';
import { structureFile } from '../../quality/phantoms/ct-study.ts';
import { dynamicMr, PROTOCOL, thighContours } from '../../quality/phantoms/dynamic-mr/index.ts';
import { mrFiles } from '../../quality/phantoms/mr-study.ts';
import type { FileSource } from '../api.ts';
import { MADE_STUDY } from './made-dynamic.testing.ts';

interface Move {
  /** mm, of the tissue */
  readonly shift: Vec3;
  /** Degrees about the axes through the centre. */
  readonly turn: Vec3;
  /** More than a pixel somewhere in the patient. */
  readonly far: boolean;
}

/** Frames (from 0) that moved. */
export const MOVES: ReadonlyMap<number, Move> = new Map(
  (
    [
      [9, [3, -2, 0], [0, 0, 0], true],
      [12, [0, 0, 0], [0, 0, 3], true],
      [15, [-4, 3, 0], [0, 0, -2], true],
      [20, [5, 0, 0], [0, 0, 1], true],
      [26, [-3, -5, 0], [0, 0, 2], true],
      [27, [-3, -5, 0], [0, 0, 2], true],
      [33, [0.8, -0.6, 0], [0, 0, 0], false],
      [37, [6, 4, 0], [0, 0, -1], true],
    ] as const
  ).map(([frame, shift, turn, far]) => [frame, { shift, turn, far }]),
);

/** Catmull-Rom weights at a fraction of a voxel. */
const cubic = (f: number): number[] => [
  ((2 - f) * f - 1) * f * 0.5,
  ((3 * f - 5) * f * f + 2) * 0.5,
  ((4 - 3 * f) * f + 1) * f * 0.5,
  (f - 1) * f * f * 0.5,
];

/**
 * A frame on an axis-aligned grid whose tissue moved within the plane. Only the matrix of the rotation, which has its
 * own test, is shared with the code under test.
 */
function moved(volume: Volume, { shift, turn }: Move): Volume {
  const { size, affine } = volume.grid;
  const spacing = [affine.matrix[0][0], affine.matrix[1][1]];
  const m = rotationBy(turn.map((d) => (-d * Math.PI) / 180) as unknown as Vec3);
  const [nx, ny, nz] = size;
  const data = new Float32Array(volume.data.length);
  const clamp = (n: number, most: number) => Math.min(most - 1, Math.max(0, n));
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      const x = (i - (nx - 1) / 2) * spacing[0] - shift[0];
      const y = (j - (ny - 1) / 2) * spacing[1] - shift[1];
      const u = (m[0] * x + m[1] * y) / spacing[0] + (nx - 1) / 2;
      const v = (m[3] * x + m[4] * y) / spacing[1] + (ny - 1) / 2;
      const [a0, b0] = [Math.floor(u), Math.floor(v)];
      const [wx, wy] = [cubic(u - a0), cubic(v - b0)];
      for (let k = 0; k < nz; k++) {
        let sum = 0;
        for (let b = 0; b < 4; b++)
          for (let a = 0; a < 4; a++)
            sum += wx[a] * wy[b] * volume.data[clamp(a0 + a - 1, nx) + nx * (clamp(b0 + b - 1, ny) + ny * k)];
        data[i + nx * (j + ny * k)] = sum;
      }
    }
  return { ...volume, data };
}

/** The thigh phantom with the frames of {@link MOVES} moved, and its contours, as DICOM files. */
export function movedFiles(): FileSource[] {
  const { phases, times } = dynamicMr();
  const frames = phases.map((p, f) => {
    const move = MOVES.get(f);
    return move ? moved(p, move) : p;
  });
  const series: SeriesContext = {
    seriesUid: '2.25.7101',
    seriesNumber: 1,
    description: 'Moved dynamic',
    frameOfReferenceUid: '2.25.7102',
    bodyPart: 'THIGH',
    laterality: 'R',
  };
  const files = [
    ...mrFiles('moved', frames, times, MADE_STUDY, series, {
      repetitionTime: 1000 * PROTOCOL.repetitionTime,
      echoTime: 1000 * PROTOCOL.echoTime,
      flipAngle: PROTOCOL.flipAngle,
      field: PROTOCOL.field,
      window: [500, 1000],
    }),
    structureFile(
      'moved/structures.dcm',
      'Phantom',
      thighContours(),
      frames[0],
      MADE_STUDY,
      { ...series, sopClassUid: MR_IMAGE_STORAGE },
      { ...series, seriesUid: '2.25.7103', seriesNumber: 2, description: 'Contours' },
    ),
  ];
  return files.map(({ path, bytes }) => ({ path, content: bytes as Uint8Array<ArrayBuffer> }));
}
