import type { KineticMap, UsedInput } from '../../engine/kinetics/request.ts';
import type { Volume } from '../../core/volume.ts';

/** Statuses of voxels that were tried and have no answer: failed, and without a concentration. */
const WITHOUT_ANSWER: readonly number[] = [4, 5];

/**
 * A map as it is drawn: voxels that were tried and have no answer hold −∞, which is painted grey, so that they are not
 * taken for voxels outside the region.
 */
export function asDrawn({ volume }: KineticMap, maps: readonly KineticMap[]): Volume {
  const status = maps.find((m) => m.id === 'status')?.volume.data;
  if (!status || status.length !== volume.data.length) return volume;
  const data = Float32Array.from(volume.data, (v, at) =>
    Number.isNaN(v) && WITHOUT_ANSWER.includes(status[at]!) ? -Infinity : v,
  );
  return { ...volume, data };
}

/** Where a measured input was looked for: 1 for candidates of the search, 2 for the voxels that were taken. */
export function inputVoxels({ voxels, candidates = new Uint32Array(0) }: UsedInput, on: Volume): Volume {
  const data = new Float32Array(on.data.length).fill(Number.NaN);
  for (const at of candidates) data[at] = 1;
  for (const at of voxels) data[at] = 2;
  return { ...on, data, unit: '' };
}
