import { itemsOf, numberOf, numbersOf, textOf, textsOf, type Attributes } from '../core/dicom.ts';
import { add, cross, dot, length, normalise, scale, type Vec3 } from '../core/geometry.ts';
import type { DicomInstance } from '../core/instance.ts';
import {
  frameNumber,
  frameNumbers,
  holderOf,
  MACRO,
  macroOf,
  type FrameAttributes,
} from './functional-groups.ts';
import { isFoldedMosaic, mosaicOf, type Mosaic } from './mosaic.ts';
import { planeTimeOf, type PlaneTime } from './plane-time.ts';
import { echoTimeOf } from './mr-settings.ts';

/** One image plane of an instance, with all that decides where it belongs. */
export interface Plane {
  readonly instance: DicomInstance;
  readonly attributes: FrameAttributes;
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
  readonly slope: number;
  readonly intercept: number;
  /** Both numbers of the rescale stand in the file and mean something. */
  readonly hasRescale: boolean;
  readonly rescaleType: string;
  readonly instanceNumber: number;
  readonly time: PlaneTime;
  /** What must not be mixed with other values in one image. */
  readonly apart: string;
}

/** More frames than any file holds; a header that claims more is not believed. */
export const MOST_FRAMES = 100_000;
/** A position farther out than this is no position, mm. */
const FARTHEST = 1e6;

/** Number of frames that an instance claims. */
export const framesOf = (a: Attributes): number => Math.max(1, Math.trunc(numberOf(a, '00280008') ?? 1));

/** The planes of one image instance: one, one a frame, or one a mosaic tile. */
export function planesOfInstance(instance: DicomInstance): Plane[] {
  const a = instance.attributes;
  const mosaic = mosaicOf(a);
  if (mosaic) return planesOfMosaic(instance, mosaic);
  if (isFoldedMosaic(a))
    return [{ ...planeOf(instance, 0, { instance: a, groups: [] }), position: undefined }];
  const frames = framesOf(a);
  const shared = itemsOf(a, '52009229')[0];
  const perFrame = itemsOf(a, '52009230');
  if (frames === 1 && !shared && perFrame.length === 0)
    return [planeOf(instance, 0, { instance: a, groups: [] })];
  const planes = Array.from({ length: frames }, (_, frame) =>
    planeOf(instance, frame, {
      instance: a,
      groups: [perFrame[frame], shared].filter((g) => g !== undefined),
    }),
  );
  return perFrame.length > 0 ? planes : classicFrames(planes, a);
}

/** Frames of a classic multi-frame image: a dose grid, a nuclear tomogram, or pictures without a place of their own. */
function classicFrames(planes: readonly Plane[], a: Attributes): Plane[] {
  const { position, axes } = planes[0];
  if (planes.length === 1) return [...planes];
  const offsets = numbersOf(a, '3004000C');
  if (offsets.length === planes.length && offsets.every(Number.isFinite) && position && axes) {
    const normal = cross(...axes);
    return planes.map((p, i) => ({ ...p, position: add(position, scale(normal, offsets[i] - offsets[0])) }));
  }
  return nuclearFrames(planes, a) ?? planes.map((p) => ({ ...p, position: undefined }));
}

/**
 * Nuclear medicine, reconstructed tomogram (PS3.3 C.8.4.11, C.8.4.15): place of the first frame in the detector's item,
 * the others a SpacingBetweenSlices apart in the order of SliceVector; a negative spacing goes against the normal.
 */
function nuclearFrames(planes: readonly Plane[], a: Attributes): Plane[] | undefined {
  const type = textsOf(a, '00080008');
  if (textOf(a, '00080060') !== 'NM' || !type.some((t) => t === 'RECON TOMO' || t === 'RECON GATED TOMO'))
    return undefined;
  const detector = itemsOf(a, '00540022')[0];
  const held: FrameAttributes = { instance: a, groups: [] };
  const position = placeOf(
    detector && numbersOf(detector, '00200032').length === 3
      ? numbersOf(detector, '00200032')
      : frameNumbers(held, '', '00200032', 3),
  );
  const axes = axesOf(
    detector && numbersOf(detector, '00200037').length === 6
      ? numbersOf(detector, '00200037')
      : frameNumbers(held, '', '00200037', 6),
  );
  const step = numberOf(a, '00180088') ?? numberOf(a, '00180050');
  const slices = numbersOf(a, '00540080');
  if (!position || !axes || !step || type.includes('RECON GATED TOMO')) return undefined;
  const normal = cross(...axes);
  return planes.map((p, i) => ({
    ...p,
    axes,
    position: add(
      position,
      scale(normal, step * ((slices.length === planes.length ? slices[i] : i + 1) - 1)),
    ),
  }));
}

/** The tiles of a mosaic as planes of their own. */
function planesOfMosaic(instance: DicomInstance, mosaic: Mosaic): Plane[] {
  const base = planeOf(instance, 0, { instance: instance.attributes, groups: [] });
  const { columns, rows, tiles, perRow, step, positions } = mosaic;
  const tile = (i: number) => [i % perRow, Math.floor(i / perRow)] as const;
  if (positions) return positions.map((position, i) => ({ ...base, columns, rows, tile: tile(i), position }));
  if (!base.axes || !base.position || !base.pixel) return [base];
  const [row, column] = base.axes;
  const [dx, dy] = base.pixel;
  // The position in the file is that of the whole picture as if it were one slice, with its centre in the right place.
  const corner = add(
    base.position,
    add(scale(row, (dx * (base.columns - columns)) / 2), scale(column, (dy * (base.rows - rows)) / 2)),
  );
  const along = scale(normalise(mosaic.normal ?? cross(row, column)), step);
  return Array.from({ length: tiles }, (_, i) => ({
    ...base,
    columns,
    rows,
    tile: tile(i),
    position: add(corner, scale(along, i)),
  }));
}

function planeOf(instance: DicomInstance, frame: number, attributes: FrameAttributes): Plane {
  const a = attributes.instance;
  const spacing =
    frameNumbers(attributes, MACRO.pixelMeasures, '00280030', 2) ??
    frameNumbers(attributes, MACRO.pixelMeasures, '00181164', 2);
  const thickness = frameNumber(attributes, MACRO.pixelMeasures, '00180050');
  const slope = frameNumber(attributes, MACRO.valueTransformation, '00281053');
  const intercept = frameNumber(attributes, MACRO.valueTransformation, '00281052');
  const dose = textOf(a, '00080060') === 'RTDOSE' ? numberOf(a, '3004000E') : undefined;
  return {
    instance,
    attributes,
    frame,
    columns: numberOf(a, '00280011') ?? 0,
    rows: numberOf(a, '00280010') ?? 0,
    position: placeOf(frameNumbers(attributes, MACRO.planePosition, '00200032', 3)),
    axes: axesOf(frameNumbers(attributes, MACRO.planeOrientation, '00200037', 6)),
    pixel: spacing?.every((s) => s > 1e-6 && s < 1e4) ? [spacing[1], spacing[0]] : undefined,
    thickness: thickness !== undefined && thickness > 0 && thickness < 1e4 ? thickness : undefined,
    slope: dose ?? (slope === 0 ? 1 : (slope ?? 1)),
    intercept: intercept ?? 0,
    hasRescale: slope !== undefined && slope !== 0 && intercept !== undefined,
    rescaleType:
      textOf(holderOf(attributes, MACRO.valueTransformation, '00281054'), '00281054')?.slice(0, 16) ?? '',
    instanceNumber: numberOf(a, '00200013') ?? 0,
    time: planeTimeOf(attributes),
    apart: apartOf(attributes),
  };
}

const placeOf = (p: readonly number[] | undefined): Vec3 | undefined =>
  p?.every((v) => Math.abs(v) <= FARTHEST) ? [p[0], p[1], p[2]] : undefined;

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

/** Patient, place, kind of signal: planes that differ here never form one image. */
function apartOf(frame: FrameAttributes): string {
  const a = frame.instance;
  return JSON.stringify([
    textOf(a, '0020000E') ?? '',
    textOf(a, '00100020') ?? '',
    textOf(a, '00100010') ?? '',
    textOf(a, '00200052') ?? '',
    textOf(a, '0008103E') ?? '',
    textOf(a, '00080060') ?? '',
    textOf(a, '00280004') ?? '',
    numberOf(a, '00280002') ?? 1,
    numberOf(a, '00280011') ?? 0,
    numberOf(a, '00280010') ?? 0,
    textOf(a, '00180086') ?? '',
    echoTimeOf(frame)?.toPrecision(3) ?? '',
    stackOf(frame),
    kindOf(frame),
  ]);
}

const stackOf = (frame: FrameAttributes): string =>
  textOf(macroOf(frame, MACRO.frameContent) ?? {}, '00209056') ?? '';

/** Kind of picture: magnitude, phase, map, localiser …: FrameType with ComplexImageComponent, or the first of ImageType. */
export function kindOf(frame: FrameAttributes): string {
  for (const macro of [MACRO.mrFrameType, MACRO.ctFrameType, MACRO.petFrameType]) {
    const item = macroOf(frame, macro);
    if (item) return [...textsOf(item, '00089007').slice(0, 4), textOf(item, '00089208') ?? ''].join('\\');
  }
  return textsOf(frame.instance, '00080008').slice(0, 4).join('\\');
}
