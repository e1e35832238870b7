import {
  determinant,
  sameGrid,
  scale,
  spacingOf,
  type Affine,
  type Size3,
  type Vec3,
} from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { NiftiHeader } from './header.ts';

/** Millimetres of one unit of the low three bits of xyzt_units: metre, millimetre, micrometre. */
const MILLIMETRES: Readonly<Partial<Record<number, number>>> = { 1: 1000, 2: 1, 3: 0.001 };
/** The two transforms of a file are said to differ when a corner moves by more than this part of a voxel. */
const DISAGREE = 0.1;

/**
 * Voxel to LPS millimetres: sform, else qform, else the axes of the voxels with only their spacing. Without either
 * transform the file says nothing of orientation; the order of Analyze 7.5 is taken (axes to the patient's left, front
 * and head, origin in the middle), and a warning says so.
 * @throws RefusedInput `bad_nifti` when no transform spans a volume.
 */
export function orientationOf(header: NiftiHeader, size: Size3, warnings: string[]): Affine {
  const unit = MILLIMETRES[header.units & 7] ?? 1;
  if (unit !== 1) warnings.push(`lengths given in ${unit === 1000 ? 'metres' : 'micrometres'}`);
  const s = header.sformCode > 0 ? usable(sformAffine(header)) : undefined;
  const q = header.qformCode > 0 ? usable(qformAffine(header, size)) : undefined;
  if (header.sformCode > 0 && !s) warnings.push('sform spans no volume and is not used');
  if (header.qformCode > 0 && !q && !s) warnings.push('qform spans no volume and is not used');
  if (s && q && !sameGrid({ size, affine: s }, { size, affine: q }, DISAGREE)) {
    warnings.push('sform and qform differ; sform is used');
  }
  const ras = s ?? q ?? unoriented(header, size, warnings);
  return toLps(ras, unit);
}

function sformAffine({ sform: s }: NiftiHeader): Affine {
  return {
    origin: [s[3], s[7], s[11]],
    matrix: [
      [s[0], s[4], s[8]],
      [s[1], s[5], s[9]],
      [s[2], s[6], s[10]],
    ],
  };
}

/** Quaternion form of nifti1.h, method 2: rotation by (a, b, c, d), steps pixdim, third axis times qfac. */
function qformAffine({ quaternion, pixdim }: NiftiHeader, size: Size3): Affine {
  let [b, c, d] = quaternion;
  const squares = b * b + c * c + d * d;
  let a = Math.sqrt(Math.max(0, 1 - squares));
  // A half turn: what float32 left of a is rounding, as nifti1.h has it.
  if (1 - squares < 1e-7) {
    const norm = Math.sqrt(squares);
    [a, b, c, d] = [0, b / norm, c / norm, d / norm];
  }
  const qfac = pixdim[0] < 0 ? -1 : 1;
  const [dx, dy, dz] = ([0, 1, 2] as const).map((axis) => spacingAlong(pixdim, size, axis) ?? NaN);
  const columns: [Vec3, Vec3, Vec3] = [
    [a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)],
    [2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)],
    [2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - c * c - b * b],
  ];
  return {
    origin: [quaternion[3], quaternion[4], quaternion[5]],
    matrix: [scale(columns[0], dx), scale(columns[1], dy), scale(columns[2], dz * qfac)],
  };
}

function unoriented({ pixdim }: NiftiHeader, size: Size3, warnings: string[]): Affine {
  const step = ([0, 1, 2] as const).map((axis) => {
    const spacing = spacingAlong(pixdim, size, axis);
    if (spacing !== undefined) return spacing;
    throw new RefusedInput('bad_nifti', {
      what: `pixdim[${axis + 1}]`,
      expected: '> 0',
      received: String(pixdim[axis + 1]),
    });
  });
  warnings.push('orientation not given; axes taken as right to left, back to front, foot to head');
  return {
    origin: [((size[0] - 1) / 2) * step[0], (-(size[1] - 1) / 2) * step[1], (-(size[2] - 1) / 2) * step[2]],
    matrix: [
      [-step[0], 0, 0],
      [0, step[1], 0],
      [0, 0, step[2]],
    ],
  };
}

function spacingAlong(pixdim: readonly number[], size: Size3, axis: 0 | 1 | 2): number | undefined {
  const given = Math.abs(pixdim[axis + 1]);
  if (given > 0 && Number.isFinite(given)) return given;
  // The thickness of a single layer changes no geometry within it; that of several layers would be a guess.
  return size[axis] === 1 ? 1 : undefined;
}

function usable(affine: Affine): Affine | undefined {
  const volume = Math.abs(determinant(affine));
  const [x, y, z] = spacingOf(affine);
  const finite = affine.origin.every(Number.isFinite) && Number.isFinite(volume);
  return finite && volume > 1e-6 * x * y * z ? affine : undefined;
}

function toLps({ origin, matrix }: Affine, unit: number): Affine {
  const turn = (v: Vec3): Vec3 => [-v[0] * unit, -v[1] * unit, v[2] * unit];
  return { origin: turn(origin), matrix: [turn(matrix[0]), turn(matrix[1]), turn(matrix[2])] };
}
