import type { Vec3 } from '../core/geometry.ts';
import type { TextureSettings } from './settings.ts';

/**
 * The 13 directions of the 26 neighbours, one of each opposite pair: the four of the slice plane first. Each points
 * forward in memory, so that v − m is always met before v.
 */
export const DIRECTIONS: readonly Vec3[] = [
  [1, 0, 0],
  [-1, 1, 0],
  [0, 1, 0],
  [1, 1, 0],
  [-1, -1, 1],
  [0, -1, 1],
  [1, -1, 1],
  [-1, 0, 1],
  [0, 0, 1],
  [1, 0, 1],
  [-1, 1, 1],
  [0, 1, 1],
  [1, 1, 1],
];

/** How many of them lie in the slice plane. */
export const IN_PLANE = 4;

/**
 * Weight of each direction when matrices are merged (IBSI LFYI and TP0I, distance weighting): exp(−‖m‖²), the length
 * of m = δ·direction taken in mm by the chosen norm; 1 without weighting. Features of single directions do not
 * depend on it.
 */
export function directionWeights(
  { distance_weighting: norm }: TextureSettings,
  spacing: Vec3,
  distance: number,
): readonly number[] {
  return DIRECTIONS.map((d) => {
    if (norm === 'none') return 1;
    const mm = d.map((n, axis) => Math.abs(n) * distance * spacing[axis]!);
    const length =
      norm === 'manhattan'
        ? mm.reduce((a, b) => a + b)
        : norm === 'chebyshev'
          ? Math.max(...mm)
          : Math.hypot(...mm);
    return Math.exp(-(length ** 2));
  });
}
