import type { Size3, Vec3 } from '../../core/geometry.ts';
import { onScreen, type PlaneScreen } from './tool.ts';

/** What a method works from, over the picture: points that were clicked, and the box it stays in. Voxel indices. */
export interface Guides {
  readonly points: readonly Vec3[];
  /** Voxels from `from` up to, not with, `to`. */
  readonly box: { readonly from: Size3; readonly to: Size3 } | null;
}

export const NO_GUIDES: Guides = { points: [], box: null };

const COLOUR = '#ffe060';
const DARK = 'rgb(0 0 0 / 0.75)';
/** Slices away from which a point is still hinted at. */
const NEAR = 2;

export function drawGuides(
  context: CanvasRenderingContext2D,
  screen: PlaneScreen,
  { points, box }: Guides,
): void {
  const { normal } = screen.plane;
  if (box && screen.slice >= box.from[normal] && screen.slice < box.to[normal]) drawBox(context, screen, box);
  for (const point of points) {
    const away = Math.abs(point[normal] - screen.slice);
    if (away <= NEAR) drawPoint(context, screen, point, away === 0);
  }
}

/** A dashed frame along the borders of the outermost voxels. */
function drawBox(
  context: CanvasRenderingContext2D,
  screen: PlaneScreen,
  { from, to }: NonNullable<Guides['box']>,
): void {
  const { across, down } = screen.plane;
  const corner = (u: number, v: number) => {
    const voxel: [number, number, number] = [...from];
    voxel[across] = u - 0.5;
    voxel[down] = v - 0.5;
    return onScreen(screen, voxel);
  };
  const corners = [
    corner(from[across], from[down]),
    corner(to[across], from[down]),
    corner(to[across], to[down]),
    corner(from[across], to[down]),
  ];
  context.setLineDash([7, 5]);
  for (const [width, style] of [
    [3, DARK],
    [1.25, COLOUR],
  ] as const) {
    context.beginPath();
    for (const { x, y } of corners) context.lineTo(x, y);
    context.closePath();
    context.lineWidth = width;
    context.strokeStyle = style;
    context.stroke();
  }
  context.setLineDash([]);
}

/** A small cross in a ring; a bare ring where the point lies in a slice nearby. */
function drawPoint(context: CanvasRenderingContext2D, screen: PlaneScreen, point: Vec3, here: boolean): void {
  const { x, y } = onScreen(screen, point);
  context.globalAlpha = here ? 1 : 0.55;
  for (const [width, style] of [
    [4, DARK],
    [1.75, COLOUR],
  ] as const) {
    context.beginPath();
    context.arc(x, y, 6, 0, 2 * Math.PI);
    if (here) {
      context.moveTo(x - 11, y);
      context.lineTo(x + 11, y);
      context.moveTo(x, y - 11);
      context.lineTo(x, y + 11);
    }
    context.lineWidth = width;
    context.strokeStyle = style;
    context.stroke();
  }
  context.globalAlpha = 1;
}
