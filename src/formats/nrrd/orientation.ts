import {
  cross,
  determinant,
  length,
  normalise,
  spacingOf,
  type Affine,
  type Size3,
  type Vec3,
} from '../../core/geometry.ts';
import { bad, type NrrdHeader } from './header.ts';

/** Signs that turn the first two axes of the space into LPS; spaces not listed have no anatomical meaning. */
const SPACES: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['left-posterior-superior', [1, 1]],
  ['lps', [1, 1]],
  ['right-anterior-superior', [-1, -1]],
  ['ras', [-1, -1]],
  ['left-anterior-superior', [1, -1]],
  ['las', [1, -1]],
]);
const SPATIAL_KINDS = new Set(['domain', 'space']);

export interface NrrdAxes {
  /** Indices of the axes in space, at most three, in file order. */
  readonly spatial: readonly number[];
  /** All other axes. */
  readonly other: readonly number[];
}

export interface NrrdOrientation extends NrrdAxes {
  readonly size: Size3;
  readonly affine: Affine;
}

/**
 * Tells the axes in space from the others and gives voxel to LPS millimetres.
 * @throws RefusedInput `bad_nrrd` when directions are missing, not finite or span no volume.
 */
export function orientationOf(header: NrrdHeader, warnings: string[]): NrrdOrientation {
  const vectors = directionsOf(header);
  const { spatial, other } = axesOf(header, vectors);
  if (spatial.length === 0) throw bad('axes in space', '1…3', 0);
  const steps = spatial.map((axis) => vectors?.[axis] ?? undefined);
  const size: Size3 = [
    header.sizes[spatial[0]],
    header.sizes[spatial[1]] ?? 1,
    header.sizes[spatial[2]] ?? 1,
  ];
  const given = steps.every((step) => step !== undefined)
    ? (steps as Vec3[])
    : spacedSteps(header, spatial, warnings);
  const sign = given === steps ? signsOf(header, warnings) : ([1, 1] as const);
  const turn = (v: Vec3): Vec3 => [v[0] * sign[0], v[1] * sign[1], v[2]];
  const matrix = completed(given.map(turn));
  const affine: Affine = { origin: turn(originOf(header)), matrix };
  const [x, y, z] = spacingOf(affine);
  const volume = Math.abs(determinant(affine));
  if (!Number.isFinite(volume) || !(volume > 1e-6 * x * y * z)) {
    throw bad(
      'space directions',
      'three that span a volume',
      header.fields.get('spacedirections') ?? header.fields.get('spacings') ?? '',
    );
  }
  return { spatial, other, size, affine };
}

/** Which axes lie in space: those with a direction, else those whose kind says so, else the first three. */
function axesOf(header: NrrdHeader, vectors: readonly (Vec3 | undefined)[] | undefined): NrrdAxes {
  const all = header.sizes.map((_, axis) => axis);
  const kinds = header.fields.get('kinds')?.toLowerCase().split(/\s+/);
  let spatial = all;
  if (vectors) spatial = all.filter((axis) => vectors[axis] !== undefined);
  else if (kinds?.length === all.length && kinds.some((kind) => SPATIAL_KINDS.has(kind))) {
    spatial = all.filter((axis) => SPATIAL_KINDS.has(kinds[axis]));
  } else if (kinds?.length === all.length) {
    spatial = all.filter((axis) => kinds[axis] === '???' || kinds[axis] === 'none');
    if (spatial.length === 0) spatial = all;
  }
  spatial = spatial.slice(0, 3);
  return { spatial, other: all.filter((axis) => !spatial.includes(axis)) };
}

/** One vector an axis in the space's own axes; undefined for an axis outside space (`none`, or along time). */
function directionsOf({ fields, sizes }: NrrdHeader): (Vec3 | undefined)[] | undefined {
  const text = fields.get('spacedirections');
  if (text === undefined) return undefined;
  const found = text.match(/none|\([^)]*\)/gi) ?? [];
  if (found.length !== sizes.length) throw bad('space directions', `${sizes.length} vectors`, found.length);
  return found.map((item) => {
    if (item.toLowerCase() === 'none') return undefined;
    const parts = vectorOf(item, 'space directions');
    const step = threeOf(parts);
    // In a space with time the fourth component is the step in time.
    return parts.length > 3 && parts[3] !== 0 && length(step) === 0 ? undefined : step;
  });
}

function vectorOf(text: string, field: string): number[] {
  const parts = text
    .replace(/[()]/g, '')
    .split(',')
    .map((s) => (s.trim() === '' ? NaN : Number(s)));
  if (parts.length > 4 || !parts.every(Number.isFinite))
    throw bad(field, 'finite numbers', text.slice(0, 60));
  return parts;
}

const threeOf = (v: readonly number[]): Vec3 => [v[0], v[1] ?? 0, v[2] ?? 0];

function originOf({ fields }: NrrdHeader): Vec3 {
  const text = fields.get('spaceorigin');
  return text === undefined ? [0, 0, 0] : threeOf(vectorOf(text, 'space origin'));
}

function signsOf({ fields }: NrrdHeader, warnings: string[]): readonly [number, number] {
  const space = (fields.get('space') ?? '').toLowerCase().replace(/-?time$|t$/, '');
  const signs = SPACES.get(space);
  if (!signs)
    warnings.push(`space "${space.slice(0, 40)}" has no anatomical meaning; read as left-posterior-superior`);
  return signs ?? [1, 1];
}

/** Without directions only the spacing is known. */
function spacedSteps(header: NrrdHeader, spatial: readonly number[], warnings: string[]): Vec3[] {
  const text = header.fields.get('spacings');
  const spacings = text?.split(/\s+/).map(Number);
  warnings.push(
    text === undefined
      ? 'spacing and orientation not given; 1 mm taken'
      : 'orientation not given; axes taken as left, posterior, superior',
  );
  return spatial.map((axis, n) => {
    let spacing = spacings?.[axis] ?? 1;
    if (Number.isNaN(spacing)) {
      warnings.push(`spacing of axis ${axis + 1} not given; 1 mm taken`);
      spacing = 1;
    }
    if (!Number.isFinite(spacing) || spacing === 0) throw bad('spacings', '> 0', text ?? '');
    return [
      n === 0 ? Math.abs(spacing) : 0,
      n === 1 ? Math.abs(spacing) : 0,
      n === 2 ? Math.abs(spacing) : 0,
    ];
  });
}

/** An image of fewer axes gets steps of 1 mm at right angles to those it has. */
function completed(steps: readonly Vec3[]): [Vec3, Vec3, Vec3] {
  const [x, y, z] = steps;
  const second = y ?? normalise(cross(Math.abs(normalise(x)[2]) < 0.9 ? [0, 0, 1] : [0, 1, 0], x));
  return [x, second, z ?? normalise(cross(x, second))];
}
