import type { Size3 } from '../../core/geometry.ts';
import type { VoxelBox } from '../box.ts';
import type { MaskDelta } from '../document/packed-mask.ts';
import { Painter, type Axis } from './paint.ts';

export interface FloodFill {
  readonly normal: Axis;
  readonly slice: number;
  /** Voxel of the slice that was pointed at, along the two other axes in their order. */
  readonly seed: readonly [number, number];
}

/** What a fill did; `open`: the area outside reaches the border of the image, so nothing was filled. */
export type FloodOutcome =
  | {
      readonly done: true;
      readonly delta: MaskDelta;
      readonly box: VoxelBox | null;
      readonly changed: number;
    }
  | { readonly done: false; readonly why: 'open' };

/**
 * Turns over the area of the slice that hangs together with the voxel pointed at over its four sides: outside the
 * region it is filled, when the region encloses it; inside it is emptied. Changes the bytes of the mask.
 */
export function floodFill(data: Uint8Array, size: Size3, { normal, slice, seed }: FloodFill): FloodOutcome {
  const [u, v] = ([0, 1, 2] as const).filter((axis) => axis !== normal);
  const [nu, nv] = [size[u], size[v]];
  const strides = [1, size[0], size[0] * size[1]];
  const offset = slice * strides[normal];
  const indexOf = (a: number, b: number) => offset + a * strides[u] + b * strides[v];
  const outside =
    seed[0] < 0 || seed[1] < 0 || seed[0] >= nu || seed[1] >= nv || slice < 0 || slice >= size[normal];
  if (outside) return { done: false, why: 'open' };
  const from = data[indexOf(...seed)];
  const met = new Uint8Array(nu * nv);
  const waiting = [seed[0] + nu * seed[1]];
  met[waiting[0]] = 1;
  const meet = (a: number, b: number): void => {
    const at = a + nu * b;
    if (met[at] === 1 || data[indexOf(a, b)] !== from) return;
    met[at] = 1;
    waiting.push(at);
  };
  while (waiting.length > 0) {
    const at = waiting.pop()!;
    const [a, b] = [at % nu, Math.floor(at / nu)];
    const border = a === 0 || b === 0 || a === nu - 1 || b === nv - 1;
    if (border && from === 0) return { done: false, why: 'open' };
    if (a > 0) meet(a - 1, b);
    if (a < nu - 1) meet(a + 1, b);
    if (b > 0) meet(a, b - 1);
    if (b < nv - 1) meet(a, b + 1);
  }
  const painter = new Painter(data, size, from === 0 ? 1 : 0);
  const place: [number, number, number] = [0, 0, 0];
  place[normal] = slice;
  for (let i = 0; i < met.length; i++) {
    if (met[i] === 0) continue;
    place[u] = i % nu;
    place[v] = Math.floor(i / nu);
    painter.run(place[0], place[1], place[2], u, 1);
  }
  return { done: true, box: painter.takeBox(), delta: painter.delta(), changed: painter.changed };
}
