import { Random } from '../../core/random.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { smooth } from '../../regions/segment/smooth.ts';
import { centredGrid } from '../phantoms/grid.ts';
import { toPatient } from '../../core/geometry.ts';

export const SHAPES = ['sphere', 'ellipsoid', 'spiculated'] as const;
export type Shape = (typeof SHAPES)[number];

/** Contrast over the deviation of the noise: from plain to hardly seen. */
export const LADDER = [10, 4, 2, 1] as const;

/** A lesion of known outline in noise, with the marks that a person would make on it. */
export interface BenchCase {
  readonly shape: Shape;
  readonly contrastToNoise: number;
  readonly volume: Volume;
  readonly truth: Mask;
  /** A click in the middle. */
  readonly seed: readonly [number, number, number];
  /** Strokes in the middle slice: 1 inside, 2 around. */
  readonly scribbles: Uint8Array;
  /** A ball of half the lesion's radius. */
  readonly start: Uint8Array;
}

const EDGE = 36;
const CONTRAST = 100;
const BLUR = 0.8; // mm, σ of the point spread

/** Depth below the surface as a share: above 0 inside; r₀ 9 mm. Spicules: the radius grows along eight directions. */
function depth(shape: Shape, x: number, y: number, z: number): number {
  if (shape === 'ellipsoid') return 1 - Math.hypot(x / 13, y / 8, z / 7);
  const r = Math.hypot(x, y, z);
  if (shape === 'sphere') return 1 - r / 9;
  const corner = r === 0 ? 0 : (Math.abs(x) + Math.abs(y) + Math.abs(z)) / (Math.sqrt(3) * r);
  return 1 - r / (8 + 6 * corner ** 40);
}

/**
 * One case: the outline on voxels of 1 mm (a voxel belongs when its centre does), values blurred by a point spread of
 * 0.8 mm, white noise drawn from the seed.
 */
export function benchCase(shape: Shape, contrastToNoise: number, seed: number): BenchCase {
  const grid = centredGrid([EDGE, EDGE, EDGE], [1, 1, 1]);
  const count = EDGE ** 3;
  const truth = new Uint8Array(count);
  const scribbles = new Uint8Array(count);
  const start = new Uint8Array(count);
  const middle = EDGE / 2;
  for (let k = 0, at = 0; k < EDGE; k++)
    for (let j = 0; j < EDGE; j++)
      for (let i = 0; i < EDGE; i++, at++) {
        const [x, y, z] = toPatient(grid.affine, i, j, k);
        const d = depth(shape, x, y, z);
        truth[at] = Number(d > 0);
        start[at] = Number(d > 0.5);
        if (k !== middle) continue;
        if (d > 0.4) scribbles[at] = 1;
        if (d < -0.45 && d > -0.8) scribbles[at] = 2;
      }
  const random = new Random(seed);
  const clean = smooth(
    Float32Array.from(truth, (v) => CONTRAST * v),
    grid.size,
    [1, 1, 1],
    BLUR,
  );
  const data = clean.map((v) => v + (CONTRAST / contrastToNoise) * random.normal());
  return {
    shape,
    contrastToNoise,
    volume: { grid, data, unit: 'arbitrary', modality: 'MR' },
    truth: { grid, data: truth, name: 'truth', colour: [255, 92, 92] },
    seed: [middle, middle, middle],
    scribbles,
    start,
  };
}
