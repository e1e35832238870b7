import type { KernelModule } from '../core/kernel-module.ts';
import { levelMatrixOf, type LevelMatrix } from './level-matrix.ts';
import { placeMask, type PaddedLevels } from './padded-levels.ts';
import type { RegionSample } from './region-sample.ts';
import type { ZoneFinder, ZoneMatrices } from './zone-matrices.ts';

/** Zones of so many voxels and more are listed, smaller ones counted in a table; as in the kernel. */
const SMALL = 64;

/** Zones by the Wasm kernel: equal to those of the reference, integer for integer. */
export function zonesByKernel(
  sample: RegionSample,
  levels: PaddedLevels,
  planar: boolean,
  kernels: KernelModule,
): ZoneFinder {
  const { arena, call } = kernels;
  const { data, values, inner } = levels;
  const [px, py, pz] = levels.size;
  const plane = px * py;
  const columns = values.length;
  const narrowest = planar ? Math.min(inner[0], inner[1]) : Math.min(...inner);
  const depthRows = Math.floor((narrowest + 1) / 2) + 1;
  arena.reset();
  const from = arena.room(data.byteLength + 32);
  const mask = arena.alloc(data.length + 32);
  const slices = arena.room(sample.size[0] * sample.size[1] * inner[2]);
  const distances = arena.alloc(2 * data.length + 32);
  const parents = arena.room(4 * data.length + 64);
  const sizes = arena.alloc(4 * data.length + 64);
  const roots = arena.room(4 * levels.voxels + 4);
  const small = arena.alloc(4 * SMALL * columns);
  const large = arena.room(8 * (Math.floor(levels.voxels / SMALL) + 1));
  const depths = arena.alloc(4 * depthRows * columns);
  new Uint8Array(arena.buffer, from, data.byteLength).set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  placeMask(sample, levels, slices, mask, kernels);
  const inside = plane + px + 1;
  call('gldzm_distance', mask, inside, data.length - plane, px, planar ? 0 : plane, distances);
  const find = (first: number, last: number): ZoneMatrices => {
    const smallTable = new Uint32Array(arena.buffer, small, SMALL * columns).fill(0);
    const depthTable = new Uint32Array(arena.buffer, depths, depthRows * columns).fill(0);
    const listed = call(
      'glszm_zones',
      from,
      data.BYTES_PER_ELEMENT,
      first,
      last,
      px,
      planar ? 0 : plane,
      columns,
      distances,
      parents,
      sizes,
      roots,
      small,
      large,
      depths,
    );
    const voxels = planar ? insideOf(data.subarray(first, last)) : levels.voxels;
    return {
      sizes: sizesOf(smallTable, new Uint32Array(arena.buffer, large, 2 * listed), values, voxels),
      distances: levelMatrixOf(depthTable, values, voxels),
    };
  };
  return {
    slice: (z) => find(plane * z, plane * (z + 1)),
    volume: () => find(inside, plane * (pz - 1)),
  };
}

function insideOf(data: Uint8Array | Uint16Array): number {
  let n = 0;
  for (let v = 0; v < data.length; v++) if (data[v]! > 0) n++;
  return n;
}

/** One matrix from a table of small zones and a list of (rank, size) pairs of large ones. */
function sizesOf(small: Uint32Array, large: Uint32Array, values: Uint32Array, voxels: number): LevelMatrix {
  const matrix = levelMatrixOf(small, values, voxels);
  const tally = new Map<number, number>();
  for (let k = 0; k < large.length; k += 2) {
    const key = large[k + 1]! * values.length + large[k]!;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  const keys = [...tally.keys()].sort((a, b) => a - b);
  const ranks = keys.map((key) => key % values.length);
  return {
    values,
    voxels,
    ranks: [...Array.from(matrix.ranks), ...ranks],
    lengths: [...Array.from(matrix.lengths), ...keys.map((key, k) => (key - ranks[k]!) / values.length)],
    counts: [...Array.from(matrix.counts), ...keys.map((key) => tally.get(key)!)],
  };
}
