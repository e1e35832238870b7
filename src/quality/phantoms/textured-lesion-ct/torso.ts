import { inEllipse, inEllipsoid } from '../soft-edge.ts';

/** Steps of the tables of outlines around the long axis of the body. */
export const ANGLES = 720;

/** Outlines of one slice: distance from the axis, mm, for each angle (0 left, a quarter turn posterior). */
export interface Outlines {
  readonly z: number;
  readonly skin: Float32Array;
  readonly muscle: Float32Array;
  readonly cavity: Float32Array;
}

const bump = (x: number, width: number): number => Math.exp(-(x * x) / (width * width));
/** Difference of two angles in degrees, −180 to 180. */
const turn = (a: number, b: number): number => ((((a - b) % 360) + 540) % 360) - 180;

/** The outlines of a slice at height z mm. Patient coordinates: +x left, +y posterior, +z up. */
export function outlinesAt(z: number): Outlines {
  const skin = new Float32Array(ANGLES);
  const muscle = new Float32Array(ANGLES);
  const cavity = new Float32Array(ANGLES);
  const apex = z > 30 ? Math.sqrt(Math.max(0.04, 1 - ((z - 30) / 88) ** 2)) : 1 + 0.0004 * (30 - z);
  const shoulder = 1 / (1 + Math.exp(-(z - 62) / 10));
  for (let n = 0; n < ANGLES; n++) {
    const degrees = (360 * n) / ANGLES;
    const c = Math.abs(Math.cos((degrees * Math.PI) / 180));
    const s = Math.sin((degrees * Math.PI) / 180);
    const superellipse = (a: number, b: number, power: number) =>
      1 / ((c / a) ** power + (Math.abs(s) / b) ** power) ** (1 / power);
    const back = turn(degrees, 90);
    const front = turn(degrees, 270);
    const lung = superellipse(113 * apex, (s > 0 ? 77 : 72) * (0.35 + 0.65 * apex), 2.25);
    const pectoral = 17 * (bump(Math.abs(front) - 38, 20) * bump(z - 48, 45));
    const latissimus = 12 * bump(Math.abs(back) - 62, 22) * bump(z - 10, 70);
    const paraspinal = 9 * bump(Math.abs(back) - 17, 13);
    const trapezius = 16 * shoulder * bump(Math.abs(back) - 45, 40);
    const flesh = 1.4 + 14 * (1 - apex) + pectoral + latissimus + paraspinal + trapezius;
    const body =
      superellipse(139 + 4 * shoulder, s > 0 ? 93 : 99, 2.35) - 4 * bump(back, 9) - 2 * bump(front, 14);
    cavity[n] = lung;
    skin[n] = body;
    muscle[n] = Math.min(lung + 11 + flesh, body - 7 - 3 * bump(Math.abs(front) - 60, 30));
  }
  return { z, skin, muscle, cavity };
}

/** Depth below the top of the diaphragm, mm: positive in the abdomen. Domes on both sides, the right one higher. */
export function belowDiaphragm(x: number, y: number, z: number): number {
  const right = -40 - (((x + 58) / 58) ** 2 + ((y + 2) / 66) ** 2) * 34;
  const left = -52 - (((x - 60) / 56) ** 2 + ((y - 4) / 64) ** 2) * 32;
  // The two domes meet smoothly in the middle.
  const d = right - left;
  const dome = 0.5 * (right + left + Math.sqrt(d * d + 400)) - 6;
  return (dome - z) * 0.82;
}

/** Position in the turned frame of the heart, whose long axis points left, forward and down. */
export function heartFrame(x: number, y: number, z: number): [number, number, number] {
  const dx = x - 16;
  const dy = y + 22;
  const dz = z + 24;
  const u = 0.78 * dx - 0.62 * dy;
  const v = 0.62 * dx + 0.78 * dy;
  return [0.9 * u - 0.43 * dz, v, 0.43 * u + 0.9 * dz];
}

/** Depth inside the heart with its fat, mm. */
export function inHeart(x: number, y: number, z: number): number {
  const [u, v, w] = heartFrame(x, y, z);
  return inEllipsoid(u, v, w, 58, 40, 44);
}

/** Depth inside everything between the lungs, mm; the lungs reach where this is negative. */
export function inMediastinum(x: number, y: number, z: number): number {
  const waist = 6 + 21 * bump(y - 14, 36) + 10 * bump(z - 62, 26) * bump(y + 10, 40) + 6 * bump(y + 62, 26);
  const slab = waist - Math.abs(x - 2);
  const spine = 23 - Math.hypot(x, y - 50);
  const aorta = 15.5 - Math.hypot(x - 25, y - 31);
  const heart = inHeart(x, y, z);
  const arch = z > 25 ? 22 - Math.hypot(x - 14, (y - 10) * 0.55, (z - 47) * 1.15) : -Infinity;
  return Math.max(slab, spine, z < 48 ? aorta : -Infinity, heart, arch);
}

/** HU of the organs below the diaphragm. `texture` is a unit-variance field. */
export function abdomen(
  x: number,
  y: number,
  z: number,
  texture: number,
  blend: (depth: number) => number,
): number {
  const mix = (from: number, to: number, share: number) => from + (to - from) * share;
  let hu = -98 + 6 * texture;
  const liver = Math.max(
    inEllipsoid(x + 58, y + 4, z + 112, 66, 72, 74),
    inEllipsoid(x + 10, y + 34, z + 104, 58, 36, 44),
  );
  hu = mix(hu, 112 + 3 * texture, blend(liver));
  hu = mix(hu, 128 + 3 * texture, blend(inEllipsoid(x - 78, y - 34, z + 98, 27, 36, 42)));
  const stomach = inEllipsoid(x - 52, y + 18, z + 100, 36, 34, 40);
  hu = mix(hu, 55, blend(stomach));
  hu = mix(hu, y < -28 ? -960 : 22, blend(stomach - 4));
  return hu;
}

/** Vertebra: HU and share at a point, for bodies every 24 mm with discs between them. */
export function spine(x: number, y: number, z: number, texture: number, blend: (depth: number) => number) {
  const phase = ((((z + 6) % 24) + 24) % 24) - 12;
  const waist = 1 - 0.07 * Math.cos((phase * Math.PI) / 10);
  const outline = inEllipse(x, y - 46, 17.5 * waist, 14.5 * waist);
  const plate = 9.6 - Math.abs(phase);
  const body = Math.min(outline, plate);
  const ring = Math.min(12.5 - Math.hypot(x, (y - 66.5) * 1.05), Math.hypot(x, (y - 66) * 1.08) - 8.4);
  const pedicled = Math.abs(phase + 1) < 7 ? ring : Math.min(ring, y - 70);
  const share = blend(Math.max(body, pedicled));
  const cortex = 1 - blend(Math.max(Math.min(outline - 1.6, plate - 1.2), -Infinity));
  const inBody = body > pedicled;
  const marrow = 185 + 38 * texture;
  return {
    share,
    hu: inBody ? marrow + (640 - marrow) * cortex : 520,
    disc: blend(Math.min(outline, 2.6 - (12 - Math.abs(phase)) + 2)),
    canal: blend(8.4 - Math.hypot(x, (y - 66) * 1.08)),
  };
}
