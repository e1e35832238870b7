import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { traceOutline } from './outline.ts';

const mask = (...rows: string[]) => ({
  inside: Uint8Array.from(rows.join('').split('').map(Number)),
  columns: rows[0]!.length,
  rows: rows.length,
});
const trace = (...rows: string[]) => {
  const m = mask(...rows);
  return traceOutline(m.inside, m.columns, m.rows).map((loop) => [...loop]);
};
/** Shoelace area with y downwards: positive when clockwise on the screen. */
const area = (loop: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < loop.length; i += 2) {
    const j = (i + 2) % loop.length;
    sum += loop[i]! * loop[j + 1]! - loop[j]! * loop[i + 1]!;
  }
  return sum / 2;
};
const perimeter = (loop: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < loop.length; i += 2) {
    const j = (i + 2) % loop.length;
    sum += Math.abs(loop[i]! - loop[j]!) + Math.abs(loop[i + 1]! - loop[j + 1]!);
  }
  return sum;
};

describe('outlines', () => {
  it('nothing gives nothing', () => expect(trace('00', '00')).toEqual([]));
  it('one pixel is a square, clockwise from its top left', () => {
    expect(trace('000', '010', '000')).toEqual([[1, 1, 2, 1, 2, 2, 1, 2]]);
  });
  it('straight runs are one edge, at the border of the picture too', () => {
    expect(trace('111', '111')).toEqual([[0, 0, 3, 0, 3, 2, 0, 2]]);
  });
  it('an L has six corners', () => {
    expect(trace('10', '11')).toEqual([[0, 0, 1, 0, 1, 1, 2, 1, 2, 2, 0, 2]]);
  });
  it('a hole is a loop of its own, the other way round', () => {
    const loops = trace('111', '101', '111');
    expect(loops.map(area)).toEqual([9, -1]);
  });
  it('pixels that touch at a corner stay apart, whichever way they lean', () => {
    expect(trace('10', '01').map(area)).toEqual([1, 1]);
    expect(trace('01', '10').map(area)).toEqual([1, 1]);
    expect(trace('101', '010', '101').map(area)).toEqual([1, 1, 1, 1, 1]);
  });
  it('holes that touch at a corner are one hole through the corner', () => {
    const loops = trace('1111', '1011', '1101', '1111');
    expect(loops.map(area).reduce((a, b) => a + b)).toBe(14);
  });
  it('on random masks: area is the pixel count, length is the number of border edges, each corner turns', () => {
    const random = new Random(7);
    for (let round = 0; round < 50; round++) {
      const [columns, rows] = [1 + (random.uint32() % 12), 1 + (random.uint32() % 12)];
      const inside = Uint8Array.from({ length: columns * rows }, () => (random.uniform() < 0.5 ? 1 : 0));
      const at = (c: number, r: number) =>
        c >= 0 && r >= 0 && c < columns && r < rows ? inside[r * columns + c]! : 0;
      let edges = 0;
      for (let r = 0; r <= rows; r++)
        for (let c = 0; c <= columns; c++) {
          if (at(c, r) !== at(c - 1, r)) edges++;
          if (at(c, r) !== at(c, r - 1)) edges++;
        }
      const loops = traceOutline(inside, columns, rows);
      expect(loops.reduce((sum, loop) => sum + area(loop), 0)).toBe(inside.reduce((a, b) => a + b, 0));
      expect(loops.reduce((sum, loop) => sum + perimeter(loop), 0)).toBe(edges);
      for (const loop of loops) {
        expect(loop.length % 4).toBe(0);
        for (let i = 0; i < loop.length; i += 2) {
          const next = (i + 2) % loop.length;
          const sameX = loop[i] === loop[next];
          const sameY = loop[i + 1] === loop[next + 1];
          expect(sameX).not.toBe(sameY);
        }
      }
    }
  });
});
