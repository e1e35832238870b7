import type { Vec3 } from '../../core/geometry.ts';
import { sameGrid } from '../../core/geometry.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { isDrawn, type MapOverlay } from './map-overlay.ts';
import type { MapPicture } from './map-picture.ts';
import type { OutlinesBySlice } from './outlines-by-slice.ts';
import { pixelOf, type Plane, type PlaneName, type VoxelAxis } from './planes.ts';
import type { SlicePicture } from './slice-picture.ts';
import { planeToPane, toPane, type Pane, type View } from './view.ts';
import type { Window } from './window.ts';

/** A region over the picture. `opacity` 0 to 1 is that of the fill; the border is always drawn in full. */
export interface ShownMask {
  readonly mask: Mask;
  readonly visible: boolean;
  readonly opacity: number;
}

/** Line and title colour of each plane. They lie on pictures, which are black in both themes. */
export const PLANE_COLOURS: Readonly<Record<PlaneName, string>> = {
  axial: '#ff8577',
  sagittal: '#f5cf5b',
  coronal: '#7ed99a',
  stack: '#d7dbe0',
};

/** All that one pane shows; drawing it twice gives the same picture. */
export interface Frame {
  readonly volume: Volume;
  readonly plane: Plane;
  readonly cursor: Vec3;
  readonly window: Window;
  readonly inverted: boolean;
  readonly view: View;
  readonly pane: Pane;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  readonly masks: readonly ShownMask[];
  /** A map in colour between the picture and the regions, on the grid of the volume. */
  readonly overlay: MapOverlay | null;
  readonly crosshair: boolean;
  /** Bilinear, or voxels as squares. */
  readonly smooth: boolean;
  /** Colour of the line where the plane with this normal cuts. */
  readonly lineColour: (normal: VoxelAxis) => string;
}

const OUTLINE_WIDTH = 1.5;
/** Half of the gap in the middle of the crosshair, CSS pixels. */
const GAP = 14;
const RIM = 26;

/** Draws a pane: picture, map, regions, crosshair. The canvas takes the size of the pane in device pixels. */
export function drawFrame(
  context: CanvasRenderingContext2D,
  frame: Frame,
  picture: SlicePicture,
  map: MapPicture,
  outlines: OutlinesBySlice,
): void {
  const { plane, pane, ratio, view } = frame;
  const [width, height] = [Math.round(pane.width * ratio), Math.round(pane.height * ratio)];
  if (context.canvas.width !== width) context.canvas.width = width;
  if (context.canvas.height !== height) context.canvas.height = height;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height);

  const slice = frame.cursor[plane.normal];
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
    context.drawImage(map.show(frame.overlay, plane, slice), 0, 0);
    context.globalAlpha = 1;
  }
  context.setTransform(1, 0, 0, 1, 0, 0);

  for (const shown of frame.masks) drawMask(context, frame, shown, outlines, toDevice);
  if (frame.crosshair) drawCrosshair(context, frame);
}

function drawMask(
  context: CanvasRenderingContext2D,
  { plane, cursor, ratio, volume, overlay }: Frame,
  { mask, visible, opacity }: ShownMask,
  outlines: OutlinesBySlice,
  toDevice: DOMMatrix,
): void {
  if (!visible || !sameGrid(mask.grid, volume.grid)) return;
  const border = outlines.path(mask, plane, cursor[plane.normal]);
  if (!border) return;
  // Moved to device pixels first, so that the line has one width whatever the voxel's shape.
  const path = new Path2D();
  path.addPath(border, toDevice);
  const [r, g, b] = mask.colour;
  // Over a map regions are outlines only: a tint would turn its colours into other values.
  if (!overlay || !isDrawn(overlay)) {
    context.fillStyle = `rgb(${r} ${g} ${b} / ${Math.max(0, Math.min(1, opacity))})`;
    context.fill(path, 'evenodd');
  }
  context.lineJoin = 'miter';
  context.lineWidth = OUTLINE_WIDTH * ratio;
  context.strokeStyle = `rgb(${r} ${g} ${b})`;
  context.stroke(path);
}

function drawCrosshair(context: CanvasRenderingContext2D, frame: Frame): void {
  const { plane, pane, ratio } = frame;
  const m = planeToPane(plane, frame.view, pane);
  const { column, row } = pixelOf(plane, frame.cursor);
  const centre = toPane(m, column + 0.5, row + 0.5);
  const far = pane.width + pane.height + Math.hypot(centre.x - pane.width / 2, centre.y - pane.height / 2);
  const downLength = Math.hypot(m.c, m.d);
  // The rim of the pane belongs to the letters.
  context.save();
  context.beginPath();
  context.rect(RIM * ratio, RIM * ratio, (pane.width - 2 * RIM) * ratio, (pane.height - 2 * RIM) * ratio);
  context.clip();
  // A line of one column is where the plane that counts columns cuts this one, and so on.
  const lines = [
    { colour: frame.lineColour(plane.across), x: m.c / downLength, y: m.d / downLength },
    { colour: frame.lineColour(plane.down), x: 1, y: 0 },
  ];
  const thin = Math.max(1, Math.round(ratio));
  // A sharp line of odd width runs through the middle of device pixels, one of even width between them.
  const middle = thin % 2 === 1 ? 0.5 : 0;
  const snap = (css: number) => Math.floor(css * ratio) + middle;
  for (const { colour, x, y } of lines) {
    const path = new Path2D();
    for (const side of [-1, 1]) {
      path.moveTo(snap(centre.x + side * x * GAP), snap(centre.y + side * y * GAP));
      path.lineTo(snap(centre.x + side * x * far), snap(centre.y + side * y * far));
    }
    context.lineWidth = 3 * thin;
    context.strokeStyle = 'rgb(0 0 0 / 0.35)';
    context.stroke(path);
    context.lineWidth = thin;
    context.strokeStyle = colour;
    context.globalAlpha = 0.85;
    context.stroke(path);
    context.globalAlpha = 1;
  }
  context.restore();
}
