import type { Finding } from '../core/finding.ts';
import {
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

/** Planes nearer than this along the normal are at one place, mm. */
const SAME_PLACE = 1e-2;

/** Planes by place along the normal of the image, first place first. */
export function placesOf(planes: readonly Plane[]): Plane[][] {
  const axes = planes[0].axes!;
  const normal = cross(...axes);
  const at = planes.map((plane) => ({ plane, z: dot(normal, plane.position!) })).sort((a, b) => a.z - b.z);
  const places: Plane[][] = [];
  let last = -Infinity;
  for (const { plane, z } of at) {
    if (z - last > SAME_PLACE) places.push([plane]);
    else places[places.length - 1].push(plane);
    last = z;
  }
  return places;
}

/** The grid that one phase's planes lie on, with what is to be said about it. */
export function latticeOf(planes: readonly Plane[], uid: string): { affine: Affine; findings: Finding[] } {
  const [first] = planes;
  const axes = first.axes!;
  const normal = cross(...axes);
  const [dx, dy] = first.pixel!;
  const findings: Finding[] = [];
  const across = planes.length > 1 ? stepOf(planes) : scale(normal, first.thickness ?? first.between ?? 1);
  const affine: Affine = {
    origin: first.position!,
    matrix: [scale(axes[0], dx), scale(axes[1], dy), across],
  };
  if (planes.length > 1) {
    findings.push(
      ...spacingFindings(planes, normal, uid),
      ...tiltFindings(across, normal, uid),
      ...gapFindings(first, dot(across, normal), uid),
    );
  } else {
    const spacing = Number(length(across).toPrecision(6));
    findings.push(seriesFinding('R-thickness', 'info', uid, { spacing }));
  }
  const edges = spacingOf(affine);
  const ratio = Math.max(...edges) / Math.min(...edges);
  if (planes.length > 1 && ratio > 2)
    findings.push(
      seriesFinding('G-06', ratio > 5 ? 'fail' : 'warn', uid, { ratio: Number(ratio.toPrecision(3)) }),
    );
  return { affine, findings };
}

const stepOf = (planes: readonly Plane[]): Vec3 =>
  scale(subtract(planes[planes.length - 1].position!, planes[0].position!), 1 / (planes.length - 1));

function spacingFindings(planes: readonly Plane[], normal: Vec3, uid: string): Finding[] {
  const z = planes.map((p) => dot(normal, p.position!));
  const steps = z.slice(1).map((v, i) => v - z[i]);
  const median = [...steps].sort((a, b) => a - b)[steps.length >> 1];
  const missing = steps.flatMap((s, i) => {
    const times = s / median;
    return Math.round(times) >= 2 && Math.abs(times - Math.round(times)) < 0.05 * times ? [i] : [];
  });
  if (missing.length > 0) {
    const positions = missing
      .slice(0, 8)
      .map((i) => ((z[i] + z[i + 1]) / 2).toFixed(1))
      .join(', ');
    return [seriesFinding('G-03', 'block', uid, { positions, count: missing.length })];
  }
  const worst = Math.max(...steps.map((s) => Math.abs(s - median) / median));
  if (worst <= 0.01) return [];
  const facts = { percent: Number((100 * worst).toPrecision(3)), median: Number(median.toPrecision(5)) };
  return [seriesFinding('G-03-uneven', worst > 0.05 ? 'fail' : 'warn', uid, facts)];
}

function tiltFindings(step: Vec3, normal: Vec3, uid: string): Finding[] {
  const cosine = Math.min(1, Math.abs(dot(normalise(step), normal)));
  const degrees = (Math.acos(cosine) * 180) / Math.PI;
  if (degrees <= 0.1) return [];
  return [seriesFinding('G-04', degrees > 1 ? 'fail' : 'warn', uid, { degrees: Number(degrees.toFixed(1)) })];
}

function gapFindings({ thickness }: Plane, across: number, uid: string): Finding[] {
  if (thickness === undefined || !(thickness > 0)) return [];
  const spacing = Math.abs(across);
  const facts = { thickness: Number(thickness.toPrecision(4)), spacing: Number(spacing.toPrecision(4)) };
  if (spacing > thickness * 1.01)
    return [seriesFinding('G-05-gap', spacing > thickness * 1.1 ? 'fail' : 'warn', uid, facts)];
  if (thickness > spacing * 1.01) return [seriesFinding('G-05-overlap', 'info', uid, facts)];
  return [];
}
