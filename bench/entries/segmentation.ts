// Bundled by bench/bundle.mjs: noisy balls, and this engine's segmentation of them.
import { voxelCount, type Size3 } from '../../src/core/geometry.ts';
import type { KernelModule } from '../../src/core/kernel-module.ts';
import { Random } from '../../src/core/random.ts';
import type { Volume } from '../../src/core/volume.ts';
import { instantiate } from '../../src/engine/wasm/instantiate.ts';
import { lloyd } from '../../src/regions/segment/lloyd.ts';
import { segment } from '../../src/regions/segment/segment.ts';
import { gridCut, type GridNetwork } from '../../src/regions/segment/markov-random-field/grid-cut.ts';
import type { SegmentationRequest } from '../../src/regions/segment/crop.ts';

export const kernels = (bytes: Uint8Array<ArrayBuffer>): Promise<KernelModule> => instantiate(bytes);

export interface Picture {
  readonly volume: Volume;
  readonly truth: Uint8Array;
  readonly strokes: Uint8Array;
}

/** A ball (a disc in one slice) of 100 over 0 with noise; a stroke inside and one outside. */
export function ball(size: Size3, noise: number): Picture {
  const random = new Random(20);
  const truth = new Uint8Array(voxelCount(size));
  const strokes = new Uint8Array(truth.length);
  const radius = 0.31 * size[0];
  for (let z = 0, at = 0; z < size[2]; z++)
    for (let y = 0; y < size[1]; y++)
      for (let x = 0; x < size[0]; x++, at++) {
        const [u, v, w] = [x - size[0] / 2, y - size[1] / 2, size[2] === 1 ? 0 : z - size[2] / 2];
        truth[at] = Number(Math.hypot(u, v, w) < radius);
        if (z !== size[2] >> 1) continue;
        if (Math.abs(v) < 4 && Math.abs(u) < 0.6 * radius) strokes[at] = 1;
        if (y < 4) strokes[at] = 2;
      }
  const data = Float32Array.from(truth, (t) => 100 * t + noise * random.normal());
  const matrix = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const;
  const grid = { size, affine: { origin: [0, 0, 0] as const, matrix } };
  return { volume: { grid, data, unit: 'arbitrary', modality: 'MR' }, truth, strokes };
}

/** The network of a Potts energy on the picture, the same for every solver. */
export function network({ volume: { grid, data } }: Picture, weight: number): GridNetwork {
  const [nx, ny, nz] = grid.size;
  const edges = new Int32Array(6 * data.length);
  for (let z = 0, p = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, p++)
        [x < nx - 1, x > 0, y < ny - 1, y > 0, z < nz - 1, z > 0].forEach((has, d) => {
          if (has) edges[6 * p + d] = weight;
        });
  return { size: grid.size, terminal: Int32Array.from(data, (v) => Math.round(10 * (v - 50))), edges };
}

export { gridCut };

export const kMeans = ({ volume: { data } }: Picture, classes: number, module: KernelModule) =>
  lloyd({ count: data.length, width: 1, data }, { classes, seed: 1, starts: 1, kernels: module });

export function run({ volume }: Picture, request: SegmentationRequest, module: KernelModule) {
  const found = segment(volume, request, module);
  if (found.outcome !== 'done') throw new Error(found.reason);
  return found.labels;
}

/** Dice of the voxels of class 1 with the truth. */
export function dice({ truth }: Picture, labels: ArrayLike<number>): number {
  let both = 0;
  let sum = 0;
  for (let i = 0; i < truth.length; i++) {
    const l = Number(labels[i] === 1);
    both += truth[i]! & l;
    sum += truth[i]! + l;
  }
  return (2 * both) / sum;
}
