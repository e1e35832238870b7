import type { ShownMask } from '../draw.ts';
import { fillsRegions, OUTLINE_WIDTH, type Frame } from '../draw.ts';
import { isDrawn } from '../map-overlay.ts';
import { crossingOf } from '../plane-frame.ts';
import type { Plane } from '../planes.ts';
import { voxelOf } from '../planes.ts';
import { sliceStrides } from '../slices.ts';
import { planeToPane } from '../view.ts';
import { sameGrid, type Vec3 } from '../../../core/geometry.ts';

/** Floats of the shader's `Task`: twelve vectors of four. */
export const TASK_FLOATS = 48;
/** A picture that shrinks is the mean of so many samples along one side of a device pixel, at most. */
const MOST_SAMPLES = 4;
/** Plane pixels that are searched for a border at most: beyond it lines of tiny pictures get thinner. */
const MOST_REACH = 4;

/** The numbers that the shader draws a frame by, in the order of its `Task`. */
export function taskOf(frame: Frame, masks: number): Float32Array<ArrayBuffer> {
  const { plane, slice, volume, view, pane, ratio, smooth, inverted, overlay } = frame;
  const [centre, width] = frame.window;
  const m = planeToPane(plane, view, pane);
  // Device pixels of a column, of the shear of a row, and of a row; where plane (0, 0) lies.
  const [a, c, d, e, f] = [m.a * ratio, m.c * ratio, m.d * ratio, m.e * ratio, m.f * ratio];
  const first = voxelOf(plane, slice, 0, 0);
  const step = (column: number, row: number): Vec3 => {
    const at = voxelOf(plane, slice, column, row);
    return [at[0] - first[0], at[1] - first[1], at[2] - first[2]];
  };
  const smallest = Math.min(a, d);
  const samples = smallest < 0.75 ? Math.min(MOST_SAMPLES, Math.ceil(1 / smallest)) : 1;
  const half = (OUTLINE_WIDTH * ratio) / 2;
  const reach = Math.min(MOST_REACH, Math.ceil((half + 0.5) / smallest));
  const drawn = overlay && isDrawn(overlay) ? overlay : null;
  const onGrid = drawn !== null && sameGrid(drawn.volume.grid, volume.grid);
  const crossing =
    drawn && !onGrid
      ? crossingOf(volume.grid, plane, slice, drawn.volume.grid)
      : { origin: [0, 0, 0] as const, across: [0, 0, 0] as const, down: [0, 0, 0] as const };
  const task = Float32Array.from([
    ...[1 / a, -c / (a * d), (c * f) / (a * d) - e / a, plane.columns],
    ...[0, 1 / d, -f / d, plane.rows],
    ...[...first, inverted ? 1 : 0],
    ...[...step(1, 0), smooth ? 1 : 0],
    ...[...step(0, 1), samples],
    ...[centre - width / 2, 255 / width, 0, 0],
    ...(drawn
      ? [
          drawn.range[0],
          256 / (drawn.range[1] - drawn.range[0]),
          Math.max(0, Math.min(1, drawn.opacity)),
          onGrid ? 1 : 2,
        ]
      : [0, 0, 0, 0]),
    ...[...crossing.origin, 0],
    ...[...crossing.across, 0],
    ...[...crossing.down, 0],
    ...[masks, half, a, d],
    ...[reach, fillsRegions(frame) ? 1 : 0, 0, 0],
  ]);
  return task;
}

/**
 * Which regions hold each pixel of a slice: bit b of layer l is region 32·l + b. Layers one after another, each
 * columns × rows, in display order.
 */
export function membersOf(
  masks: readonly ShownMask[],
  plane: Plane,
  slice: number,
): Uint32Array<ArrayBuffer> {
  const count = plane.columns * plane.rows;
  const layers = Math.max(1, Math.ceil(masks.length / 32));
  const members = new Uint32Array(count * layers);
  masks.forEach(({ mask: { data, grid } }, at) => {
    const bit = 1 << (at & 31);
    const { start, across, down } = sliceStrides(plane, grid.size, slice);
    let to = count * (at >> 5);
    for (let row = 0; row < plane.rows; row++) {
      let from = start + row * down;
      for (let column = 0; column < plane.columns; column++, from += across, to++) {
        if (data[from] === 1) members[to]! |= bit;
      }
    }
  });
  return members;
}

/** Colour and opacity of each region, four floats each; one unused entry where there is none. */
export function shadesOf(masks: readonly ShownMask[]): Float32Array<ArrayBuffer> {
  const shades = new Float32Array(4 * Math.max(1, masks.length));
  masks.forEach(({ mask: { colour }, opacity }, at) => {
    shades.set([...colour.map((part) => part / 255), Math.max(0, Math.min(1, opacity))], 4 * at);
  });
  return shades;
}
