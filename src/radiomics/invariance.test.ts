import { describe, expect, it } from 'vitest';
import type { Grid } from '../core/geometry.ts';
import { Random } from '../core/random.ts';
import type { Mask, Volume } from '../core/volume.ts';
import { extractFeatures } from './extract.ts';
import { FAMILIES } from './registry.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from './settings.ts';

// What the definitions demand of every family: a region that is moved, mirrored or turned by a right angle about the
// slice axis has the same features, and so has one whose intensities are scaled and shifted, where bins are counted.

type Place = readonly [x: number, y: number, z: number];
interface Case {
  readonly size: Place;
  readonly at: (p: Place) => { readonly value: number; readonly inside: boolean };
}

const SPACING = [1.5, 1.5, 3] as const;

/** A ragged region of a small image of correlated values, not touching its border. */
function randomCase(seed: number): Case {
  const random = new Random(seed);
  const size = [9, 9, 7] as const;
  const values = Array.from({ length: 567 }, () => Math.round(40 + 25 * random.normal()));
  const inside = values.map(() => random.uniform() < 0.8);
  return {
    size,
    at: ([x, y, z]) => {
      const i = x + 9 * (y + 9 * z);
      const core = [x - 4, y - 4, 1.5 * (z - 3)].reduce((s, d) => s + d * d, 0) < 13;
      return { value: values[i], inside: core && inside[i] };
    },
  };
}

function measure({ size, at }: Case, settings: ExtractionSettings): Map<string, number | null> {
  const [nx, ny, nz] = size;
  const grid: Grid = {
    size: [nx, ny, nz],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [SPACING[0], 0, 0],
        [0, SPACING[1], 0],
        [0, 0, SPACING[2]],
      ],
    },
  };
  const data = new Float32Array(nx * ny * nz);
  const mask = new Uint8Array(data.length);
  for (let z = 0, i = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, i++) {
        const voxel = at([x, y, z]);
        data[i] = voxel.value;
        mask[i] = voxel.inside ? 1 : 0;
      }
  const volume: Volume = { grid, data, unit: 'HU', modality: 'CT' };
  const region: Mask = { grid, data: mask, name: 'region', colour: [255, 0, 0] };
  const { rows } = extractFeatures(volume, region, settings, { kernels: null });
  return new Map(rows.map((r) => [`${r.family} ${r.tag} ${r.aggregation}`, r.value]));
}

const moved = ({ size: [nx, ny, nz], at }: Case, [dx, dy, dz]: Place): Case => ({
  size: [nx + dx + 2, ny + dy + 1, nz + dz],
  at: ([x, y, z]) => {
    const [a, b, c] = [x - dx, y - dy, z - dz];
    const out = a < 0 || b < 0 || c < 0 || a >= nx || b >= ny || c >= nz;
    return out ? { value: -7, inside: false } : at([a, b, c]);
  },
});
const mirrored = ({ size, at }: Case, axis: 0 | 1 | 2): Case => ({
  size,
  at: (p) => at(p.map((v, i) => (i === axis ? size[i] - 1 - v : v)) as unknown as Place),
});
const turned = ({ size: [nx, ny, nz], at }: Case): Case => ({
  size: [ny, nx, nz],
  at: ([x, y, z]) => at([nx - 1 - y, x, z]),
});
const scaled = ({ size, at }: Case): Case => ({
  size,
  at: (p) => {
    const { value, inside } = at(p);
    return { value: 3 * value - 11, inside };
  },
});

/** Search to a tolerance, not closed forms. */
const SEARCHED = /mvee|omb/;
/**
 * From the mesh: a loop that is not flat is cut along one of two diagonals of equal area, and a mirror image may take
 * the other. Features of area and volume differ by less than this.
 */
const MESH = 1e-2;
const MESHED = /^morphology (?!morph_(vol_approx|pca_|diam|com |moran|geary))/;
/** Asks for voxels outside the region, up to the border of the image. */
const LOCAL = /^(?!local_intensity)/;

function expectSame(
  got: Map<string, number | null>,
  wanted: Map<string, number | null>,
  { which = /./, meshed = false } = {},
): void {
  let compared = 0;
  for (const [key, value] of wanted) {
    if (!which.test(key)) continue;
    compared++;
    const other = got.get(key)!;
    if (value === null) expect(other, key).toBeNull();
    else
      expect(Math.abs(other - value), `${key}: ${other} for ${value}`).toBeLessThanOrEqual(
        (meshed && MESHED.test(key) ? MESH : SEARCHED.test(key) ? 1e-3 : 1e-8) *
          Math.max(1e-3, Math.abs(value)),
      );
  }
  expect(compared).toBeGreaterThan(20);
}

const BINS: ExtractionSettings['discretisation'] = { method: 'FBN', bins: 8, width: 25 };

describe.each(['3D', '2D'] as const)('features of a %s approach', (approach) => {
  const settings: ExtractionSettings = { ...DEFAULT_SETTINGS, approach, discretisation: BINS };
  const cases = [1, 2, 3, 4].map(randomCase);
  const known = cases.map((c) => measure(c, settings));

  it('come from every family', () => {
    const families = new Set([...known[0].keys()].map((k) => k.split(' ')[0]));
    expect([...families].sort()).toEqual(FAMILIES.map((f) => f.id as string).sort());
  });

  it.each([[[3, 0, 2]], [[1, 4, 0]]] as const)('do not change when the region is moved by %j', (by) => {
    cases.forEach((c, i) => expectSame(measure(moved(c, by), settings), known[i], { which: LOCAL }));
  });

  it.each([0, 1, 2] as const)('do not change when axis %i is mirrored', (axis) => {
    cases.forEach((c, i) => expectSame(measure(mirrored(c, axis), settings), known[i], { meshed: true }));
  });

  it('do not change when the image is turned by a right angle in the slice', () => {
    cases.forEach((c, i) => expectSame(measure(turned(c), settings), known[i], { meshed: true }));
  });

  it('of bins do not change when intensities are scaled and shifted', () => {
    const binned = /^(intensity_histogram|glcm|glrlm|glszm|gldzm|ngtdm|ngldm) /;
    cases.forEach((c, i) => expectSame(measure(scaled(c), settings), known[i], { which: binned }));
  });
});
