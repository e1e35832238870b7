import { spacingOf, voxelCount, type Size3 } from '../../core/geometry.ts';
import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { fill, type Facts, type Localised } from '../../core/localised.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import type {
  MethodId,
  MethodResult,
  Need,
  ParameterValues,
  SegmentationInput,
  SegmentationMethod,
} from './method.ts';
import { checkValues } from './parameters.ts';
import { SEGMENTATION_REASONS, Unsegmentable, type SegmentationReason } from './reasons.ts';
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

/** A segmentation, or why there is none. Labels and placements lie on `box`, not on the image. */
export type SegmentationOutcome =
  | ({ readonly outcome: 'done'; readonly box: Box } & MethodResult)
  | {
      readonly outcome: 'none';
      readonly reason: SegmentationReason;
      readonly facts: Facts;
      /** The sentence with its facts filled in, and what to do. */
      readonly text: Localised;
      readonly remedy: Localised;
    };

/** Beyond this the box is refused before anything is allocated. A tab has about 4 GiB. */
const MEMORY = 2 ** 30;

/** Classes fit in a byte and in a legend. */
const MOST_CLASSES = 32;

/**
 * Runs one method on the box of an image.
 * @throws RefusedInput `settings_invalid` for a parameter out of bounds, `region_grid_differs` for strokes or masks of
 *   another size than the image; what `checkCancelled` throws.
 */
export function segment(
  volume: Volume,
  request: SegmentationRequest,
  kernels: KernelModule | null = null,
  job: JobContext = {},
): SegmentationOutcome {
  const method = methodOf(request.method);
  const values = checkValues(method.parameters, request.parameters);
  for (const layer of [request.within, request.scribbles, request.start])
    if (layer && layer.length !== volume.data.length)
      throw new RefusedInput('region_grid_differs', { expected: volume.data.length, received: layer.length });
  try {
    const box = boxOf(volume.grid.size, request.box);
    checkMemory(method, box);
    const input = inputOf(volume, box, request);
    checkNeeds(method, input);
    const result = method.run({ input, values, kernels, job });
    return { outcome: 'done', box, ...result };
  } catch (error) {
    if (!(error instanceof Unsegmentable)) throw error;
    return noneOf(error);
  }
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
  if (!(voxelCount(sizeOf(box)) > 0) || box.to.some((v, a) => v <= box.from[a]!))
    throw new Unsegmentable('box_empty');
  return box;
}

export const sizeOf = ({ from, to }: Box): Size3 => [to[0] - from[0], to[1] - from[1], to[2] - from[2]];

function checkMemory(method: SegmentationMethod, box: Box): void {
  const voxels = voxelCount(sizeOf(box));
  const needed = voxels * method.bytesPerVoxel;
  if (needed > MEMORY)
    throw new Unsegmentable('too_large', {
      voxels,
      needed: Math.ceil(needed / 2 ** 20),
      limit: MEMORY / 2 ** 20,
    });
}

/** Calls with the index of each row of the box: in the image, in the box, and its length. */
function forRows(size: Size3, box: Box, row: (at: number, inBox: number, length: number) => void): void {
  const [nx, ny, nz] = sizeOf(box);
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      row(box.from[0] + size[0] * (box.from[1] + y + size[1] * (box.from[2] + z)), nx * (y + ny * z), nx);
}

function inputOf(volume: Volume, box: Box, request: SegmentationRequest): SegmentationInput {
  const { size } = volume.grid;
  const count = voxelCount(sizeOf(box));
  const cropped = (layer: Uint8Array | undefined): Uint8Array | null => {
    if (!layer) return null;
    const out = new Uint8Array(count);
    forRows(size, box, (at, inBox, length) => out.set(layer.subarray(at, at + length), inBox));
    return out;
  };
  const values = new Float32Array(count);
  forRows(size, box, (at, inBox, length) => values.set(volume.data.subarray(at, at + length), inBox));
  const active = cropped(request.within) ?? new Uint8Array(count).fill(1);
  let any = false;
  for (let i = 0; i < count; i++) {
    active[i] = Number(active[i] !== 0 && Number.isFinite(values[i]));
    any ||= active[i] === 1;
  }
  if (!any) throw new Unsegmentable('nothing_active');
  const scribbles = cropped(request.scribbles);
  if (scribbles) for (let i = 0; i < count; i++) if (active[i] === 0) scribbles[i] = 0;
  const [nx, ny] = sizeOf(box);
  const seeds = (request.seeds ?? [])
    .filter((s) => s.every((v, a) => Number.isInteger(v) && v >= box.from[a]! && v < box.to[a]!))
    .map(([x, y, z]) => x - box.from[0] + nx * (y - box.from[1] + ny * (z - box.from[2])));
  return {
    size: sizeOf(box),
    spacing: spacingOf(volume.grid.affine),
    values,
    active,
    scribbles: scribbles?.some((v) => v > 0) ? scribbles : null,
    seeds,
    start: cropped(request.start),
  };
}

const NEED_WORDS: Readonly<Record<Need, Localised>> = {
  seeds: { en: 'clicked points', ru: 'отмеченные точки', zh: '点击的点' },
  scribbles: { en: 'strokes of at least two classes', ru: 'штрихи хотя бы двух классов', zh: '至少两类标记' },
  region: { en: 'a region to start from', ru: 'начальная область', zh: '起始区域' },
};
const OR: Localised = { en: ' or ', ru: ' или ', zh: '或' };

/** @throws Unsegmentable where what the method starts from is missing, or strokes are of one class. */
function checkNeeds({ needsOneOf, takes }: SegmentationMethod, input: SegmentationInput): void {
  const has: Readonly<Record<Need, boolean>> = {
    seeds: input.seeds.length > 0,
    scribbles: input.scribbles !== null,
    region: input.start?.some((v) => v !== 0) ?? false,
  };
  if (needsOneOf.length > 0 && !needsOneOf.some((n) => has[n]))
    throw new Unsegmentable('needs_missing', { needs: needsOneOf.join(',') });
  if (takes.includes('scribbles') && input.scribbles) {
    const classes = new Set(input.scribbles);
    classes.delete(0);
    if (classes.size < 2) throw new Unsegmentable('one_class');
    const most = Math.max(...classes);
    if (most > MOST_CLASSES)
      throw new RefusedInput('settings_invalid', {
        name: 'scribbles',
        expected: `1 – ${MOST_CLASSES}`,
        received: most,
      });
  }
}

function noneOf({ reason, facts }: Unsegmentable): SegmentationOutcome {
  const { text, remedy } = SEGMENTATION_REASONS[reason];
  const filled = (l: keyof Localised) => {
    const needs = String(facts['needs'] ?? '')
      .split(',')
      .map((n) => NEED_WORDS[n as Need]?.[l] ?? n)
      .join(OR[l]);
    return fill(text[l], { ...facts, needs });
  };
  return {
    outcome: 'none',
    reason,
    facts,
    text: { en: filled('en'), ru: filled('ru'), zh: filled('zh') },
    remedy,
  };
}
