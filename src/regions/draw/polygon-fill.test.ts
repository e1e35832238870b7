import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Size3 } from '../../core/geometry.ts';
import { polygonArea, type Polygon } from '../place/polygon.ts';
import { floodFill } from './flood-fill.ts';
import { fillPolygon } from './polygon-fill.ts';
import { crossesItself } from './self-crossing.ts';

const SIZE: Size3 = [90, 80, 70];
const blank = () => new Uint8Array(90 * 80 * 70);

describe('filled polygons', () => {
  it('hold as many voxels as their area by the shoelace formula (SPEC R16)', () => {
    // A hexagon without symmetry: 2A = Σ (x·y′ − x′·y).
    const points: Polygon = [
      [10, 10],
      [60, 5],
      [70, 40],
      [50, 62],
      [20, 55],
      [5, 30],
    ];
    const twice = 10 * 5 - 60 * 10 + (60 * 40 - 70 * 5) + (70 * 62 - 50 * 40) + (50 * 55 - 20 * 62);
    const area = (twice + (20 * 30 - 5 * 55) + (5 * 10 - 10 * 30)) / 2;
    expect(polygonArea(points)).toBe(area);
    for (const normal of [0, 1, 2] as const) {
      const data = blank();
      const { changed } = fillPolygon(data, SIZE, { normal, slice: 20, points, mode: 'add' });
      // Pick: lattice points inside and half those on the edge make up the area; half-open edges take half of them.
      expect(Math.abs(changed - area)).toBeLessThan(12);
      expect(data.reduce((a, b) => a + b, 0)).toBe(changed);
    }
  });

  it('a rectangle between voxel centres holds exactly its area, on each plane', () => {
    const points: Polygon = [
      [9.5, 4.5],
      [29.5, 4.5],
      [29.5, 34.5],
      [9.5, 34.5],
    ];
    for (const normal of [0, 1, 2] as const) {
      const data = blank();
      const done = fillPolygon(data, SIZE, { normal, slice: 7, points, mode: 'add' });
      expect(done.changed).toBe(600);
      const low = [10, 5];
      low.splice(normal, 0, 7);
      const high = [30, 35];
      high.splice(normal, 0, 8);
      expect(done.box).toEqual({ low, high });
      expect(fillPolygon(data, SIZE, { normal, slice: 7, points, mode: 'erase' }).changed).toBe(600);
      expect(data.includes(1)).toBe(false);
    }
  });

  it('a figure of eight is said to cross itself, and its two halves are both filled', () => {
    const eight: Polygon = [
      [10.5, 10.5],
      [30.5, 30.5],
      [30.5, 10.5],
      [10.5, 30.5],
    ];
    const done = fillPolygon(blank(), SIZE, { normal: 2, slice: 0, points: eight, mode: 'add' });
    expect(done.selfCrossing).toBe(true);
    expect(Math.abs(done.changed - 200)).toBeLessThan(21);
  });

  it('only voxels within an intensity range are painted', () => {
    const image = Float32Array.from({ length: 90 * 80 * 70 }, (_, i) => i % 90);
    const points: Polygon = [
      [-0.5, -0.5],
      [89.5, -0.5],
      [89.5, 79.5],
      [-0.5, 79.5],
    ];
    const limit = { data: image, low: 10, high: 19 };
    const done = fillPolygon(blank(), SIZE, { normal: 2, slice: 3, points, mode: 'add', limit });
    expect(done.changed).toBe(800);
  });

  it('fewer than three corners and slices beyond the image fill nothing', () => {
    const points: Polygon = [
      [1, 1],
      [5, 5],
    ];
    expect(fillPolygon(blank(), SIZE, { normal: 2, slice: 3, points, mode: 'add' }).changed).toBe(0);
    const three = [...points, [1, 5] as const];
    expect(fillPolygon(blank(), SIZE, { normal: 2, slice: 70, points: three, mode: 'add' }).changed).toBe(0);
  });
});

it('crossing edges are found as by comparing all with all', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 9 }), (polygon) => {
      const side = (a: number[], b: number[], p: number[]) =>
        Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
      const edges = polygon.map((p, i) => [p, polygon[(i + 1) % polygon.length]] as const);
      const some = edges.some(([a, b], i) =>
        edges
          .slice(i + 1)
          .some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0),
      );
      expect(crossesItself(polygon)).toBe(some);
    }),
  );
});

describe('flood fill', () => {
  const ring: Polygon = [
    [10.5, 10.5],
    [30.5, 10.5],
    [30.5, 30.5],
    [10.5, 30.5],
  ];
  const hole: Polygon = [
    [15.5, 15.5],
    [25.5, 15.5],
    [25.5, 25.5],
    [15.5, 25.5],
  ];

  it.each([0, 1, 2] as const)(
    'fills what is enclosed, and says when nothing is, across axis %i',
    (normal) => {
      const data = blank();
      fillPolygon(data, SIZE, { normal, slice: 9, points: ring, mode: 'add' });
      fillPolygon(data, SIZE, { normal, slice: 9, points: hole, mode: 'erase' });
      expect(floodFill(data, SIZE, { normal, slice: 9, seed: [5, 5] })).toEqual({ done: false, why: 'open' });
      expect(floodFill(data, SIZE, { normal, slice: 9, seed: [20, 20] })).toMatchObject({ changed: 100 });
      expect(floodFill(data, SIZE, { normal, slice: 9, seed: [20, 20] })).toMatchObject({ changed: 400 });
      expect(data.includes(1)).toBe(false);
      expect(floodFill(data, SIZE, { normal, slice: 9, seed: [-1, 0] })).toMatchObject({ done: false });
    },
  );
});
