import type { Vec3 } from '../../../core/geometry.ts';
import type { CheckedValues } from '../../../core/parameters.ts';
import type { Volume } from '../../../core/volume.ts';

/**
 * The range of a threshold that is known without looking at the image; null where it is not, or where what one slice
 * shows depends on others.
 */
function knownRange(values: CheckedValues, unit: string): readonly [number, number] | null {
  if (values.flag('largest')) return null;
  const method = values.choice('method');
  if (method === 'range') return [values.open('low') ?? -Infinity, values.open('high') ?? Infinity];
  return method === 'suv' && unit === 'SUVbw' ? [values.number('suv'), Infinity] : null;
}

/**
 * The three slices of a threshold that meet in a voxel, at once: what a person sees while a slider moves, before the whole
 * is there. The other slices of `into` stay as they are.
 * @param region bytes of the region to stay within; null: the whole image
 * @returns false, and nothing written, where the slices cannot be told by themselves
 */
export function glimpseThreshold(
  { data, grid: { size }, unit }: Volume,
  values: CheckedValues,
  region: Uint8Array | null,
  at: Vec3,
  into: Uint8Array,
): boolean {
  const range = knownRange(values, unit);
  if (range === null || (values.choice('where') === 'region' && region === null)) return false;
  const [low, high] = range;
  const within = values.choice('where') === 'region' ? region : null;
  const [nx, ny, nz] = size;
  const write = (i: number) => {
    const v = data[i]!;
    into[i] = v >= low && v <= high && (within === null || within[i] === 1) ? 1 : 0;
  };
  const plane = nx * ny;
  for (let i = at[2] * plane, end = i + plane; i < end; i++) write(i);
  for (let z = 0; z < nz; z++) {
    for (let i = z * plane + at[1] * nx, end = i + nx; i < end; i++) write(i);
    for (let i = z * plane + at[0], end = (z + 1) * plane; i < end; i += nx) write(i);
  }
  return true;
}
