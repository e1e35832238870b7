import { Random } from '../../src/core/random.ts';
import { joined } from '../../src/formats/dicom/write/attributes-of.ts';
import {
  planeModule,
  seriesModule,
  studyModule,
  type SeriesContext,
} from '../../src/formats/dicom/write/modules.ts';
import { writeDicom } from '../../src/formats/dicom/write/part10.ts';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import type { FileSource } from '../../src/engine/api.ts';
import { EDGE, STUDY, tagged, type Change, type MadeImage } from './made-series.ts';

export const PET_SERIES: SeriesContext = {
  seriesUid: uidFromSeed('rules/pet'),
  seriesNumber: 4,
  description: 'Seeded defects PET',
  frameOfReferenceUid: uidFromSeed('rules/frame'),
  bodyPart: 'CHEST',
};

export const PET_SLICES = 24;
const PIXEL = 3.2; // mm

/** The item that holds dose and tracer, with some of it changed. */
export const tracer = (values: Parameters<typeof tagged>[0] = {}) =>
  [
    tagged({
      '00180031': ['LO', 'Fluorodeoxyglucose (18F)'],
      '00181072': ['TM', '083000'],
      '00181074': ['DS', '370000000'],
      '00181075': ['DS', '6586.2'],
      ...values,
    }),
  ] as const;

/**
 * An FDG PET that no rule objects to: a warm ellipse with a hot ball, 370 MBq an hour before, 70 kg, Bq/mL.
 * A voxel of one kBq/mL of background is SUV 0.28.
 */
export function madePet(changes: readonly Change[] = [], name = 'pet', series = PET_SERIES): FileSource[] {
  const random = new Random(5);
  const files: FileSource[] = [];
  for (let k = 0; k < PET_SLICES; k++) {
    const pixels = new Uint16Array(EDGE * EDGE);
    for (let j = 0; j < EDGE; j++) {
      for (let i = 0; i < EDGE; i++) {
        const body = Math.hypot((i - 31.5) / 26, (j - 31.5) / 20) < 1;
        const hot = Math.hypot(i - 32, j - 32, k - 12) < 7.5;
        const mean = hot ? 20_000 : body ? 4000 : 20;
        pixels[j * EDGE + i] = Math.max(0, Math.round(mean * (1 + 0.04 * random.normal())));
      }
    }
    const attributes = joined(
      studyModule(STUDY),
      seriesModule(series, 'PT'),
      planeModule(
        {
          sopUid: uidFromSeed(`rules/${name}/${k}`),
          instanceNumber: k + 1,
          columns: EDGE,
          rows: EDGE,
          position: [-PIXEL * (EDGE / 2), -PIXEL * (EDGE / 2), k * PIXEL],
          orientation: [
            [1, 0, 0],
            [0, 1, 0],
          ],
          pixelSpacing: [PIXEL, PIXEL],
          sliceThickness: PIXEL,
          sliceLocation: k * PIXEL,
        },
        16,
        false,
      ),
      tagged({
        '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.128'],
        '00080008': ['CS', 'ORIGINAL\\PRIMARY'],
        '00080021': ['DA', STUDY.date],
        '00080031': ['TM', STUDY.time],
        '00080022': ['DA', STUDY.date],
        '00080032': ['TM', STUDY.time],
        '00101030': ['DS', '70'],
        '00181200': ['DA', '20251201'],
        '00181100': ['DS', String(EDGE * PIXEL)],
        '00280051': ['CS', 'NORM\\DTIM\\ATTN\\SCAT\\DECY\\RAN'],
        '00281052': ['DS', '0'],
        '00281053': ['DS', '1'],
        '00540016': ['SQ', tracer()],
        '00541001': ['CS', 'BQML'],
        '00541102': ['CS', 'START'],
        '00541103': ['LO', 'OSEM 3i21s'],
      }),
    );
    let image: MadeImage | null = { attributes, pixels };
    for (const change of changes) image = image && change(image, k, 0);
    if (image) files.push({ path: `${name}/${k}.dcm`, content: writeDicom(image.attributes, image.pixels) });
  }
  return files;
}
