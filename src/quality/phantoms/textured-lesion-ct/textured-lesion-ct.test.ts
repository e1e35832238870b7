import { describe, expect, it } from 'vitest';
import { toPatient, type Vec3 } from '../../../core/geometry.ts';
import { LESION, texturedLesionCt, texturedLesionCtRoom } from './index.ts';
import { lesionDepth, lesionVolume, outlinePolygon, ringVolume } from './lesion.ts';

const shoelace = (points: readonly Vec3[]) =>
  Math.abs(
    points.reduce((sum, [x, y], n) => {
      const [u, v] = points[(n + 1) % points.length]!;
      return sum + x * v - u * y;
    }, 0) / 2,
  );

/** Volume by slicing: polygons of many points, midpoint rule along the axis. */
function slicedVolume(outward: number): number {
  const steps = 4000;
  const dz = (2 * LESION.halfHeight) / steps;
  let sum = 0;
  for (let n = 0; n < steps; n++) {
    sum += shoelace(outlinePolygon(LESION, -LESION.halfHeight + (n + 0.5) * dz, outward, 720)) * dz;
  }
  return sum;
}

const made = texturedLesionCt();
const truth = (id: string) => made.truth.find((t) => t.id === id)!.value;

/** Mean and deviation of voxels that `inside` accepts. */
function measure(inside: (p: Vec3) => boolean): { mean: number; deviation: number; count: number } {
  const { size, affine } = made.volume.grid;
  const values: number[] = [];
  made.volume.data.forEach((v, at) => {
    const i = at % size[0];
    const j = Math.floor(at / size[0]) % size[1];
    if (inside(toPatient(affine, i, j, Math.floor(at / (size[0] * size[1]))))) values.push(v);
  });
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length);
  return { mean, deviation, count: values.length };
}

describe('lesion geometry', () => {
  it('has the closed-form volume', () => {
    expect(Math.abs(slicedVolume(0) / lesionVolume(LESION) - 1)).toBeLessThan(1e-4);
  });
  it('has the closed-form volume of its ring', () => {
    expect(Math.abs((slicedVolume(5) - slicedVolume(0)) / ringVolume(LESION, 5) - 1)).toBeLessThan(1e-3);
  });
  it('is neither filled nor outlined beyond its poles', () => {
    expect(outlinePolygon(LESION, LESION.halfHeight)).toEqual([]);
    expect(
      lesionDepth(LESION, LESION.centre[0], LESION.centre[1], LESION.centre[2] + LESION.halfHeight + 1),
    ).toBeLessThan(0);
  });
  it('has depth zero on its outline', () => {
    for (const [x, y, z] of outlinePolygon(LESION, 4.5))
      expect(Math.abs(lesionDepth(LESION, x, y, z))).toBeLessThan(1e-6);
  });
});

describe('textured-lesion-ct', () => {
  it('holds the true mean and spread within the lesion', () => {
    const core = measure((p) => lesionDepth(LESION, ...p) > 1.5);
    // Texture of 2.4 mm: about 12,000 mm³ / (2·2.4·√π mm)³ = 20 independent pieces, so the mean's error is about 7 HU.
    expect(Math.abs(core.mean - truth('lesion_mean'))).toBeLessThan(20);
    expect(Math.abs(core.deviation / truth('lesion_deviation') - 1)).toBeLessThan(0.2);
  });
  it('holds the true mean and noise in the reference insert', () => {
    const rod = made.regions.find((r) => r.name === 'Reference insert')!;
    const [cx, cy] = [0, 1].map(
      (axis) =>
        rod.contours[0]!.points.reduce((s, p) => s + p[axis as 0 | 1], 0) / rod.contours[0]!.points.length,
    ) as [number, number];
    const insert = measure(([x, y, z]) => Math.hypot(x - cx, y - cy) < 6 && Math.abs(z) < 55);
    expect(insert.count).toBeGreaterThan(1500);
    expect(Math.abs(insert.mean - truth('insert_mean'))).toBeLessThan(1);
    expect(Math.abs(insert.deviation / truth('insert_deviation') - 1)).toBeLessThan(0.06);
  });
  it('has lungs, soft tissue and bone at believable values', () => {
    // Aerated lung is near −860; the vessels in the sphere raise its mean.
    expect(measure((p) => Math.hypot(p[0] - 75, p[1] - 20, p[2] - 20) < 12).mean).toBeLessThan(-700);
    expect(Math.abs(measure((p) => Math.hypot(p[0] + 60, p[1], p[2] + 80) < 12).mean - 112)).toBeLessThan(6);
    const air = measure((p) => p[1] < -130);
    expect(Math.abs(air.mean + 1000)).toBeLessThan(1);
  });
  it('draws a ring whose holes are the lesion, slice by slice', () => {
    const [lesion, ring] = ['Lesion', 'Ring'].map((name) => made.regions.find((r) => r.name === name)!) as [
      (typeof made.regions)[number],
      (typeof made.regions)[number],
    ];
    expect(ring.contours.length).toBe(2 * lesion.contours.length);
    const step = made.volume.grid.affine.matrix[2][2];
    const area = (r: typeof ring, sign: (n: number) => number) =>
      r.contours.reduce((sum, c, n) => sum + sign(n) * shoelace(c.points) * step, 0);
    // Slices every 2.5 mm against the exact integral: half a slice at each pole is missed at most.
    expect(Math.abs(area(lesion, () => 1) / truth('lesion_volume') - 1)).toBeLessThan(0.02);
    expect(Math.abs(area(ring, (n) => (n % 2 === 0 ? 1 : -1)) / truth('ring_volume') - 1)).toBeLessThan(0.05);
  });
  it('has a mask that agrees with the outline, and the same voxels for the same seed', () => {
    const again = texturedLesionCtRoom.generate({ seed: 1 });
    expect(
      Buffer.compare(new Uint8Array(again.phases[0]!.data.buffer), new Uint8Array(made.volume.data.buffer)),
    ).toBe(0);
    const voxels = again.masks[0]!.data.reduce((s, v) => s + v, 0);
    expect(Math.abs((voxels * 1.6 * 1.6 * 2.5) / truth('lesion_volume') - 1)).toBeLessThan(0.03);
  });
  it('refuses parameters out of range', () => {
    expect(() => texturedLesionCt({ pixel: 0.1 })).toThrow(/settings_invalid/);
    expect(() => texturedLesionCt({ noise: NaN })).toThrow(/settings_invalid/);
  });
});
