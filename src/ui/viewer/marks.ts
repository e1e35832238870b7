import type { Vec3 } from '../../core/geometry.ts';
import { fitCanvas } from './draw.ts';
import { pixelOf, type PlaneName, type VoxelAxis } from './planes.ts';
import type { PlaneScreen } from './tool.ts';
import { planeToPane, toPane } from './view.ts';

/** Line and title colour of each plane. They lie on pictures, which are black in both themes. */
export const PLANE_COLOURS: Readonly<Record<PlaneName, string>> = {
  axial: '#ff8577',
  sagittal: '#f5cf5b',
  coronal: '#7ed99a',
  stack: '#d7dbe0',
};

/** What lies over the picture of a pane and moves without it. */
export interface Marks {
  readonly screen: PlaneScreen;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  /** Null hides the crosshair. */
  readonly crosshair: {
    readonly cursor: Vec3;
    /** Colour of the line where the plane with this normal cuts. */
    readonly lineColour: (normal: VoxelAxis) => string;
  } | null;
  /** Measurements and the tool in hand, each in CSS pixels of the pane. */
  readonly layers: readonly ((context: CanvasRenderingContext2D, screen: PlaneScreen) => void)[];
}

/** Half of the gap in the middle of the crosshair, CSS pixels. */
const GAP = 14;
const RIM = 26;

/** Draws crosshair, measurements and tool on a canvas of their own, clear where there is nothing. */
export function drawMarks(context: CanvasRenderingContext2D, marks: Marks): void {
  const { screen, ratio } = marks;
  fitCanvas(context.canvas, { pane: screen.pane, ratio });
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  if (marks.crosshair) drawCrosshair(context, marks, marks.crosshair);
  for (const layer of marks.layers) {
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    layer(context, screen);
    context.restore();
  }
}

function drawCrosshair(
  context: CanvasRenderingContext2D,
  { screen: { plane, view, pane }, ratio }: Marks,
  { cursor, lineColour }: NonNullable<Marks['crosshair']>,
): void {
  const m = planeToPane(plane, view, pane);
  const { column, row } = pixelOf(plane, cursor);
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
    { colour: lineColour(plane.across), x: m.c / downLength, y: m.d / downLength },
    { colour: lineColour(plane.down), x: 1, y: 0 },
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
