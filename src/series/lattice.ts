import { numberOf } from '../core/dicom.ts';
import type { Finding } from '../core/finding.ts';
import {
  add,
  cross,
  dot,
  length,
  normalise,
  scale,
  spacingOf,
  subtract,
  type Affine,
  type Vec3,
} from '../core/geometry.ts';
import type { Plane } from './plane.ts';
import { seriesFinding } from './texts.ts';

/** Planes nearer than this along the normal are at one place, mm; less for very small pixels. */
const SAME_PLACE = 1e-2;

/** A plane whose file says where it lies. */
export type PlacedPlane = Plane & {
  readonly position: Vec3;
  readonly axes: readonly [Vec3, Vec3];
  readonly pixel: readonly [number, number];
};

export const isPlaced = (p: Plane): p is PlacedPlane =>
  p.position !== undefined && p.axes !== undefined && p.pixel !== undefined;

/** Directions of a stack: those of its planes, or their mean where they jitter. */
export function axesOfStack(planes: readonly PlacedPlane[]): readonly [Vec3, Vec3] {
  const [first] = planes[0].axes;
  const [, second] = planes[0].axes;
  const jitter = planes.some(({ axes }) =>
    [0, 1, 2].some((i) => axes[0][i] !== first[i] || axes[1][i] !== second[i]),
  );
  if (!jitter) return [first, second];
  const mean = (which: 0 | 1): Vec3 =>
    normalise(planes.reduce<Vec3>((sum, p) => add(sum, p.axes[which]), [0, 0, 0]));
  return [mean(0), mean(1)];
}

/** Planes by place along the normal of the image, first place first. */
export function placesOf<P extends PlacedPlane>(planes: readonly P[]): P[][] {
  const normal = cross(...axesOfStack(planes));
  const same = Math.min(SAME_PLACE, 0.05 * Math.min(...planes[0].pixel));
  const at = planes.map((plane) => ({ plane, z: dot(normal, plane.position) })).sort((a, b) => a.z - b.z);
  const places: P[][] = [];
  let last = -Infinity;
  for (const { plane, z } of at) {
    if (z - last > same) places.push([plane]);
    else places[places.length - 1].push(plane);
    last = z;
  }
  return places;
}

/** The grid that one phase's planes lie on, with what is to be said about it. */
export function latticeOf(
  planes: readonly PlacedPlane[],
  uid: string,
): { affine: Affine; findings: Finding[] } {
  const [first] = planes;
  const axes = axesOfStack(planes);
  const normal = normalise(cross(...axes));
  const [dx, dy] = first.pixel;
  const findings: Finding[] = [];
  const across = planes.length > 1 ? stepOf(planes, normal) : scale(normal, first.thickness ?? 1);
  const affine: Affine = {
    origin: first.position,
    matrix: [scale(axes[0], dx), scale(axes[1], dy), across],
  };
  if (planes.length > 1) {
    const apart = Math.abs(dot(across, normal));
    findings.push(
      ...spacingFindings(planes, normal, uid),
      ...tiltFindings(first, across, normal, uid),
      ...gapFindings(planes, apart, uid),
      ...edgeFindings([dx, dy, apart], uid),
    );
  } else if (first.thickness === undefined) findings.push(seriesFinding('R-no-thickness', 'na', uid));
  else
    findings.push(
      seriesFinding('R-thickness', 'info', uid, { spacing: Number(first.thickness.toPrecision(6)) }),
    );
  return { affine, findings };
}

/** G-06: voxels much longer one way than another. */
export const anisotropyFindings = (affine: Affine, uid: string): Finding[] =>
  edgeFindings(spacingOf(affine), uid);

/** Edges and positions are written in decimals: a ratio of 2 may read 2.0003. */
const DECIMALS = 1.001;

function edgeFindings(edges: Vec3, uid: string): Finding[] {
  const ratio = Math.max(...edges) / Math.min(...edges);
  if (!(ratio > 2 * DECIMALS)) return [];
  const severity = ratio > 5 * DECIMALS ? 'fail' : 'warn';
  return [seriesFinding('G-06', severity, uid, { ratio: Number(ratio.toPrecision(3)) })];
}

/** Distances of neighbouring planes along the normal, mm. */
const distancesOf = (planes: readonly PlacedPlane[], normal: Vec3): number[] =>
  planes.slice(1).map((p, i) => dot(normal, subtract(p.position, planes[i].position)));

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[(values.length - 1) >> 1];

/** Step from plane to plane: the mean, or the median where missing slices would stretch the mean. */
function stepOf(planes: readonly PlacedPlane[], normal: Vec3): Vec3 {
  const steps = distancesOf(planes, normal);
  const usual = median(steps);
  const mean = scale(subtract(planes[planes.length - 1].position, planes[0].position), 1 / steps.length);
  return steps.some((s) => isGap(s, usual)) ? scale(mean, usual / dot(mean, normal)) : mean;
}

/** A step of about a whole number of usual ones, two or more: slices are missing in it. */
function isGap(step: number, usual: number): boolean {
  const times = step / usual;
  return Math.round(times) >= 2 && Math.abs(times - Math.round(times)) < 0.05 * times;
}

/** Positions are written in decimals: a difference below this is no unevenness, mm. */
const ROUNDING = 2e-3;

function spacingFindings(planes: readonly PlacedPlane[], normal: Vec3, uid: string): Finding[] {
  const z = planes.map((p) => dot(normal, p.position));
  const steps = distancesOf(planes, normal);
  const usual = median(steps);
  const missing = steps.flatMap((s, i) => (isGap(s, usual) ? [i] : []));
  if (missing.length > 0) {
    const absent = missing.flatMap((i) => {
      const n = Math.round(steps[i] / usual);
      return Array.from({ length: Math.min(n - 1, 8) }, (_, k) => z[i] + ((k + 1) * steps[i]) / n);
    });
    const count = missing.reduce((n, i) => n + Math.round(steps[i] / usual) - 1, 0);
    const shown = absent.slice(0, 8).map((p) => p.toFixed(1));
    const positions = shown.join(', ') + (count > shown.length ? ' …' : '');
    return [seriesFinding('G-03', 'block', uid, { positions, count })];
  }
  const worst = steps.reduce((m, s) => Math.max(m, Math.abs(s - usual)), 0);
  if (worst <= 0.01 * usual || worst <= ROUNDING) return [];
  const percent = Number(((100 * worst) / usual).toPrecision(3));
  const facts = { percent, median: Number(usual.toPrecision(5)) };
  return [seriesFinding('G-03-uneven', percent > 5 ? 'fail' : 'warn', uid, facts)];
}

function tiltFindings(first: Plane, step: Vec3, normal: Vec3, uid: string): Finding[] {
  // The arc sine of the part across the normal is exact for small angles, where the arc cosine is not.
  const degrees = (Math.asin(Math.min(1, length(cross(normalise(step), normal)))) * 180) / Math.PI;
  if (degrees > 0.1)
    return [
      seriesFinding('G-04', degrees > 1 ? 'fail' : 'warn', uid, { degrees: Number(degrees.toPrecision(3)) }),
    ];
  // The scanner was tilted, yet the images stand straight and are stacked straight.
  const stated = numberOf(first.instance.attributes, '00181120');
  const upright = Math.abs(normal[2]) > 0.99999;
  if (upright && stated !== undefined && Math.abs(stated) > 1)
    return [seriesFinding('G-04-stated', 'info', uid, { degrees: stated })];
  return [];
}

function gapFindings(planes: readonly Plane[], across: number, uid: string): Finding[] {
  const { thickness } = planes[0];
  if (thickness === undefined) return [seriesFinding('G-05-unknown', 'na', uid)];
  // Slices of unequal thickness are the matter of C-11.
  if (planes.some((p) => p.thickness !== thickness)) return [];
  const spacing = Math.abs(across);
  const facts = { thickness: Number(thickness.toPrecision(4)), spacing: Number(spacing.toPrecision(4)) };
  if (spacing > thickness * 1.01)
    return [seriesFinding('G-05-gap', spacing > thickness * 1.1 ? 'fail' : 'warn', uid, facts)];
  if (thickness > spacing * 1.01) return [seriesFinding('G-05-overlap', 'info', uid, facts)];
  return [];
}
