import type { Vec3 } from '../../core/geometry.ts';
import { onScreen, type PlaneScreen } from './tool.ts';

/** A line as it is drawn over the picture. */
export interface DrawnLine {
  readonly ends: readonly [Vec3, Vec3];
  readonly label: string;
  readonly selected: boolean;
  readonly dashed: boolean;
}

const PLAIN = '#9fe3ff';
const CHOSEN = '#ffe08a';
const DARK = 'rgb(0 0 0 / 0.75)';
const HANDLE = 4;

/** Draws lines with their ends and labels, in CSS pixels, each over a dark rim so that it is seen on any picture. */
export function drawLines(
  context: CanvasRenderingContext2D,
  screen: PlaneScreen,
  lines: readonly DrawnLine[],
): void {
  context.font = '600 12px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.lineCap = 'round';
  for (const { ends, label, selected, dashed } of lines) {
    const [a, b] = [onScreen(screen, ends[0]), onScreen(screen, ends[1])];
    const colour = selected ? CHOSEN : PLAIN;
    context.setLineDash(dashed ? [6, 5] : []);
    for (const [width, style] of [
      [4, DARK],
      [2, colour],
    ] as const) {
      context.lineWidth = width;
      context.strokeStyle = style;
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      context.stroke();
    }
    context.setLineDash([]);
    for (const { x, y } of [a, b]) {
      context.beginPath();
      context.arc(x, y, HANDLE, 0, 2 * Math.PI);
      context.fillStyle = DARK;
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = colour;
      context.stroke();
    }
    if (label) drawLabel(context, screen, label, colour, a.x > b.x ? a : b);
  }
}

function drawLabel(
  context: CanvasRenderingContext2D,
  { pane }: PlaneScreen,
  label: string,
  colour: string,
  beside: { readonly x: number; readonly y: number },
): void {
  const width = context.measureText(label).width + 10;
  // Kept within the pane: to the left of an end that stands at the right edge.
  const x = beside.x + 10 + width > pane.width ? Math.max(2, beside.x - 10 - width) : beside.x + 10;
  const y = Math.max(12, Math.min(pane.height - 12, beside.y));
  context.fillStyle = DARK;
  context.fillRect(x, y - 9, width, 18);
  context.fillStyle = colour;
  context.fillText(label, x + 5, y + 0.5);
}
