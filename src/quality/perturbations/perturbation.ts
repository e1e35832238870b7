import type { Vec3 } from '../../core/geometry.ts';
import { Random } from '../../core/random.ts';
import { RefusedInput } from '../../core/refusal.ts';

/**
 * How far each kind may go; zero or an empty list leaves a kind out. The kinds of the defaults are those of Zwanenburg et al.
 * (Sci Rep 2019;9:614), recalled and not read again here; how far they go is a choice of this project.
 */
export interface PerturbationRanges {
  /** Noise added: its standard deviation as a multiple of the one estimated in the image. */
  readonly noise: number;
  /** Largest in-plane turn about the middle of the region, degrees, either way. */
  readonly rotation: number;
  /** Largest shift along each axis, voxels, either way. */
  readonly translation: number;
  /** Largest change of the volume of the region, as a fraction, either way. */
  readonly volume: number;
  /** Standard deviation of the shift of the contour along its normal, mm. */
  readonly contour: number;
  /** Voxel edges to resample to, mm, one drawn for each run. */
  readonly spacings: readonly number[];
  /** Largest width of a Gaussian post-filter, mm full width at half maximum. */
  readonly filter: number;
}

export const DEFAULT_RANGES: PerturbationRanges = {
  noise: 1,
  rotation: 6.5,
  translation: 0.5,
  volume: 0.15,
  contour: 0.5,
  spacings: [],
  filter: 0,
};

/** One run, drawn from the ranges: everything that is needed to do it again. */
export interface Perturbation {
  readonly run: number;
  readonly seed: number;
  readonly noise: number;
  readonly rotation: number;
  readonly translation: Vec3;
  readonly volume: number;
  readonly contour: number;
  readonly spacing: number | null;
  readonly filter: number;
}

/** Most runs of one study. */
const MOST_RUNS = 1000;

const LIMITS = {
  noise: [0, 10],
  rotation: [0, 45],
  translation: [0, 5],
  volume: [0, 0.9],
  contour: [0, 20],
  filter: [0, 30],
} as const;

/** @throws RefusedInput `settings_invalid` for numbers out of range, no runs, or nothing to perturb. */
export function checkRanges(ranges: PerturbationRanges, runs: number): void {
  const refuse = (key: string, expected: string, received: unknown) => {
    throw new RefusedInput('settings_invalid', {
      key: `perturbation.${key}`,
      expected,
      received: String(received),
    });
  };
  if (!Number.isInteger(runs) || runs < 2 || runs > MOST_RUNS) refuse('runs', `2 to ${MOST_RUNS}`, runs);
  for (const [key, [low, high]] of Object.entries(LIMITS)) {
    const value = ranges[key as keyof typeof LIMITS];
    if (!(value >= low && value <= high)) refuse(key, `${low} to ${high}`, value);
  }
  for (const mm of ranges.spacings) if (!(mm >= 0.1 && mm <= 20)) refuse('spacings', '0.1 to 20 mm', mm);
  const any = Object.keys(LIMITS).some((key) => ranges[key as keyof typeof LIMITS] > 0);
  if (!any && ranges.spacings.length === 0) refuse('kinds', 'at least one kind above zero', 'none');
}

/**
 * The runs of a study. Each has a seed of its own made from the study's, so that it comes out the same whatever the number
 * of workers, and the same when more runs are asked for.
 */
export function drawPerturbations(
  ranges: PerturbationRanges,
  runs: number,
  seed: number,
): readonly Perturbation[] {
  checkRanges(ranges, runs);
  return Array.from({ length: runs }, (_, n) => {
    const own = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b)) >>> 0;
    const random = new Random(own);
    const within = (limit: number) => limit * (2 * random.uniform() - 1);
    // All are drawn, used or not, so that leaving one kind out does not change the others.
    const rotation = within(ranges.rotation);
    const translation: Vec3 = [
      within(ranges.translation),
      within(ranges.translation),
      within(ranges.translation),
    ];
    const volume = within(ranges.volume);
    const filter = ranges.filter * random.uniform();
    const pick = Math.floor(random.uniform() * Math.max(1, ranges.spacings.length));
    return {
      run: n + 1,
      seed: random.uint32(),
      noise: ranges.noise,
      rotation,
      translation,
      volume,
      contour: ranges.contour,
      spacing: ranges.spacings[pick] ?? null,
      filter,
    };
  });
}
