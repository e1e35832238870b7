import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPatient, voxelCount, type Affine, type Grid, type Size3 } from '../../core/geometry.ts';
import type { Contour } from '../../core/region.ts';
import { rasterise } from './rasterise.ts';

const UNIT: Affine = {
  origin: [0, 0, 0],
  matrix: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
};
/** 30° about x, then anisotropic: no axis of the grid lies along one of the patient. */
const OBLIQUE: Affine = {
  origin: [-120.5, 33.25, 7.125],
  matrix: [
    [0.8, 0, 0],
    [0, 0.7 * Math.cos(Math.PI / 6), 0.7 * Math.sin(Math.PI / 6)],
    [0, -1.5, 1.5 * Math.sqrt(3)],
  ],
};

const gridOf = (size: Size3, affine = UNIT): Grid => ({ size, affine });

/** A contour given in voxel coordinates of the grid. */
const contour = ({ affine }: Grid, k: number, ...points: (readonly [number, number])[]): Contour => ({
  points: points.map(([i, j]) => toPatient(affine, i, j, k)),
});

const square = (grid: Grid, k: number, from: number, to: number): Contour =>
  contour(grid, k, [from, from], [to, from], [to, to], [from, to]);

const inside = (data: Uint8Array, { size: [nx, ny] }: Grid): string[] => {
  const out: string[] = [];
  data.forEach((v, p) => v && out.push(`${p % nx},${Math.floor(p / nx) % ny},${Math.floor(p / nx / ny)}`));
  return out;
};
const count = (data: Uint8Array) => data.reduce((n, v) => n + v, 0);

describe('contours to voxels', () => {
  it('takes the voxels whose centre lies inside', () => {
    const grid = gridOf([5, 5, 2]);
    const { data, findings } = rasterise([square(grid, 1, 0.6, 2.4)], grid, 'r');
    expect(inside(data, grid)).toEqual(['1,1,1', '2,1,1', '1,2,1', '2,2,1']);
    expect(findings).toEqual([]);
  });

  it('counts centres on the left and top edge, not on the right and bottom, so that the count is the area', () => {
    const grid = gridOf([6, 6, 1]);
    const { data } = rasterise([square(grid, 0, 1, 4)], grid, 'r');
    expect(inside(data, grid)).toEqual([
      '1,1,0',
      '2,1,0',
      '3,1,0',
      '1,2,0',
      '2,2,0',
      '3,2,0',
      '1,3,0',
      '2,3,0',
      '3,3,0',
    ]);
  });

  it('decides on edges the same way when decimals are lost in the file', () => {
    const affine: Affine = {
      origin: [-174.394501, -79.625504, 3],
      matrix: [
        [0.976562, 0, 0],
        [0, 0.976562, 0],
        [0, 0, 3],
      ],
    };
    const grid = gridOf([40, 40, 1], affine);
    for (const noise of [1e-9, -1e-9]) {
      const exact = square(grid, 0, 5, 25);
      const written = { points: exact.points.map(([x, y, z]) => [x + noise, y + noise, z] as const) };
      expect(rasterise([written], grid, 'r').data).toEqual(rasterise([exact], grid, 'r').data);
    }
  });

  it('makes a hole of an inner contour, and of a keyhole', () => {
    const grid = gridOf([9, 9, 1]);
    const ring = rasterise([square(grid, 0, 0.5, 7.5), square(grid, 0, 2.5, 5.5)], grid, 'r').data;
    expect(count(ring)).toBe(49 - 9);
    const keyhole = contour(
      grid,
      0,
      [0.5, 0.5],
      [7.5, 0.5],
      [7.5, 7.5],
      [0.5, 7.5],
      [0.5, 0.5],
      [2.5, 2.5],
      [2.5, 5.5],
      [5.5, 5.5],
      [5.5, 2.5],
      [2.5, 2.5],
    );
    expect(rasterise([keyhole], grid, 'r').data).toEqual(ring);
    const islands = rasterise([square(grid, 0, 0.5, 2.5), square(grid, 0, 4.5, 6.5)], grid, 'r').data;
    expect(count(islands)).toBe(8);
  });

  const point = fc.tuple(
    fc.double({ min: -3, max: 19, noNaN: true }),
    fc.double({ min: -3, max: 15, noNaN: true }),
  );

  it('agrees with ray casting at every voxel centre, also on an oblique grid', () => {
    const grid = gridOf([16, 12, 3], OBLIQUE);
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 12 }), (points) => {
        const { data } = rasterise([contour(grid, 1, ...points)], grid, 'r');
        for (let j = 0; j < 12; j++) {
          for (let i = 0; i < 16; i++) {
            if (nearEdge(points, i, j)) continue;
            expect(data[i + 16 * (j + 12)], `${i},${j}`).toBe(castRay(points, i, j) ? 1 : 0);
          }
        }
        expect(count(data.subarray(0, 192)) + count(data.subarray(384))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('neither shares nor loses a voxel along the common edge of two regions', () => {
    const grid = gridOf([16, 12, 1]);
    const lattice = fc
      .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 22 }))
      .map(([x, y]) => [x / 2, y / 2] as const);
    fc.assert(
      fc.property(lattice, lattice, lattice, lattice, (a, b, c, d) => {
        const parts = [
          rasterise([contour(grid, 0, a, b, c)], grid, 'r').data,
          rasterise([contour(grid, 0, a, c, d)], grid, 'r').data,
        ];
        const whole = rasterise([contour(grid, 0, a, b, c, d)], grid, 'r').data;
        expect(whole).toEqual(parts[0].map((v, i) => v ^ parts[1][i]));
      }),
    );
  });
});

describe('what rasterising has to say', () => {
  const ids = (findings: readonly { id: string; severity: string }[]) =>
    findings.map((f) => `${f.id} ${f.severity}`);
  const grid = gridOf([10, 10, 8]);

  it('V-06 names the slices between contours that have none', () => {
    const { findings } = rasterise(
      [1, 2, 5, 7].map((k) => square(grid, k, 2, 5)),
      grid,
      'r',
    );
    expect(ids(findings)).toEqual(['V-06 warn']);
    expect(findings[0].facts).toMatchObject({ slices: '4, 5, 7', count: 3 });
  });

  it('V-07 counts contours off their slice, and those that reach none', () => {
    const { data, findings } = rasterise([square(grid, 1.3, 2, 5), square(grid, 9, 2, 5)], grid, 'r');
    expect(inside(data, grid)).toHaveLength(9);
    expect(inside(data, grid)[0]).toBe('2,2,1');
    expect(ids(findings)).toEqual(['V-07 warn', 'V-07 warn', 'V-01 fail']);
    expect(findings[2].facts).toMatchObject({ percent: 50 });
  });

  it('contours of thinner slices do not cancel each other: the nearest plane has the slice', () => {
    const planes = [0.7, 1.1, 1.4].map((k, n) => square(grid, k, 2, 4 + n));
    const { data, findings } = rasterise(planes, grid, 'r');
    expect(count(data)).toBe(9); // that of depth 1.1, 3 × 3
    expect(findings.find((f) => f.facts['count'] === 2)).toMatchObject({ id: 'V-07', severity: 'warn' });
  });

  it('contours across the slices are left out and said', () => {
    const sagittal: Contour = {
      points: [
        [3, 1, 1],
        [3, 6, 1],
        [3, 6, 6],
        [3, 1, 6],
      ],
    };
    const { data, findings } = rasterise([sagittal], grid, 'r');
    expect(count(data)).toBe(0);
    expect(ids(findings)).toContain('V-07 fail');
  });

  it('a contour that is written twice does not cut itself out', () => {
    const once = rasterise([square(grid, 2, 1, 6)], grid, 'r').data;
    const turned = square(grid, 2, 1, 6).points;
    const twice = rasterise(
      [square(grid, 2, 1, 6), { points: [...turned.slice(1), turned[0]].reverse() }],
      grid,
      'r',
    );
    expect(twice.data).toEqual(once);
    expect(ids(twice.findings)).toEqual(['R-twice warn']);
  });

  it('V-07 tells of contours that overlap in part, not of holes, neighbours and common edges', () => {
    const wide = gridOf([40, 40, 4]);
    const said = (...squares: (readonly [number, number])[]) =>
      ids(
        rasterise(
          squares.map(([from, to]) => square(wide, 1, from, to)),
          wide,
          'r',
        ).findings,
      );
    expect(said([2, 20], [10, 30])).toEqual(['V-07 warn']);
    expect(said([2, 30], [10, 20])).toEqual([]);
    expect(said([2, 12], [12, 30])).toEqual([]);
    expect(said([2, 12], [15, 30])).toEqual([]);
    expect(said([2, 30], [2, 20])).toEqual([]);
  });

  it('V-07 tells of contours that cross themselves, not of keyholes and slips of the hand', () => {
    const grid = gridOf([20, 20, 1]);
    const shape = (...corners: (readonly [number, number])[]) => contour(grid, 0, ...corners);
    const said = (c: Contour) => rasterise([c], grid, 'r').findings.map((f) => f.id + (f.facts.count ?? ''));
    const bow = shape([1, 1], [15, 15], [15, 1], [1, 15]);
    const twice = shape(
      [1, 1],
      [15, 1],
      [15, 15],
      [5, 15],
      [5, 5],
      [18, 5],
      [18, 8],
      [8, 8],
      [8, 12],
      [1, 12],
    );
    const keyhole = shape(
      [1, 1],
      [15, 1],
      [15, 15],
      [1, 15],
      [1, 5],
      [4, 5],
      [4, 9],
      [8, 9],
      [8, 5],
      [4, 5],
      [1, 5],
    );
    const slip = shape([1, 1], [15, 1], [15, 15], [1, 15], [1, 0.5], [1.5, 0.5]);
    expect(said(bow)).toEqual(['V-071']);
    expect(said(twice)).toEqual(['V-071']);
    expect(said(keyhole)).toEqual([]);
    expect(said(slip)).toEqual([]);
  });

  it('V-01 tells the share that is cut off at the border', () => {
    // The image reaches from -0.5 to 9.5; of 4 × 4 pixels a strip of 1 × 4 lies beyond.
    const { findings } = rasterise([square(grid, 1, 6.5, 10.5)], grid, 'r');
    expect(ids(findings)).toEqual(['V-01 fail']);
    expect(findings[0].facts).toMatchObject({ percent: 43.8 }); // 1 − (3/4)²
  });
});

describe('hostile and large contours', () => {
  it('fills 300 contours on 512 × 512', () => {
    const grid = gridOf([512, 512, 300]);
    const circle = (k: number) =>
      contour(
        grid,
        k,
        ...Array.from(
          { length: 400 },
          (_, n) => [256 + 200 * Math.cos(n / 63.66), 256 + 200 * Math.sin(n / 63.66)] as const,
        ),
      );
    const contours = Array.from({ length: 300 }, (_, k) => circle(k));
    const { data } = rasterise(contours, grid, 'r');
    expect(Math.abs(count(data) / 300 / (Math.PI * 200 ** 2) - 1)).toBeLessThan(2e-3);
  });

  it('takes a contour of 300 000 points', () => {
    const grid = gridOf([64, 64, 1]);
    const n = 300_000;
    const many = Array.from(
      { length: n },
      (_, i) =>
        [32 + 20 * Math.cos((2 * Math.PI * i) / n), 32 + 20 * Math.sin((2 * Math.PI * i) / n)] as const,
    );
    const points = many.map(([x, y]) => [x, y, 0] as const);
    const { data } = rasterise([{ points }], grid, 'r');
    expect(Math.abs(count(data) - Math.PI * 400)).toBeLessThan(20);
  });

  it('ends for contours far outside, without area, and for none', () => {
    const grid = gridOf([8, 8, 2]);
    const far: Contour = {
      points: [
        [1e5, 1e5, 0],
        [-1e5, 1e5, 0],
        [0, -1e5, 0],
      ],
    };
    expect(count(rasterise([far], grid, 'r').data)).toBe(64);
    expect(
      count(
        rasterise(
          [
            {
              points: [
                [1, 1, 0],
                [5, 5, 0],
                [3, 3, 0],
              ],
            },
          ],
          grid,
          'r',
        ).data,
      ),
    ).toBe(0);
    expect(rasterise([], grid, 'r')).toEqual({ data: new Uint8Array(voxelCount(grid.size)), findings: [] });
  });
});

function castRay(points: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let odd = false;
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) odd = !odd;
  });
  return odd;
}

/** Is the point closer to an edge than what is lost in going to patient space and back? */
function nearEdge(points: readonly (readonly [number, number])[], x: number, y: number): boolean {
  return points.some(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length];
    const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2 || 1);
    const t = Math.min(1, Math.max(0, along));
    return Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1)) < 1e-5;
  });
}
