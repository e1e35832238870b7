import { describe, expect, it } from 'vitest';
import { brightness, cellAt, cellByKey, labelStep, layoutCells } from './grid-cells.ts';

describe('cells of a matrix in its picture', () => {
  it('meets the cell under the pointer, and none beside', () => {
    const l = layoutCells(4, 4, 28 + 1 + 160);
    expect([l.cellWidth, l.cellHeight]).toEqual([40, 30]);
    expect(cellAt(l, 28, 18)).toBe(0);
    expect(cellAt(l, 28 + 159, 18 + 119)).toBe(15);
    expect(cellAt(l, 28 + 41, 18 + 31)).toBe(5);
    for (const [x, y] of [
      [27, 20],
      [30, 17],
      [28 + 161, 20],
      [30, 18 + 124],
    ] as const) {
      expect(cellAt(l, x, y)).toBeNull();
    }
  });

  it('moves by keys and stays inside', () => {
    const matrix = { rows: 12, columns: 3 };
    const keys = (cell: number, ...names: string[]) =>
      names.reduce((at, key) => cellByKey(at, key, matrix)!, cell);
    expect(keys(0, 'ArrowRight', 'ArrowDown')).toBe(4);
    expect(keys(0, 'ArrowLeft', 'ArrowUp')).toBe(0);
    expect(keys(0, 'End')).toBe(2);
    expect(keys(5, 'Home')).toBe(3);
    expect(keys(1, 'PageDown')).toBe(31);
    expect(keys(1, 'PageDown', 'PageDown')).toBe(34);
    expect(keys(34, 'PageUp')).toBe(4);
    expect(cellByKey(0, 'Tab', matrix)).toBeUndefined();
  });

  it('labels as many rows as fit', () => {
    expect([40, 14, 13, 6, 3, 1.5, 0.7].map((cell) => labelStep(cell, 14))).toEqual([1, 1, 2, 5, 5, 10, 20]);
  });

  it('shows rare entries and keeps empty cells dark', () => {
    expect(brightness(0, 100)).toBe(0);
    expect(brightness(100, 100)).toBeCloseTo(1);
    expect(brightness(1, 10_000)).toBeGreaterThan(0.14);
    expect(brightness(25, 100)).toBeCloseTo(0.57);
  });
});
