import { itemsOf, numberOf, numbersOf, textOf, type Attributes } from '../../core/dicom.ts';
import { cross, dot, normalise, scale, subtract, type Affine, type Grid, type Vec3 } from '../../core/geometry.ts';
import type { DecodedPixels, DicomInstance } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import { regionFinding } from '../texts.ts';
import { colourOf } from './colours.ts';

/** Frames nearer than this along the normal are one slice, mm. */
const SAME_PLACE = 1e-2;
const MOST_SLICES = 100_000;

interface Frame {
  readonly index: number;
  readonly segment: number;
  readonly position: Vec3;
}

/**
 * Regions of a DICOM segmentation (PS3.3 C.8.20): binary, fractional (inside from half of the maximum) and label map,
 * frames in any order and slices without a frame empty.
 * @throws RefusedInput `region_unreadable` when the frames have no place in patient space.
 */
export function readSeg({ attributes: a, file }: DicomInstance, pixels: DecodedPixels): RegionSource[] {
  const shared = itemsOf(a, '52009229')[0];
  const perFrame = itemsOf(a, '52009230');
  const macro = (frame: number, sequence: string): Attributes | undefined =>
    (perFrame[frame] && itemsOf(perFrame[frame], sequence)[0]) ?? (shared && itemsOf(shared, sequence)[0]);
  const type = textOf(a, '00620001') ?? 'BINARY';
  const isLabelmap = type === 'LABELMAP';
  const frames: Frame[] = [];
  for (let index = 0; index < pixels.frames; index++) {
    const place = macro(index, '00209113');
    const position = place ? numbersOf(place, '00200032') : [];
    if (position.length !== 3 || !position.every(Number.isFinite)) throw new RefusedInput('region_unreadable', { what: 'PlanePosition' });
    const segment = macro(index, '0062000A');
    frames.push({ index, position: position as unknown as Vec3, segment: (segment && numberOf(segment, '0062000B')) ?? 1 });
  }
  const { grid, sliceOf } = gridOf(frames, macro, pixels);
  const most = type === 'FRACTIONAL' ? (numberOf(a, '0062000E') ?? 255) : 1;
  const series = itemsOf(a, '00081115')[0];
  const referenced = series && textOf(series, '0020000E');
  const perSlice = pixels.columns * pixels.rows;
  return itemsOf(a, '00620002').map((segment, i) => {
    const number = numberOf(segment, '00620004') ?? i + 1;
    const name = textOf(segment, '00620005') || textOf(segment, '00620006') || `Segment ${number}`;
    const data = new Uint8Array(perSlice * grid.size[2]);
    for (const f of frames) {
      if (!isLabelmap && f.segment !== number) continue;
      const from = f.index * perSlice;
      const to = sliceOf(f) * perSlice;
      for (let p = 0; p < perSlice; p++) {
        const v = pixels.values[from + p];
        if (isLabelmap ? v === number : 2 * v >= most && v > 0) data[to + p] = 1;
      }
    }
    return {
      id: `${file}#${number}`,
      name,
      colour: colourOf(i),
      origin: 'seg',
      file,
      frameOfReference: textOf(a, '00200052') ?? '',
      ...(referenced && { referencedSeries: referenced }),
      shape: { kind: 'voxels', grid, data },
      findings: type === 'FRACTIONAL' ? [regionFinding('R-fractional', 'info', name)] : [],
    };
  });
}

function gridOf(
  frames: readonly Frame[],
  macro: (frame: number, sequence: string) => Attributes | undefined,
  pixels: DecodedPixels,
): { grid: Grid; sliceOf: (f: Frame) => number } {
  const unreadable = (what: string) => new RefusedInput('region_unreadable', { what });
  const measures = macro(0, '00289110');
  const orientation = macro(0, '00209116');
  const spacing = measures ? numbersOf(measures, '00280030') : [];
  const cosines = orientation ? numbersOf(orientation, '00200037') : [];
  if (spacing.length !== 2 || !spacing.every((s) => s > 0)) throw unreadable('PixelSpacing');
  if (cosines.length !== 6 || !cosines.every(Number.isFinite)) throw unreadable('ImageOrientationPatient');
  const row = normalise([cosines[0], cosines[1], cosines[2]]);
  const column = normalise([cosines[3], cosines[4], cosines[5]]);
  const normal = cross(row, column);
  const z = frames.map((f) => dot(normal, f.position));
  const places = [...new Set(z.map((v) => Math.round(v / SAME_PLACE)))].sort((x, y) => x - y).map((v) => v * SAME_PLACE);
  const said = measures && (numberOf(measures, '00180088') ?? numberOf(measures, '00180050'));
  const steps = places.slice(1).map((v, i) => v - places[i]);
  // Slices without a frame widen some steps; the smallest is the distance of slices.
  const step = steps.length > 0 ? Math.min(...steps) : said && said > 0 ? said : 1;
  const first = frames[z.indexOf(Math.min(...z))].position;
  const last = frames[z.indexOf(Math.max(...z))].position;
  const count = Math.round((Math.max(...z) - Math.min(...z)) / step) + 1;
  if (count > MOST_SLICES || count * pixels.columns * pixels.rows > 2 ** 31) throw new RefusedInput('too_large', { size: count, limit: MOST_SLICES, what: 'SEG' });
  const across = count > 1 ? scale(subtract(last, first), 1 / (count - 1)) : scale(normal, step);
  const affine: Affine = { origin: first, matrix: [scale(row, spacing[1]), scale(column, spacing[0]), across] };
  const start = Math.min(...z);
  return {
    grid: { size: [pixels.columns, pixels.rows, count], affine },
    sliceOf: (f) => Math.round((dot(normal, f.position) - start) / step),
  };
}
