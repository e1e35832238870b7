import type { Affine, Size3, Vec3 } from '../../../core/geometry.ts';
import type { Random } from '../../../core/random.ts';
import { gaussianField } from '../gaussian-field.ts';
import { coverage, inEllipse, inEllipsoid } from '../soft-edge.ts';
import { outlineRadius, type LesionShape } from './lesion.ts';
import {
  abdomen,
  ANGLES,
  belowDiaphragm,
  heartFrame,
  inHeart,
  inMediastinum,
  outlinesAt,
  spine,
  type Outlines,
} from './torso.ts';
import { addAirways, addBones, addGreatVessels, addVessels } from './trees.ts';
import { TubeField } from './tubes.ts';

/** A rod along the body axis in the calibration pad. */
export interface Rod {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly hu: number;
  readonly halfLength: number;
}

const mix = (from: number, to: number, share: number): number => from + (to - from) * share;

/**
 * HU of the body without lesion and noise, x fastest. Tissue values are those of teaching tables, with contrast in
 * the vessels: air −1000, lung about −860, fat −100, muscle 58, blood 165, marrow 185, cortex up to 900.
 */
export function anatomy(
  size: Size3,
  affine: Affine,
  random: Random,
  lesion: LesionShape,
  rod: Rod,
): Float32Array {
  const spacing: Vec3 = [affine.matrix[0][0], affine.matrix[1][1], affine.matrix[2][2]];
  const edge = 1.15 * spacing[0];
  const blend = (depth: number) => coverage(depth, edge);
  const texture = mirrored(random, size, spacing, 2.2);
  const slices = Array.from({ length: size[2] }, (_, k) => outlinesAt(affine.origin[2] + k * spacing[2]));
  const trees = growTrees(size, spacing, affine, random, lesion, edge, slices);
  const out = new Float32Array(size[0] * size[1] * size[2]);
  const axis = polarAxis(size, affine);
  slices.forEach((outlines, k) => {
    for (let j = 0; j < size[1]; j++) {
      const y = affine.origin[1] + j * spacing[1];
      for (let i = 0; i < size[0]; i++) {
        const x = affine.origin[0] + i * spacing[0];
        const pixel = i + size[0] * j;
        const at = pixel + size[0] * size[1] * k;
        const angle = axis.angle[pixel]!;
        const r = axis.radius[pixel]!;
        const inSkin = outlines.skin[angle]! - r;
        let hu = -1000;
        if (y > 88) hu = table(x, y, outlines.z, rod, blend);
        if (inSkin > -edge) {
          const inside = tissue(x, y, outlines, angle, r, texture[at]!, blend, {
            bone: trees.bones.depth[at]!,
            lung: trees.lungs.depth[at]!,
            great: trees.great.depth[at]!,
            airway: trees.airways.depth[at]!,
          });
          hu = mix(hu, inside, blend(inSkin));
        }
        out[at] = hu;
      }
    }
  });
  return out;
}

/** A unit-variance field for looks: an eighth of the volume is drawn and mirrored into the rest, which is eight times faster. */
function mirrored(random: Random, size: Size3, spacing: Vec3, width: number): Float32Array {
  const half = size.map((n) => Math.ceil(n / 2)) as unknown as Size3;
  const drawn = gaussianField(random, half, spacing, width);
  const out = new Float32Array(size[0] * size[1] * size[2]);
  const fold = (i: number, axis: 0 | 1 | 2) => (i < half[axis] ? i : 2 * half[axis] - 1 - i);
  for (let k = 0, at = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      const row = half[0] * (fold(j, 1) + half[1] * fold(k, 2));
      for (let i = 0; i < size[0]; i++, at++) out[at] = drawn[row + fold(i, 0)]!;
    }
  }
  return out;
}

/** Distance from the long axis and index of the angle around it, for each pixel of a slice. */
function polarAxis(size: Size3, affine: Affine): { radius: Float32Array; angle: Uint16Array } {
  const radius = new Float32Array(size[0] * size[1]);
  const angle = new Uint16Array(size[0] * size[1]);
  for (let j = 0, at = 0; j < size[1]; j++) {
    for (let i = 0; i < size[0]; i++, at++) {
      const x = affine.origin[0] + i * affine.matrix[0][0];
      const y = affine.origin[1] + j * affine.matrix[1][1];
      radius[at] = Math.hypot(x, y);
      angle[at] = angleIndex(x, y);
    }
  }
  return { radius, angle };
}

const angleIndex = (x: number, y: number): number =>
  (Math.round((Math.atan2(y, x) / (2 * Math.PI)) * ANGLES) + ANGLES) % ANGLES;

/** Depth inside the lung, mm; also the name of what limits it matters not. */
function lungDepth(x: number, y: number, z: number, toWall: number): number {
  if (toWall < -4) return toWall;
  return Math.min(toWall, -inMediastinum(x, y, z), -belowDiaphragm(x, y, z));
}

interface Tubes {
  readonly bone: number;
  readonly lung: number;
  readonly great: number;
  readonly airway: number;
}

function tissue(
  x: number,
  y: number,
  o: Outlines,
  angle: number,
  r: number,
  texture: number,
  blend: (depth: number) => number,
  tubes: Tubes,
): number {
  const inSkin = o.skin[angle]! - r;
  const toWall = o.cavity[angle]! - r;
  let hu = mix(25, -104 + 5 * texture, blend(inSkin - 1.8));
  if (toWall < 3) {
    hu = mix(hu, 58 + 3 * texture, blend(o.muscle[angle]! - r));
    // The plane of fat between the ribs' layer and the muscles around it.
    hu = mix(hu, -55, 0.75 * blend(1.3 - Math.abs(toWall + 13.4)));
  }
  if (toWall > -3) {
    const below = belowDiaphragm(x, y, o.z);
    const middle = inMediastinum(x, y, o.z);
    let inner = -96 + 6 * texture;
    if (middle > -3) inner = mediastinum(x, y, o.z, texture, blend, middle);
    if (below > -3) {
      const organs = abdomen(x, y, o.z, texture, blend);
      inner = mix(inner, organs, blend(below - 1.5) * (1 - blend(inHeart(x, y, o.z))));
    }
    const lung = Math.min(toWall, -middle, -below);
    if (lung > -3) inner = mix(inner, parenchyma(x, y, o.z, texture, blend, tubes.lung, lung), blend(lung));
    hu = mix(hu, inner, blend(toWall));
  }
  if (tubes.great > -3) hu = mix(hu, 168, blend(tubes.great));
  if (tubes.airway > -4) {
    hu = mix(hu, 30, blend(tubes.airway + 1.5));
    hu = mix(hu, -990, blend(tubes.airway));
  }
  return skeleton(x, y, o.z, hu, texture, blend, tubes.bone);
}

function parenchyma(
  x: number,
  y: number,
  z: number,
  texture: number,
  blend: (d: number) => number,
  vessel: number,
  depth: number,
): number {
  // Blood settles towards the back of a person lying on it.
  let hu = -868 + 0.34 * y + 13 * texture;
  const side = x < 0 ? -1 : 1;
  const oblique = 0.62 * (y - 8) + 0.72 * (z + 4 + side * 4) + 0.05 * Math.abs(x);
  hu += 105 * blend(0.7 - Math.abs(oblique));
  if (x < 0 && oblique < 0) hu += 75 * blend(0.6 - Math.abs(z - 4 - 0.12 * y));
  if (depth < 5) hu += 26 * (1 - Math.max(0, depth) / 5);
  return vessel > -3 ? mix(hu, 62, blend(vessel)) : hu;
}

function mediastinum(
  x: number,
  y: number,
  z: number,
  texture: number,
  blend: (d: number) => number,
  depth: number,
): number {
  let hu = -92 + 9 * texture;
  hu = mix(hu, 42, 1 - blend(depth - 1.4));
  hu = mix(hu, 44, blend(7 - Math.hypot((x - 6) * 0.8, y - 23)));
  const [u, v, w] = heartFrame(x, y, z);
  const heart = inEllipsoid(u, v, w, 54, 36, 40);
  if (heart > -3) {
    let muscle = mix(-80, 98 + 3 * texture, blend(heart));
    const chambers: readonly (readonly [number, number, number, number, number, number, number])[] = [
      [16, 6, -4, 31, 17, 21, 172],
      [12, -20, -2, 33, 12.5, 25, 158],
      [-26, 12, 8, 18, 21, 20, 170],
      [-30, -16, 0, 18, 17, 25, 154],
    ];
    for (const [cu, cv, cw, a, b, c, blood] of chambers) {
      muscle = mix(muscle, blood, blend(inEllipsoid(u - cu, v - cv, w - cw, a, b, c)));
    }
    // Fat in the grooves between atria and ventricles.
    muscle = mix(muscle, -70, 0.8 * blend(2.2 - Math.abs(u + 12)) * blend(6 - heart));
    hu = mix(hu, muscle, blend(heart + 1));
  }
  return hu;
}

function skeleton(
  x: number,
  y: number,
  z: number,
  hu: number,
  texture: number,
  blend: (d: number) => number,
  bone: number,
): number {
  if (Math.abs(x) < 30 && y > 24 && y < 92) {
    const s = spine(x, y, z, texture, blend);
    hu = mix(hu, 85, s.disc);
    hu = mix(hu, s.hu, s.share);
    hu = mix(hu, 18, s.canal);
    hu = mix(hu, 40, blend(4.6 - Math.hypot(x, y - 66)));
  }
  if (y < -50 && Math.abs(x) < 26) {
    const [back, wide] = z > 45 ? [-83 + 0.35 * (z - 45), 19] : [-83, 13.5];
    const plate = Math.min(inEllipse(x, y - back, wide, 6), z + 52, 78 - z);
    hu = mix(hu, mix(600, 150 + 30 * texture, blend(plate - 1.8)), blend(plate));
  }
  if (bone > -3) {
    const marrow = 170 + 30 * texture;
    hu = mix(hu, mix(690, marrow, blend(bone - 2.1)), blend(bone));
  }
  return hu;
}

/** Couch and calibration pad under the back: a pad of plastic with three rods, on a shell of carbon over foam. */
function table(x: number, y: number, z: number, rod: Rod, blend: (d: number) => number): number {
  let hu = -1000;
  if (y > 124 || (y > 114 && Math.abs(x) > 81)) {
    const top = y + 0.0004 * x * x - 127;
    const across = 150 - Math.abs(x);
    hu = mix(hu, -930, blend(Math.min(top, 22 - top, across)));
    return mix(hu, -140, blend(Math.min(1.3 - Math.abs(Math.abs(top - 11) - 11), across)));
  }
  const pad = Math.min(78 - Math.abs(x), 12 - Math.abs(y - rod.y), 84 - Math.abs(z));
  if (pad < -3) return hu;
  hu = mix(hu, 28, blend(pad));
  for (const [dx, value] of [
    [-42, 100],
    [0, rod.hu],
    [42, 200],
  ] as const) {
    const across = x - rod.x - dx;
    if (Math.abs(across) > rod.radius + 3) continue;
    const depth = Math.min(rod.radius - Math.hypot(across, y - rod.y), rod.halfLength - Math.abs(z));
    hu = mix(hu, value, blend(depth));
  }
  return hu;
}

function growTrees(
  size: Size3,
  spacing: Vec3,
  affine: Affine,
  random: Random,
  lesion: LesionShape,
  edge: number,
  slices: readonly Outlines[],
): { bones: TubeField; lungs: TubeField; great: TubeField; airways: TubeField } {
  const field = () => new TubeField(size, spacing, affine.origin, edge);
  const [bones, lungs, great] = [field(), field(), field()];
  const airways = new TubeField(size, spacing, affine.origin, edge + 2);
  const z0 = affine.origin[2];
  const outlines = (z: number) =>
    slices[Math.min(size[2] - 1, Math.max(0, Math.round((z - z0) / spacing[2])))]!;
  addBones(bones, [z0, z0 + spacing[2] * (size[2] - 1)], (degrees, z) => {
    return outlines(z).cavity[(Math.round((degrees * ANGLES) / 360) + ANGLES) % ANGLES]!;
  });
  addGreatVessels(great);
  addAirways(airways);
  addVessels(lungs, random, ([x, y, z]) => {
    return lungDepth(x, y, z, outlines(z).cavity[angleIndex(x, y)]! - Math.hypot(x, y));
  });
  addSpicules(lungs, random, lesion);
  return { bones, lungs, great, airways };
}

/** Fine strands from the lesion into the lung. They are not part of the outlined region. */
function addSpicules(field: TubeField, random: Random, lesion: LesionShape): void {
  for (let n = 0; n < 46; n++) {
    const height = 1.7 * random.uniform() - 0.85;
    const angle = 2 * Math.PI * random.uniform();
    const z = height * lesion.halfHeight;
    const r = outlineRadius(lesion, angle, z) - 1.5;
    const reach = 6 + 13 * random.uniform() ** 2;
    const from: Vec3 = [
      lesion.centre[0] + r * Math.cos(angle),
      lesion.centre[1] + r * Math.sin(angle),
      lesion.centre[2] + z,
    ];
    const to: Vec3 = [
      from[0] + reach * Math.cos(angle + 0.25 * random.normal()),
      from[1] + reach * Math.sin(angle + 0.25 * random.normal()),
      from[2] + reach * height,
    ];
    field.add(from, to, 1.7, 0.35);
  }
}
