import { add, cross, normalise, scale, subtract, type Vec3 } from '../../../core/geometry.ts';
import type { Random } from '../../../core/random.ts';
import type { TubeField } from './tubes.ts';

/** Ribs, shoulder blades and the bony arches of the spine, drawn as chains of tubes. */
export function addBones(
  field: TubeField,
  zRange: readonly [number, number],
  cavityRadius: (degrees: number, z: number) => number,
): void {
  for (let top = zRange[0] - 20; top < zRange[1] + 110; top += 24) {
    for (const side of [1, -1]) {
      const chain: Vec3[] = [];
      for (let degrees = 66; degrees >= -52; degrees -= 3) {
        const share = (66 - degrees) / 118;
        const z = top - 62 * share ** 1.25;
        const angle = side === 1 ? degrees : 180 - degrees;
        const r = cavityRadius(angle, z) + 6.2;
        chain.push([r * Math.cos((angle * Math.PI) / 180), r * Math.sin((angle * Math.PI) / 180), z]);
      }
      field.addChain(chain, 4.6, 5.2);
    }
    const level = top - 9;
    for (const side of [1, -1])
      field.addChain(
        [
          [side * 9, 66, level],
          [side * 27, 66, level + 3],
        ],
        4.6,
        3.4,
      );
    field.addChain(
      [
        [0, 76, level],
        [0, 84, level - 8],
      ],
      2.6,
      3.2,
    );
  }
  for (const side of [1, -1]) {
    // Blade of the scapula: a fan of thin rods from its neck.
    for (let n = 0; n <= 14; n++) {
      const t = n / 14;
      const end: Vec3 = [side * (60 + 34 * t), 86 - 17 * t, 6 + 66 * t * t];
      field.addChain([[side * (112 - 4 * t), 40 + 10 * (1 - t), 84], end], 2.6, 1.3);
    }
  }
}

/**
 * Grows the vessels of both lungs from their roots: each branch bends at random and parts in two by Murray's law
 * (r³ = r₁³ + r₂³), until it is thinner than half a millimetre or would leave the lung.
 */
export function addVessels(field: TubeField, random: Random, lungDepth: (p: Vec3) => number): void {
  for (const side of [1, -1]) {
    for (const root of ROOTS) {
      const from: Vec3 = [side * root.from[0] + 2, root.from[1], root.from[2]];
      grow(
        field,
        random,
        lungDepth,
        from,
        normalise([side * root.to[0], root.to[1], root.to[2]]),
        root.radius,
        0,
      );
    }
  }
}

/** Roots of the trees at the hilum of the left lung, mirrored for the right: place, direction, radius in mm. */
const ROOTS = [
  { from: [27, 8, 14], to: [0.5, -0.1, 0.9], radius: 5.2 },
  { from: [27, -6, 10], to: [0.6, -0.75, 0.4], radius: 4.2 },
  { from: [29, 14, 2], to: [0.55, 0.45, -0.75], radius: 5.6 },
  { from: [30, 10, 6], to: [0.95, 0.2, 0.1], radius: 4.4 },
  { from: [28, 16, 12], to: [0.5, 0.75, 0.45], radius: 4.2 },
  { from: [28, -4, -6], to: [0.7, -0.6, -0.4], radius: 4.0 },
  { from: [28, 10, -8], to: [0.75, 0.1, -0.7], radius: 4.2 },
  { from: [27, 0, 16], to: [0.5, -0.4, 0.75], radius: 4.0 },
  { from: [28, 12, -14], to: [0.35, 0.75, -0.6], radius: 4.0 },
  { from: [27, 6, 18], to: [0.8, 0.15, 0.6], radius: 4.0 },
] as const;

function grow(
  field: TubeField,
  random: Random,
  lungDepth: (p: Vec3) => number,
  from: Vec3,
  direction: Vec3,
  radius: number,
  depth: number,
): void {
  if (radius < 0.42 || depth > 18) return;
  const span = 4 + 2.8 * radius * (0.75 + 0.5 * random.uniform());
  let at = from;
  let heading = direction;
  const chain: Vec3[] = [at];
  for (let n = 0; n < 3; n++) {
    const next = step(random, lungDepth, at, heading, span / 3, depth < 2);
    if (next === undefined) {
      if (chain.length > 1) field.addChain(chain, radius, radius * 0.7);
      return;
    }
    heading = normalise(subtract(next, at));
    chain.push((at = next));
  }
  const share = 0.32 + 0.36 * random.uniform();
  const thick = radius * Math.cbrt(Math.max(share, 1 - share)) * 0.985;
  const thin = radius * Math.cbrt(Math.min(share, 1 - share)) * 0.985;
  field.addChain(chain, radius, thick);
  const spin = 2 * Math.PI * random.uniform();
  const aside = normalise(cross(heading, Math.abs(heading[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]));
  const across = add(scale(aside, Math.cos(spin)), scale(cross(heading, aside), Math.sin(spin)));
  grow(field, random, lungDepth, at, normalise(add(heading, scale(across, 0.36))), thick, depth + 1);
  grow(field, random, lungDepth, at, normalise(add(heading, scale(across, -0.72))), thin, depth + 1);
}

/** Windpipe and main bronchi: the air in them; the wall is drawn around it. */
export function addAirways(field: TubeField): void {
  field.addChain(
    [
      [0, 4, 130],
      [0, 8, 60],
      [0, 13, 32],
    ],
    8.2,
    7.8,
  );
  field.addChain(
    [
      [0, 13, 32],
      [-14, 14, 20],
      [-32, 14, 8],
      [-44, 16, -6],
    ],
    6.6,
    3.2,
  );
  field.addChain(
    [
      [-24, 14, 14],
      [-38, 10, 24],
      [-46, 8, 34],
    ],
    3.8,
    2,
  );
  field.addChain(
    [
      [-44, 16, -6],
      [-52, 28, -26],
    ],
    3.2,
    1.8,
  );
  field.addChain(
    [
      [0, 13, 32],
      [16, 16, 18],
      [34, 18, 6],
      [44, 22, -8],
    ],
    6,
    2.8,
  );
  field.addChain(
    [
      [34, 18, 6],
      [46, 10, 18],
      [54, 4, 28],
    ],
    3.2,
    1.8,
  );
  field.addChain(
    [
      [44, 22, -8],
      [52, 34, -30],
    ],
    2.8,
    1.6,
  );
}

/** Great vessels with contrast: aorta and its arch, superior vena cava, pulmonary trunk with its branches. */
export function addGreatVessels(field: TubeField): void {
  const arch: Vec3[] = [
    [2, -14, -10],
    [-8, -22, 12],
    [-9, -20, 30],
    [-3, -10, 45],
    [9, 6, 52],
    [20, 22, 46],
    [25, 31, 30],
  ];
  field.addChain(arch, 14.5, 11.5);
  field.addChain(
    [
      [25, 31, 32],
      [25, 31, -40],
      [14, 30, -120],
    ],
    11.5,
    10.5,
  );
  field.addChain(
    [
      [-27, -4, 96],
      [-27, -6, 40],
      [-26, -4, -6],
    ],
    7.5,
    8.5,
  );
  field.addChain(
    [
      [14, -30, -4],
      [17, -22, 16],
      [20, -6, 22],
    ],
    12.5,
    10.5,
  );
  field.addChain(
    [
      [18, -10, 20],
      [2, 0, 12],
      [-20, 4, 10],
      [-34, 6, 8],
    ],
    8.8,
    7,
  );
  field.addChain(
    [
      [20, -6, 22],
      [30, 8, 18],
      [34, 14, 8],
    ],
    9.6,
    6.5,
  );
  field.addChain(
    [
      [-6, -8, 54],
      [-14, -14, 96],
    ],
    5.2,
    4.6,
  );
  field.addChain(
    [
      [5, 0, 55],
      [8, -4, 96],
    ],
    3.8,
    3.4,
  );
  field.addChain(
    [
      [12, 9, 56],
      [22, 8, 96],
    ],
    4.2,
    3.8,
  );
}

/**
 * One step of a growing vessel. It keeps clear of the pleura: after a few turns in vain there is no step. Roots start
 * between the lungs and may cross their border.
 */
function step(
  random: Random,
  lungDepth: (p: Vec3) => number,
  at: Vec3,
  heading: Vec3,
  span: number,
  root: boolean,
): Vec3 | undefined {
  for (const bend of [0.11, 0.35, 0.7, 1]) {
    const turn: Vec3 = [random.normal() * bend, random.normal() * bend, random.normal() * bend];
    const next = add(at, scale(normalise(add(heading, turn)), span));
    if (root || lungDepth(next) > 2.5) return next;
  }
  return undefined;
}
