import type { MatrixPicture } from '../../engine/api.ts';
import type { Colours } from './draw.ts';

type Context = CanvasRenderingContext2D;

/** Members whose lines are drawn at most; beyond, their voxels alone say enough. */
const MOST_LINES = 3000;

/** Smallest voxel on screen that a grey level can be read in, pixels. */
const READABLE = 18;

/** Where voxels lie in the picture of a slice, CSS pixels. */
export interface SliceLayout {
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** A slice in its true proportions, in the middle of a square of this width. */
export function layoutSlice(
  { size: [nx, ny], spacing: [sx, sy] }: MatrixPicture,
  width: number,
): SliceLayout {
  const scale = Math.min(width / (nx * sx), width / (ny * sy));
  const [stepX, stepY] = [sx * scale, sy * scale];
  return { left: (width - nx * stepX) / 2, top: (width - ny * stepY) / 2, stepX, stepY };
}

/** Brightness 0 … 255 of a voxel: its grey level inside the region, a third of its intensity outside. */
function shade({ levels, image, lower, width, matrix }: MatrixPicture, voxel: number): number {
  const level = levels[voxel]!;
  if (level > 0) return matrix.bins === 1 ? 128 : 24 + (231 * (level - 1)) / (matrix.bins - 1);
  const share = (image[voxel]! - lower) / (width * matrix.bins || 1);
  return Number.isFinite(share) ? 8 + 70 * Math.max(0, Math.min(1, share)) : 0;
}

/** Draws the slice in its grey levels with the border of the region. */
export function drawSlice(context: Context, picture: MatrixPicture, l: SliceLayout, colours: Colours): void {
  const [nx, ny] = picture.size;
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      const grey = Math.round(shade(picture, x + nx * y));
      context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
      // Rounded to whole pixels, so that no seam shows between voxels.
      const [x0, y0] = [Math.round(l.left + x * l.stepX), Math.round(l.top + y * l.stepY)];
      const [x1, y1] = [Math.round(l.left + (x + 1) * l.stepX), Math.round(l.top + (y + 1) * l.stepY)];
      context.fillRect(x0, y0, x1 - x0, y1 - y0);
    }
  }
  const inside = (x: number, y: number): boolean =>
    x >= 0 && x < nx && y >= 0 && y < ny && picture.levels[x + nx * y]! > 0;
  context.beginPath();
  for (let y = 0; y <= ny; y++) {
    for (let x = 0; x <= nx; x++) {
      const [px, py] = [l.left + x * l.stepX, l.top + y * l.stepY];
      if (inside(x, y) !== inside(x - 1, y)) {
        context.moveTo(px, py);
        context.lineTo(px, py + l.stepY);
      }
      if (inside(x, y) !== inside(x, y - 1)) {
        context.moveTo(px, py);
        context.lineTo(px + l.stepX, py);
      }
    }
  }
  context.strokeStyle = colours('on-black');
  context.lineWidth = 1;
  context.stroke();
}

/** Writes the grey level into every voxel of the region where it can be read. */
export function writeLevels(
  context: Context,
  picture: MatrixPicture,
  l: SliceLayout,
  colours: Colours,
): void {
  if (Math.min(l.stepX, l.stepY) < READABLE) return;
  const [nx] = picture.size;
  // An outline keeps the number readable on every grey and on what is lit.
  context.strokeStyle = colours('black');
  context.fillStyle = colours('on-black-strong');
  context.lineWidth = 3;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  picture.levels.forEach((level, v) => {
    if (level === 0) return;
    const [x, y] = [l.left + ((v % nx) + 0.5) * l.stepX, l.top + (Math.floor(v / nx) + 0.5) * l.stepY];
    context.strokeText(String(level), x, y);
    context.fillText(String(level), x, y);
  });
}

/**
 * Lights what a cell counts: its voxels, the pairs and runs as lines from end to end, and around a voxel that is
 * counted by its neighbours those neighbours more faintly.
 */
export function lightCell(
  context: Context,
  { size: [nx], matrix }: MatrixPicture,
  l: SliceLayout,
  cell: number,
  colours: Colours,
): void {
  const { members, first, voxels, centred, directed } = matrix;
  const [from, to] = [members[cell]!, members[cell + 1]!];
  const fill = (chosen: ReadonlySet<number>, token: string): void => {
    context.fillStyle = colours(token);
    for (const v of chosen) {
      const [x, y] = [v % nx, Math.floor(v / nx)];
      context.fillRect(l.left + x * l.stepX, l.top + y * l.stepY, l.stepX, l.stepY);
    }
  };
  const all = new Set<number>(voxels.subarray(first[from], first[to]));
  if (centred) {
    const centres = new Set<number>();
    for (let m = from; m < to; m++) centres.add(voxels[first[m]!]!);
    for (const v of centres) all.delete(v);
    fill(all, 'lit-wash');
    fill(centres, 'lit');
    return;
  }
  fill(all, directed ? 'lit-wash' : 'lit');
  if (!directed || to - from > MOST_LINES) return;
  const middle = (v: number): [number, number] => [
    l.left + ((v % nx) + 0.5) * l.stepX,
    l.top + (Math.floor(v / nx) + 0.5) * l.stepY,
  ];
  const thick = Math.max(1, Math.min(l.stepX, l.stepY) * 0.16);
  context.strokeStyle = context.fillStyle = colours('lit');
  context.lineWidth = thick;
  context.lineCap = 'round';
  context.beginPath();
  for (let m = from; m < to; m++) {
    context.moveTo(...middle(voxels[first[m]!]!));
    context.lineTo(...middle(voxels[first[m + 1]! - 1]!));
  }
  context.stroke();
  if (thick < 1.5) return;
  for (const v of all) {
    context.beginPath();
    context.arc(...middle(v), thick * 1.2, 0, 2 * Math.PI);
    context.fill();
  }
}
