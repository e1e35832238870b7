import { voxelCount, type Size3 } from '../../../core/geometry.ts';
import type { KernelModule } from '../../../core/kernel-module.ts';
import { FlowNetwork } from './max-flow.ts';

/** A network on a lattice: each voxel joined to its six neighbours and to one terminal. Capacities are whole. */
export interface GridNetwork {
  readonly size: Size3;
  /** Above 0: capacity from the source; below 0: to the sink. */
  readonly terminal: Int32Array;
  /** Six a voxel: to the neighbour at +x, −x, +y, −y, +z, −z; 0 where there is none. */
  readonly edges: Int32Array;
}

export interface GridCut {
  /** 1 for voxels that stay with the source. */
  readonly side: Uint8Array;
  readonly flow: number;
}

export const gridCut = (network: GridNetwork, kernels: KernelModule | null): GridCut =>
  kernels ? gridCutByKernel(network, kernels) : gridCutReference(network);

/** Minimum cut by Dinic's flow over the whole network. */
export function gridCutReference({ size, terminal, edges }: GridNetwork): GridCut {
  const count = voxelCount(size);
  const [source, sink] = [count, count + 1];
  const network = new FlowNetwork(count + 2);
  const steps = [1, size[0], size[0] * size[1]];
  for (let p = 0; p < count; p++) {
    const t = terminal[p]!;
    if (t > 0) network.add(source, p, t);
    if (t < 0) network.add(p, sink, -t);
    for (let axis = 0; axis < 3; axis++) {
      const there = edges[6 * p + 2 * axis]!;
      const q = p + steps[axis]!;
      const back = q < count ? edges[6 * q + 2 * axis + 1]! : 0;
      // At the end of a row both are 0, though q is a voxel of the next one.
      if (there > 0 || back > 0) network.add(p, q, there, back);
    }
  }
  const flow = network.maxFlow(source, sink);
  return { flow, side: network.sourceSide(source).slice(0, count) };
}

const WORDS = 12; // a record of the kernel, in words of four bytes

function gridCutByKernel({ size, terminal, edges }: GridNetwork, { arena, call }: KernelModule): GridCut {
  const count = voxelCount(size);
  const plane = size[0] * size[1];
  const places = 2 ** Math.ceil(Math.log2(count + 2));
  arena.reset();
  const margin = 4 * WORDS * plane;
  const records = arena.alloc(4 * WORDS * count + 2 * margin) + margin;
  const orphans = arena.alloc(4 * places);
  const side = arena.alloc(count);
  const words = new Int32Array(arena.buffer, records, WORDS * count);
  for (let p = 0, w = 0, e = 0; p < count; p++, w += WORDS, e += 6) {
    words[w] = edges[e]!;
    words[w + 1] = edges[e + 1]!;
    words[w + 2] = edges[e + 2]!;
    words[w + 3] = edges[e + 3]!;
    words[w + 4] = edges[e + 4]!;
    words[w + 5] = edges[e + 5]!;
    words[w + 6] = terminal[p]!;
  }
  const flow = call('markov_random_field_grid_cut', records, ...size, orphans, places, side);
  return { flow, side: new Uint8Array(arena.buffer, side, count).slice() };
}
