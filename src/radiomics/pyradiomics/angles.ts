import type { Vec3 } from '../../core/geometry.ts';
import type { ExtractionSettings } from '../settings.ts';

/**
 * Offsets of PyRadiomics: all whole-number steps whose largest component is one of the distances, one of each opposite
 * pair, the one that points forward in memory. At distance 1 these are the 13 directions (4 in a slice); at distance 2
 * they are 49, and not the 13 doubled.
 */
export function anglesOf(distances: readonly number[], planar: boolean): Vec3[] {
  const reach = Math.max(...distances);
  const angles: Vec3[] = [];
  for (let z = 0; z <= (planar ? 0 : reach); z++) {
    for (let y = z === 0 ? 0 : -reach; y <= reach; y++) {
      for (let x = z === 0 && y === 0 ? 1 : -reach; x <= reach; x++) {
        if (distances.includes(Math.max(z, Math.abs(y), Math.abs(x)))) angles.push([x, y, z]);
      }
    }
  }
  return angles;
}

/** The distances that count together. */
export const distancesOf = ({ pyradiomics, texture }: ExtractionSettings): readonly number[] =>
  pyradiomics.distances ?? [texture.distance];

/** Only neighbours at distance 1: what the kernels count. */
export const areNeighbours = (distances: readonly number[]): boolean => distances.every((d) => d === 1);

/** Are the matrices of all angles added before features are computed? */
export const mergesAngles = ({ texture, pyradiomics }: ExtractionSettings): boolean =>
  texture.distance_weighting !== 'none' || pyradiomics.merge_angles;

/** Length of a step in mm by the norm of the settings; null without a norm. */
export function lengthOf(step: Vec3, spacing: Vec3, { texture }: ExtractionSettings): number | null {
  const mm = step.map((n, axis) => Math.abs(n) * spacing[axis]!);
  switch (texture.distance_weighting) {
    case 'none':
      return null;
    case 'manhattan':
      return mm.reduce((a, b) => a + b);
    case 'chebyshev':
      return Math.max(...mm);
    case 'euclidean':
      return Math.hypot(...mm);
  }
}
