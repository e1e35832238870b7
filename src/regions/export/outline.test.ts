import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grid } from '../../core/geometry.ts';
import { PlaneFill } from '../place/polygon.ts';
import { rasterise } from '../place/rasterise.ts';
import { contoursOf } from './contours.ts';
import { outlinesOf } from './outline.ts';

/** A plane drawn with one character a pixel, `#` inside. */
function plane(...lines: string[]): [Uint8Array, number, number] {
  const rows = lines.map((line) => [...line].map((c) => (c === '#' ? 1 : 0)));
  return [Uint8Array.from(rows.flat()), lines[0].length, lines.length];
}

/** Filled one by one, not together: what a reader sees that takes each contour for a part. */
function united(data: Uint8Array, columns: number, rows: number): Uint8Array {
  const out = new Uint8Array(data.length);
  for (const outline of outlinesOf(data, columns, rows)) {
    const one = new Uint8Array(data.length);
    const fill = new PlaneFill(columns, rows);
    fill.add(outline);
    fill.write(one, 0);
    one.forEach((v, i) => (out[i] |= v));
  }
  return out;
}

/** Winding number of a point by the crossing of edges: an independent judge of inside. */
function winding(outline: readonly (readonly [number, number])[], x: number, y: number): number {
  let turns = 0;
  outline.forEach(([x1, y1], i) => {
    const [x2, y2] = outline[(i + 1) % outline.length];
    const left = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
    if (y1 <= y && y2 > y && left > 0) turns++;
    else if (y1 > y && y2 <= y && left < 0) turns--;
  });
  return turns;
}

describe('outlines of a plane', () => {
  it('one pixel: its four corners, half a pixel around its centre, clockwise on screen', () => {
    const [outline, ...more] = outlinesOf(...plane('...', '.#.', '...'));
    expect(more).toEqual([]);
    expect(new Set(outline.map(String))).toEqual(new Set(['0.5,0.5', '1.5,0.5', '1.5,1.5', '0.5,1.5']));
  });

  it('a rectangle: four points, whatever its size, at the edge of the image too', () => {
    expect(outlinesOf(...plane('####', '####'))).toHaveLength(1);
    expect(outlinesOf(...plane('####', '####'))[0]).toHaveLength(4);
  });

  it('pixels that touch by a corner: two outlines', () => {
    expect(outlinesOf(...plane('#.', '.#')).map((o) => o.length)).toEqual([4, 4]);
    expect(outlinesOf(...plane('.#', '#.')).map((o) => o.length)).toEqual([4, 4]);
  });

  it('a hole: one outline with a line to the hole, there and back', () => {
    const ring = plane('####', '#..#', '####');
    expect(outlinesOf(...ring).map((o) => o.length)).toEqual([4 + 1 + 4 + 1]);
    expect(united(...ring)).toEqual(ring[0]);
  });

  it('holes that touch by a corner, an island in a hole, a hole in the island', () => {
    const odd = plane(
      '###########',
      '#.........#',
      '#.#####.#.#',
      '#.#.#.#...#',
      '#.##.##.#.#',
      '#.#####.#.#',
      '#.........#',
      '###########',
    );
    expect(united(...odd)).toEqual(odd[0]);
  });

  it('an empty plane has none', () => {
    expect(outlinesOf(new Uint8Array(12), 4, 3)).toEqual([]);
  });

  it('any plane comes back from each outline alone, from all together, and by winding numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }).chain((columns) =>
          fc.integer({ min: 1, max: 9 }).chain((rows) =>
            fc.tuple(
              fc.constant(columns),
              fc.constant(rows),
              fc.array(fc.constantFrom(0, 1, 1), {
                minLength: columns * rows,
                maxLength: columns * rows,
              }),
            ),
          ),
        ),
        ([columns, rows, values]) => {
          const data = Uint8Array.from(values);
          const outlines = outlinesOf(data, columns, rows);
          expect(united(data, columns, rows)).toEqual(data);
          const fill = new PlaneFill(columns, rows);
          outlines.forEach((o) => fill.add(o));
          const together = new Uint8Array(data.length);
          fill.write(together, 0);
          expect(together).toEqual(data);
          const wound = data.map((_, i) =>
            outlines.reduce((n, o) => n + winding(o, i % columns, Math.floor(i / columns)), 0),
          );
          expect(wound).toEqual(data);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('contours of a mask', () => {
  // Oblique, with slices sheared against their normal as behind a tilted gantry.
  const [c, s] = [Math.cos(0.4), Math.sin(0.4)];
  const grid: Grid = {
    size: [7, 6, 5],
    affine: {
      origin: [-112.3, 41.7, 803.1],
      matrix: [
        [0.7 * c, 0.7 * s, 0],
        [-0.9 * s, 0.9 * c, 0.1],
        [0.4, 0.3, 2.5],
      ],
    },
  };

  it('give the same voxels on the same grid, in thousandths of a millimetre too, with no remark', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0, 1), { minLength: 210, maxLength: 210 }), (values) => {
        const mask = Uint8Array.from(values);
        const rounded = contoursOf(mask, grid).map((contour) => ({
          points: contour.points.map(
            (p) => p.map((mm) => Math.round(mm * 1000) / 1000) as unknown as typeof p,
          ),
        }));
        const { data, findings } = rasterise(rounded, grid, 'r');
        expect(data).toEqual(mask);
        expect(findings.filter((f) => f.id !== 'V-06')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
