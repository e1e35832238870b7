import { cross, determinant, dot, length, normalise, scale, spacingOf } from '../../core/geometry.ts';
import type { Affine, Grid, Size3, Vec3 } from '../../core/geometry.ts';

/** `stack`: pictures without geometry, one plane, no letters and no millimetres. */
export type PlaneName = 'axial' | 'sagittal' | 'coronal' | 'stack';

/** An axis of the voxel lattice: 0 is fastest in memory. */
export type VoxelAxis = 0 | 1 | 2;

/** How a volume is cut and laid on the screen for one plane. */
export interface Plane {
  readonly name: PlaneName;
  /** Voxel axis that counts the slices, the one that runs across the screen, and the one that runs down it. */
  readonly normal: VoxelAxis;
  readonly across: VoxelAxis;
  readonly down: VoxelAxis;
  /** True where the voxel index grows against the screen direction (to the left, or upwards). */
  readonly flipAcross: boolean;
  readonly flipDown: boolean;
  /** Change of slice index for one step "up": towards superior, anterior or the patient's right. */
  readonly up: 1 | -1;
  /** Patient directions at the four edges of the screen; empty without geometry. */
  readonly letters: {
    readonly left: string;
    readonly right: string;
    readonly top: string;
    readonly bottom: string;
  };
  /** Angle between this plane and the true patient plane of its name, degrees, 0 to 90. */
  readonly tilt: number;
  /** Voxels across and down, and slices. */
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /**
   * Millimetres on the screen for one voxel: across is `(columnStep, 0)`, down is `(shear, rowStep)`.
   * `shear` is not zero where the two axes are not at right angles (gantry tilt).
   */
  readonly columnStep: number;
  readonly rowStep: number;
  readonly shear: number;
}

/** Half of a 30° sector: an axis that deviates less from a patient axis carries one letter. */
const LETTER_THRESHOLD = Math.sin((15 * Math.PI) / 180);
const POSITIVE = ['L', 'P', 'S'] as const;
const NEGATIVE = ['R', 'A', 'I'] as const;

/**
 * Letters of a patient direction (LPS), the strongest first: `R`, or `RA` for a direction between right and
 * anterior. A component under sin 15° is not named.
 */
export function directionLetters(direction: Vec3): string {
  const unit = normalise(direction);
  return ([0, 1, 2] as const)
    .filter((axis) => Math.abs(unit[axis]) > LETTER_THRESHOLD)
    .sort((a, b) => Math.abs(unit[b]) - Math.abs(unit[a]))
    .map((axis) => (unit[axis] > 0 ? POSITIVE[axis] : NEGATIVE[axis]))
    .join('');
}

/** Does the affine span a volume with finite steps? Without that there are no patient directions. */
export function hasGeometry(affine: Affine): boolean {
  const d = determinant(affine);
  return Number.isFinite(d) && d !== 0 && affine.origin.every(Number.isFinite);
}

const ORDERS: readonly (readonly [VoxelAxis, VoxelAxis, VoxelAxis])[] = [
  [0, 1, 2],
  [1, 0, 2],
  [0, 2, 1],
  [2, 1, 0],
  [1, 2, 0],
  [2, 0, 1],
];

/**
 * For each patient axis (x, y, z) the voxel axis that runs closest to it: the one of the six assignments with the
 * largest sum of direction cosines, so that no voxel axis serves twice. Equal sums go to the order of the file.
 */
export function nearestAxes(affine: Affine): readonly [VoxelAxis, VoxelAxis, VoxelAxis] {
  const unit = affine.matrix.map(normalise);
  let best = ORDERS[0]!;
  let bestSum = -1;
  for (const order of ORDERS) {
    const sum = order.reduce<number>((total, axis, patient) => total + Math.abs(unit[axis]![patient]!), 0);
    if (sum > bestSum + 1e-9) [best, bestSum] = [order, sum];
  }
  return best;
}

/** Patient axis across the screen, down it and through it, with the sign that points right, down and "up". */
const LAYOUT = {
  axial: { across: [0, 1], down: [1, 1], normal: [2, 1] },
  coronal: { across: [0, 1], down: [2, -1], normal: [1, -1] },
  sagittal: { across: [1, 1], down: [2, -1], normal: [0, -1] },
} as const;

/**
 * The plane of a grid that lies closest to a patient plane, in radiological display: patient left on screen right
 * (axial, coronal), anterior up (axial), superior up (coronal, sagittal), anterior on screen left (sagittal).
 * The cut follows the voxel axes; nothing is interpolated across slices.
 * @throws RangeError when the affine spans no volume; use {@link stackPlane} there.
 */
export function patientPlane(grid: Grid, name: 'axial' | 'sagittal' | 'coronal'): Plane {
  if (!hasGeometry(grid.affine))
    throw new RangeError('a plane in patient terms needs an affine that spans a volume');
  const axes = nearestAxes(grid.affine);
  const layout = LAYOUT[name];
  const steps = grid.affine.matrix;
  const [across, down, normal] = [axes[layout.across[0]], axes[layout.down[0]], axes[layout.normal[0]]];
  const along = (axis: VoxelAxis, patient: 0 | 1 | 2, sign: number) => steps[axis][patient] * sign;
  const flipAcross = along(across, layout.across[0], layout.across[1]) < 0;
  const flipDown = along(down, layout.down[0], layout.down[1]) < 0;
  const right = scale(normalise(steps[across]), flipAcross ? -1 : 1);
  const bottom = scale(normalise(steps[down]), flipDown ? -1 : 1);
  const facing = normalise(cross(right, bottom));
  const cosine = Math.min(1, Math.abs(facing[layout.normal[0]]));
  const sine = Math.min(1, Math.hypot(...facing.filter((_, axis) => axis !== layout.normal[0])));
  const downLength = length(steps[down]);
  const slant = dot(right, bottom);
  return {
    name,
    normal,
    across,
    down,
    flipAcross,
    flipDown,
    up: along(normal, layout.normal[0], layout.normal[1]) < 0 ? -1 : 1,
    letters: {
      left: directionLetters(scale(right, -1)),
      right: directionLetters(right),
      top: directionLetters(scale(bottom, -1)),
      bottom: directionLetters(bottom),
    },
    tilt: (Math.atan2(sine, cosine) * 180) / Math.PI,
    columns: grid.size[across],
    rows: grid.size[down],
    slices: grid.size[normal],
    columnStep: length(steps[across]),
    rowStep: downLength * Math.sqrt(Math.max(0, 1 - slant * slant)),
    shear: Math.abs(slant) < 1e-6 ? 0 : downLength * slant,
  };
}

/** The one plane of pictures without geometry, as stored: first axis across, second down, third the pile. */
export function stackPlane(grid: Grid): Plane {
  const [x, y] = spacingOf(grid.affine);
  const known = Number.isFinite(x) && Number.isFinite(y) && x > 0 && y > 0;
  return {
    name: 'stack',
    normal: 2,
    across: 0,
    down: 1,
    flipAcross: false,
    flipDown: false,
    up: -1,
    letters: { left: '', right: '', top: '', bottom: '' },
    tilt: 0,
    columns: grid.size[0],
    rows: grid.size[1],
    slices: grid.size[2],
    columnStep: known ? x : 1,
    rowStep: known ? y : 1,
    shear: 0,
  };
}

/**
 * The planes worth showing. A volume with one slice along an axis has one plane only, as the other two would be
 * lines; without usable geometry there is the stack alone.
 */
export function planesOf(grid: Grid, stack: boolean): readonly Plane[] {
  if (stack || !hasGeometry(grid.affine)) return [stackPlane(grid)];
  const all = (['axial', 'sagittal', 'coronal'] as const).map((name) => patientPlane(grid, name));
  const full = all.filter((plane) => plane.columns > 1 && plane.rows > 1);
  return full.length > 0 ? full : all.slice(0, 1);
}

/** Voxel under column and row of a plane (both counted on screen, from the top left) in a given slice. */
export function voxelOf(plane: Plane, slice: number, column: number, row: number): [number, number, number] {
  const voxel: [number, number, number] = [0, 0, 0];
  voxel[plane.across] = plane.flipAcross ? plane.columns - 1 - column : column;
  voxel[plane.down] = plane.flipDown ? plane.rows - 1 - row : row;
  voxel[plane.normal] = slice;
  return voxel;
}

/** Column and row of a voxel on a plane; inverse of {@link voxelOf}. */
export function pixelOf(plane: Plane, voxel: Vec3): { column: number; row: number } {
  const [a, d] = [voxel[plane.across], voxel[plane.down]];
  return {
    column: plane.flipAcross ? plane.columns - 1 - a : a,
    row: plane.flipDown ? plane.rows - 1 - d : d,
  };
}

/** The middle voxel of a grid, where the crosshair starts. */
export const middleOf = (size: Size3): Vec3 => [size[0] >> 1, size[1] >> 1, size[2] >> 1];

/** The nearest voxel inside the grid. */
export function clampVoxel(size: Size3, voxel: Vec3): Vec3 {
  const clamp = (axis: VoxelAxis) => Math.max(0, Math.min(size[axis] - 1, Math.round(voxel[axis])));
  return [clamp(0), clamp(1), clamp(2)];
}

/**
 * Position of a slice along its plane's normal, mm LPS: for a plane at right angles to a patient axis this is the
 * x, y or z of every point in it.
 */
export function slicePosition(plane: Plane, affine: Affine, slice: number): number {
  const patient = plane.name === 'sagittal' ? 0 : plane.name === 'coronal' ? 1 : 2;
  const m = affine.matrix;
  const normal = normalise(cross(m[plane.across], m[plane.down]));
  const sign = normal[patient] < 0 ? -1 : 1;
  const origin = affine.origin;
  const step = m[plane.normal];
  const at: Vec3 = [origin[0] + slice * step[0], origin[1] + slice * step[1], origin[2] + slice * step[2]];
  return sign * dot(at, normal);
}
