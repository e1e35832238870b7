import type { Vec3 } from '../../../core/geometry.ts';
import { RefusedInput } from '../../../core/refusal.ts';
import { refusedCase } from '../../../core/refusal-cases.ts';
import type { Volume } from '../../../core/volume.ts';
import { boxSize, widened, wholeBox, type VoxelBox } from '../../box.ts';
import { countVoxels, packBox, type PackedMask } from '../../document/packed-mask.ts';
import { combined } from '../../document/combine.ts';
import { voxelsWithin } from '../../metric.ts';
import type { CheckedValues } from '../../../core/parameters.ts';
import { borderedIndex, borderedSize, grow } from '../../morphology/grow.ts';
import type { Neighbours } from '../../morphology/grow-reference.ts';
import type { Apply } from '../operation.ts';

/** First box around the seed, voxels to each side; it widens while the region reaches its sides. */
const START = 24;
/** Half-width of the range around the seed when none is given, in standard deviations of its neighbourhood. */
const SPREAD = 2.5;

/** Lowest and highest intensity, as given or from the neighbourhood of 3 × 3 × 3 voxels around the seed. */
function rangeOf(image: Volume, seed: Vec3, values: CheckedValues): [number, number] {
  if (values.choice('limits') === 'range') {
    const [low, high] = [values.open('low') ?? -Infinity, values.open('high') ?? Infinity];
    if (low > high) throw refusedCase('limits_crossed', { name: 'low', low, high });
    return [low, high];
  }
  const { size } = image.grid;
  const near = widened({ low: seed, high: [seed[0] + 1, seed[1] + 1, seed[2] + 1] }, [1, 1, 1], size);
  let [n, sum, squares] = [0, 0, 0];
  eachVoxel(near, size, (i) => {
    const v = image.data[i];
    if (Number.isNaN(v)) return;
    n++;
    sum += v;
    squares += v * v;
  });
  const mean = sum / n;
  const given = values.open('tolerance');
  const half = given ?? SPREAD * Math.sqrt(Math.max(0, squares / n - mean * mean));
  return [mean - half, mean + half];
}

function eachVoxel({ low, high }: VoxelBox, size: Vec3, meet: (index: number) => void): void {
  for (let z = low[2]; z < high[2]; z++) {
    for (let y = low[1]; y < high[1]; y++) {
      for (let x = low[0]; x < high[0]; x++) meet(x + size[0] * (y + size[1] * z));
    }
  }
}

/** Voxels of a box in the range, with a border of zeros around. */
function admissible(image: Volume, box: VoxelBox, low: number, high: number): Uint8Array {
  const size = boxSize(box);
  const [ox, oy, oz] = borderedSize(size);
  const out = new Uint8Array(ox * oy * oz);
  const [nx, ny] = image.grid.size;
  const { data } = image;
  for (let z = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      let to = borderedIndex(size, 0, y, z);
      let from = box.low[0] + nx * (box.low[1] + y + ny * (box.low[2] + z));
      for (const end = from + size[0]; from < end; from++, to++) {
        out[to] = data[from] >= low && data[from] <= high ? 1 : 0;
      }
    }
  }
  return out;
}

/** The grown voxels without the border, and on which of the six sides of the box they lie. */
function grown(bordered: Uint8Array, box: VoxelBox): { data: Uint8Array; sides: readonly boolean[] } {
  const size = boxSize(box);
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  const sides = [false, false, false, false, false, false];
  let to = 0;
  for (let z = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      const row = borderedIndex(size, 0, y, z);
      let any = 0;
      for (let x = 0; x < size[0]; x++) any |= data[to + x] = bordered[row + x] >> 1;
      if (any !== 0) {
        if (data[to] === 1) sides[0] = true;
        if (data[to + size[0] - 1] === 1) sides[3] = true;
        if (y === 0) sides[1] = true;
        if (y === size[1] - 1) sides[4] = true;
        if (z === 0) sides[2] = true;
        if (z === size[2] - 1) sides[5] = true;
      }
      to += size[0];
    }
  }
  return { data, sides };
}

/** The box with the sides that were reached moved out by its own size; the same box when all are at the limit. */
function wider(box: VoxelBox, sides: readonly boolean[], limit: VoxelBox): VoxelBox | null {
  const size = boxSize(box);
  const low = box.low.map((v, a) => (sides[a] ? Math.max(limit.low[a], v - size[a]) : v));
  const high = box.high.map((v, a) => (sides[a + 3] ? Math.min(limit.high[a], v + size[a]) : v));
  const moved = low.some((v, a) => v !== box.low[a]) || high.some((v, a) => v !== box.high[a]);
  return moved ? { low: low as unknown as Vec3, high: high as unknown as Vec3 } : null;
}

export const applyGrowing: Apply = ({ grid, image, mask, seed, kernels, context }, values) => {
  const size = grid.size;
  if (seed!.some((v, a) => !(v >= 0 && v < size[a]))) {
    throw new RefusedInput('settings_invalid', {
      name: 'seed',
      expected: size.join('×'),
      received: seed!.join(', '),
    });
  }
  const [low, high] = rangeOf(image!, seed!, values);
  const neighbours = Number(values.choice('neighbours')) as Neighbours;
  const one: VoxelBox = { low: seed!, high: [seed![0] + 1, seed![1] + 1, seed![2] + 1] };
  const reach = values.open('reach');
  const limit = reach === null ? wholeBox(size) : widened(one, voxelsWithin(grid.affine, reach), size);
  let box: VoxelBox | null = widened(one, [START, START, START], size);
  box = {
    low: box.low.map((v, a) => Math.max(v, limit.low[a])) as unknown as Vec3,
    high: box.high.map((v, a) => Math.min(v, limit.high[a])) as unknown as Vec3,
  };
  let found: PackedMask = mask;
  while (box !== null) {
    context.checkCancelled?.();
    const data = admissible(image!, box, low, high);
    const inBox: Vec3 = [seed![0] - box.low[0], seed![1] - box.low[1], seed![2] - box.low[2]];
    grow({ size: boxSize(box), data }, inBox, neighbours, kernels);
    const result = grown(data, box);
    const next = wider(box, result.sides, limit);
    if (next === null) found = packBox(size, box, result.data);
    box = next;
    context.onProgress?.(0.5);
  }
  const facts = { voxels: countVoxels(found), low, high };
  return { mask: combined('union', mask, found), facts, findings: [] };
};
