import type { KernelModule } from '../../core/kernel-module.ts';
import { mostNeighbours } from '../neighbourhood.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { ToneCounts, ToneDifferences } from './differences.ts';

/** Differences by the Wasm kernel: equal to those of the reference, integer for integer. */
export function differencesByKernel(
  levels: PaddedLevels,
  planar: boolean,
  { arena, call }: KernelModule,
): ToneCounts {
  const { data, values, pad } = levels;
  const [px, py, pz] = levels.size;
  const bytes = data.BYTES_PER_ELEMENT;
  const word = bytes === 1 && pad <= 7 ? 4 : 8;
  const columns = mostNeighbours(levels, planar);
  const cells = values.length * columns;
  arena.reset();
  const from = arena.room(data.byteLength + 32);
  const ring = arena.alloc(word * px * py * (planar ? 1 : 2 * pad + 1) + 32);
  const wide = arena.alloc(word * px * py + 32);
  const column = arena.alloc(word * px + 32);
  const table = arena.alloc(16 * cells);
  new Uint8Array(arena.buffer, from, data.byteLength).set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  const find = (first: number, last: number): ToneDifferences => {
    // Two u64 a cell: voxels, fewer than 2³², and differences, below 2⁵³.
    const words = new Uint32Array(arena.buffer, table, 4 * cells).fill(0);
    call(
      'ngtdm_differences',
      from,
      bytes,
      px,
      py,
      first,
      last,
      pad,
      planar ? 1 : 0,
      columns,
      ring,
      wide,
      column,
      table,
    );
    const voxels = new Float64Array(cells);
    const differences = new Float64Array(cells);
    for (let k = 0; k < cells; k++) {
      if (words[4 * k] === 0) continue;
      voxels[k] = words[4 * k]!;
      differences[k] = words[4 * k + 2]! + 2 ** 32 * words[4 * k + 3]!;
    }
    return { columns, voxels, differences };
  };
  return {
    slices: () => filledSlices(levels),
    slice: (z) => find(z, z + 1),
    volume: () => find(pad, pz - pad),
  };
}
