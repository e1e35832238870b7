import { toPatient, voxelCount, type Size3 } from '../../core/geometry.ts';
import type { ParameterValues } from '../../core/parameters.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import type { MethodId } from './method.ts';
import { Unsegmentable } from './reasons.ts';
import { methodOf } from './registry.ts';

/** Voxels from `from` up to, not with, `to`. */
export interface Box {
  readonly from: Size3;
  readonly to: Size3;
}

/** What a person asks; masks and strokes lie on the grid of the image. */
export interface SegmentationRequest {
  readonly method: MethodId;
  readonly parameters?: ParameterValues;
  /** Default: the whole image. Cut to the image. */
  readonly box?: Box;
  /** Only voxels of this region take part. */
  readonly within?: Uint8Array;
  /** Class of each marked voxel, from 1 (the lesion by habit) and 2 (background); 0 unmarked. */
  readonly scribbles?: Uint8Array;
  /** Clicked voxels. */
  readonly seeds?: readonly Size3[];
  /** Region to start from. */
  readonly start?: Uint8Array;
}

/** Beyond this the box is refused before anything is allocated. A tab has about 4 GiB. */
const MEMORY = 2 ** 30;

export const sizeOf = ({ from, to }: Box): Size3 => [to[0] - from[0], to[1] - from[1], to[2] - from[2]];

/**
 * Image, strokes and masks cut to the box, and the box cut to the image.
 * @throws Unsegmentable `box_empty`, `too_large`; RefusedInput `region_grid_differs` for strokes or masks of another
 *   size than the image
 */
export function cropped(
  volume: Volume,
  asked: SegmentationRequest,
): { readonly volume: Volume; readonly request: SegmentationRequest; readonly box: Box } {
  const { size, affine } = volume.grid;
  for (const layer of [asked.within, asked.scribbles, asked.start])
    if (layer && layer.length !== volume.data.length)
      throw new RefusedInput('region_grid_differs', { expected: volume.data.length, received: layer.length });
  const box = boxOf(size, asked.box);
  const count = voxelCount(sizeOf(box));
  const needed = count * methodOf(asked.method).bytesPerVoxel;
  if (needed > MEMORY)
    throw new Unsegmentable('too_large', {
      voxels: count,
      needed: Math.ceil(needed / 2 ** 20),
      limit: MEMORY / 2 ** 20,
    });
  const data = new Float32Array(count);
  forRows(size, box, (at, inBox, length) => data.set(volume.data.subarray(at, at + length), inBox));
  const cut = (layer: Uint8Array): Uint8Array => {
    const out = new Uint8Array(count);
    forRows(size, box, (at, inBox, length) => out.set(layer.subarray(at, at + length), inBox));
    return out;
  };
  const { method, parameters, within, scribbles, start, seeds = [] } = asked;
  const inside = seeds.filter((s) =>
    s.every((v, a) => Number.isInteger(v) && v >= box.from[a]! && v < box.to[a]!),
  );
  return {
    volume: {
      ...volume,
      data,
      grid: { size: sizeOf(box), affine: { ...affine, origin: toPatient(affine, ...box.from) } },
    },
    request: {
      method,
      ...(parameters && { parameters }),
      ...(within && { within: cut(within) }),
      ...(scribbles && { scribbles: cut(scribbles) }),
      ...(start && { start: cut(start) }),
      seeds: inside.map(([x, y, z]): Size3 => [x - box.from[0], y - box.from[1], z - box.from[2]]),
    },
    box,
  };
}

/** One class of an outcome as a mask on the grid of the image. */
export function maskOf(
  { box, labels }: { readonly box: Box; readonly labels: Uint8Array },
  label: number,
  grid: Mask['grid'],
  name: string,
  colour: Mask['colour'],
): Mask {
  const data = new Uint8Array(voxelCount(grid.size));
  forRows(grid.size, box, (at, inBox, length) => {
    for (let i = 0; i < length; i++) data[at + i] = Number(labels[inBox + i] === label);
  });
  return { grid, data, name, colour };
}

/** The box in the image. @throws Unsegmentable `box_empty` */
function boxOf(size: Size3, asked: Box = { from: [0, 0, 0], to: size }): Box {
  const clip = (v: number, axis: 0 | 1 | 2) => Math.min(size[axis], Math.max(0, Math.round(v)));
  const of = (v: Size3): Size3 => [clip(v[0], 0), clip(v[1], 1), clip(v[2], 2)];
  const box = { from: of(asked.from), to: of(asked.to) };
  if (!box.to.every((v, a) => v > box.from[a]!)) throw new Unsegmentable('box_empty');
  return box;
}

/** Calls with the index of each row of the box: in the image, in the box, and its length. */
function forRows(size: Size3, box: Box, row: (at: number, inBox: number, length: number) => void): void {
  const [nx, ny, nz] = sizeOf(box);
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      row(box.from[0] + size[0] * (box.from[1] + y + size[1] * (box.from[2] + z)), nx * (y + ny * z), nx);
}
