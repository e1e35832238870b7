import type { Grid } from '../../core/geometry.ts';
import type { MrAcquisition } from '../../formats/dicom/write/mr-image.ts';
import type { SeriesContext, StudyContext } from '../../formats/dicom/write/modules.ts';
import { mrFiles } from '../../quality/phantoms/mr-study.ts';
import { parkerBlood, spoiledSignal, tissueConcentration } from '../../quality/phantoms/tissue-kinetics.ts';
import type { FileSource } from '../api.ts';

/** What a made dynamic series holds; s, degrees, 1/(s·mmol/L). */
export const MADE = {
  repetitionTime: 0.005,
  flipAngle: 20,
  relaxivity: 4.5,
  haematocrit: 0.42,
  t1: 1,
  arrival: 33,
  exchange: { ktrans: 0.2, ve: 0.3, vp: 0.03 },
} as const;

/** Slices of {@link MADE_GRID}. */
export const SLICES = 3;
export const MADE_GRID: Grid = {
  size: [8, 8, SLICES],
  affine: {
    origin: [0, 0, 0],
    matrix: [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 4],
    ],
  },
};
/** 40 frames of 6 s. */
export const MADE_TIMES: readonly number[] = Array.from({ length: 40 }, (_, f) => 6 * f);

export const MADE_STUDY: StudyContext = {
  patientName: 'Phantom',
  patientId: 'MADE',
  studyUid: '2.25.7001',
  studyId: '1',
  studyDescription: 'Made',
  date: '20260101',
  time: '120000',
  maker: 'test',
};
const SERIES: SeriesContext = {
  seriesUid: '2.25.7002',
  seriesNumber: 1,
  description: 'Made dynamic',
  frameOfReferenceUid: '2.25.7003',
  bodyPart: 'BREAST',
};

/** Concentration of the made tissue, mmol/L; blood follows Parker's curve. */
export const madeConcentration = (times: readonly number[], arrival: number = MADE.arrival): number[] =>
  tissueConcentration(
    MADE.exchange,
    (s) => parkerBlood((s - arrival) / 60) / (1 - MADE.haematocrit),
    arrival,
    times,
  );

/** Signal of the made tissue, whole numbers of some thousands. */
export const madeSignal = (concentration: number, b1 = 1): number =>
  spoiledSignal(200_000, MADE.t1, concentration, { ...MADE, flipAngle: MADE.flipAngle * b1 });

interface MadeChanges {
  /** Times at which the frames are taken. */
  readonly times?: readonly number[];
  /** Times that the headers say instead. */
  readonly written?: readonly number[];
  /** Signal of a voxel in a frame. */
  readonly signal?: (concentration: number, voxel: number, frame: number) => number;
  readonly header?: Partial<Record<keyof MrAcquisition, number | undefined>>;
  /** s; before the first frame where no baseline is taken. */
  readonly arrival?: number;
}

/** A small dynamic series as DICOM files, slice after slice of frame after frame. */
export function madeDynamic({
  times = MADE_TIMES,
  written = times,
  signal = (c) => madeSignal(c),
  header = {},
  arrival,
}: MadeChanges = {}): FileSource[] {
  const [nx, ny, nz] = MADE_GRID.size;
  const curve = madeConcentration(times, arrival);
  const phases = curve.map((c, f) => ({
    grid: MADE_GRID,
    data: Float32Array.from({ length: nx * ny * nz }, (_, v) => signal(c, v, f)),
    unit: '',
    modality: 'MR',
  }));
  const mr = {
    repetitionTime: 1000 * MADE.repetitionTime,
    echoTime: 1.5,
    flipAngle: MADE.flipAngle,
    field: 1.5,
    window: [5000, 10_000],
    ...header,
  } as MrAcquisition;
  return mrFiles('made', phases, written, MADE_STUDY, SERIES, mr).map(({ path, bytes }) => ({
    path,
    content: bytes as Uint8Array<ArrayBuffer>,
  }));
}
