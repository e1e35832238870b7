import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Volume } from '../../src/core/volume.ts';
import { CT_IMAGE_STORAGE } from '../../src/formats/dicom/write/ct-image.ts';
import { studyModule } from '../../src/formats/dicom/write/modules.ts';
import { writeDicom } from '../../src/formats/dicom/write/part10.ts';
import {
  SegmentBits,
  segmentation,
  type WrittenSegment,
} from '../../src/formats/dicom/write/segmentation.ts';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import { ctFiles, structureFile } from '../../src/quality/phantoms/ct-study.ts';

const STUDY = {
  patientName: 'Phantom^Odd',
  patientId: 'KINETEX-ODD',
  studyUid: uidFromSeed('odd/study'),
  studyId: 'ODD',
  studyDescription: 'Regions that are not as they should be',
  date: '20260105',
  time: '093000',
  maker: 'Kinetex',
};
const FRAME = uidFromSeed('odd/frame');
const series = (name: string, number: number, frame = FRAME) => ({
  seriesUid: uidFromSeed(`odd/${name}`),
  seriesNumber: number,
  description: name,
  frameOfReferenceUid: frame,
  bodyPart: 'CHEST',
});
const VOLUME: Volume = {
  grid: {
    size: [64, 64, 20],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 3],
      ],
    },
  },
  data: Float32Array.from({ length: 64 * 64 * 20 }, (_, i) => (i % 97) - 40),
  unit: 'HU',
  modality: 'CT',
};
const square = (z: number, low = 20, high = 60) => ({
  points: [
    [low, low, z],
    [high, low, z],
    [high, high, z],
    [low, high, z],
  ] as const,
});
/** A figure of eight. */
const eight = (z: number) => ({
  points: [
    [20, 20, z],
    [60, 60, z],
    [60, 20, z],
    [20, 60, z],
  ] as const,
});
const SLICES = [6, 7, 8, 9, 10].map((k) => 3 * k);

/** Writes a CT with a sound region and with every kind of odd one; returns the folder. */
export function oddRegions(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-odd-'));
  const images = series('Odd CT', 1);
  const of = { ...images, sopClassUid: CT_IMAGE_STORAGE };
  const set = (
    name: string,
    number: number,
    regions: Parameters<typeof structureFile>[2],
    frame = FRAME,
    drawnOn = of,
  ) => structureFile(`${name}.dcm`, name, regions, VOLUME, STUDY, drawnOn, series(name, number, frame));
  const elsewhere = uidFromSeed('odd/elsewhere');
  const files = [
    ...ctFiles('odd', VOLUME, STUDY, images, {
      kvp: 120,
      tubeCurrent: 220,
      exposureTime: 500,
      kernel: 'STANDARD',
      diameter: 128,
      contrast: '',
      window: [0, 200],
    }),
    set('structures', 2, [
      { name: 'Sound', colour: [255, 90, 90], contours: SLICES.map((z) => square(z)) },
      { name: 'Crossing', colour: [90, 255, 90], contours: SLICES.map(eight) },
      {
        name: 'Off the slices',
        colour: [90, 90, 255],
        contours: [...SLICES.map((z) => square(z)), ...SLICES.map((z) => square(z + 1.3))],
      },
    ]),
    set(
      'elsewhere',
      3,
      [{ name: 'Elsewhere', colour: [255, 255, 90], contours: SLICES.map((z) => square(z)) }],
      elsewhere,
      { ...of, seriesUid: uidFromSeed('odd/other'), frameOfReferenceUid: elsewhere },
    ),
    hundredSegments(),
  ];
  for (const { path, bytes } of files) writeFileSync(join(folder, basename(path)), bytes);
  return folder;
}

/** A hundred segments: each lies over the next by a part, and every tenth holds nothing. */
function hundredSegments() {
  const { size } = VOLUME.grid;
  const bits = new SegmentBits(2 ** 24);
  const segments = Array.from({ length: 100 }, (_, n): WrittenSegment => {
    const slices = n % 10 === 9 ? [] : [4, 5, 6];
    const plane = new Uint8Array(size[0] * size[1]);
    const [x, y] = [4 + 5 * (n % 10), 4 + 5 * Math.floor(n / 10)];
    for (let j = 0; j < 8; j++) plane.fill(1, x + size[0] * (y + j), x + 8 + size[0] * (y + j));
    for (let k = 0; k < slices.length; k++) bits.add(plane);
    return {
      label: `Segment ${n + 1}`,
      colour: [(37 * n) % 256, (91 * n) % 256, 160],
      authorship: { how: 'MANUAL', tool: '' },
      trackingUid: uidFromSeed(`odd/segment/${n}`),
      slices,
    };
  });
  const attributes = segmentation(studyModule(STUDY), {
    grid: VOLUME.grid,
    segments,
    overlapping: true,
    sopUid: uidFromSeed('odd/seg'),
    seriesUid: uidFromSeed('odd/seg-series'),
    frameOfReferenceUid: FRAME,
    date: STUDY.date,
    time: STUDY.time,
  });
  return { path: 'segments.dcm', bytes: writeDicom(attributes, bits.finished()) };
}
