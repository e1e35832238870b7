import { leastContrast } from '../class-contrast.ts';
import type { SegmentationInput, Values } from '../method.ts';
import { smooth } from '../smooth.ts';
import type { Marks } from '../training.ts';

/** Widths of blur that are tried, mm. */
const WIDTHS = [0.35, 0.5, 0.7, 0.9, 1.1, 1.5] as const;

/** Marks that stand apart by so many deviations are told rightly, and so is what lies half way to the border. */
const APART = 20;

/**
 * The least blur, mm, that makes the marked classes stand apart in what is left of the noise; the widest where none does.
 * A blur rounds off what is thinner than itself, so an image that has little noise is blurred little.
 */
export function leastBlur({ values, size, spacing }: SegmentationInput, marks: Marks): number {
  for (const sigma of WIDTHS.slice(0, -1))
    if (contrastOf(smooth(values, size, spacing, sigma), marks) >= APART) return sigma;
  return WIDTHS.at(-1)!;
}

function contrastOf(map: Values, { voxels, classes, count }: Marks): number {
  const n = new Float64Array(count);
  const sums = new Float64Array(count);
  const squares = new Float64Array(count);
  voxels.forEach((v, m) => {
    n[classes[m]!]!++;
    sums[classes[m]!]! += map[v]!;
  });
  const mean = Array.from(sums, (s, c) => s / n[c]!);
  voxels.forEach((v, m) => (squares[classes[m]!]! += (map[v]! - mean[classes[m]!]!) ** 2));
  return leastContrast(
    mean,
    Array.from(squares, (s, c) => Math.sqrt(s / n[c]!)),
  );
}
