import { itemsOf, numberOf, numbersOf, textOf, textsOf, type Attributes } from '../core/dicom.ts';
import { add, cross, dot, length, normalise, scale, type Vec3 } from '../core/geometry.ts';
import type { DicomInstance } from '../core/instance.ts';
import { mosaicOf } from './mosaic.ts';
import { secondsOf } from './time-of-day.ts';

/** One image plane of an instance, with all that decides where it belongs. */
export interface Plane {
  readonly instance: DicomInstance;
  readonly frame: number;
  readonly tile?: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  /** Centre of the first pixel, mm; undefined when the file does not say it in numbers. */
  readonly position: Vec3 | undefined;
  /** Unit vectors along a row (to the next column) and along a column (to the next row). */
  readonly axes: readonly [Vec3, Vec3] | undefined;
  /** Distance of columns and of rows, mm. */
  readonly pixel: readonly [number, number] | undefined;
  readonly thickness: number | undefined;
  readonly between: number | undefined;
  readonly slope: number;
  readonly intercept: number;
  readonly hasRescale: boolean;
  readonly instanceNumber: number;
  /** Keys that may order repeated planes in time, best first; undefined where absent. */
  readonly time: PlaneTime;
  /** What must not be mixed with other values in one image. */
  readonly apart: string;
}

export interface PlaneTime {
  readonly temporalPosition: number | undefined;
  /** Milliseconds. */
  readonly trigger: number | undefined;
  /** Seconds, from a date and time or of the day. */
  readonly acquisition: number | undefined;
  readonly acquisitionNumber: number | undefined;
  readonly content: number | undefined;
}

/** The planes of one image instance: one, one a frame, or one a mosaic tile. */
export function planesOfInstance(instance: DicomInstance): Plane[] {
  const a = instance.attributes;
  const mosaic = mosaicOf(a);
  if (mosaic) {
    const base = planeOf(instance, 0, a, []);
    const { positions } = mosaic;
    if (positions) {
      const tileOf = (i: number) => [i % mosaic.perRow, Math.floor(i / mosaic.perRow)] as const;
      return positions.map((position, i) => ({
        ...base,
        columns: mosaic.columns,
        rows: mosaic.rows,
        tile: tileOf(i),
        position,
      }));
    }
    if (!base.axes || !base.position || !base.pixel) return [base];
    const [row, column] = base.axes;
    const [dx, dy] = base.pixel;
    const { columns, rows, tiles, perRow, step } = mosaic;
    const corner = add(
      base.position,
      add(scale(row, (dx * (base.columns - columns)) / 2), scale(column, (dy * (base.rows - rows)) / 2)),
    );
    const along = scale(normalise(mosaic.normal ?? cross(row, column)), step);
    return Array.from({ length: tiles }, (_, i) => ({
      ...base,
      columns,
      rows,
      tile: [i % perRow, Math.floor(i / perRow)] as const,
      position: add(corner, scale(along, i)),
    }));
  }
  const frames = Math.max(1, Math.trunc(numberOf(a, '00280008') ?? 1));
  const shared = itemsOf(a, '52009229')[0];
  const perFrame = itemsOf(a, '52009230');
  const offsets = numbersOf(a, '3004000C');
  return Array.from({ length: frames }, (_, frame) => {
    const plane = planeOf(
      instance,
      frame,
      a,
      [perFrame[frame], shared].filter((g) => g !== undefined),
    );
    if (frames > 1 && offsets.length === frames && plane.position && plane.axes) {
      const normal = cross(...plane.axes);
      return { ...plane, position: add(plane.position, scale(normal, offsets[frame] - offsets[0])) };
    }
    // A multi-frame image whose frames have no place of their own is a stack of pictures.
    if (frames > 1 && perFrame.length === 0) return { ...plane, position: undefined };
    return plane;
  });
}

function planeOf(
  instance: DicomInstance,
  frame: number,
  a: Attributes,
  groups: readonly Attributes[],
): Plane {
  /** An attribute of a functional group macro, or of the data set itself. */
  const from = (macro: string, tag: string): Attributes => {
    for (const g of groups) {
      const item = itemsOf(g, macro)[0];
      if (item?.[tag] !== undefined) return item;
    }
    return a;
  };
  const vector = (macro: string, tag: string, n: number): number[] | undefined => {
    const v = numbersOf(from(macro, tag), tag);
    return v.length === n && v.every(Number.isFinite) ? v : undefined;
  };
  const position = vector('00209113', '00200032', 3) as unknown as Vec3 | undefined;
  const spacing = vector('00289110', '00280030', 2) ?? vector('00289110', '00181164', 2);
  const one = (macro: string, tag: string) => numberOf(from(macro, tag), tag);
  const slope = one('00289145', '00281053');
  const intercept = one('00289145', '00281052');
  const dose = numberOf(a, '3004000E');
  return {
    instance,
    frame,
    columns: numberOf(a, '00280011') ?? 0,
    rows: numberOf(a, '00280010') ?? 0,
    position,
    axes: axesOf(vector('00209116', '00200037', 6)),
    pixel: spacing && spacing.every((s) => s > 0) ? [spacing[1], spacing[0]] : undefined,
    thickness: one('00289110', '00180050'),
    between: one('00289110', '00180088'),
    slope: dose ?? (slope === 0 ? 1 : (slope ?? 1)),
    intercept: intercept ?? 0,
    hasRescale: slope !== undefined || intercept !== undefined,
    instanceNumber: numberOf(a, '00200013') ?? 0,
    time: timeOf(a, groups),
    apart: apartOf(a, groups),
  };
}

/** Unit row and column directions, when the six cosines are two vectors of length one at right angles (to 1e-3). */
function axesOf(cosines: readonly number[] | undefined): readonly [Vec3, Vec3] | undefined {
  if (!cosines) return undefined;
  const row: Vec3 = [cosines[0], cosines[1], cosines[2]];
  const column: Vec3 = [cosines[3], cosines[4], cosines[5]];
  const fits =
    Math.abs(length(row) - 1) < 1e-3 &&
    Math.abs(length(column) - 1) < 1e-3 &&
    Math.abs(dot(row, column)) < 1e-3;
  return fits ? [normalise(row), normalise(column)] : undefined;
}

function timeOf(a: Attributes, groups: readonly Attributes[]): PlaneTime {
  const content = groups.map((g) => itemsOf(g, '00209111')[0]).find((i) => i !== undefined);
  const offset = groups.map((g) => itemsOf(g, '00209310')[0]).find((i) => i !== undefined);
  const frameTime = content && secondsOf(undefined, undefined, textOf(content, '00189074'));
  const offsetSeconds = offset && numberOf(offset, '00209074');
  return {
    temporalPosition: (content && numberOf(content, '00209128')) ?? numberOf(a, '00200100'),
    trigger: (content && numberOf(content, '00209153')) ?? numberOf(a, '00181060'),
    acquisition:
      offsetSeconds ??
      tileTime(a) ??
      frameTime ??
      secondsOf(textOf(a, '00080022'), textOf(a, '00080032'), textOf(a, '0008002A')),
    acquisitionNumber: numberOf(a, '00200012'),
    content: secondsOf(textOf(a, '00080023'), textOf(a, '00080033'), undefined),
  };
}

/** Patient, place, kind of signal: planes that differ here never form one image. */
function apartOf(a: Attributes, groups: readonly Attributes[]): string {
  const echo = groups.map((g) => itemsOf(g, '00189114')[0]).find((i) => i !== undefined);
  const stack = groups.map((g) => itemsOf(g, '00209111')[0]).find((i) => i !== undefined);
  return JSON.stringify([
    textOf(a, '0020000E') ?? '',
    textOf(a, '00100020') ?? '',
    textOf(a, '00100010') ?? '',
    textOf(a, '00200052') ?? '',
    textOf(a, '0008103E') ?? '',
    textOf(a, '00080060') ?? '',
    textOf(a, '00280004') === 'MONOCHROME1',
    numberOf(a, '00280002') ?? 1,
    echo ? (numberOf(echo, '00189082') ?? '') : (textOf(a, '00180086') ?? textOf(a, '00180081') ?? ''),
    (stack && textOf(stack, '00209056')) ?? '',
    textsOf(a, '00080008').slice(0, 4),
  ]);
}

/** United Imaging keeps the acquisition time with the first slice of its mosaic. */
function tileTime(a: Attributes): number | undefined {
  const first = itemsOf(a, '00651051')[0];
  return first && secondsOf(textOf(first, '00080022'), textOf(first, '00080032'), textOf(first, '0008002A'));
}
