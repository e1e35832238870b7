import {
  length,
  sameGrid,
  scale,
  spacingOf,
  subtract,
  toPatient,
  type Grid,
  type Vec3,
} from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Volume } from '../../core/volume.ts';
import { align, disagreement, PLANAR, SPATIAL, type MovedLevel } from './align.ts';
import { edgePoints, meanGradient, type EdgePoints } from './gradient-field.ts';
import { pyramidOf, pyramidPlan, skipsFinest, type PyramidPlan } from './pyramid.ts';
import {
  apply,
  fromLocal,
  IDENTITY,
  localFrame,
  rotationVector,
  toLocal,
  type LocalFrame,
  type Rigid,
} from './rigid.ts';

/** Voxel indices of a box, both ends within. */
export interface IndexBox {
  readonly from: Vec3;
  readonly to: Vec3;
}

/** Where the tissue of the reference frame has gone in another frame. */
export interface FrameMotion {
  /** `not_measurable`: too few edges, or edges that no rigid motion brings together. */
  readonly status: 'measured' | 'not_measurable';
  /** Place in the reference to place in the frame, about the centre of the volume, in axes of the image. */
  readonly rigid: Rigid;
  /** Shift of the centre of the volume, mm, patient axes. */
  readonly translation: Vec3;
  /** Rotation vector (axis times angle), degrees, patient axes. */
  readonly rotation: Vec3;
  /** Largest displacement of a corner of the region, or of the edges of the patient, mm. */
  readonly displacement: number;
  /** The same in pixels of the plane. */
  readonly pixels: number;
  /** Mean disagreement of edges, 0 to 1, without and with the motion. */
  readonly before: number;
  readonly after: number;
}

/** Points used on each level: 20,000 hold the error of noise under a hundredth of a pixel. */
const MOST_POINTS = 20_000;
const FEWEST_POINTS = 60;
/** Shifts tried on the coarsest level, pixels of that level: a rigid jump of up to a dozen pixels is found. */
const TRIED = [-3, -1.5, 0, 1.5, 3] as const;
const POINTS_TRIED = 1500;
/** The region is followed with its surroundings: a box this many times its size. */
const SURROUNDINGS = 3;
/**
 * Disagreement above which no motion is claimed. Enhancing frames of the phantom and of a real breast come to 0.02 to
 * 0.11, with a signal barely over the noise too; a frame that is another picture comes to more.
 */
const POOR = 0.3;
/** Slices needed for a motion through them to be told. */
const FEWEST_SLICES = 4;

/**
 * Measures rigid motion of frames against one reference frame by their normalised gradient fields, which contrast
 * agent changes little, on two to three levels of a pyramid. Three shifts and three rotations; in stacks of fewer than
 * four slices two shifts and one rotation in the plane.
 */
export class MotionMeter {
  private readonly frame: LocalFrame;
  private readonly plan: PyramidPlan;
  private readonly points: readonly EdgePoints[];
  private readonly corners: readonly Vec3[];
  private readonly reach: number;
  private readonly freedoms: readonly number[];
  private readonly finest: number;

  /**
   * @param region only edges in and around this box of voxels (three times its size) are followed, and the displacement
   * is that of its corners.
   */
  constructor(
    private readonly reference: Volume,
    region?: IndexBox,
  ) {
    const { grid } = reference;
    this.frame = localFrame(grid);
    this.plan = pyramidPlan(grid, this.frame);
    this.finest = skipsFinest(this.plan) ? 1 : 0;
    this.freedoms = grid.size[2] < FEWEST_SLICES ? PLANAR : SPATIAL;
    const inside = region ? this.within(grid, grown(region)) : () => true;
    this.points = pyramidOf(reference.data, this.plan).map((data, n) =>
      n < this.finest
        ? { count: 0, values: new Float64Array(0) }
        : edgePoints(
            data,
            this.plan.lattices[n],
            meanGradient(data, this.plan.lattices[n]),
            MOST_POINTS,
            inside,
          ),
    );
    this.corners = region ? this.cornersOf(grid, region) : cornersOfPoints(this.points[this.finest]);
    this.reach = Math.max(1, ...this.corners.map(length));
  }

  /**
   * @param near motions to start from as well, such as that of the frame before.
   * @throws RefusedInput `inconsistent_attributes` when the frame does not lie on the grid of the reference.
   */
  measure(moved: Volume, near: readonly Rigid[] = []): FrameMotion {
    if (!sameGrid(moved.grid, this.reference.grid))
      throw new RefusedInput('inconsistent_attributes', {
        what: 'grid of a frame',
        expected: this.reference.grid.size.join('×'),
        received: moved.grid.size.join('×'),
      });
    const levels = pyramidOf(moved.data, this.plan).map((data, n): MovedLevel => {
      const lattice = this.plan.lattices[n];
      return { data, lattice, eta: n < this.finest ? 0 : meanGradient(data, lattice) };
    });
    const at = (motion: Rigid) => disagreement(this.points[this.finest], levels[this.finest], motion);
    const still = at(IDENTITY);
    const blank = levels[this.finest].eta === 0 || still.used < FEWEST_POINTS;
    if (blank) return this.described('not_measurable', IDENTITY, still.cost, still.cost);
    let motion = this.start(levels[levels.length - 1], near);
    for (let n = levels.length - 1; n >= this.finest; n--) {
      if (this.points[n].count < FEWEST_POINTS) continue;
      motion = align(this.points[n], levels[n], motion, this.freedoms, this.reach);
    }
    const found = at(motion);
    const better = found.cost < still.cost && found.used >= FEWEST_POINTS;
    if (Math.min(found.cost, still.cost) > POOR)
      return this.described('not_measurable', IDENTITY, still.cost, still.cost);
    return better
      ? this.described('measured', motion, still.cost, found.cost)
      : this.described('measured', IDENTITY, still.cost, still.cost);
  }

  /** The best of no motion, the motions given, and shifts about them within the plane, on the coarsest level. */
  private start(coarsest: MovedLevel, near: readonly Rigid[]): Rigid {
    const points = this.points[this.points.length - 1];
    if (points.count < FEWEST_POINTS) return near[0] ?? IDENTITY;
    const stride = Math.max(1, Math.floor(points.count / POINTS_TRIED));
    const { pixel } = coarsest.lattice;
    const shifts = TRIED.flatMap((x) =>
      TRIED.map((y): Rigid => ({ ...IDENTITY, translation: [x * pixel, y * pixel, 0] })),
    );
    let best = IDENTITY;
    let least = Infinity;
    for (const motion of [IDENTITY, ...near, ...shifts]) {
      const { cost, used } = disagreement(points, coarsest, motion, undefined, undefined, stride);
      if (cost < least && used >= FEWEST_POINTS / 2) [best, least] = [motion, cost];
    }
    return best;
  }

  private described(status: FrameMotion['status'], rigid: Rigid, before: number, now: number): FrameMotion {
    const displacement = Math.max(0, ...this.corners.map((p) => length(subtract(apply(rigid, p), p))));
    const [x, y] = spacingOf(this.reference.grid.affine);
    return {
      status,
      rigid,
      translation: fromLocal(this.frame, rigid.translation),
      rotation: scale(fromLocal(this.frame, rotationVector(rigid.rotation)), 180 / Math.PI),
      displacement,
      pixels: displacement / Math.min(x, y),
      before,
      after: now,
    };
  }

  private cornersOf({ affine }: Grid, { from, to }: IndexBox): Vec3[] {
    return Array.from({ length: 8 }, (_, c) => {
      const at = ([0, 1, 2] as const).map((a) => ((c >> a) & 1 ? to[a] : from[a]));
      return toLocal(this.frame, subtract(toPatient(affine, at[0], at[1], at[2]), this.frame.centre));
    });
  }

  private within({ affine, size }: Grid, { from, to }: IndexBox): (p: Vec3) => boolean {
    const { toIndex, origin } = pyramidPlan({ affine, size }, this.frame).lattices[0];
    return (p) => {
      const d = subtract(p, origin);
      for (let a = 0; a < 3; a++) {
        const index = toIndex[3 * a] * d[0] + toIndex[3 * a + 1] * d[1] + toIndex[3 * a + 2] * d[2];
        if (index < from[a] - 0.5 || index > to[a] + 0.5) return false;
      }
      return true;
    };
  }
}

function grown({ from, to }: IndexBox): IndexBox {
  const more = ([0, 1, 2] as const).map((a) => ((to[a] - from[a] + 1) * (SURROUNDINGS - 1)) / 2);
  return {
    from: [from[0] - more[0], from[1] - more[1], from[2] - more[2]],
    to: [to[0] + more[0], to[1] + more[1], to[2] + more[2]],
  };
}

/** Corners of the box that holds the edge points; the centre alone when there are none. */
function cornersOfPoints({ count, values }: EdgePoints): Vec3[] {
  if (count === 0) return [[0, 0, 0]];
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const stride = values.length / count;
  for (let p = 0; p < values.length; p += stride)
    for (let a = 0; a < 3; a++) {
      low[a] = Math.min(low[a], values[p + a]);
      high[a] = Math.max(high[a], values[p + a]);
    }
  return Array.from({ length: 8 }, (_, c) => {
    const [x, y, z] = [0, 1, 2].map((a) => ((c >> a) & 1 ? high[a] : low[a]));
    return [x, y, z];
  });
}

/**
 * Motion of every frame against the reference frame, in order of time; each search starts from the frame before too.
 * @param region box of voxels to follow; the whole patient when absent.
 * @param onFrame called after each frame: progress, and the place to stop a long run by throwing.
 * @throws RefusedInput when the reference is no frame, or frames differ in grid.
 */
export function motionBetween(
  frames: readonly Volume[],
  reference: number,
  region?: IndexBox,
  onFrame?: (done: number) => void,
): FrameMotion[] {
  if (!frames[reference])
    throw new RefusedInput('settings_invalid', {
      name: 'reference',
      expected: `0 – ${frames.length - 1}`,
      received: reference,
    });
  const meter = new MotionMeter(frames[reference], region);
  let last = IDENTITY;
  return frames.map((frame, n) => {
    const motion = meter.measure(frame, n === reference ? [] : [last]);
    last = motion.rigid;
    onFrame?.(n + 1);
    return motion;
  });
}
