import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { geodesicFlow } from './geodesic-active-contour/geodesic.ts';
import { dice, imageOf, markOf } from './input.testing.ts';
import { LevelSet } from './level-set.ts';
import { segment, type SegmentationOutcome } from './segment.ts';

/** Distance from a circle or sphere around the middle. */
const ball = (size: readonly [number, number, number], r: number, spacing = [1, 1, 1]) =>
  Float64Array.from(
    imageOf(size, (x, y, z) => {
      const at = [x, y, z].map((v, a) => (v - (size[a]! - 1) / 2) * spacing[a]!);
      return Math.hypot(...at) - r;
    }).data,
  );

describe('level set', () => {
  it('is the distance from the contour in its band, also on voxels that are longer along one axis', () => {
    const size = [40, 40, 20] as const;
    const exact = ball(size, 12, [1, 1, 2]);
    const contour = new LevelSet(
      size,
      [1, 1, 2],
      exact.map((v) => 1.5 * v),
    );
    let worst = 0;
    for (const p of contour.band)
      if (Math.abs(exact[p]!) < 2) worst = Math.max(worst, Math.abs(contour.phi[p]! - exact[p]!));
    expect(worst).toBeLessThan(0.35);
  });

  it('has the curvature of a circle, 1/r, and of a sphere, 2/r', () => {
    for (const [size, expected] of [
      [[61, 61, 1], 1 / 20],
      [[51, 51, 51], 2 / 20],
    ] as const) {
      const phi = ball(size, 20);
      const contour = new LevelSet(size, [1, 1, 1], phi.slice());
      contour.phi.set(phi);
      const near = Array.from(contour.band).filter((p) => Math.abs(phi[p]!) < 0.5);
      const mean = near.reduce((s, p) => s + contour.curvature(p), 0) / near.length;
      expect(mean).toBeCloseTo(expected, 3);
    }
  });
});

describe('flow by curvature', () => {
  const even = (size: readonly [number, number, number]) => imageOf(size, () => 1).data;

  it('shrinks a circle as r(t) = √(r₀² − 2t) (SPEC R23)', () => {
    const size = [61, 61, 1] as const;
    for (const t of [50, 100, 150]) {
      const { contour } = geodesicFlow({
        size,
        spacing: [1, 1, 1],
        start: ball(size, 20),
        stop: even(size),
        balloon: 0,
        smoothness: 1,
        steps: 5000,
        until: t,
      });
      expect(Math.sqrt(contour.volume() / Math.PI)).toBeCloseTo(Math.sqrt(400 - 2 * t), 0);
      expect(Math.abs(Math.sqrt(contour.volume() / Math.PI) - Math.sqrt(400 - 2 * t))).toBeLessThan(0.25);
    }
  });

  it('shrinks a sphere as r(t) = √(r₀² − 4t)', () => {
    const size = [33, 33, 33] as const;
    const { contour } = geodesicFlow({
      size,
      spacing: [1, 1, 1],
      start: ball(size, 12),
      stop: even(size),
      balloon: 0,
      smoothness: 1,
      steps: 5000,
      until: 16,
    });
    expect(Math.abs(Math.cbrt((3 * contour.volume()) / (4 * Math.PI)) - Math.sqrt(80))).toBeLessThan(0.25);
  });

  it('grows by the push: a circle by ν·t', () => {
    const size = [81, 81, 1] as const;
    const { contour } = geodesicFlow({
      size,
      spacing: [1, 1, 1],
      start: ball(size, 10),
      stop: even(size),
      balloon: 1,
      smoothness: 0,
      steps: 5000,
      until: 15,
    });
    expect(Math.abs(Math.sqrt(contour.volume() / Math.PI) - 25)).toBeLessThan(0.5);
  });
});

const done = (o: SegmentationOutcome) => {
  if (o.outcome !== 'done') throw new Error(o.reason);
  return o;
};

describe('Chan-Vese', () => {
  const size = [100, 100, 1] as const;
  const disc = markOf(size, (x, y) => Number(Math.hypot(x - 47, y - 52) < 25));
  const random = new Random(21);
  const noisy = imageOf(size, () => 0);
  for (let i = 0; i < disc.length; i++) noisy.data[i] = 100 * disc[i]! + 50 * random.normal();

  it.each([
    ['the box', {}],
    ['a point', { seeds: [[50, 50, 0]] as const }],
    ['a region', { start: markOf(size, (x, y) => Number(x > 40 && x < 90 && y > 30 && y < 60)) }],
  ])('finds a noisy disc from %s: Dice above 0.97, energy never rising (SPEC R23)', (_, start) => {
    const found = done(segment(noisy, { method: 'chan-vese', ...start }));
    expect(dice(found.labels, disc)).toBeGreaterThan(0.97);
    const { values } = found.courses![0]!;
    expect(values.length).toBeGreaterThan(5);
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThanOrEqual(values[i - 1]!);
  });

  it('finds a sphere in 3-D on voxels that are longer along one axis', () => {
    const spacing = [1, 1, 2] as const;
    const large = [40, 40, 20] as const;
    const sphere = markOf(large, (x, y, z) => Number(Math.hypot(x - 20, y - 20, 2 * (z - 10)) < 11));
    const image = imageOf(large, () => 0, spacing);
    for (let i = 0; i < sphere.length; i++) image.data[i] = 100 * sphere[i]! + 40 * random.normal();
    expect(dice(done(segment(image, { method: 'chan-vese' })).labels, sphere)).toBeGreaterThan(0.95);
  });

  it('says what is wrong with its start or image', () => {
    const full = new Uint8Array(10_000).fill(1);
    expect(segment(noisy, { method: 'chan-vese', start: full })).toMatchObject({ reason: 'start_full' });
    expect(
      segment(
        imageOf(size, () => 3),
        { method: 'chan-vese' },
      ),
    ).toMatchObject({ reason: 'flat_image' });
  });
});

describe('geodesic active contour', () => {
  const size = [60, 60, 1] as const;
  const random = new Random(22);
  const shape = markOf(size, (x, y) => Number(((x - 30) / 18) ** 2 + ((y - 28) / 12) ** 2 < 1));
  const image = imageOf(size, () => 0);
  for (let i = 0; i < shape.length; i++) image.data[i] = 100 * shape[i]! + 5 * random.normal();

  it('grows from a point to the edge and rests there', () => {
    const found = done(segment(image, { method: 'geodesic-active-contour', seeds: [[30, 28, 0]] }));
    expect(dice(found.labels, shape)).toBeGreaterThan(0.95);
    expect(found.facts.find((f) => f.id === 'settled')!.value).toBe(1);
  });

  it('shrinks from outside', () => {
    const start = markOf(size, (x, y) => Number(x > 4 && x < 56 && y > 4 && y < 54));
    const found = done(
      segment(image, { method: 'geodesic-active-contour', start, parameters: { balloon: -1 } }),
    );
    expect(dice(found.labels, shape)).toBeGreaterThan(0.95);
  });

  it('finds a sphere in 3-D', () => {
    const large = [28, 28, 28] as const;
    const sphere = markOf(large, (x, y, z) => Number(Math.hypot(x - 14, y - 14, z - 13) < 8));
    const volume = imageOf(large, () => 0);
    for (let i = 0; i < sphere.length; i++) volume.data[i] = 100 * sphere[i]! + 8 * random.normal();
    const found = done(segment(volume, { method: 'geodesic-active-contour', seeds: [[14, 14, 13]] }));
    expect(dice(found.labels, sphere)).toBeGreaterThan(0.93);
  });

  it('holds at a faint edge, and says so when it ran to the side of its box', () => {
    const large = [28, 28, 28] as const;
    const sphere = markOf(large, (x, y, z) => Number(Math.hypot(x - 14, y - 14, z - 13) < 8));
    const volume = imageOf(large, () => 0);
    // As much noise as contrast.
    for (let i = 0; i < sphere.length; i++) volume.data[i] = 100 * sphere[i]! + 100 * random.normal();
    const asked = { method: 'geodesic-active-contour', seeds: [[14, 14, 13]] } as const;
    const held = done(segment(volume, asked));
    expect(dice(held.labels, sphere)).toBeGreaterThan(0.8);
    expect(held.findings.map((f) => f.id)).not.toContain('R-contour-ran');
    const ran = done(segment(volume, { ...asked, parameters: { contrast: 1000 } }));
    expect(ran.findings.map((f) => f.id)).toContain('R-contour-ran');
  });

  it('says that it needs a place to start', () => {
    const none = segment(image, { method: 'geodesic-active-contour' });
    expect(none).toMatchObject({ reason: 'needs_missing' });
    if (none.outcome === 'none') expect(none.text.en).toContain('clicked points or a region to start from');
  });
});
