import { determinant, type Affine, type Size3, type Vec3 } from '../../core/geometry.ts';
import type { ImageFile } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { BEST_DEFLATE_RATIO, gunzip, isGzip } from '../gzip.ts';
import { checkedCount, SCALAR_BYTES, voxelValues, type ScalarType } from '../voxel-values.ts';

const HEADER_BYTES = 284;
const FOOTER_BYTES = 20; // TR, flip angle, TE, TI, field of view: float32 each
const TYPES: Readonly<Partial<Record<number, ScalarType>>> = {
  0: 'uint8',
  1: 'int32',
  3: 'float32',
  4: 'int16',
  10: 'uint16',
};

/** Does this look like an MGH header? Version 1, four lengths and a known type, all big-endian. */
export function isMgh(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const axes = [4, 8, 12, 16].map((at) => view.getInt32(at));
  return (
    view.getInt32(0) === 1 &&
    axes.every((n) => n >= 1 && n <= 2 ** 20) &&
    TYPES[view.getInt32(20)] !== undefined
  );
}

/**
 * Reads a FreeSurfer MGH or MGZ volume (always big-endian; layout: FreeSurfer wiki, MghFormat). The header gives
 * direction cosines and the RAS position of voxel (w/2, h/2, d/2).
 * @returns the volume on a grid in LPS millimetres; frames are the fourth axis.
 * @throws RefusedInput `bad_nifti` (the kind for this family of formats), `truncated`, `too_large`, `decode_failed`,
 *   `unsupported_encoding`.
 */
export function readMgh(bytes: Uint8Array, file: string): ImageFile {
  const start = isGzip(bytes) ? gunzip(bytes, HEADER_BYTES).bytes : bytes;
  if (start.length < HEADER_BYTES)
    throw new RefusedInput('truncated', {
      what: 'MGH header',
      expected: HEADER_BYTES,
      received: start.length,
    });
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (view.getInt32(0) !== 1)
    throw new RefusedInput('bad_nifti', { what: 'MGH version', expected: 1, received: view.getInt32(0) });
  const axes = [4, 8, 12, 16].map((at) => view.getInt32(at));
  if (axes.some((n) => n < 1))
    throw new RefusedInput('bad_nifti', { what: 'MGH size', expected: '≥ 1', received: axes.join(' × ') });
  const type = TYPES[view.getInt32(20)];
  if (!type)
    throw new RefusedInput('unsupported_encoding', { what: 'MGH type', received: view.getInt32(20) });
  const [width, height, depth, count] = axes;
  const size: Size3 = [width, height, depth];
  const n = checkedCount(axes, type);
  const warnings: string[] = [];
  const affine = affineOf(view, size, warnings);
  const end = HEADER_BYTES + n * SCALAR_BYTES[type];
  const whole = wholeOf(bytes, end);
  const values = voxelValues(whole.subarray(HEADER_BYTES), type, false, n);
  const timeStep = count > 1 ? repetitionTime(whole, end) : undefined;
  return {
    format: 'mgh',
    file,
    size,
    count,
    affine,
    data: values.data,
    storedType: type,
    integral: values.integral,
    ...(timeStep !== undefined && { timeStep }),
    warnings: [...warnings, ...values.warnings],
  };
}

function wholeOf(bytes: Uint8Array, end: number): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  // Nothing is inflated that the compressed bytes cannot hold.
  const possible = bytes.length * BEST_DEFLATE_RATIO;
  if (end > possible)
    throw new RefusedInput('truncated', { what: 'voxel values', expected: end, received: possible });
  return gunzip(bytes, end + FOOTER_BYTES).bytes;
}

/** TR stands after the values, in milliseconds; seconds, or undefined when it is not there. */
function repetitionTime(whole: Uint8Array, end: number): number | undefined {
  if (whole.length < end + 4) return undefined;
  const tr = new DataView(whole.buffer, whole.byteOffset + end, 4).getFloat32(0);
  return tr > 0 && Number.isFinite(tr) ? tr / 1000 : undefined;
}

function affineOf(view: DataView, size: Size3, warnings: string[]): Affine {
  const triple = (at: number): Vec3 => [
    view.getFloat32(at),
    view.getFloat32(at + 4),
    view.getFloat32(at + 8),
  ];
  let spacing: Vec3 = [1, 1, 1];
  let cosines: readonly [Vec3, Vec3, Vec3] = [
    [-1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ];
  let centre: Vec3 = [0, 0, 0];
  if (view.getInt16(28) > 0) {
    spacing = triple(30);
    cosines = [triple(42), triple(54), triple(66)];
    centre = triple(78);
  } else {
    warnings.push('orientation not given; coronal voxels of 1 mm taken, as FreeSurfer does');
  }
  const step = (axis: 0 | 1 | 2): Vec3 => {
    const [r, a, s] = cosines[axis];
    return [-r * spacing[axis], -a * spacing[axis], s * spacing[axis]];
  };
  const matrix: Affine['matrix'] = [step(0), step(1), step(2)];
  const from = (axis: 0 | 1 | 2): number =>
    (axis === 2 ? centre[2] : -centre[axis]) - matrix.reduce((sum, m, k) => sum + (m[axis] * size[k]) / 2, 0);
  const affine: Affine = { origin: [from(0), from(1), from(2)], matrix };
  const volume = determinant(affine);
  if (!affine.origin.every(Number.isFinite) || !Number.isFinite(volume) || volume === 0) {
    throw new RefusedInput('bad_nifti', {
      what: 'MGH directions',
      expected: 'three that span a volume',
      received: spacing.join(', '),
    });
  }
  return affine;
}
