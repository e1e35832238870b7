import type { LevelMatrix } from './level-matrix.ts';
import { paddedMask, type PaddedLevels } from './padded-levels.ts';
import type { RegionSample } from './region-sample.ts';
import type { ZoneFinder, ZoneMatrices } from './zone-matrices.ts';

/** Zones by flood fill and distances by breadth-first search: the plain oracle of the kernels. */
export function zonesReference(sample: RegionSample, levels: PaddedLevels, planar: boolean): ZoneFinder {
  const distances = distanceReference(paddedMask(sample, levels), levels.size, planar);
  const find = (fromSlice: number, toSlice: number): ZoneMatrices => {
    const zones: Zone[] = [];
    const voxels = eachZone(levels, [fromSlice, toSlice], planar, (rank, members) => {
      const distance = members.reduce((least, v) => Math.min(least, distances[v]!), Infinity);
      zones.push({ rank, size: members.length, distance });
    });
    return {
      sizes: tallied(zones, 'size', levels, voxels),
      distances: tallied(zones, 'distance', levels, voxels),
    };
  };
  return { slice: (z) => find(z, z + 1), volume: () => find(0, levels.size[2]) };
}

interface Zone {
  readonly rank: number;
  readonly size: number;
  readonly distance: number;
}

/**
 * Meets every zone of equal level in the given slices by flood fill: its rank and the places of its voxels in the box.
 * @returns the voxels of the region in those slices
 */
export function eachZone(
  { data, size: [px, py] }: PaddedLevels,
  [fromSlice, toSlice]: readonly [number, number],
  planar: boolean,
  meet: (rank: number, members: readonly number[]) => void,
): number {
  const near = neighbourSteps(px, px * py, planar);
  const seen = new Uint8Array(data.length);
  let voxels = 0;
  for (let v = fromSlice * px * py; v < toSlice * px * py; v++) {
    if (data[v] === 0) continue;
    voxels++;
    if (seen[v] === 1) continue;
    const rank = data[v]!;
    const members = [v];
    seen[v] = 1;
    for (let at = 0; at < members.length; at++) {
      for (const step of near) {
        const n = members[at]! + step;
        if (data[n] !== rank || seen[n] === 1) continue;
        seen[n] = 1;
        members.push(n);
      }
    }
    meet(rank, members);
  }
  return voxels;
}

/** Steps in memory to the 26 neighbours, or the 8 in the slice. */
function neighbourSteps(row: number, plane: number, planar: boolean): number[] {
  const steps: number[] = [];
  for (let z = planar ? 0 : -1; z <= (planar ? 0 : 1); z++) {
    for (let y = -1; y <= 1; y++) {
      for (let x = -1; x <= 1; x++) if (x !== 0 || y !== 0 || z !== 0) steps.push(x + row * y + plane * z);
    }
  }
  return steps;
}

/**
 * City-block distance of each voxel of a padded mask to the nearest voxel outside it (IBSI VMDZ): voxels with a face at
 * the border of the region or of the image have distance 1. In 2D only steps within the slice count.
 */
export function distanceReference(
  mask: Uint8Array,
  [px, py]: readonly [number, number, number],
  planar: boolean,
): Uint16Array {
  const steps = planar ? [-1, 1, -px, px] : [-1, 1, -px, px, -px * py, px * py];
  const distances = new Uint16Array(mask.length);
  let front: number[] = [];
  mask.forEach((inside, v) => {
    if (inside === 1 && steps.some((s) => mask[v + s] !== 1)) {
      distances[v] = 1;
      front.push(v);
    }
  });
  for (let distance = 2; front.length > 0; distance++) {
    const next: number[] = [];
    for (const v of front) {
      for (const s of steps) {
        if (mask[v + s] !== 1 || distances[v + s] !== 0) continue;
        distances[v + s] = distance;
        next.push(v + s);
      }
    }
    front = next;
  }
  return distances;
}

function tallied(
  zones: readonly Zone[],
  by: 'size' | 'distance',
  { values }: PaddedLevels,
  voxels: number,
): LevelMatrix {
  const tally = new Map<number, number>();
  for (const zone of zones) {
    const key = zone[by] * values.length + zone.rank;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  const keys = [...tally.keys()].sort((a, b) => a - b);
  const ranks = keys.map((key) => key % values.length);
  return {
    values,
    voxels,
    ranks,
    lengths: keys.map((key, k) => (key - ranks[k]!) / values.length),
    counts: keys.map((key) => tally.get(key)!),
  };
}
