import { gzipSync } from 'fflate';
import {
  cross,
  determinant,
  dot,
  normalise,
  spacingOf,
  voxelCount,
  type Grid,
  type Vec3,
} from '../../core/geometry.ts';
import { NIFTI1_BYTES } from './header.ts';

const OFFSET = NIFTI1_BYTES + 4;
const LONGEST_AXIS = 32767; // dim is int16 in NIfTI-1
const SCANNER = 1;

export interface NiftiImage {
  readonly grid: Grid;
  /** One value a voxel, or several volumes one after the other; bytes for label maps, else written as float32. */
  readonly data: Float32Array | Float64Array | Uint8Array;
}

export interface NiftiWriteOptions {
  /** Free text of at most 79 ASCII characters. */
  readonly description?: string;
  /** Seconds between the volumes of `data`. */
  readonly timeStep?: number;
}

/**
 * Writes a gzipped NIfTI-1 file with sform and qform in scanner coordinates. A grid whose axes are not at right
 * angles (gantry tilt) has no exact qform: then only the sform is declared.
 * @param image intensities or labels on an LPS grid; the file is in RAS, as the format asks
 * @throws RangeError when an axis is longer than 32767 or the data do not fill the grid.
 */
export function writeNifti({ grid, data }: NiftiImage, options: NiftiWriteOptions = {}): Uint8Array {
  const { size } = grid;
  const count = data.length / voxelCount(size);
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`${data.length} values do not fill ${size.join(' × ')}`);
  if ([...size, count].some((n) => n > LONGEST_AXIS))
    throw new RangeError(`axis longer than ${LONGEST_AXIS}`);
  const labels = data instanceof Uint8Array;
  const width = labels ? 1 : 4;
  const file = new Uint8Array(OFFSET + data.length * width);
  const view = new DataView(file.buffer);
  view.setInt32(0, NIFTI1_BYTES, true);
  [count > 1 ? 4 : 3, ...size, count, 1, 1, 1].forEach((n, i) => view.setInt16(40 + 2 * i, n, true));
  view.setInt16(70, labels ? 2 : 16, true);
  view.setInt16(72, 8 * width, true);
  view.setFloat32(108, OFFSET, true);
  view.setFloat32(112, 1, true);
  view.setUint8(123, 2 | 8); // millimetres, seconds
  const text = (options.description ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 79);
  for (let i = 0; i < text.length; i++) view.setUint8(148 + i, text.charCodeAt(i));
  writeOrientation(view, grid, options.timeStep ?? 0);
  'n+1'.split('').forEach((c, i) => view.setUint8(344 + i, c.charCodeAt(0)));
  if (labels) file.set(data, OFFSET);
  else writeFloats(view, data);
  return gzipSync(file, { level: 6, mtime: 0 });
}

function writeFloats(view: DataView, data: Float32Array | Float64Array): void {
  for (let i = 0; i < data.length; i++) view.setFloat32(OFFSET + 4 * i, data[i], true);
}

function writeOrientation(view: DataView, { affine }: Grid, timeStep: number): void {
  const ras = (v: Vec3): Vec3 => [-v[0], -v[1], v[2]];
  const origin = ras(affine.origin);
  const steps = [ras(affine.matrix[0]), ras(affine.matrix[1]), ras(affine.matrix[2])] as const;
  const spacing = spacingOf(affine);
  const qfac = determinant({ origin, matrix: steps }) < 0 ? -1 : 1;
  const [x, y] = [normalise(steps[0]), normalise(steps[1])];
  const third = normalise(steps[2]);
  const skew = Math.max(Math.abs(dot(x, y)), Math.abs(dot(x, third)), Math.abs(dot(y, third)));
  const square = skew < 1e-5;
  [qfac, ...spacing, timeStep].forEach((n, i) => view.setFloat32(76 + 4 * i, n, true));
  view.setInt16(252, square ? SCANNER : 0, true);
  view.setInt16(254, SCANNER, true);
  // A rotation has determinant +1: the third column is made from the first two, and qfac holds the reflection.
  const [b, c, d] = quaternionOf([x, y, cross(x, y)]);
  [b, c, d, ...origin].forEach((n, i) => view.setFloat32(256 + 4 * i, n, true));
  for (let row = 0; row < 3; row++) {
    [steps[0][row], steps[1][row], steps[2][row], origin[row]].forEach((n, i) =>
      view.setFloat32(280 + 16 * row + 4 * i, n, true),
    );
  }
}

/** Vector part of the unit quaternion with a ≥ 0 of a rotation given by its columns; from the largest component. */
function quaternionOf(columns: readonly [Vec3, Vec3, Vec3]): Vec3 {
  const r = (row: number, column: number): number => columns[column][row];
  const squares = [
    1 + r(0, 0) + r(1, 1) + r(2, 2),
    1 + r(0, 0) - r(1, 1) - r(2, 2),
    1 - r(0, 0) + r(1, 1) - r(2, 2),
    1 - r(0, 0) - r(1, 1) + r(2, 2),
  ];
  const largest = squares.indexOf(Math.max(...squares));
  const s = 2 * Math.sqrt(squares[largest]);
  const differences = [r(2, 1) - r(1, 2), r(0, 2) - r(2, 0), r(1, 0) - r(0, 1)] as const;
  if (largest === 0) return [differences[0] / s, differences[1] / s, differences[2] / s];
  const own = largest - 1;
  const q: [number, number, number] = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) q[axis] = axis === own ? s / 4 : (r(own, axis) + r(axis, own)) / s;
  return differences[own] < 0 ? [-q[0], -q[1], -q[2]] : q;
}
