import { Random } from '../../core/random.ts';
import { centredGrid } from '../../quality/phantoms/grid.ts';
import type { Volume } from '../../core/volume.ts';

/** A head of three tissues in air, shaded by a known field: ellipsoids of 60, 100 and 150, noise of 1 % of 150. */
export function shadedHead({ edge = 48, strength = 0.35, noise = 1.5, seed = 1 } = {}) {
  const grid = centredGrid([edge, edge, edge], [4, 4, 4]);
  const n = edge ** 3;
  const random = new Random(seed);
  const labels = new Uint8Array(n);
  const clean = new Float32Array(n);
  const field = new Float32Array(n);
  const data = new Float32Array(n);
  for (let k = 0, at = 0; k < edge; k++) {
    for (let j = 0; j < edge; j++) {
      for (let i = 0; i < edge; i++, at++) {
        const [x, y, z] = [i, j, k].map((v) => (2 * v) / (edge - 1) - 1) as [number, number, number];
        const r = Math.hypot(x / 0.85, y / 0.9, z / 0.8);
        const folds = 0.06 * Math.sin(9 * x) * Math.cos(8 * y + 3 * z);
        const label = r > 1 ? 0 : r > 0.9 ? 1 : r + folds > 0.62 ? 2 : 3;
        labels[at] = label;
        clean[at] = [0, 60, 100, 150][label]!;
        field[at] = Math.exp(
          strength * (0.6 * x - 0.5 * y * y + 0.4 * Math.sin(1.7 * z + 0.4) + 0.3 * x * y),
        );
        data[at] =
          label === 0 ? Math.abs(noise * random.normal()) : clean[at]! * field[at]! + noise * random.normal();
      }
    }
  }
  const volume: Volume = { grid, data, unit: 'arbitrary', modality: 'MR' };
  return { volume, labels, clean, field };
}
