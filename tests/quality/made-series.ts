import type { Attributes, DicomElement } from '../../src/core/dicom.ts';
import { Random } from '../../src/core/random.ts';
import { joined } from '../../src/formats/dicom/write/attributes-of.ts';
import { ctImage } from '../../src/formats/dicom/write/ct-image.ts';
import type { Plane, SeriesContext, StudyContext } from '../../src/formats/dicom/write/modules.ts';
import { writeDicom } from '../../src/formats/dicom/write/part10.ts';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import { timeOfDay } from '../../src/quality/phantoms/mr-study.ts';
import type { FileSource } from '../../src/engine/api.ts';

/** One image on its way to a file: a defect may change either side, or drop it by giving null. */
export interface MadeImage {
  readonly attributes: Attributes;
  readonly pixels: Uint16Array | Int16Array;
}

export type Change = (image: MadeImage, slice: number, phase: number) => MadeImage | null;

/** A value with its value representation: text, binary numbers, or items. */
export type Given = readonly [vr: string, value: string | readonly number[] | readonly Attributes[]];

/** Plain attributes by tag, eight digits: `{ '00181200': ['DA', '20251201'] }`. */
export function tagged(values: Readonly<Record<string, Given>>): Attributes {
  const out: Record<string, DicomElement> = {};
  for (const [tag, [vr, value]] of Object.entries(values)) {
    if (typeof value === 'string') out[tag] = { vr, length: value.length, text: value };
    else if (vr === 'SQ') out[tag] = { vr, length: 0, items: value as readonly Attributes[] };
    else out[tag] = { vr, length: 0, numbers: value as readonly number[] };
  }
  return out;
}

/** Attributes over those of an image, on chosen slices. */
export const withTags =
  (
    values: Readonly<Record<string, Given>>,
    on: (slice: number, phase: number) => boolean = () => true,
  ): Change =>
  (image, slice, phase) =>
    on(slice, phase) ? { ...image, attributes: joined(image.attributes, tagged(values)) } : image;

/** An image without some attributes, by tag. */
export const withoutTags =
  (...tags: readonly string[]): Change =>
  (image) => {
    const attributes = joined(image.attributes) as Record<string, unknown>;
    for (const tag of tags) delete attributes[tag];
    return { ...image, attributes: attributes as Attributes };
  };

export const STUDY: StudyContext = {
  patientName: 'Phantom^Rules',
  patientId: 'KINETEX-RULES',
  studyUid: uidFromSeed('rules/study'),
  studyId: 'RULES',
  studyDescription: 'Seeded defects',
  date: '20260105',
  time: '093000',
  maker: 'Kinetex',
};

export const CT_SERIES: SeriesContext = {
  seriesUid: uidFromSeed('rules/ct'),
  seriesNumber: 2,
  description: 'Seeded defects CT',
  frameOfReferenceUid: uidFromSeed('rules/frame'),
  bodyPart: 'CHEST',
};

/** Edge of the made pictures, voxels; slices; voxel edges, mm. */
export const EDGE = 64;
export const SLICES = 24;
export const PIXEL = 2;
export const STEP = 2;

const plane = (k: number, name: string, phase = 0): Plane => ({
  sopUid: uidFromSeed(`rules/${name}/${phase}/${k}`),
  instanceNumber: phase * SLICES + k + 1,
  columns: EDGE,
  rows: EDGE,
  position: [-(EDGE - 1), -(EDGE - 1), k * STEP],
  orientation: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  pixelSpacing: [PIXEL, PIXEL],
  sliceThickness: STEP,
  sliceLocation: k * STEP,
});

interface MadeOptions {
  readonly changes?: readonly Change[];
  readonly name?: string;
  readonly series?: SeriesContext;
  /** Seconds of the phases; one phase without. */
  readonly times?: readonly number[];
  /** HU that the bright disc gains in each phase. */
  readonly enhancement?: readonly number[];
}

/** A CT that no rule objects to, with defects. */
export const madeCt = (changes: readonly Change[] = [], name = 'ct', series = CT_SERIES): FileSource[] =>
  madeCtSeries({ changes, name, series });

/**
 * A CT that no rule objects to: an ellipse of water and fat in air, noise of 8 HU, every attribute in place.
 * HU + 1024 in 12 of 16 bits.
 */
export function madeCtSeries({
  changes = [],
  name = 'ct',
  series = CT_SERIES,
  times = [0],
  enhancement = [],
}: MadeOptions): FileSource[] {
  const random = new Random(7);
  const files: FileSource[] = [];
  times.forEach((seconds, phase) => {
    for (let k = 0; k < SLICES; k++) {
      const pixels = new Uint16Array(EDGE * EDGE);
      for (let j = 0; j < EDGE; j++) {
        for (let i = 0; i < EDGE; i++) {
          const bright = Math.hypot(i - 24, j - 32) < 5 ? (enhancement[phase] ?? 0) : 0;
          pixels[j * EDGE + i] = Math.max(0, Math.round(huAt(i, j) + bright + 8 * random.normal()) + 1024);
        }
      }
      const attributes = joined(
        ctImage(STUDY, series, plane(k, name, phase), {
          kvp: 120,
          tubeCurrent: 200,
          exposureTime: 500,
          kernel: 'STANDARD',
          diameter: EDGE * PIXEL,
          window: [40, 400],
        }),
        tagged({ '00181200': ['DA', '20251201'] }),
        times.length > 1
          ? tagged({
              '00080032': ['TM', timeOfDay(STUDY.time, seconds)],
              '00200100': ['IS', String(phase + 1)],
            })
          : {},
      );
      let image: MadeImage | null = { attributes, pixels };
      for (const change of changes) image = image && change(image, k, phase);
      if (image)
        files.push({
          path: `${name}/${phase}-${k}.dcm`,
          content: writeDicom(image.attributes, image.pixels),
        });
    }
  });
  return files;
}

/** Air, a rim of fat, water within. */
function huAt(i: number, j: number): number {
  const r = Math.hypot((i - (EDGE - 1) / 2) / 26, (j - (EDGE - 1) / 2) / 20);
  if (r > 1) return -1000;
  return r > 0.85 ? -100 : 40;
}

/** Pixels of an image as a function of place: column, row, slice. */
export const withPixels =
  (value: (stored: number, i: number, j: number, k: number) => number): Change =>
  (image, k) => ({
    ...image,
    pixels: image.pixels.map((v, at) => value(v, at % EDGE, Math.floor(at / EDGE), k)),
  });
