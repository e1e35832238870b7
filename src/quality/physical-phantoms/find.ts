import { dot, normalise, scale, type Vec3 } from '../../core/geometry.ts';
import type { JobContext } from '../../core/job-context.ts';
import type { Volume } from '../../core/volume.ts';
import { outlineOf, type Outline } from './outline.ts';
import { axesAlong, shifted, toPatientFrom, turned, type Pose } from './pose.ts';
import { sampler, shrunk } from './sample.ts';
import { materialsOf, type PhantomTemplate } from './template.ts';

/** What the search wants a person to know. */
export type FindRemark =
  /** The object in the image is not as large as the phantom. */
  | 'size_differs'
  /** It reaches the border of the image. */
  | 'cut_off'
  /** The inserts do not show how the phantom is turned: it stands as the picture does. */
  | 'turn_not_found'
  /** Another turn fits almost as well. */
  | 'turn_ambiguous';

export interface Found {
  readonly pose: Pose;
  /** Correlation of the expected values with those of the image, 0 to 1; null without inserts of known value. */
  readonly likeness: number | null;
  readonly remarks: readonly FindRemark[];
}

/** Blocks that the search looks at, mm: small beside an insert, few enough to be quick. */
const BLOCK = 2.5;
/** Less likeness than this is no match. */
const LEAST = 0.5;
/** Degrees between the turns that are tried. */
const TURN = 4;

interface Sign {
  readonly at: Vec3;
  readonly expected: number;
}

/**
 * Finds a phantom: the largest object is its body, the middle of which gives the middle and the axis; then the inserts of
 * known value are looked for. Every turn about the axis, both ways round, is tried for the correlation between expected
 * and seen values at the inserts and beside them; the best is refined in shift, turn and tilt. Image values need not be
 * in the unit of the truths: the correlation does not see scale and zero.
 *
 * @returns null when no object stands out from the background.
 */
export function findPhantom(
  volume: Volume,
  template: PhantomTemplate,
  context: JobContext = {},
): Found | null {
  const small = shrunk(volume, BLOCK);
  const outline = outlineOf(small);
  context.onProgress?.(0.2);
  if (!outline) return null;
  const remarks: FindRemark[] = [];
  if (outline.cut) remarks.push('cut_off');
  const signs = signsOf(template, false);
  const rims = signsOf(template, true);
  const read = sampler(small);
  const starts = startsOf(small, template, outline);
  if (starts.every((s) => !s.fits)) remarks.push('size_differs');
  const plain = starts[0]!.pose;
  if (signs.length === 0) return { pose: plain, likeness: null, remarks: [...remarks, 'turn_not_found'] };

  const tried = starts.flatMap(({ pose }, n) => {
    context.checkCancelled?.();
    context.onProgress?.(0.2 + (0.5 * n) / starts.length);
    return Array.from({ length: 360 / TURN }, (_, t) => {
      const candidate = turned(pose, 2, t * TURN);
      return { pose: candidate, likeness: likeness(read, signs, candidate) };
    });
  });
  tried.sort((a, b) => b.likeness - a.likeness);
  // Neighbouring turns climb to the same top; a few of the best starts are enough.
  const tops = distinct(tried).map(({ pose }) =>
    climbed(read, rims, climbed(read, signs, pose, 6, context).pose, 2, context),
  );
  tops.sort((a, b) => b.likeness - a.likeness);
  context.onProgress?.(1);
  const best = tops[0]!;
  if (best.likeness < LEAST) {
    return { pose: plain, likeness: Math.max(0, best.likeness), remarks: [...remarks, 'turn_not_found'] };
  }
  const other = tops.find((t) => differs(t.pose, best.pose));
  if (other && best.likeness - other.likeness < 0.02) remarks.push('turn_ambiguous');
  return { ...best, remarks };
}

/**
 * Places with expected values: in each insert, and around it where the body is known and nothing else stands. Coarse ones
 * lie deep inside and well outside, to be met from afar; fine ones just below and above the rims, to feel them.
 */
function signsOf(template: PhantomTemplate, fine: boolean): Sign[] {
  const { body } = template;
  const materials = materialsOf(template).filter((m) => m.truth !== null);
  const inside = (at: Vec3, room: number) =>
    template.inserts.some((m) => {
      if (m.use !== 'material' && m.use !== 'low-contrast') return false;
      const [x, y, z] = [at[0] - m.centre[0], at[1] - m.centre[1], at[2] - m.centre[2]];
      if (m.shape === 'sphere') return Math.hypot(x, y, z) < m.radii[0] + room;
      return (
        Math.hypot(x / (m.radii[0] + room), y / (m.radii[1] + room)) < 1 && Math.abs(z) < m.halfLength + room
      );
    });
  const inBody = ([x, y, z]: Vec3) => {
    const flat = Math.hypot(x / (body.radii[0] - 4), y / (body.radii[1] - 4));
    return body.shape === 'cylinder'
      ? flat < 1 && Math.abs(z) < body.halfLength - 4
      : Math.hypot(flat, z / (body.halfLength - 4)) < 1;
  };
  const signs = materials.flatMap((m): Sign[] => {
    const around = (radius: number, heights: readonly number[], n: number): Vec3[] =>
      heights.flatMap((h) =>
        Array.from({ length: n }, (_, i): Vec3 => {
          const angle = (2 * Math.PI * i) / n;
          return [
            m.centre[0] + radius * Math.cos(angle),
            m.centre[1] + radius * Math.sin(angle),
            m.centre[2] + h,
          ];
        }),
      );
    // Depth below the rim, mm: within the insert above zero, beside it below.
    const shell = (depth: number): Vec3[] => {
      const r = m.radii[0] - depth;
      if (m.shape === 'sphere') {
        const slant = Math.SQRT1_2 * r;
        return [...around(r, [0], 8), ...around(slant, [-slant, slant], 6), ...around(0, [-r, r], 1)];
      }
      const ends = m.halfLength - depth;
      return [
        ...around(r, [-0.7 * m.halfLength, 0, 0.7 * m.halfLength], 8),
        ...around(0.5 * m.radii[0], [-ends, ends], 4),
      ];
    };
    const own = fine ? shell(Math.min(1.5, 0.25 * m.radii[0])) : shell(0.5 * m.radii[0]);
    const beside = body.value === null ? [] : shell(fine ? -1.5 : -4);
    return [
      ...around(0, [0], 1).map((at) => ({ at, expected: m.truth! })),
      ...own.map((at) => ({ at, expected: m.truth! })),
      ...beside
        .filter((at) => inBody(at) && !inside(at, fine ? 0.5 : 2))
        .map((at) => ({ at, expected: body.value! })),
    ];
  });
  return signs.some((s) => s.expected !== signs[0]!.expected) ? signs : [];
}

/** Ways in which the body may lie: along each axis of the grid that its size allows, both ways round. */
function startsOf(
  small: Volume,
  { body }: PhantomTemplate,
  outline: Outline,
): { pose: Pose; fits: boolean }[] {
  const { matrix } = small.grid.affine;
  const expected = [2 * body.radii[0], 2 * body.radii[1], 2 * body.halfLength];
  const near = (got: number, want: number) => Math.abs(got - want) <= 0.15 * want + 2 * BLOCK;
  const axes = ([2, 1, 0] as const).map((along) => {
    const others = ([0, 1, 2] as const).filter((a) => a !== along) as [0 | 1 | 2, 0 | 1 | 2];
    const [p, q] = others.map((a) => outline.extent[a]) as [number, number];
    const flat =
      (near(p, expected[0]!) && near(q, expected[1]!)) || (near(p, expected[1]!) && near(q, expected[0]!));
    return { along, across: others[0], fits: flat && near(outline.extent[along], expected[2]!) };
  });
  const fitting = axes.filter((a) => a.fits);
  // Where nothing fits, the slices are taken to lie across the phantom, as phantoms are scanned.
  const used = fitting.length > 0 ? fitting : axes.slice(0, 1);
  return used.flatMap(({ along, across, fits }) => {
    const step = normalise(matrix[along]);
    const axis = along === 2 && body.shape === 'cylinder' ? outline.axis : step;
    // Phantoms lie head first, so z up comes first; then the other way round.
    const up = dot(axis, [1e-6, 1e-3, 1]) >= 0 ? axis : scale(axis, -1);
    const side = normalise(matrix[across]);
    const right = dot(side, [1, 1e-3, 1e-6]) >= 0 ? side : scale(side, -1);
    const first: Pose = { centre: outline.centre, axes: axesAlong(up, right), moved: {} };
    return [
      { pose: first, fits },
      { pose: turned(first, 0, 180), fits },
    ];
  });
}

type Tried = Pick<Found, 'pose'> & { readonly likeness: number };

/** The best of each neighbourhood of turns, at most six. */
function distinct(sorted: readonly Tried[]): Tried[] {
  const kept: Tried[] = [];
  for (const t of sorted) {
    if (kept.length === 6) break;
    if (kept.every((k) => differs(k.pose, t.pose))) kept.push(t);
  }
  return kept;
}

/** Turned by more than 15° against each other. */
const differs = (a: Pose, b: Pose): boolean =>
  a.axes.some((axis, n) => dot(axis, b.axes[n]!) < Math.cos((15 * Math.PI) / 180));

/** Climbs to the nearest top of likeness: shift, turn and tilt in turn, in steps that halve. */
function climbed(
  read: (p: Vec3) => number,
  signs: readonly Sign[],
  start: Pose,
  from: number,
  context: JobContext,
): Tried {
  let best: Tried = { pose: start, likeness: likeness(read, signs, start) };
  for (let [mm, degrees] = [from, from]; mm > 0.09; mm /= 2, degrees /= 2) {
    context.checkCancelled?.();
    for (let better = true; better;) {
      better = false;
      for (const sign of [-1, 1]) {
        for (const axis of [0, 1, 2] as const) {
          const by: Vec3 = [0, 0, 0].map((_, a) => (a === axis ? sign * mm : 0)) as unknown as Vec3;
          for (const pose of [shifted(best.pose, by), turned(best.pose, axis, sign * degrees)]) {
            const now = likeness(read, signs, pose);
            if (now <= best.likeness + 1e-9) continue;
            best = { pose, likeness: now };
            better = true;
          }
        }
      }
    }
  }
  return best;
}

/** Pearson's correlation between what is expected and what is seen; places outside the image count as not alike. */
function likeness(read: (p: Vec3) => number, signs: readonly Sign[], pose: Pose): number {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (const { at, expected: x } of signs) {
    const y = read(toPatientFrom(pose, at));
    if (!Number.isFinite(y)) continue;
    n++;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const [vx, vy] = [n * sxx - sx * sx, n * syy - sy * sy];
  if (n < 0.5 * signs.length || !(vx > 0) || !(vy > 0)) return -1;
  return ((n * sxy - sx * sy) / Math.sqrt(vx * vy)) * (n / signs.length);
}
