import type { Size3 } from '../../core/geometry.ts';
import type { ImageFile } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { BEST_DEFLATE_RATIO, gunzip, isGzip } from '../gzip.ts';
import { checkedCount, SCALAR_BYTES, voxelValues, type Scaling } from '../voxel-values.ts';
import { DATATYPES, NIFTI1_BYTES, NIFTI2_BYTES, readHeader, type NiftiHeader } from './header.ts';
import { orientationOf } from './orientation.ts';

/** Codes that hold no single real number a voxel, by name, for the refusal. */
const OTHER_DATATYPES: Readonly<Partial<Record<number, string>>> = {
  1: 'binary',
  32: 'complex64',
  128: 'RGB24',
  1536: 'float128',
  1792: 'complex128',
  2048: 'complex256',
  2304: 'RGBA32',
};
const SECONDS: Readonly<Partial<Record<number, number>>> = { 8: 1, 16: 1e-3, 24: 1e-6 };

/**
 * Reads a NIfTI-1, NIfTI-2 or Analyze 7.5 image, gzipped or not, in either byte order.
 * @param bytes the `.nii` file, or the `.hdr` of a pair
 * @param img the `.img` of a pair
 * @returns intensities scaled by scl_slope and scl_inter on a grid in LPS millimetres; axes beyond the third are
 *   flattened into `count`.
 * @throws RefusedInput `bad_nifti`, `truncated`, `too_large`, `decode_failed`, `unsupported_encoding` (complex and
 *   colour types), `detached_data_missing` (a header whose `.img` is not given).
 */
export function readNifti(bytes: Uint8Array, file: string, img?: Uint8Array): ImageFile {
  const warnings: string[] = [];
  const header = readHeader(isGzip(bytes) ? gunzip(bytes, NIFTI2_BYTES).bytes : bytes);
  if (header.intent >= 3001 && header.intent <= 3015) {
    throw new RefusedInput('bad_nifti', {
      what: 'CIFTI',
      expected: 'voxels in space',
      received: `intent ${header.intent}`,
    });
  }
  const type = DATATYPES[header.datatype];
  if (!type) {
    throw new RefusedInput('unsupported_encoding', {
      what: 'NIfTI datatype',
      received: OTHER_DATATYPES[header.datatype] ?? header.datatype,
    });
  }
  const { axes } = header;
  const size: Size3 = [axes[0], axes[1] ?? 1, axes[2] ?? 1];
  const count = axes.slice(3).reduce((product, n) => product * n, 1);
  const values = checkedCount(axes, type);
  const affine = orientationOf(header, size, warnings);
  const at = dataOffset(header, warnings);
  const source = header.pair ? img : bytes;
  if (!source) throw new RefusedInput('detached_data_missing', { name: imageName(file) });
  const stored = valuesIn(source, at, values * SCALAR_BYTES[type]);
  const read = voxelValues(stored, type, header.littleEndian, values, scalingOf(header));
  if (axes.length > 4 && axes.slice(4).some((n) => n > 1))
    warnings.push(`axes beyond the fourth (${axes.slice(4).join(' × ')}) flattened`);
  if (header.version === 'analyze') warnings.push('Analyze 7.5');
  const timeStep = count > 1 ? timeStepOf(header) : undefined;
  return {
    format: 'nifti',
    file,
    size,
    count,
    affine,
    data: read.data,
    storedType: type,
    integral: read.integral,
    ...(timeStep !== undefined && { timeStep }),
    warnings: [...warnings, ...read.warnings],
  };
}

/** The stored values, inflated no further than they go. Checks what is there before anything is allocated. */
function valuesIn(source: Uint8Array, at: number, length: number): Uint8Array {
  const missing = (received: number) =>
    new RefusedInput('truncated', { what: 'voxel values', expected: length, received });
  if (!isGzip(source)) {
    if (source.length < at + length) throw missing(Math.max(0, source.length - at));
    return source.subarray(at, at + length);
  }
  if (at + length > source.length * BEST_DEFLATE_RATIO) throw missing(source.length * BEST_DEFLATE_RATIO);
  const { bytes } = gunzip(source, at + length);
  if (bytes.length < at + length) throw missing(Math.max(0, bytes.length - at));
  return bytes.subarray(at);
}

function dataOffset({ pair, version, offset }: NiftiHeader, warnings: string[]): number {
  const least = version === 'nifti-2' ? NIFTI2_BYTES + 4 : NIFTI1_BYTES + 4;
  if (!pair && offset === 0) {
    warnings.push(`vox_offset 0 read as ${least}`);
    return least;
  }
  const lowest = pair ? 0 : least - 4;
  if (!(Number.isSafeInteger(offset) && offset >= lowest)) {
    throw new RefusedInput('bad_nifti', {
      what: 'vox_offset',
      expected: `≥ ${least}`,
      received: String(offset),
    });
  }
  return offset;
}

/** scl_slope 0 means that there is no scaling; Analyze files keep SPM's factor, or nothing, in the same place. */
function scalingOf({ slope, intercept }: NiftiHeader): Scaling | undefined {
  if (slope === 0 || Number.isNaN(slope)) return undefined;
  if (!Number.isFinite(slope) || !Number.isFinite(intercept)) {
    throw new RefusedInput('bad_nifti', {
      what: 'scl_slope, scl_inter',
      expected: 'finite',
      received: `${slope}, ${intercept}`,
    });
  }
  return slope === 1 && intercept === 0 ? undefined : { slope, intercept };
}

function timeStepOf({ pixdim, units, axes }: NiftiHeader): number | undefined {
  const unit = SECONDS[units & 0x38];
  const step = (unit ?? 0) * pixdim[4];
  return axes[3] > 1 && Number.isFinite(step) && step > 0 ? step : undefined;
}

const imageName = (file: string): string =>
  file.slice(file.lastIndexOf('/') + 1).replace(/\.hdr(\.gz)?$/i, (_, gz?: string) => `.img${gz ?? ''}`);
