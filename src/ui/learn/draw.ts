import type { MatrixPicture } from '../../engine/api.ts';
import { brightness, labelStep, type CellLayout } from './grid-cells.ts';

type Context = CanvasRenderingContext2D;

/** Colours of the page as the canvas needs them, by token. */
export type Colours = (token: string) => string;

/** The tokens that hold for an element. */
export function coloursOf(node: Element): Colours {
  const style = getComputedStyle(node);
  return (token) => style.getPropertyValue(`--${token}`).trim();
}

/** A canvas of this size in CSS pixels, sharp on every screen, cleared. */
export function prepare(canvas: HTMLCanvasElement, width: number, height: number): Context | null {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext('2d');
  context?.scale(ratio, ratio);
  return context;
}

/** Three stops of the heat scale between which colours are mixed. */
function heat(colours: Colours): (share: number) => string {
  const stops = ['heat-none', 'heat-half', 'heat-full'].map((token) => {
    const digits = colours(token).slice(1);
    // The build shortens #ffffff to #fff.
    const hex = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  });
  return (share) => {
    const at = Math.min(1, Math.floor(share * 2));
    const mixed = stops[at]!.map((from, k) =>
      Math.round(from + (stops[at + 1]![k]! - from) * (share * 2 - at)),
    );
    return `rgb(${mixed.join(' ')})`;
  };
}

/** Draws a matrix as a heat map with labelled rows and columns; counts are written where they fit. */
export function drawMatrix(
  context: Context,
  { matrix }: MatrixPicture,
  l: CellLayout,
  cell: number | null,
  colours: Colours,
  fonts: { readonly font: string; readonly write: (value: number) => string },
): void {
  const colourAt = heat(colours);
  const { columns, rows } = l;
  // n_i and s_i have scales of their own.
  const scales = matrix.columns === 'tone' ? columns : 1;
  const most = Array.from({ length: scales }, (_, k) =>
    matrix.values.reduce((m, v, at) => (at % scales === k && v > m ? v : m), 0),
  );
  context.font = fonts.font;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const gap = l.cellWidth > 6 && l.cellHeight > 6 ? 1 : 0;
  for (let at = 0; at < matrix.values.length; at++) {
    const x = l.left + (at % columns) * l.cellWidth;
    const y = l.top + Math.floor(at / columns) * l.cellHeight;
    const value = matrix.values[at]!;
    const share = brightness(value, most[at % scales]!);
    context.fillStyle = colourAt(share);
    context.fillRect(x, y, l.cellWidth - gap, l.cellHeight - gap);
    if (value === 0 || l.cellHeight < 16) continue;
    const text = fonts.write(value);
    if (context.measureText(text).width > l.cellWidth - 1) continue;
    context.fillStyle = colours(share > 0.55 ? 'heat-ink-full' : 'ink');
    context.fillText(text, x + l.cellWidth / 2, y + l.cellHeight / 2);
  }
  context.fillStyle = colours('ink-2');
  context.textAlign = 'right';
  const rowStep = labelStep(l.cellHeight, 14);
  for (let row = 0; row < rows; row++) {
    if ((row + 1) % rowStep !== 0 && row !== 0) continue;
    context.fillText(String(row + 1), l.left - 5, l.top + (row + 0.5) * l.cellHeight);
  }
  context.textAlign = 'center';
  const columnStep = labelStep(l.cellWidth, 10 + 7 * String(matrix.headings.at(-1) ?? 0).length);
  matrix.headings.forEach((heading, column) => {
    if ((column + 1) % columnStep !== 0 && column !== 0) return;
    const text = matrix.columns === 'tone' ? ['n', 's'][column]! : String(heading);
    context.fillText(text, l.left + (column + 0.5) * l.cellWidth, l.top / 2);
  });
  if (cell === null) return;
  const x = l.left + (cell % columns) * l.cellWidth;
  const y = l.top + Math.floor(cell / columns) * l.cellHeight;
  // Two lines, so that the mark is seen on bright and on dark cells.
  for (const [width, token] of [
    [4, 'ground'],
    [2, 'lit'],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colours(token);
    context.strokeRect(x - 1, y - 1, l.cellWidth - gap + 2, l.cellHeight - gap + 2);
  }
}
