import { numberOf, numbersOf, type Attributes } from '../../core/dicom.ts';
import {
  add,
  cross,
  determinant,
  dot,
  length,
  normalise,
  scale,
  subtract,
  type Affine,
  type Grid,
  type Vec3,
} from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';

/** Frames nearer than this along the normal are one slice, mm. */
const SAME_PLACE = 1e-2;
/** How far, in steps, a frame may lie off its place in an even row of slices. */
const UNEVEN = 0.1;
const MOST_SLICES = 100_000;

/** The functional group macro of a frame: its own, else the shared one (PS3.3 C.7.6.16). */
export type Macro = (frame: number, sequence: string) => Attributes | undefined;

export interface SegGrid {
  readonly grid: Grid;
  /** Slice of each frame. */
  readonly slices: Int32Array;
}

const unreadable = (what: string): RefusedInput => new RefusedInput('region_unreadable', { what });

/**
 * The grid that the frames of a segmentation span: slices at even steps along the normal, in any order, with slices
 * that have no frame left empty. The step is the distance of slices that the file states when the frames agree with it,
 * else the smallest distance between two frames.
 * @throws RefusedInput `region_unreadable` when frames have no place in patient space, lie at uneven distances, or
 *   differ in orientation or spacing; `too_large`.
 */
export function segGrid(frames: number, macro: Macro, columns: number, rows: number): SegGrid {
  const positions = Array.from({ length: frames }, (_, frame) => positionOf(frame, macro));
  const { row, column, spacing } = planeOf(frames, macro);
  const normal = normalise(cross(row, column));
  const z = positions.map((p) => dot(normal, p));
  const order = z.map((_, i) => i).sort((a, b) => z[a] - z[b]);
  const { step, slices } = slicesOf(z, order, macro);
  const first = positions[order[0]];
  const last = positions[order[order.length - 1]];
  const count = slices[order[order.length - 1]] + 1;
  if (count > MOST_SLICES)
    throw new RefusedInput('too_large', { what: 'SEG', size: count, limit: MOST_SLICES });
  const across = count > 1 ? scale(subtract(last, first), 1 / (count - 1)) : scale(normal, step);
  const affine: Affine = {
    origin: first,
    matrix: [scale(row, spacing[1]), scale(column, spacing[0]), across],
  };
  const volume = determinant(affine);
  if (!Number.isFinite(volume) || volume === 0) throw unreadable('ImageOrientationPatient');
  const slack = UNEVEN * Math.min(step, spacing[0], spacing[1]) + SAME_PLACE;
  positions.forEach((p, i) => {
    if (!(length(subtract(p, add(first, scale(across, slices[i])))) <= slack))
      throw unreadable('ImagePositionPatient');
  });
  return { grid: { size: [columns, rows, count], affine }, slices };
}

function positionOf(frame: number, macro: Macro): Vec3 {
  const place = macro(frame, '00209113');
  if (!place) throw unreadable(macro(frame, '0048021A') ? 'PlanePositionSlide' : 'PlanePosition');
  const [x, y, z, ...more] = numbersOf(place, '00200032');
  if (more.length > 0 || ![x, y, z].every(Number.isFinite)) throw unreadable('ImagePositionPatient');
  return [x, y, z];
}

/** Orientation and pixel spacing, which must be those of all frames. */
function planeOf(
  frames: number,
  macro: Macro,
): { row: Vec3; column: Vec3; spacing: readonly [number, number] } {
  let cosines: number[] = [];
  let spacing: number[] = [];
  let seen: readonly (Attributes | undefined)[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const items = [macro(frame, '00209116'), macro(frame, '00289110')];
    // Shared items are the same objects for every frame: nothing to read again.
    if (frame > 0 && items.every((item, i) => item === seen[i])) continue;
    seen = items;
    const [c, s] = [
      items[0] ? numbersOf(items[0], '00200037') : [],
      items[1] ? numbersOf(items[1], '00280030') : [],
    ];
    if (c.length !== 6 || !c.every(Number.isFinite)) throw unreadable('ImageOrientationPatient');
    if (s.length !== 2 || !s.every((v) => v > 0 && Number.isFinite(v))) throw unreadable('PixelSpacing');
    if (frame === 0) [cosines, spacing] = [c, s];
    else if (c.some((v, i) => Math.abs(v - cosines[i]) > 1e-4)) throw unreadable('ImageOrientationPatient');
    else if (s.some((v, i) => Math.abs(v - spacing[i]) > 1e-4 * v)) throw unreadable('PixelSpacing');
  }
  const row = normalise([cosines[0], cosines[1], cosines[2]]);
  const column = normalise([cosines[3], cosines[4], cosines[5]]);
  return { row, column, spacing: [spacing[0], spacing[1]] };
}

function slicesOf(
  z: readonly number[],
  order: readonly number[],
  macro: Macro,
): { step: number; slices: Int32Array } {
  const places: number[] = [];
  const placeOf = new Int32Array(z.length);
  for (const i of order) {
    if (places.length === 0 || z[i] - places[places.length - 1] > SAME_PLACE) places.push(z[i]);
    placeOf[i] = places.length - 1;
  }
  const gaps = places.slice(1).map((v, i) => v - places[i]);
  const measures = macro(0, '00289110');
  const stated = measures && (numberOf(measures, '00180088') ?? numberOf(measures, '00180050'));
  const hint = stated && stated > SAME_PLACE ? stated : undefined;
  const rough =
    hint && gaps.every((gap) => isMultiple(gap, hint))
      ? hint
      : gaps.reduce((a, b) => Math.min(a, b), Infinity);
  if (gaps.length === 0) return { step: hint ?? 1, slices: placeOf };
  const indexes = [0];
  for (const gap of gaps) indexes.push(indexes[indexes.length - 1] + Math.max(1, Math.round(gap / rough)));
  // Over the whole row of slices the rounding of single positions averages out.
  const step = (places[places.length - 1] - places[0]) / indexes[indexes.length - 1];
  if (places.some((v, i) => Math.abs(v - places[0] - indexes[i] * step) > UNEVEN * step))
    throw unreadable('SliceSpacing');
  return { step, slices: placeOf.map((place) => indexes[place]) };
}

function isMultiple(gap: number, step: number): boolean {
  const times = Math.round(gap / step);
  return times >= 1 && Math.abs(gap - times * step) <= UNEVEN * step;
}
