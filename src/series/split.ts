import { numberOf, textOf, textsOf } from '../core/dicom.ts';
import { dot } from '../core/geometry.ts';
import { isPlaced, type PlacedPlane } from './lattice.ts';
import type { Plane } from './plane.ts';
import { flipAngleOf, inversionTimeOf } from './mr-settings.ts';

/** Directions whose cosines agree to this are one direction (G-02), and pixels whose edges agree to it are one size. */
const SAME = 1e-3;

/** Planes by what must not be mixed: patient, place, kind of signal, matrix; and placed planes apart from loose ones. */
export function byKind(planes: readonly Plane[]): Plane[][] {
  const groups = new Map<string, Plane[]>();
  for (const plane of planes) {
    const key = `${isPlaced(plane) ? 'placed' : 'loose'} ${plane.apart}`;
    const group = groups.get(key);
    if (group) group.push(plane);
    else groups.set(key, [plane]);
  }
  return [...groups.values()];
}

/**
 * Planes of one direction and pixel size each. A stack is entered in every cell of a coarse lattice of directions that its
 * tolerance reaches, so that thousands of directions are not compared with each other.
 */
export function byDirection(planes: readonly PlacedPlane[]): PlacedPlane[][] {
  const stacks: PlacedPlane[][] = [];
  const cells = new Map<string, PlacedPlane[][]>();
  for (const plane of planes) {
    const cosines = [...plane.axes[0], ...plane.axes[1]];
    const key = cosines.map(cellOf).join();
    const home = cells.get(key)?.find(([first]) => alike(first, plane));
    if (home) {
      home.push(plane);
      continue;
    }
    const stack = [plane];
    stacks.push(stack);
    for (const near of nearCells(cosines)) {
      const cell = cells.get(near);
      if (cell) cell.push(stack);
      else cells.set(near, [stack]);
    }
  }
  return stacks;
}

const cellOf = (cosine: number): number => Math.round(cosine * 20);

function nearCells(cosines: readonly number[]): string[] {
  return cosines
    .reduce<number[][]>(
      (found, c) =>
        [...new Set([cellOf(c - SAME), cellOf(c + SAME)])].flatMap((cell) => found.map((f) => [...f, cell])),
      [[]],
    )
    .map((c) => c.join());
}

function alike(a: PlacedPlane, b: PlacedPlane): boolean {
  return [0, 1].every(
    (which) =>
      a.axes[which].every((v, i) => Math.abs(v - b.axes[which][i]) <= SAME) &&
      Math.abs(a.pixel[which] - b.pixel[which]) <= SAME * a.pixel[which],
  );
}

/** What else may part images of one place. */
type Meaning = (p: PlacedPlane) => string;

const inversionTime: Meaning = ({ attributes }) => rounded(inversionTimeOf(attributes));
const flipAngle: Meaning = ({ attributes }) => rounded(flipAngleOf(attributes));
const kernel: Meaning = ({ attributes: f }) => textOf(f.instance, '00181210') ?? '';
const tubeVoltage: Meaning = ({ attributes: f }) => rounded(numberOf(f.instance, '00180060'));
const imageType: Meaning = ({ attributes: f }) => textsOf(f.instance, '00080008').join('\\');
/** Two blocks side by side, such as both breasts: the same depth, another place in the plane. */
const placeInPlane: Meaning = ({ axes, position }) => axes.map((a) => Math.round(dot(a, position))).join();
const seriesTime: Meaning = ({ attributes: f }) =>
  `${textOf(f.instance, '00080021') ?? ''} ${textOf(f.instance, '00080031') ?? ''}`;
const protocol: Meaning = ({ attributes: f }) => textOf(f.instance, '00181030') ?? '';

const MEANINGS = {
  'before time': [inversionTime, flipAngle, kernel, tubeVoltage, imageType, placeInPlane],
  'after time': [seriesTime, protocol],
} as const;

const rounded = (v: number | undefined): string => v?.toPrecision(5) ?? '';

/** Parts of a crowded stack by the first meaning that makes every part less crowded; undefined when none does. */
export function byMeaning(
  planes: readonly PlacedPlane[],
  when: keyof typeof MEANINGS,
  crowding: (planes: readonly PlacedPlane[]) => number,
): PlacedPlane[][] | undefined {
  const crowd = crowding(planes);
  for (const meaning of MEANINGS[when]) {
    const parts = new Map<string, PlacedPlane[]>();
    for (const p of planes) {
      const key = meaning(p);
      const part = parts.get(key);
      if (part) part.push(p);
      else parts.set(key, [p]);
    }
    // Never more parts than there are repeats: what differs from slice to slice has no meaning of its own.
    if (parts.size < 2 || parts.size > crowd) continue;
    if ([...parts.values()].every((part) => crowding(part) < crowd)) return [...parts.values()];
  }
  return undefined;
}
