import { toVoxel, type Vec3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { centreOf, toPatientFrom, type Pose } from './pose.ts';
import { mean } from '../../statistics/moments.ts';
import type { Insert } from './template.ts';

/** Millimetres between the samples of a profile. */
const STEP = 0.25;
/** Lines across the height of a ramp that are averaged into its profile. */
const LINES = 9;
/** A ramp must stand out of the spread beside it by so many standard deviations. */
const STANDS_OUT = 6;

/** Slice thickness from the lengths of two crossed ramps of slope 1:10, mm: 0.2·t·b/(t + b) (ACR MR). 52 and 48 mm: 4.992. */
export const rampThickness = (top: number, bottom: number): number => (0.2 * top * bottom) / (top + bottom);

/**
 * Slice thickness by two thin crossed ramps of slope 1:10, mm (ACR MR phantom test guidance, slice thickness accuracy): the
 * length of each ramp between the places where its profile falls to half of the mean signal of both, above what lies beside
 * them; then {@link rampThickness}, in which a turn of the phantom about the vertical cancels to first order. Of the slices
 * that meet the insert, the one in which the ramps lie most nearly one above the other is read. Null without two ramps.
 */
export function crossedRampThickness(volume: Volume, pose: Pose, ramps: readonly Insert[]): number | null {
  const [top, bottom] = ramps;
  if (!top || !bottom) return null;
  const found = slicesOf(volume, pose, top).flatMap((slice) => {
    const profiles = [profileOf(volume, pose, top, slice), profileOf(volume, pose, bottom, slice)] as const;
    const levels = profiles.map(levelsOf);
    if (levels.some((l) => l === null)) return [];
    const level = levels.reduce((s, l) => s + l!.inside + l!.beside, 0) / 4;
    const [t, b] = [lengthAt(profiles[0], level), lengthAt(profiles[1], level)];
    return t && b
      ? [{ thickness: rampThickness(t.length, b.length), apart: Math.abs(t.middle - b.middle) }]
      : [];
  });
  return found.sort((a, b) => a.apart - b.apart)[0]?.thickness ?? null;
}

/**
 * Slice thickness by rows of wires that follow each other by `pitch` mm along the axis, mm (ACR CT accreditation phantom,
 * module 1: lines counted, divided by two for a pitch of 0.5 mm): the peaks of each row's profile,
 * times the pitch, mean of the rows. Counting makes it coarse: ± one pitch. Null where no peak stands out of
 * the noise beside it, and where wires are seen up to an end of the row: the slice reaches beyond what can be counted.
 */
export function wireRampThickness(volume: Volume, pose: Pose, rows: readonly Insert[]): number | null {
  const first = rows[0];
  if (!first) return null;
  const slice = slicesOf(volume, pose, { ...first, halfLength: 0 })[0];
  if (slice === undefined) return null;
  const counts = rows.map((row) => {
    const end = Math.round(((row.slope ?? 10) * (row.pitch ?? NaN)) / STEP);
    return peaksOf(profileOf(volume, pose, row, slice), end) * (row.pitch ?? NaN);
  });
  return counts.some((c) => !(c > 0)) ? null : mean(counts);
}

/** Slices of the image whose plane passes within half the length of an insert; at least the nearest, nearest first. */
function slicesOf({ grid }: Volume, pose: Pose, insert: Insert): number[] {
  const middle = centreOf(pose, insert);
  const voxelOf = toVoxel(grid.affine);
  const at = (dz: number) => voxelOf(toPatientFrom(pose, [middle[0], middle[1], middle[2] + dz]))[2];
  const [here, low, high] = [at(0), at(-insert.halfLength), at(insert.halfLength)];
  const [from, to] = [Math.ceil(Math.min(low, high)), Math.floor(Math.max(low, high))];
  const all = [Math.round(here)];
  for (let k = from; k <= to; k++) if (!all.includes(k)) all.push(k);
  return all
    .filter((k) => k >= 0 && k < grid.size[2])
    .sort((a, b) => Math.abs(a - here) - Math.abs(b - here));
}

/** Values along a ramp from its left end to its right one, each the mean over the middle half of its height, of one slice. */
function profileOf({ grid, data }: Volume, pose: Pose, insert: Insert, slice: number): Float64Array {
  const [cx, cy, cz] = centreOf(pose, insert);
  const [half, height] = insert.radii;
  const voxelOf = toVoxel(grid.affine);
  const [nx, ny] = grid.size;
  const read = (p: Vec3): number => {
    const [u, v] = voxelOf(toPatientFrom(pose, p));
    const [i, j] = [Math.floor(u), Math.floor(v)];
    if (i < 0 || j < 0 || i + 1 >= nx || j + 1 >= ny) return NaN;
    const at = i + nx * (j + ny * slice);
    const [fx, fy] = [u - i, v - j];
    const row = (from: number) => data[from]! * (1 - fx) + data[from + 1]! * fx;
    return row(at) * (1 - fy) + row(at + nx) * fy;
  };
  const count = 2 * Math.floor(half / STEP) + 1;
  return Float64Array.from({ length: count }, (_, n) => {
    const x = cx + (n - (count - 1) / 2) * STEP;
    let sum = 0;
    for (let l = 0; l < LINES; l++) sum += read([x, cy + height * ((l + 0.5) / LINES - 0.5), cz]);
    return sum / LINES;
  });
}

/** Mean signal of the ramp's middle and of what lies beside it on the profile; null where nothing stands out. */
function levelsOf(profile: Float64Array): { inside: number; beside: number } | null {
  const sorted = profile.toSorted();
  if (Number.isNaN(sorted.at(-1)!)) return null;
  const rough = lengthAt(profile, (sorted[0]! + sorted.at(-1)!) / 2);
  if (!rough) return null;
  const centre = (profile.length - 1) / 2;
  const offset = (n: number) => Math.abs((n - centre) * STEP - rough.middle) / (rough.length / 2);
  const where = (keep: (share: number) => boolean) => [...profile].filter((_, n) => keep(offset(n)));
  const [ramp, rest] = [where((share) => share < 0.5), where((share) => share > 1.3)];
  if (ramp.length === 0 || rest.length < 10) return null;
  const [inside, beside] = [mean(ramp), mean(rest)];
  const noise = Math.sqrt(mean(rest.map((v) => (v - beside) ** 2)));
  return inside - beside > STANDS_OUT * noise ? { inside, beside } : null;
}

/** The longest stretch of a profile above a level, its ends by straight lines between samples; mm. Null when it is cut. */
function lengthAt(profile: Float64Array, level: number): { length: number; middle: number } | null {
  const crossing = (n: number) => n + (level - profile[n]!) / (profile[n + 1]! - profile[n]!);
  const centre = (profile.length - 1) / 2;
  let best: { length: number; middle: number } | null = null;
  let from: number | null = null;
  for (let n = 0; n + 1 < profile.length; n++) {
    const [a, b] = [profile[n]! >= level, profile[n + 1]! >= level];
    if (!a && b) from = crossing(n);
    if (a && !b && from !== null) {
      const length = (crossing(n) - from) * STEP;
      const middle = ((crossing(n) + from) / 2 - centre) * STEP;
      if (length > (best?.length ?? 0)) best = { length, middle };
    }
  }
  return best;
}

/**
 * Separate peaks of a profile: it climbs from a trough by a quarter of its whole range, and falls by as much again. Coarse
 * pixels fill the gaps between wires in part, so that one level through all of them would miss some. None where one lies within `end` samples of either end: others may lie beyond.
 */
function peaksOf(profile: Float64Array, end: number): number {
  const sorted = profile.toSorted();
  const base = sorted[Math.floor(sorted.length / 10)]!;
  const top = sorted.at(-1)!;
  const spread = base - sorted[Math.floor(sorted.length / 50)]!;
  if (!(top - base > STANDS_OUT * spread)) return 0;
  const step = (top - base) / 4;
  const ends = [...profile.subarray(0, end), ...profile.subarray(profile.length - end)];
  if (ends.some((v) => v > base + step)) return 0;
  let peaks = 0;
  let climbing = true;
  let turn = profile[0]!;
  for (const value of profile) {
    if (climbing) {
      turn = Math.min(turn, value);
      if (value < turn + step) continue;
      peaks++;
    } else {
      turn = Math.max(turn, value);
      if (value > turn - step) continue;
    }
    climbing = !climbing;
    turn = value;
  }
  return peaks;
}
