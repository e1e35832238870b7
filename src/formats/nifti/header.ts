import { RefusedInput } from '../../core/refusal.ts';
import type { ScalarType } from '../voxel-values.ts';

/** The fields of a NIfTI-1, NIfTI-2 or Analyze 7.5 header that say how to read the image. Spatial values in RAS. */
export interface NiftiHeader {
  readonly version: 'analyze' | 'nifti-1' | 'nifti-2';
  /** The values are in another file (`.img`). */
  readonly pair: boolean;
  readonly littleEndian: boolean;
  /** Lengths of the axes, `dim[1..dim[0]]`. */
  readonly axes: readonly number[];
  readonly datatype: number;
  readonly intent: number;
  /** `pixdim[0..7]`: the sign of the first is qfac. */
  readonly pixdim: readonly number[];
  readonly offset: number;
  readonly slope: number;
  readonly intercept: number;
  readonly units: number;
  readonly qformCode: number;
  readonly sformCode: number;
  /** quatern_b, c, d, qoffset_x, y, z */
  readonly quaternion: readonly number[];
  /** srow_x, srow_y, srow_z: 12 numbers, row by row */
  readonly sform: readonly number[];
}

export const NIFTI1_BYTES = 348;
export const NIFTI2_BYTES = 540;

/** NIfTI datatype codes that hold one real number a voxel. */
export const DATATYPES: Readonly<Partial<Record<number, ScalarType>>> = {
  2: 'uint8',
  4: 'int16',
  8: 'int32',
  16: 'float32',
  64: 'float64',
  256: 'int8',
  512: 'uint16',
  768: 'uint32',
  1024: 'int64',
  1280: 'uint64',
};

export type NiftiKind = Pick<NiftiHeader, 'version' | 'pair' | 'littleEndian'>;

/** Tells from the first bytes which header this is; undefined when it is none. */
export function niftiKind(bytes: Uint8Array): NiftiKind | undefined {
  if (bytes.length < NIFTI1_BYTES) return undefined;
  const view = viewOf(bytes);
  for (const littleEndian of [true, false]) {
    const size = view.getInt32(0, littleEndian);
    if (size === NIFTI2_BYTES && bytes.length >= NIFTI2_BYTES) {
      const magic = magicAt(bytes, 4);
      if (magic === 'n+2' || magic === 'ni2')
        return { version: 'nifti-2', pair: magic === 'ni2', littleEndian };
    }
    if (size === NIFTI1_BYTES) {
      const magic = magicAt(bytes, 344);
      if (magic === 'n+1' || magic === 'ni1')
        return { version: 'nifti-1', pair: magic === 'ni1', littleEndian };
      const dimensions = view.getInt16(40, littleEndian);
      if (dimensions >= 1 && dimensions <= 7) return { version: 'analyze', pair: true, littleEndian };
    }
  }
  return undefined;
}

/**
 * Reads the header. Layouts: nifti1.h and nifti2.h of the NIfTI Data Format Working Group; Analyze 7.5 dbh.h, with
 * the scale factor that SPM keeps in it.
 * @throws RefusedInput `bad_nifti` when it is no such header or its dimensions make no sense.
 */
export function readHeader(bytes: Uint8Array): NiftiHeader {
  const kind = niftiKind(bytes);
  if (!kind)
    throw new RefusedInput('bad_nifti', {
      what: 'header',
      expected: 'NIfTI-1, NIfTI-2, Analyze 7.5',
      received: bytes.length,
    });
  const view = viewOf(bytes);
  return kind.version === 'nifti-2' ? header2(view, kind) : header1(view, kind);
}

function header1(view: DataView, kind: NiftiKind): NiftiHeader {
  const e = kind.littleEndian;
  const nifti = kind.version === 'nifti-1';
  return {
    ...kind,
    axes: axesFrom((i) => view.getInt16(40 + 2 * i, e)),
    datatype: view.getInt16(70, e),
    intent: nifti ? view.getInt16(68, e) : 0,
    pixdim: numbers(8, (i) => view.getFloat32(76 + 4 * i, e)),
    offset: view.getFloat32(108, e),
    slope: view.getFloat32(112, e),
    intercept: nifti ? view.getFloat32(116, e) : 0,
    units: nifti ? view.getUint8(123) : 0,
    qformCode: nifti ? view.getInt16(252, e) : 0,
    sformCode: nifti ? view.getInt16(254, e) : 0,
    quaternion: numbers(6, (i) => view.getFloat32(256 + 4 * i, e)),
    sform: numbers(12, (i) => view.getFloat32(280 + 4 * i, e)),
  };
}

function header2(view: DataView, kind: NiftiKind): NiftiHeader {
  const e = kind.littleEndian;
  return {
    ...kind,
    axes: axesFrom((i) => Number(view.getBigInt64(16 + 8 * i, e))),
    datatype: view.getInt16(12, e),
    intent: view.getInt32(504, e),
    pixdim: numbers(8, (i) => view.getFloat64(104 + 8 * i, e)),
    offset: Number(view.getBigInt64(168, e)),
    slope: view.getFloat64(176, e),
    intercept: view.getFloat64(184, e),
    units: view.getInt32(500, e),
    qformCode: view.getInt32(344, e),
    sformCode: view.getInt32(348, e),
    quaternion: numbers(6, (i) => view.getFloat64(352 + 8 * i, e)),
    sform: numbers(12, (i) => view.getFloat64(400 + 8 * i, e)),
  };
}

function axesFrom(dim: (i: number) => number): number[] {
  const rank = dim(0);
  if (!(rank >= 1 && rank <= 7))
    throw new RefusedInput('bad_nifti', { what: 'dim[0]', expected: '1…7', received: rank });
  const axes = numbers(rank, (i) => dim(i + 1));
  const bad = axes.findIndex((n) => !(n >= 1));
  if (bad >= 0)
    throw new RefusedInput('bad_nifti', { what: `dim[${bad + 1}]`, expected: '≥ 1', received: axes[bad] });
  return axes;
}

const numbers = (n: number, at: (i: number) => number): number[] =>
  Array.from({ length: n }, (_, i) => at(i));
const viewOf = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength);
const magicAt = (b: Uint8Array, at: number): string => String.fromCharCode(b[at], b[at + 1], b[at + 2]);
