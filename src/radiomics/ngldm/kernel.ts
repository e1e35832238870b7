import type { KernelModule } from '../../core/kernel-module.ts';
import { levelMatrixOf, type LevelMatrix } from '../level-matrix.ts';
import { mostNeighbours, neighbourhood } from '../neighbourhood.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { DependenceCounts } from './counts.ts';

/** Dependences by the Wasm kernel: equal to those of the reference, integer for integer. */
export function dependencesByKernel(
  levels: PaddedLevels,
  coarseness: number,
  planar: boolean,
  { arena, call }: KernelModule,
): DependenceCounts {
  const { data, values, pad } = levels;
  const [px, py, pz] = levels.size;
  const plane = px * py;
  const bytes = data.BYTES_PER_ELEMENT;
  const columns = values.length;
  const rows = mostNeighbours(levels, planar) + 1;
  const steps = neighbourhood(levels, planar).map(([x, y, z]) => bytes * (x + px * y + plane * z));
  arena.reset();
  const from = arena.room(data.byteLength + 32);
  const stepsAt = arena.alloc(4 * steps.length);
  const scratch = arena.alloc(32);
  const table = arena.alloc(4 * columns * rows);
  new Uint8Array(arena.buffer, from, data.byteLength).set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  new Int32Array(arena.buffer, stepsAt, steps.length).set(steps);
  const widest = bytes === 1 ? 255 : 65535;
  const count = (first: number, last: number): LevelMatrix => {
    const counts = new Uint32Array(arena.buffer, table, columns * rows).fill(0);
    call(
      'ngldm_count',
      from,
      bytes,
      first,
      last,
      stepsAt,
      steps.length,
      Math.min(coarseness, widest),
      columns,
      scratch,
      table,
    );
    let voxels = 0;
    for (const n of counts) voxels += n;
    return levelMatrixOf(counts, values, voxels);
  };
  // The first and last voxels of the region lie this far inside, so neighbours stay within the padded box.
  const inside = pad * (plane + px + 1);
  return {
    slices: () => filledSlices(levels),
    slice: (z) => count(plane * z + pad * (px + 1), plane * (z + 1)),
    volume: () => count(inside, plane * (pz - pad)),
  };
}
