import { describe, expect, it } from 'vitest';
import { largeCt } from './large-ct/index.ts';
import { PHANTOMS } from './registry.ts';
import { checkerboard } from './checkerboard/index.ts';
import { correlatedField } from './correlated-field/index.ts';
import { gradient } from './gradient/index.ts';
import { phantomFiles } from './phantom-files.ts';
import { sphereSet } from './sphere-set/index.ts';
import { spiculatedLesion, spiculatedVolume } from './spiculated-lesion/index.ts';
import { sphere } from './sphere/index.ts';
import { uniform } from './uniform/index.ts';

const SMALL: Record<string, Record<string, number>> = {
  'large-ct': { columns: 32, slices: 8 },
  'textured-lesion-ct': { pixel: 3.2 },
  ...Object.fromEntries(
    PHANTOMS.filter((p) => p.id.endsWith('-twin')).map((p) => [p.id, { spacing: 4, slice: 6 }]),
  ),
  // Some of its regions are narrower than voxels so coarse.
  'acr-mr-twin': { spacing: 2, slice: 3 },
};

const statistics = (x: ArrayLike<number>) => {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    sum += x[i]!;
    squares += x[i]! ** 2;
  }
  const mean = sum / x.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / x.length - mean * mean)) };
};
/** Deep equality of the test runner takes seconds on a volume. */
const sameBytes = (a: ArrayBufferView, b: ArrayBufferView) =>
  Buffer.compare(new Uint8Array(a.buffer), new Uint8Array(b.buffer)) === 0;
const truthOf = (made: { truth: readonly { id: string; value: number }[] }, id: string) =>
  made.truth.find((t) => t.id === id)!.value;

describe('every phantom', () => {
  it('has its own id, texts in three languages and parameters within their range', () => {
    expect(new Set(PHANTOMS.map((p) => p.id)).size).toBe(PHANTOMS.length);
    for (const room of PHANTOMS) {
      for (const text of [room.label, room.description, ...room.parameters.map((p) => p.label)]) {
        for (const language of ['en', 'ru', 'zh'] as const) expect(text[language].length).toBeGreaterThan(0);
      }
      for (const { default: usual, range } of room.parameters) {
        expect(usual).toBeGreaterThanOrEqual(range[0]);
        expect(usual).toBeLessThanOrEqual(range[1]);
      }
    }
  });

  it.each(PHANTOMS.map((room) => [room.id, room] as const))(
    '%s is whole, and the same for the same parameters',
    (id, room) => {
      const [first, second] = [room.generate(SMALL[id]), room.generate(SMALL[id])];
      expect(first.truth.length).toBeGreaterThan(0);
      for (const volume of first.phases) {
        const { size } = volume.grid;
        expect(volume.data.length).toBe(size[0] * size[1] * size[2]);
        expect(volume.data.every(Number.isFinite)).toBe(true);
      }
      expect(sameBytes(second.phases.at(-1)!.data, first.phases.at(-1)!.data)).toBe(true);
      for (const mask of first.masks) expect(mask.data.some((v) => v === 1)).toBe(true);
    },
  );

  it.each(PHANTOMS.map((room) => [room.id, room] as const))(
    '%s refuses a parameter out of range',
    (_, room) => {
      const { id, range } = room.parameters[0]!;
      expect(() => room.generate({ [id]: range[1] * 2 + 1 })).toThrow(/settings_invalid/);
    },
  );
});

describe('sphere', () => {
  it('approaches 4/3·π·r³ as the spacing shrinks', () => {
    // Lattice points exactly on the surface do not count, so the count starts low: 485 of 523.6 at five voxels.
    for (const [spacing, tolerance] of [
      [2, 0.08],
      [0.5, 0.01],
      [0.25, 0.003],
    ] as const) {
      const made = sphere({ radius: 10, spacing });
      const voxels = made.masks[0]!.data.reduce((s, v) => s + v, 0);
      expect(truthOf(made, 'volume')).toBeCloseTo(4188.790205, 5);
      expect(truthOf(made, 'area')).toBeCloseTo(1256.637061, 5);
      expect(Math.abs((voxels * spacing ** 3) / truthOf(made, 'volume') - 1)).toBeLessThan(tolerance);
    }
  });
  it('refuses a grid that is too large before allocating it', () => {
    expect(() => sphere({ radius: 200, spacing: 0.05 })).toThrow(/too_large/);
  });
});

describe('checkerboard', () => {
  it.each([
    [16, 4],
    [15, 4],
    [9, 1],
    [5, 3],
  ])('of %i voxels with cells of %i has its true mean and spread', (edge, cell) => {
    const made = checkerboard({ edge, cell, low: -20, high: 60 });
    const { mean, deviation } = statistics(made.phases[0]!.data);
    expect(mean).toBeCloseTo(truthOf(made, 'mean'), 9);
    expect(deviation).toBeCloseTo(truthOf(made, 'deviation'), 9);
  });
  it('differs at every face neighbour when the cell is one voxel', () => {
    const { data } = checkerboard({ edge: 4, cell: 1 }).phases[0]!;
    for (let i = 0; i < 63; i++) if (i % 4 !== 3) expect(data[i]).not.toBe(data[i + 1]);
    for (let i = 0; i < 48; i++) expect(data[i]).not.toBe(data[i + 16]);
  });
});

describe('uniform and correlated-field', () => {
  it('hold the spread that they state', () => {
    expect(statistics(uniform({ value: 7 }).phases[0]!.data)).toEqual({ mean: 7, deviation: 0 });
    const noisy = statistics(uniform({ value: 7, noise: 5 }).phases[0]!.data);
    expect(Math.abs(noisy.mean - 7)).toBeLessThan(0.08);
    expect(Math.abs(noisy.deviation - 5)).toBeLessThan(0.06);
    const field = statistics(correlatedField({ mean: 40, deviation: 30 }).phases[0]!.data);
    expect(Math.abs(field.mean - 40)).toBeLessThan(6);
    expect(Math.abs(field.deviation - 30)).toBeLessThan(3);
  });
});

describe('large-ct', () => {
  it('makes any slice alone, the same as in a row', () => {
    const made = largeCt({ columns: 64, slices: 10 });
    const [first, again] = [new Int16Array(64 * 64), new Int16Array(64 * 64)];
    made.slice(7, first);
    made.slice(2, again);
    made.slice(7, again);
    expect(again).toEqual(first);
    expect(Math.min(...first)).toBeLessThan(-900);
    expect(Math.max(...first)).toBeGreaterThan(30);
  });
});

describe('gradient', () => {
  it('has its true mean and spread: of 0, 1, 2, 3 it is √1.25', () => {
    const made = gradient({ edge: 4, spacing: 1, mean: 1.5, slope: 1 });
    expect([...made.phases[0]!.data.slice(0, 4)]).toEqual([0, 1, 2, 3]);
    expect(truthOf(made, 'deviation')).toBeCloseTo(Math.sqrt(1.25), 12);
    const other = gradient({ edge: 15, spacing: 0.5, mean: -7, slope: -3 });
    const { mean, deviation } = statistics(other.phases[0]!.data);
    expect(mean).toBeCloseTo(truthOf(other, 'mean'), 9);
    expect(deviation).toBeCloseTo(truthOf(other, 'deviation'), 9);
  });
});

describe('sphere-set', () => {
  it('has six spheres whose voxels approach their volumes', () => {
    const made = sphereSet({ spacing: 1, contrast: 3, background: 20 });
    expect(made.masks.length).toBe(6);
    made.masks.forEach(({ name, data }) => {
      const true_ = made.truth.find((t) => t.region === name && t.id === 'volume')!.value;
      expect(Math.abs(data.reduce((s, v) => s + v, 0) / true_ - 1)).toBeLessThan(0.03);
      expect(made.phases[0]!.data[data.indexOf(1)]).toBe(60);
    });
    // π·10³/6
    expect(truthOf(made, 'volume')).toBeCloseTo(523.598776, 5);
  });
});

describe('spiculated-lesion', () => {
  it('is a ball without spicules, and one spicule of a half space is as worked by hand', () => {
    expect(spiculatedVolume(10, 6, 0, 0.3)).toBeCloseTo(4188.790205, 5);
    // R = L = 1, w = 90°: 4π/3 + 2π/3·(3/4 + 3/7 + 1/10) = 4π/3·(1 + 0.639286).
    expect(spiculatedVolume(1, 1, 1, Math.PI / 2)).toBeCloseTo(((4 * Math.PI) / 3) * (1 + 179 / 280), 12);
  });
  it('approaches its true volume as the spacing shrinks', () => {
    const volumes = [1, 0.5].map((spacing) => {
      const made = spiculatedLesion({ radius: 8, length: 8, spacing });
      const voxels = made.masks[0]!.data.reduce((s, v) => s + v, 0);
      return Math.abs((voxels * spacing ** 3) / truthOf(made, 'volume') - 1);
    });
    expect(volumes[0]).toBeLessThan(0.03);
    expect(volumes[1]).toBeLessThan(0.01);
  });
  it('refuses spicules that meet, since their volume is not known', () => {
    expect(() => spiculatedLesion({ spicules: 40, width: 40 })).toThrow(/width/);
  });
});

describe('files of a phantom', () => {
  it('are DICOM images with masks and the truth, the same every time', () => {
    const values = { radius: 4, length: 2, spacing: 1 };
    const files = phantomFiles('spiculated-lesion', values);
    expect(files.filter((f) => f.path.endsWith('.dcm')).length).toBe(17);
    const truth = JSON.parse(new TextDecoder().decode(files.at(-1)!.bytes)) as { truth: { unit: string }[] };
    expect(truth.truth[0]!.unit).toBe('mm³');
    const again = phantomFiles('spiculated-lesion', values);
    files.forEach((f, n) => expect(sameBytes(f.bytes, again[n]!.bytes)).toBe(true));
    expect(() => phantomFiles('dynamic-mr')).toThrow(/settings_invalid/);
  });
});
