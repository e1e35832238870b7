import type { Vec3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { patientAt, placeAt, voxelAt, type Place } from './plane-frame.ts';
import type { Plane } from './planes.ts';
import { planeToPane, toPane, toPlane, type Pane, type Point, type View } from './view.ts';

/** Where a plane lies on the screen while a tool works on it. */
export interface PlaneScreen {
  readonly volume: Volume;
  readonly plane: Plane;
  readonly slice: number;
  readonly view: View;
  readonly pane: Pane;
}

/** A place under the pointer, or under the crosshair, as a tool is told of it. */
export interface ToolPoint extends Place {
  readonly screen: PlaneScreen;
  /** Voxel index, fractional: whole numbers are voxel centres. May lie outside the grid. */
  readonly voxel: Vec3;
  /** The voxel that holds the place, held within the grid. */
  readonly nearest: Vec3;
  /** mm, LPS; null without geometry. */
  readonly patient: Vec3 | null;
  /** Whether the place lies on the picture. */
  readonly inside: boolean;
  /** CSS pixels from the top left of the pane. */
  readonly at: Point;
}

/** Buttons and keys that were held. */
export interface ToolPress {
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly pointer: 'mouse' | 'pen' | 'touch';
  /** The far end of a pen. */
  readonly eraser: boolean;
}

/**
 * What the left button, a pen or one finger do on a plane instead of window and level: a ruler, a brush, a polygon.
 * Wheel, middle and right button, and two fingers stay with the viewer; a second finger that comes at once cancels what
 * the first began, and one that comes later is the ball of the hand and goes unheard. How hard a pen presses is not asked:
 * a region has no half voxels.
 * The viewer calls these in the order of the hand; `draw` runs once a frame at most.
 */
export interface ViewerTool {
  readonly id: string;
  /** CSS cursor over the picture. */
  readonly cursor?: string;
  /** Grows whenever `draw` would draw something else. Read in an effect: keep it as `$state`. */
  readonly revision: number;
  /** Pressed. False leaves the gesture to the viewer (a click moves the crosshair then). */
  down(at: ToolPoint, press: ToolPress): boolean;
  /** Dragged, after a `down` that was taken. All places in between are told, also those of a fast pen. */
  move?(at: ToolPoint, press: ToolPress): void;
  up?(at: ToolPoint, press: ToolPress): void;
  /** The pointer moves without a button, or has left (undefined). Never called for fingers. */
  hover?(at: ToolPoint | undefined): void;
  /** Twice in quick succession; true keeps the plane from being enlarged. */
  twice?(at: ToolPoint): boolean;
  /** The gesture ends without result: a second finger, a lost pointer. */
  cancel?(): void;
  /**
   * A key while the plane has the focus, before the viewer looks at it; true takes it. `at` is the crosshair. Letters by
   * `code`, so that they work on every layout. B, E, [ and ] mean nothing to the viewer and are kept for brushes.
   */
  key?(press: ToolKey, at: ToolPoint): boolean;
  /** Draws what is in the making over the picture, in CSS pixels of the pane. `canvas` is clear. */
  draw?(context: CanvasRenderingContext2D, screen: PlaneScreen): void;
}

export type ToolKey = Pick<
  KeyboardEvent,
  'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'
>;

/** The place under a point of the pane. */
export function toolPointAt(screen: PlaneScreen, at: Point): ToolPoint {
  const { plane, view, pane } = screen;
  return toolPointOf(screen, toPlane(planeToPane(plane, view, pane), at), at);
}

/** The place of a voxel, such as the one under the crosshair. */
export function toolPointOfVoxel(screen: PlaneScreen, voxel: Vec3): ToolPoint {
  const place = placeAt(screen.plane, voxel);
  return toolPointOf(screen, place, onScreen(screen, voxel));
}

function toolPointOf(screen: PlaneScreen, { column, row }: Place, at: Point): ToolPoint {
  const { volume, plane, slice } = screen;
  const voxel = voxelAt(plane, slice, { column, row });
  const hold = (axis: 0 | 1 | 2) =>
    Math.max(0, Math.min(volume.grid.size[axis] - 1, Math.round(voxel[axis])));
  return {
    screen,
    column,
    row,
    voxel,
    nearest: [hold(0), hold(1), hold(2)],
    patient: patientAt(volume.grid, plane, slice, { column, row }),
    inside: column >= 0 && row >= 0 && column < plane.columns && row < plane.rows,
    at,
  };
}

/** Where a voxel index, fractional, is seen: CSS pixels of the pane. Its slice is not looked at. */
export function onScreen({ plane, view, pane }: PlaneScreen, voxel: Vec3): Point {
  const { column, row } = placeAt(plane, voxel);
  return toPane(planeToPane(plane, view, pane), column, row);
}
