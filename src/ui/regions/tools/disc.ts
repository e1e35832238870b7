import { dot, type Vec3 } from '../../../core/geometry.ts';
import type { PlaneScreen } from '../../viewer/tool.ts';

const CORNERS = 48;

/** mm: half the diagonal of a pixel of the plane, so that a disc around any place holds the centre of its voxel. */
export function leastRadius({ volume, plane }: PlaneScreen): number {
  const { matrix } = volume.grid.affine;
  const [u, v] = [matrix[plane.across], matrix[plane.down]];
  const sum = (sign: number) => Math.sqrt(dot(u, u) + 2 * sign * dot(u, v) + dot(v, v));
  return (Math.max(sum(1), sum(-1)) / 2) * (1 + 1e-9);
}

/** Corners, in voxels, of a circle of a radius in mm around a place in the plane on screen: round in patient space. */
export function discOutline({ volume, plane }: PlaneScreen, centre: Vec3, radius: number): Vec3[] {
  const { matrix } = volume.grid.affine;
  const [u, v] = [matrix[plane.across], matrix[plane.down]];
  const wide = Math.sqrt(dot(u, u));
  const shear = dot(u, v) / wide;
  const tall = Math.sqrt(Math.max(1e-12, dot(v, v) - shear * shear));
  return Array.from({ length: CORNERS }, (_, n) => {
    const angle = (2 * Math.PI * n) / CORNERS;
    const down = (radius * Math.sin(angle)) / tall;
    const across = (radius * Math.cos(angle) - down * shear) / wide;
    const corner: [number, number, number] = [...centre];
    corner[plane.across] += across;
    corner[plane.down] += down;
    return corner;
  });
}
