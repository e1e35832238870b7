/** Where the cells of a matrix lie in its picture, CSS pixels. */
export interface CellLayout {
  readonly rows: number;
  readonly columns: number;
  /** Room for labels. */
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** Largest cell: a matrix of two columns need not fill the panel. */
const WIDEST = 44;
const HIGHEST = 30;

/** Cells for a picture of this width; as high as wide at most. */
export function layoutCells(rows: number, columns: number, width: number): CellLayout {
  const [left, top] = [28, 18];
  const room = Math.max(1, width - left - 1);
  return {
    rows,
    columns,
    left,
    top,
    cellWidth: Math.min(WIDEST, room / Math.max(1, columns)),
    cellHeight: Math.min(HIGHEST, room / Math.max(1, rows)),
  };
}

/** The cell under a point, row by row from 0; null beside the matrix. */
export function cellAt(l: CellLayout, x: number, y: number): number | null {
  const column = Math.floor((x - l.left) / l.cellWidth);
  const row = Math.floor((y - l.top) / l.cellHeight);
  return column < 0 || column >= l.columns || row < 0 || row >= l.rows ? null : row * l.columns + column;
}

/** The cell that a key moves to; undefined leaves the key to the browser. */
export function cellByKey(
  cell: number,
  key: string,
  { rows, columns }: Pick<CellLayout, 'rows' | 'columns'>,
): number | undefined {
  const row = Math.floor(cell / columns);
  const column = cell % columns;
  const to = (r: number, c: number) =>
    Math.max(0, Math.min(rows - 1, r)) * columns + Math.max(0, Math.min(columns - 1, c));
  switch (key) {
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'PageUp':
      return to(row - 10, column);
    case 'PageDown':
      return to(row + 10, column);
    case 'Home':
      return to(row, 0);
    case 'End':
      return to(row, columns - 1);
    default:
      return undefined;
  }
}

/** Every how many rows or columns a label fits, 1, 2, 5, 10, 20 …, when each needs so many pixels. */
export function labelStep(cell: number, needs: number): number {
  for (let ten = 1; ; ten *= 10) for (const n of [1, 2, 5]) if (n * ten * cell >= needs) return n * ten;
}

/**
 * How bright a cell is, 0 … 1, against the largest of its kind: the square root, so that rare entries are seen beside
 * common ones. A cell that counts anything is never as dark as an empty one.
 */
export const brightness = (value: number, most: number): number =>
  value <= 0 || most <= 0 ? 0 : 0.14 + 0.86 * Math.sqrt(value / most);
