import { Random } from '../../src/core/random.ts';
import { joined } from '../../src/formats/dicom/write/attributes-of.ts';
import { mrImage } from '../../src/formats/dicom/write/mr-image.ts';
import type { SeriesContext } from '../../src/formats/dicom/write/modules.ts';
import { writeDicom } from '../../src/formats/dicom/write/part10.ts';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import { timeOfDay } from '../../src/quality/phantoms/mr-study.ts';
import type { FileSource } from '../../src/engine/api.ts';
import { STUDY, tagged, type Change, type MadeImage } from './made-series.ts';

export const MR_SERIES: SeriesContext = {
  seriesUid: uidFromSeed('rules/mr'),
  seriesNumber: 6,
  description: 'Seeded defects MR',
  frameOfReferenceUid: uidFromSeed('rules/mr-frame'),
  bodyPart: 'THIGH',
};

export const MR_EDGE = 48;
export const MR_SLICES = 10;
const PIXEL = 2.5; // mm

interface MadeMr {
  readonly changes?: readonly Change[];
  readonly name?: string;
  readonly series?: SeriesContext;
  /** s of the phases; one without. */
  readonly times?: readonly number[];
  /** Phase from which the artery and the tumour brighten; none without. */
  readonly arrival?: number;
  /** One volume a flip angle, for T1. */
  readonly flipAngles?: readonly number[];
  /** One volume a b-value. */
  readonly bValues?: readonly number[];
  /** Where the object lies in a phase, voxels off its place. */
  readonly moved?: (phase: number) => number;
  /** Multiplies the signal at a place from −1 to 1 along each axis. */
  readonly shading?: (x: number, y: number, z: number) => number;
  readonly noise?: number;
}

/** Signal of the object: muscle with fat around it, a tumour with an artery beside it. */
function signalAt(i: number, j: number, k: number, enhancement: number, b: number): number {
  const [x, y] = [i - 23.5, j - 23.5];
  // The limb tapers and the bone runs aslant, so that motion along it can be seen.
  const taper = 1 - 0.02 * (k - 4.5);
  const r = Math.hypot(x / 19, y / 14) / taper;
  if (r > 1) return 0;
  const decay = (adc: number) => Math.exp(-b * adc);
  if (r > 0.85) return 900 * decay(0.2e-3);
  const bone = Math.hypot(x - 9 + 0.7 * (k - 4.5), y - 3);
  if (bone < 4) return (bone < 2.5 ? 700 : 60) * decay(0.3e-3);
  if (Math.hypot(x - 4, y + 5) < 2.5) return (500 + 900 * enhancement) * decay(1.6e-3);
  if (Math.hypot(x + 4, y - 3, (k - 4.5) * 1.5) < 6) return (520 + 300 * enhancement) * decay(1.0e-3);
  return (440 + 60 * enhancement) * decay(1.4e-3);
}

/** An MR that no rule objects to; its phases are times, flip angles or b-values. */
export function madeMr({
  changes = [],
  name = 'mr',
  series = MR_SERIES,
  times,
  arrival = Infinity,
  flipAngles,
  bValues,
  moved = () => 0,
  shading = () => 1,
  noise = 5,
}: MadeMr = {}): FileSource[] {
  const random = new Random(9);
  const files: FileSource[] = [];
  const phases = (times ?? flipAngles ?? bValues ?? [0]).length;
  for (let phase = 0; phase < phases; phase++) {
    const seconds = times?.[phase] ?? 60 * phase;
    const since = phase - arrival;
    const enhancement = since < 0 ? 0 : Math.min(1, (since + 1) / 4) * Math.exp(-since / 60);
    for (let k = 0; k < MR_SLICES; k++) {
      const pixels = new Int16Array(MR_EDGE * MR_EDGE);
      for (let j = 0; j < MR_EDGE; j++) {
        for (let i = 0; i < MR_EDGE; i++) {
          const at = signalAt(i - moved(phase), j, k, enhancement, bValues?.[phase] ?? 0);
          const place = [i, j].map((v) => (2 * v) / (MR_EDGE - 1) - 1) as [number, number];
          const signal = at * shading(...place, (2 * k) / (MR_SLICES - 1) - 1);
          // Magnitude: two channels of noise.
          pixels[j * MR_EDGE + i] = Math.round(
            Math.hypot(signal + noise * random.normal(), noise * random.normal()),
          );
        }
      }
      const plane = {
        sopUid: uidFromSeed(`rules/${name}/${phase}/${k}`),
        instanceNumber: phase * MR_SLICES + k + 1,
        columns: MR_EDGE,
        rows: MR_EDGE,
        position: [-PIXEL * (MR_EDGE / 2), -PIXEL * (MR_EDGE / 2), k * PIXEL] as const,
        orientation: [
          [1, 0, 0],
          [0, 1, 0],
        ] as const,
        pixelSpacing: [PIXEL, PIXEL] as const,
        sliceThickness: PIXEL,
        sliceLocation: k * PIXEL,
      };
      const temporal = times && {
        index: phase + 1,
        count: phases,
        acquisitionTime: timeOfDay(STUDY.time, seconds),
      };
      const attributes = joined(
        mrImage(
          STUDY,
          series,
          plane,
          {
            repetitionTime: 5,
            echoTime: 2,
            flipAngle: flipAngles?.[phase] ?? 20,
            field: 1.5,
            window: [500, 1000],
            ...(times && { contrast: 'Gadoterate' }),
          },
          temporal,
        ),
        tagged({
          '00101030': ['DS', '70'],
          '00181041': ['DS', '14'],
          '00181046': ['DS', '3'],
          '00181200': ['DA', '20251201'],
          '00181250': ['SH', 'Body'],
          '00181312': ['CS', 'ROW'],
          '00181100': ['DS', String(PIXEL * MR_EDGE)],
          ...(bValues && { '00189087': ['FD', [bValues[phase]!]] as const }),
        }),
      );
      let image: MadeImage | null = { attributes, pixels };
      for (const change of changes) image = image && change(image, k, phase);
      if (image)
        files.push({
          path: `${name}/${phase}-${k}.dcm`,
          content: writeDicom(image.attributes, image.pixels),
        });
    }
  }
  return files;
}

/** Times of a dynamic series that no rule objects to: 42 phases of 8 s, the agent after the eighth. */
export const DYNAMIC = { times: Array.from({ length: 42 }, (_, p) => 8 * p), arrival: 8 } as const;
