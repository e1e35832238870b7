import type { Vec3 } from '../../../core/geometry.ts';
import type { Localised } from '../../../core/localised.ts';
import type { Insert, RegionUse } from '../template.ts';

/** A place on a ring: degrees from the right of the picture, growing towards its bottom. */
export const onRing = (radius: number, degrees: number, z = 0): Vec3 => [
  radius * Math.cos((degrees * Math.PI) / 180),
  radius * Math.sin((degrees * Math.PI) / 180),
  z,
];

const EDGES = [
  ['right', 0, { en: 'Edge, right', ru: 'Край справа', zh: '边缘（右）' }],
  ['bottom', 90, { en: 'Edge, bottom', ru: 'Край снизу', zh: '边缘（下）' }],
  ['left', 180, { en: 'Edge, left', ru: 'Край слева', zh: '边缘（左）' }],
  ['top', 270, { en: 'Edge, top', ru: 'Край сверху', zh: '边缘（上）' }],
] as const;

/** A rod in the body that holds nothing of its own: a place to measure. */
export const place = (
  id: string,
  use: RegionUse,
  label: Localised,
  centre: Vec3,
  radius: number | readonly [number, number],
  halfLength: number,
): Insert => ({
  id,
  label,
  use,
  shape: 'rod',
  centre,
  radii: typeof radius === 'number' ? [radius, radius] : radius,
  halfLength,
  truth: null,
  tolerance: null,
});

/** A place in the middle and four near the rim, for uniformity and noise. */
export function centreAndEdges(ring: number, radius: number, halfLength: number, z = 0): Insert[] {
  return [
    place('centre', 'centre', { en: 'Centre', ru: 'Центр', zh: '中心' }, [0, 0, z], radius, halfLength),
    ...EDGES.map(([id, degrees, label]) =>
      place(`edge-${id}`, 'edge', label, onRing(ring, degrees, z), radius, halfLength),
    ),
  ];
}
