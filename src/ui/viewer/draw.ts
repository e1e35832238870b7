import { sameGrid } from '../../core/geometry.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { isDrawn, type MapOverlay } from './map-overlay.ts';
import type { MapPicture } from './map-picture.ts';
import type { OutlinesBySlice } from './outlines-by-slice.ts';
import type { Plane } from './planes.ts';
import type { SlicePicture } from './slice-picture.ts';
import { planeToPane, type Pane, type View } from './view.ts';
import type { Window } from './window.ts';

/** A region over the picture. `opacity` 0 to 1 is that of the fill; the border is always drawn in full. */
export interface ShownMask {
  readonly mask: Mask;
  readonly visible: boolean;
  readonly opacity: number;
  /** Grows when the voxels of `mask` were changed in place, as a brush does; absent where they never are. */
  readonly revision?: number;
}

/** What the picture of one pane shows; drawing it twice gives the same pixels. What moves over it is in `marks.ts`. */
export interface Frame {
  readonly volume: Volume;
  readonly plane: Plane;
  readonly slice: number;
  readonly window: Window;
  readonly inverted: boolean;
  readonly view: View;
  readonly pane: Pane;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  readonly masks: readonly ShownMask[];
  /** A map in colour between the picture and the regions, in the space of the volume. */
  readonly overlay: MapOverlay | null;
  /** Bilinear, or voxels as squares. */
  readonly smooth: boolean;
}

/** Width of a region's border, CSS pixels. */
export const OUTLINE_WIDTH = 1.5;

/** Size of a pane's canvas, device pixels. */
export const deviceSize = ({ pane, ratio }: Pick<Frame, 'pane' | 'ratio'>): readonly [number, number] => [
  Math.round(pane.width * ratio),
  Math.round(pane.height * ratio),
];

/** Brings a canvas to the size of its pane: a canvas that is set to its own size would be cleared for nothing. */
export function fitCanvas(canvas: HTMLCanvasElement, frame: Pick<Frame, 'pane' | 'ratio'>): void {
  const [width, height] = deviceSize(frame);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** Over a map regions are outlines only: a tint would turn its colours into other values. */
export const fillsRegions = ({ overlay }: Pick<Frame, 'overlay'>): boolean => !overlay || !isDrawn(overlay);

/** Masks that are drawn: visible, and on the grid of the volume. */
export const drawnMasks = ({ masks, volume }: Pick<Frame, 'masks' | 'volume'>): readonly ShownMask[] =>
  masks.filter(({ mask, visible }) => visible && sameGrid(mask.grid, volume.grid));

/**
 * Draws image, map and regions on Canvas 2D: the fallback of `shaders/viewer/slice.wgsl` and its oracle. The canvas takes
 * the size of the pane in device pixels.
 */
export function drawFrame(
  context: CanvasRenderingContext2D,
  frame: Frame,
  picture: SlicePicture,
  map: MapPicture,
  outlines: OutlinesBySlice,
): void {
  const { plane, pane, ratio, view, slice } = frame;
  fitCanvas(context.canvas, frame);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#000';
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);

  const source = picture.show(frame.volume, plane, slice, frame.window, frame.inverted);
  const m = planeToPane(plane, view, pane);
  const toDevice = new DOMMatrix([m.a * ratio, 0, m.c * ratio, m.d * ratio, m.e * ratio, m.f * ratio]);
  context.setTransform(toDevice);
  context.imageSmoothingEnabled = frame.smooth;
  // Bilinear drops lines when the picture shrinks; the better filter is needed there only.
  context.imageSmoothingQuality = Math.min(m.a, m.d) * ratio < 0.75 ? 'medium' : 'low';
  context.drawImage(source, 0, 0);
  if (frame.overlay && isDrawn(frame.overlay)) {
    // Values of a map are not to be mixed: a voxel beside one that failed has its own colour to the edge.
    context.imageSmoothingEnabled = false;
    context.globalAlpha = Math.max(0, Math.min(1, frame.overlay.opacity));
    context.drawImage(map.show(frame.overlay, frame.volume.grid, plane, slice), 0, 0);
    context.globalAlpha = 1;
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const shown of drawnMasks(frame)) drawMask(context, frame, shown, outlines, toDevice);
}

function drawMask(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { mask, opacity, revision }: ShownMask,
  outlines: OutlinesBySlice,
  toDevice: DOMMatrix,
): void {
  const border = outlines.shape(mask, frame.plane, frame.slice, revision);
  if (!border) return;
  if (border instanceof OffscreenCanvas) {
    context.save();
    context.setTransform(toDevice);
    context.imageSmoothingEnabled = false;
    // A little more than the fill of others, for the border that is missing.
    context.globalAlpha = Math.max(0.2, Math.min(1, fillsRegions(frame) ? opacity + 0.2 : 0.4));
    context.drawImage(border, 0, 0);
    context.restore();
    return;
  }
  // Moved to device pixels first, so that the line has one width whatever the voxel's shape.
  const path = new Path2D();
  path.addPath(border, toDevice);
  const [r, g, b] = mask.colour;
  if (fillsRegions(frame)) {
    context.fillStyle = `rgb(${r} ${g} ${b} / ${Math.max(0, Math.min(1, opacity))})`;
    context.fill(path, 'evenodd');
  }
  context.lineJoin = 'miter';
  context.lineWidth = OUTLINE_WIDTH * frame.ratio;
  context.strokeStyle = `rgb(${r} ${g} ${b})`;
  context.stroke(path);
}
