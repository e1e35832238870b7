import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import type { Size3, Vec3 } from '../../core/geometry.ts';
import { Random } from '../../core/random.ts';
import { maskRows } from '../../imaging/mask-rows.ts';
import type { FeatureValue } from '../family.ts';
import type { RegionSample } from '../region-sample.ts';
import { contextOf, randomSample, sampleOf } from '../sample.testing.ts';
import { pairSumsReference } from './autocorrelation.ts';
import { convexHull } from './convex-hull.ts';
import { cubeCases } from './cube-table.ts';
import { ellipsoidArea, enclosingEllipsoid } from './ellipsoid.ts';
import { fft, fftLength } from './fft.ts';
import { meshOf, morphology } from './index.ts';
import { latticeSums } from './lattice-sums.ts';
import { orientedBox } from './oriented-box.ts';
import { diameterOf, hullOfMesh, sidesOf, type MeshHull } from './outline.ts';
import { eigenOf } from './symmetric-matrix.ts';

const kernels = await loadKernels();
const valuesOf = (rows: readonly FeatureValue[]): Map<string, FeatureValue> =>
  new Map(rows.map((r) => [r.tag, r]));
const measure = (sample: RegionSample, backend: typeof kernels | null = kernels): Map<string, FeatureValue> =>
  valuesOf(morphology.compute(contextOf(sample, backend)));
const ones = (n: number): Uint8Array => new Uint8Array(n).fill(1);

describe('mesh', () => {
  test('the table: complementary cases fill the cube unless two diagonal corners of a face are alone', () => {
    const cases = cubeCases();
    expect(cases[1]!.volume).toBeCloseTo(1 / 48, 14); // one corner: a tetrahedron with edges of ½
    expect(cases[254]!.volume).toBeCloseTo(47 / 48, 14);
    expect(cases[3]!.volume).toBeCloseTo(1 / 8, 14); // two corners of an edge: half of half of half
    expect(cases[255]!.volume).toBeCloseTo(1, 14);
    for (const { volume } of cases) expect(volume >= -1e-12 && volume <= 1 + 1e-12).toBe(true);
  });

  test('one voxel is an octahedron', () => {
    // edges of the box 2, 3, 4 mm: V = abc/6; the eight faces for a cube of 1 mm have area √3/8 each
    const v = meshOf(sampleOf([1, 1, 1], [2, 3, 4], [5], [1]), kernels);
    expect(v.volume).toBeCloseTo(4, 12);
    expect(meshOf(sampleOf([1, 1, 1], [1, 1, 1], [5], [1]), kernels).area).toBeCloseTo(Math.sqrt(3), 12);
  });

  test('a block is convex: mesh and hull, found in two ways, are the same body', () => {
    const size: Size3 = [5, 4, 7];
    const spacing: Vec3 = [1.5, 0.7, 3];
    const sample = sampleOf(size, spacing, ones(140), ones(140));
    const mesh = meshOf(sample, kernels);
    const hull = hullOfMesh(maskRows(sample.morphological, size, null), spacing, null);
    expect(mesh.volume).toBeCloseTo(hull.volume, 9);
    expect(mesh.area).toBeCloseTo(hull.area, 9);
  });

  test('does not depend on flips and turns, place or backend', () => {
    const size: Size3 = [6, 7, 5];
    const sample = randomSample(size, [1, 1, 1], 4, 0.5);
    const turned = new Uint8Array(210);
    const flipped = new Uint8Array(210);
    const shifted = new Uint8Array(10 * 9 * 8);
    for (let z = 0, i = 0; z < 5; z++) {
      for (let y = 0; y < 7; y++) {
        for (let x = 0; x < 6; x++, i++) {
          turned[z + 5 * (x + 6 * y)] = sample.morphological[i]!;
          flipped[5 - x + 6 * (y + 7 * (4 - z))] = sample.morphological[i]!;
          shifted[x + 3 + 10 * (y + 1 + 9 * (z + 2))] = sample.morphological[i]!;
        }
      }
    }
    const { volume, area } = meshOf(sample, null);
    for (const [mask, s] of [
      [turned, [5, 6, 7]],
      [flipped, size],
      [shifted, [10, 9, 8]],
    ] as const) {
      const other = meshOf(sampleOf(s, [1, 1, 1], mask, mask), kernels);
      expect(other.volume).toBeCloseTo(volume, 10);
      expect(other.area).toBeCloseTo(area, 10);
    }
  });
});

describe('convex hull', () => {
  test('holds every point, and V − E + F = 2', () => {
    const r = new Random(2);
    const points = Int32Array.from({ length: 3 * 400 }, () => Math.floor(r.uniform() * 12));
    const { vertices, faces } = convexHull(points)!;
    for (let f = 0; f < faces.length; f += 3) {
      const [a, b, c] = [0, 1, 2].map((i) => [
        ...points.subarray(3 * faces[f + i]!, 3 * faces[f + i]! + 3),
      ]) as [number[], number[], number[]];
      const u = b.map((x, i) => x - a[i]!);
      const v = c.map((x, i) => x - a[i]!);
      const n = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!];
      expect(n.some((x) => x !== 0)).toBe(true);
      for (let p = 0; p < points.length; p += 3) {
        const above = n.reduce((s, x, i) => s + x * (points[p + i]! - a[i]!), 0);
        expect(above).toBeLessThanOrEqual(0);
      }
    }
    expect(vertices.length - faces.length / 2 + faces.length / 3).toBe(2);
  });

  test('a lattice cube has volume n³', () => {
    const points: number[] = [];
    for (let i = 0; i < 1000; i++) points.push(i % 10, Math.floor(i / 10) % 10, Math.floor(i / 100));
    const p = Int32Array.from(points);
    const hull = hullFrom(p, 1);
    expect(hull.volume).toBeCloseTo(729, 9);
    expect(hull.area).toBeCloseTo(486, 9);
  });

  test('points in a plane have none', () => {
    expect(convexHull(Int32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 5, 0]))).toBeNull();
  });
});

/** A hull of free points, in units of `scale`. */
function hullFrom(points: Int32Array, scale: number): MeshHull {
  const hull = convexHull(points)!;
  const corners = Float64Array.from(points, (x) => x * scale);
  let volume = 0;
  let area = 0;
  for (let f = 0; f < hull.faces.length; f += 3) {
    const [a, b, c] = [0, 1, 2].map((i) =>
      corners.subarray(3 * hull.faces[f + i]!, 3 * hull.faces[f + i]! + 3),
    ) as [Float64Array, Float64Array, Float64Array];
    const u = [b[0]! - a[0]!, b[1]! - a[1]!, b[2]! - a[2]!];
    const v = [c[0]! - a[0]!, c[1]! - a[1]!, c[2]! - a[2]!];
    const n = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!];
    volume += (n[0]! * a[0]! + n[1]! * a[1]! + n[2]! * a[2]!) / 6;
    area += Math.hypot(...n) / 2;
  }
  return { corners, faces: hull.faces, neighbours: hull.neighbours, sides: sidesOf(hull), volume, area };
}

/** Corners of a body turned by three angles, on a fine lattice. */
function turned(corners: readonly (readonly number[])[], angles: readonly number[]): Int32Array {
  return Int32Array.from(
    corners.flatMap(([x = 0, y = 0, z = 0]) => {
      const p = [x, y, z];
      angles.forEach((angle, axis) => {
        const [a, b] = [(axis + 1) % 3, (axis + 2) % 3];
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        [p[a], p[b]] = [c * p[a]! - s * p[b]!, s * p[a]! + c * p[b]!];
      });
      return p.map((v) => Math.round(v));
    }),
  );
}

const boxCorners = (a: number, b: number, c: number): number[][] =>
  Array.from({ length: 8 }, (_, i) => [i & 1 ? a : 0, i & 2 ? b : 0, i & 4 ? c : 0]);

describe('minimum boxes and ellipsoids', () => {
  test.each([
    [0, 0, 0],
    [0.3, 1.1, 2],
    [1, 0.2, 0.7],
  ])('a turned box (%s, %s, %s) is its own minimum box', (...angles) => {
    const { edges } = orientedBox(hullFrom(turned(boxCorners(20000, 9000, 5000), angles), 1e-3), null);
    expect([...edges].sort((x, y) => y - x).map((e) => Math.round(100 * e) / 100)).toEqual([20, 9, 5]);
  });

  test.each([
    [[9, 9, 9], [1, 1, 1], 0.9],
    [[30, 6, 5], [1, 1.5, 2], 0.5],
    [[4, 7, 40], [0.7, 1, 1], 0.1],
    [[12, 12, 2], [1, 1, 5], 0.05],
  ] as const)('the diameter of a random region of %s voxels is that of all pairs', (size, spacing, share) => {
    const draw = new Random(size[0] + size[2]);
    const mask = Uint8Array.from({ length: size[0] * size[1] * size[2] }, () =>
      Number(draw.uniform() < share),
    );
    const hull = hullOfMesh(maskRows(mask, size, null), spacing, null);
    let most = 0;
    for (let i = 0; i < hull.corners.length; i += 3) {
      for (let j = 0; j < i; j += 3) {
        const d = [0, 1, 2].map((a) => hull.corners[i + a]! - hull.corners[j + a]!);
        most = Math.max(most, Math.hypot(...d));
      }
    }
    expect(diameterOf(hull)).toBeCloseTo(most, 10);
  });

  test.each([3, 10, 33, 70])(
    'the box around a ball of %s voxels holds every corner and is no larger than needed',
    (r) => {
      const n = 2 * r + 1;
      const mask = new Uint8Array(n ** 3);
      for (let z = 0, i = 0; z < n; z++) {
        for (let y = 0; y < n; y++) {
          for (let x = 0; x < n; x++, i++)
            if ((x - r) ** 2 + (y - r) ** 2 + (z - r) ** 2 <= r * r) mask[i] = 1;
        }
      }
      const hull = hullOfMesh(maskRows(mask, [n, n, n], null), [1, 1, 1.3], null);
      const { edges, axes, volume } = orientedBox(hull, null);
      expect(edges[0] * edges[1] * edges[2]).toBeCloseTo(volume, 6);
      expect(volume).toBeLessThanOrEqual(n * n * n * 1.3 + 1e-6); // the box along the image axes
      axes.forEach((axis, i) => {
        let low = Infinity;
        let high = -Infinity;
        for (let v = 0; v < hull.corners.length; v += 3) {
          const h =
            axis[0] * hull.corners[v]! + axis[1] * hull.corners[v + 1]! + axis[2] * hull.corners[v + 2]!;
          low = Math.min(low, h);
          high = Math.max(high, h);
        }
        expect(high - low).toBeCloseTo(edges[i]!, 8);
      });
    },
  );

  test('a regular tetrahedron lies in a cube of three times its volume, no side of which is flush with it', () => {
    const t = [
      [0, 0, 0],
      [9000, 9000, 0],
      [9000, 0, 9000],
      [0, 9000, 9000],
    ];
    const [a, b, c] = orientedBox(hullFrom(turned(t, [0.4, 0.9, 0.1]), 1e-3), null).edges;
    expect(a * b * c).toBeCloseTo(729, 0);
  });

  test('the ellipsoid around a box has semi-axes √3/2 of its edges', () => {
    const axes = enclosingEllipsoid(
      hullFrom(turned(boxCorners(20000, 9000, 5000), [0.3, 1.1, 2]), 1e-3).corners,
    );
    [20, 9, 5].forEach((e, i) => expect(axes[i]! / ((Math.sqrt(3) / 2) * e)).toBeCloseTo(1, 3));
  });

  test('the ellipsoid around points of an ellipsoid is that ellipsoid', () => {
    const r = new Random(9);
    const points = Float64Array.from({ length: 900 }, () => r.normal());
    for (let i = 0; i < 900; i += 3) {
      const l = Math.hypot(points[i]!, points[i + 1]!, points[i + 2]!);
      points[i]! *= 30 / l;
      points[i + 1]! *= 12 / l;
      points[i + 2]! *= 7 / l;
    }
    const axes = enclosingEllipsoid(points);
    [30, 12, 7].forEach((e, i) => expect(axes[i]).toBeCloseTo(e, 4));
  });

  test('area of an ellipsoid: sphere and disc exactly, otherwise the series of the manual', () => {
    expect(ellipsoidArea([3, 3, 3])).toBeCloseTo(36 * Math.PI, 10);
    // one term by hand, with small α and β: 4πab(1 − (α²+β²)/6 + …), α² = 0, β² = 1 − 0.99²
    const beta2 = 1 - 0.99 ** 2;
    expect(ellipsoidArea([1, 1, 0.99]) / (4 * Math.PI)).toBeCloseTo(1 - beta2 / 6 - beta2 ** 2 / 40, 6);
  });
});

test('eigenvalues: by hand', () => {
  // [[2,1,0],[1,2,0],[0,0,5]] has 5, 3, 1
  eigenOf([2, 2, 5, 1, 0, 0]).values.forEach((v, i) => expect(v).toBeCloseTo([5, 3, 1][i]!, 12));
});

describe('Fourier transform', () => {
  test.each([1, 2, 3, 4, 5, 8, 12, 30, 50])('length %s agrees with the sum', (n) => {
    const r = new Random(n);
    const re = Float64Array.from({ length: n }, () => r.normal());
    const im = Float64Array.from({ length: n }, () => r.normal());
    const out = fft({ re, im });
    for (let k = 0; k < n; k++) {
      let [sr, si] = [0, 0];
      for (let j = 0; j < n; j++) {
        const a = (-2 * Math.PI * j * k) / n;
        sr += re[j]! * Math.cos(a) - im[j]! * Math.sin(a);
        si += re[j]! * Math.sin(a) + im[j]! * Math.cos(a);
      }
      expect(out.re[k]).toBeCloseTo(sr, 10);
      expect(out.im[k]).toBeCloseTo(si, 10);
    }
  });

  test('lengths', () => {
    expect([1, 7, 11, 97, 195].map(fftLength)).toEqual([1, 8, 12, 100, 200]);
  });
});

describe('pair sums', () => {
  test('two voxels 2 mm apart: w = ½ both ways', () => {
    const s = sampleOf([2, 1, 1], [2, 1, 1], [5, 9], [1, 1]);
    expect(pairSumsReference(s, 7)).toEqual({ weights: 1, products: -4, squares: 4 });
  });

  test.each([
    [
      [9, 8, 7],
      [1, 1, 1],
    ],
    [
      [13, 1, 5],
      [0.7, 1.9, 3],
    ],
    [
      [1, 1, 30],
      [1, 1, 2.5],
    ],
    [
      [16, 11, 3],
      [2, 0.5, 0.9],
    ],
  ] as const)(
    'the lattice %j with voxels of %j mm: transforms give the sums of the pairs',
    (size, spacing) => {
      const sample = randomSample([...size], [...spacing], 7);
      const n = sample.intensity.reduce((a, b) => a + b);
      const mean = sample.image.reduce((s, x, i) => s + (sample.intensity[i] === 1 ? x : 0), 0) / n;
      const pairs = pairSumsReference(sample, mean);
      const values = Float64Array.from(sample.image, (x, i) => (sample.intensity[i] === 1 ? x - mean : 0));
      const lattice = { size: sample.size, spacing: sample.spacing, inside: sample.intensity, values };
      for (const backend of [null, kernels]) {
        const sums = latticeSums(lattice, backend);
        expect(Math.abs(sums.weights / pairs.weights - 1)).toBeLessThan(1e-12);
        expect(Math.abs(sums.squares / pairs.squares - 1)).toBeLessThan(1e-12);
        expect(Math.abs(sums.products - pairs.products) / pairs.squares).toBeLessThan(1e-12);
      }
    },
  );
});

describe('features', () => {
  test('a ball comes near its formulas', () => {
    const n = 43;
    const mask = new Uint8Array(n ** 3);
    for (let z = 0, i = 0; z < n; z++) {
      for (let y = 0; y < n; y++) {
        for (let x = 0; x < n; x++, i++)
          if ((x - 21) ** 2 + (y - 21) ** 2 + (z - 21) ** 2 <= 400) mask[i] = 1;
      }
    }
    const f = measure(sampleOf([n, n, n], [0.5, 0.5, 0.5], mask, mask));
    const value = (tag: string): number => f.get(tag)!.value!;
    expect(value('morph_volume') / ((4 / 3) * Math.PI * 1000)).toBeCloseTo(1, 1);
    expect(value('morph_diam')).toBeCloseTo(20.5, 1);
    expect(value('morph_pca_elongation')).toBeCloseTo(1, 10);
    // a full ball: λ = r²/5, so the semi-axes are 2r/√5 and the ratio (√5/2)³
    expect(value('morph_vol_dens_aee')).toBeCloseTo((Math.sqrt(5) / 2) ** 3, 2);
    expect(value('morph_vol_dens_mvee')).toBeGreaterThan(0.92);
    expect(value('morph_vol_dens_ombb')).toBeLessThanOrEqual(1);
    expect(value('morph_com')).toBeCloseTo(0, 10);
    expect(f.get('morph_moran_i')!.reason).toBe('flat_region');
  });

  test('kernels and reference agree', () => {
    const sample = randomSample([14, 13, 15], [1, 1.2, 2], 12);
    const reference = measure({ ...sample }, null);
    for (const [tag, { value }] of measure(sample)) {
      expect(Math.abs(value! - reference.get(tag)!.value!)).toBeLessThanOrEqual(
        1e-9 * Math.max(1, Math.abs(value!)),
      );
    }
  });

  test('moving the region changes nothing', () => {
    const small = randomSample([5, 6, 4], [1, 2, 1.5], 5);
    const size: Size3 = [9, 10, 8];
    const image = new Float64Array(720);
    const mask = new Uint8Array(720);
    for (let z = 0, i = 0; z < 4; z++) {
      for (let y = 0; y < 6; y++) {
        for (let x = 0; x < 5; x++, i++) {
          const to = x + 2 + 9 * (y + 3 + 10 * (z + 1));
          image[to] = small.image[i]!;
          mask[to] = small.intensity[i]!;
        }
      }
    }
    const here = measure(small);
    for (const [tag, { value }] of measure(sampleOf(size, [1, 2, 1.5], image, mask))) {
      expect(value).toBeCloseTo(here.get(tag)!.value!, 8);
    }
  });

  test.each([
    ['empty', [0, 0, 0, 0]],
    ['one voxel', [0, 1, 0, 0]],
    ['a line', [1, 1, 1, 1]],
  ])('%s: numbers or reasons, never NaN', (_, mask) => {
    for (const backend of [null, kernels]) {
      for (const r of measure(sampleOf([4, 1, 1], [1, 1, 1], [1, 2, 3, 5], mask), backend).values()) {
        expect(r.value === null ? r.reason !== undefined : Number.isFinite(r.value)).toBe(true);
      }
    }
  });
});
