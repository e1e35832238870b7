// Bundled by bench/bundle.mjs: drawing and editing regions on an image of 512 × 512 × 300.
import type { KernelModule } from '../../src/core/kernel-module.ts';
import { checkValues, type ParameterValues } from '../../src/core/parameters.ts';
import { Random } from '../../src/core/random.ts';
import type { Grid, Size3, Vec3 } from '../../src/core/geometry.ts';
import type { Volume } from '../../src/core/volume.ts';
import { instantiate } from '../../src/engine/wasm/instantiate.ts';
import { commit, NEW_DOCUMENT, undo, type RegionRecord } from '../../src/regions/document/document.ts';
import { countVoxels, emptyMask, type PackedMask } from '../../src/regions/document/packed-mask.ts';
import { BrushStroke, type Brush } from '../../src/regions/draw/brush.ts';
import { APPLY } from '../../src/regions/edit/apply.ts';
import type { OperationId } from '../../src/regions/edit/operation.ts';
import { glimpseThreshold } from '../../src/regions/edit/threshold/glimpse.ts';
import { operationOf } from '../../src/regions/edit/registry.ts';

export const kernels = (bytes: Uint8Array<ArrayBuffer>): Promise<KernelModule> => instantiate(bytes);

export const SIZE: Size3 = [512, 512, 300];
export const SPACING: Vec3 = [0.8, 0.8, 1];
/** Middle of the ball that is grown into, and its radius: 1.0 million voxels. */
export const BALL = { centre: [200, 260, 150] as Vec3, radius: 53.5 };
export const RANGE = [-50, 150] as const;

const grid: Grid = {
  size: SIZE,
  affine: {
    origin: [0, 0, 0],
    matrix: [
      [SPACING[0], 0, 0],
      [0, SPACING[1], 0],
      [0, 0, SPACING[2]],
    ],
  },
};

/** A noisy body of 40 ± 30 in air, and in it a ball of 400 with a mean noise of 20. */
export function makeImage(): Volume {
  const data = new Float32Array(SIZE[0] * SIZE[1] * SIZE[2]);
  const random = new Random(7);
  const noise = Float32Array.from({ length: 65536 }, () => random.normal());
  for (let z = 0, i = 0; z < SIZE[2]; z++) {
    for (let y = 0; y < SIZE[1]; y++) {
      for (let x = 0; x < SIZE[0]; x++, i++) {
        const n = noise[(i * 2654435761) & 65535];
        const body = ((x - 256) / 220) ** 2 + ((y - 256) / 160) ** 2 <= 1;
        const [a, b, c] = BALL.centre;
        const d2 = ((x - a) * 0.8) ** 2 + ((y - b) * 0.8) ** 2 + (z - c) ** 2;
        data[i] = Math.round(d2 <= BALL.radius ** 2 ? 400 + 20 * n : body ? 40 + 30 * n : -1000 + 10 * n);
      }
    }
  }
  return { grid, data, unit: 'HU', modality: 'CT' };
}

export function operate(
  id: OperationId,
  values: ParameterValues,
  image: Volume,
  mask: PackedMask,
  module: KernelModule,
  seed: Vec3 | null = null,
) {
  const operation = operationOf(id);
  return APPLY[id](
    { grid, image, mask, other: null, seed, kernels: module, context: {} },
    checkValues(operation.parameters, values),
  );
}

/** What a person sees of a threshold while a slider moves: the three slices on screen, in the thread of the page. */
export const glimpse = (low: number, high: number, image: Volume, at: Vec3, into: Uint8Array): boolean =>
  glimpseThreshold(image, checkValues(operationOf('threshold').parameters, { low, high }), null, at, into);

export const nothing = (): PackedMask => emptyMask(SIZE);
export const count = countVoxels;

/** Milliseconds of each step of a stroke over the image, of keeping it as a step, and of taking it back. */
export function stroke(brush: Brush, live: Uint8Array, steps: number) {
  const begun = new BrushStroke(live, grid, brush);
  const times: number[] = [];
  for (let n = 0; n < steps; n++) {
    const turn = (2 * Math.PI * n) / 40;
    const point: Vec3 = [256 + 120 * Math.cos(turn), 256 + 90 * Math.sin(turn), 150];
    const start = performance.now();
    begun.move(point);
    times.push(performance.now() - start);
  }
  const mask = emptyMask(SIZE);
  const record: RegionRecord = {
    id: 'a',
    name: 'a',
    colour: [0, 0, 0],
    locked: false,
    visible: true,
    series: 's',
    reader: 'first',
    mask,
    origins: [{ when: 0, tool: 'new', parameters: {}, times: 1 }],
  };
  const at = (changes: Parameters<typeof commit>[1]['changes']) => ({
    when: 0,
    tool: '',
    subject: '',
    changes,
  });
  const added = commit(NEW_DOCUMENT, at([{ kind: 'add', record, at: 0 }]));
  let start = performance.now();
  const { origins } = record;
  const delta = begun.delta();
  const kept = commit(added, at([{ kind: 'mask', region: 'a', delta, before: origins, after: origins }]));
  const keep = performance.now() - start;
  start = performance.now();
  undo(kept);
  return { times, keep, undo: performance.now() - start, voxels: begun.changed };
}
