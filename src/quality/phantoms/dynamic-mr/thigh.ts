import type { Affine, Size3, Vec3 } from '../../../core/geometry.ts';
import { coverage, inEllipse, inEllipsoid } from '../soft-edge.ts';

/** Tissues by number. Patches of the tumour follow from {@link PATCH}. */
export const TISSUE = {
  air: 0,
  fat: 1,
  muscle: 2,
  marrow: 3,
  cortex: 4,
  artery: 5,
  vein: 6,
  skin: 7,
  rim: 8,
} as const;
export const PATCH = 9;
/** The tumour is cut into this many patches along x (ve changes) and along y (Ktrans changes), of this edge in mm. */
export const PATCHES_ALONG = 3;
export const PATCH_EDGE = 13;

/** The tumour within the muscles of the front: centre and half axes, mm. */
export const TUMOUR = { centre: [14, -24, 0], axes: [27, 24, 21] } as const;
export const ARTERY = { x: 47, y: -10, radius: 5 } as const;
export const MUSCLE_SAMPLE = { x: -48, y: 0, radius: 9 } as const;

/** Which tissues each voxel holds: mostly `first`, with `share` of `second`. */
export interface TissueMap {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly share: Float32Array;
}

/** Patch number of a point in the tumour, row by row from the front right. */
export function patchAt(x: number, y: number): number {
  const along = (mm: number) =>
    Math.min(PATCHES_ALONG - 1, Math.max(0, Math.floor(mm / PATCH_EDGE + PATCHES_ALONG / 2)));
  return along(x - TUMOUR.centre[0]) + PATCHES_ALONG * along(y - TUMOUR.centre[1]);
}

/** Depth in the tumour, mm. */
export const inTumour = ([x, y, z]: Vec3): number =>
  inEllipsoid(x - TUMOUR.centre[0], y - TUMOUR.centre[1], z - TUMOUR.centre[2], ...TUMOUR.axes);

/** Paints a thigh with a soft-tissue tumour; edges are shared between the two tissues that meet. */
export function thigh(size: Size3, affine: Affine): TissueMap {
  const count = size[0] * size[1] * size[2];
  const map = { first: new Uint8Array(count), second: new Uint8Array(count), share: new Float32Array(count) };
  const edge = 1.1 * affine.matrix[0][0];
  for (let k = 0, at = 0; k < size[2]; k++) {
    const z = affine.origin[2] + k * affine.matrix[2][2];
    for (let j = 0; j < size[1]; j++) {
      const y = affine.origin[1] + j * affine.matrix[1][1];
      for (let i = 0; i < size[0]; i++, at++) {
        const x = affine.origin[0] + i * affine.matrix[0][0];
        const put = (tissue: number, depth: number) => {
          const share = coverage(depth, edge);
          if (share >= 0.999) {
            map.first[at] = tissue;
            map.share[at] = 0;
          } else if (share > 0.001) {
            // A third tissue displaces the smaller of the two.
            if (map.share[at]! > 0.5) map.first[at] = map.second[at]!;
            map.second[at] = tissue;
            map.share[at] = share;
          }
        };
        paint([x, y, z], put);
      }
    }
  }
  return map;
}

function paint(p: Vec3, put: (tissue: number, depth: number) => void): void {
  const [x, y, z] = p;
  const outline = inEllipse(x, y, 84 + 0.12 * z, 77 + 0.1 * z);
  if (outline < -3) return;
  put(TISSUE.skin, outline);
  put(TISSUE.fat, outline - 2);
  const angle = Math.atan2(y, x);
  const fascia = outline - 12 - 3 * Math.cos(angle - 2.2) - 1.5 * Math.sin(3 * angle + 0.02 * z);
  put(TISSUE.muscle, fascia);
  if (fascia > -2) {
    // Layers of fat between the groups of muscles run out from the bone.
    const r = Math.hypot(x + 8, y - 4);
    for (const [direction, bend, width] of SEPTA) {
      const away = Math.atan2(y - 4, x + 8) - direction - bend * Math.sin(r / 26) - 0.004 * z;
      const aside = r * Math.sin(away);
      if (Math.cos(away) > 0 && r > 18) put(TISSUE.fat, Math.min(width - Math.abs(aside), fascia + 1.5));
    }
    put(TISSUE.fat, Math.min(13 - Math.hypot((x - 49) * 0.8, y + 3), fascia + 2));
  }
  put(TISSUE.cortex, 15 - Math.hypot(x + 8, y - 4));
  put(TISSUE.marrow, 9.5 - Math.hypot(x + 8, y - 4));
  put(TISSUE.vein, 6 - Math.hypot(x - 50, y - 3));
  const tumour = inTumour(p);
  if (tumour > -3) {
    put(TISSUE.rim, tumour);
    put(PATCH + patchAt(x, y), tumour - 3.2);
  }
  put(TISSUE.artery, ARTERY.radius - Math.hypot(x - ARTERY.x, y - ARTERY.y));
}

/** Direction from the bone (radians), bend and half width (mm) of the layers between the muscles. */
const SEPTA = [
  [-2.5, 0.25, 0.9],
  [-0.15, 0.2, 1.4],
  [0.9, -0.2, 1.0],
  [1.75, 0.18, 1.3],
  [2.6, -0.22, 1.1],
] as const;
