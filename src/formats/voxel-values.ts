import { RefusedInput } from '../core/refusal.ts';
import type { VolumeData } from '../core/volume.ts';

/** Scalar types that image files hold, one name for all formats. */
export type ScalarType =
  'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'uint64' | 'int64' | 'float32' | 'float64';

export const SCALAR_BYTES: Readonly<Record<ScalarType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  uint64: 8,
  int64: 8,
  float32: 4,
  float64: 8,
};

/** Largest array of intensities that is made; more does not fit beside its working copies in a tab. */
export const MOST_VALUE_BYTES = 4 * 2 ** 30;

const HOST_IS_LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const EXACT_IN_FLOAT32: ReadonlySet<ScalarType> = new Set(['uint8', 'int8', 'uint16', 'int16', 'float32']);

/** How stored values become intensities: `slope · stored + intercept`. */
export interface Scaling {
  readonly slope: number;
  readonly intercept: number;
}

export interface VoxelValues {
  readonly data: VolumeData;
  /** Every value is a whole number from 0 to 65535. */
  readonly integral: boolean;
  readonly warnings: readonly string[];
}

/**
 * The number of values of an image of these axes, checked against what may be held in memory.
 * @throws RefusedInput `too_large`.
 */
export function checkedCount(axes: readonly number[], type: ScalarType): number {
  const n = axes.reduce((product, axis) => product * axis, 1);
  const bytes = n * Math.max(4, SCALAR_BYTES[type]);
  if (!(bytes <= MOST_VALUE_BYTES))
    throw new RefusedInput('too_large', { what: axes.join(' × '), size: bytes, limit: MOST_VALUE_BYTES });
  return n;
}

/**
 * Turns the bytes of a file into intensities. Types that float32 holds exactly, unscaled, give a Float32Array; all
 * others a Float64Array, so that no value is rounded (64-bit integers beyond 2⁵³ are, and a warning says so).
 * @param bytes at least `count` values of `type`; what follows is not read
 * @throws RefusedInput `truncated` when the bytes are fewer, before anything is allocated.
 */
export function voxelValues(
  bytes: Uint8Array,
  type: ScalarType,
  littleEndian: boolean,
  count: number,
  scaling?: Scaling,
): VoxelValues {
  const length = count * SCALAR_BYTES[type];
  if (bytes.length < length)
    throw new RefusedInput('truncated', { what: 'voxel values', expected: length, received: bytes.length });
  const stored = bytes.slice(0, length);
  if (littleEndian !== HOST_IS_LITTLE) swapBytes(stored, SCALAR_BYTES[type]);
  const warnings: string[] = [];
  const data = toFloats(stored.buffer, type, scaling !== undefined, warnings);
  if (scaling) {
    const { slope, intercept } = scaling;
    for (let i = 0; i < data.length; i++) data[i] = data[i] * slope + intercept;
  }
  return { data, integral: isIntegral(data), warnings };
}

function toFloats(buffer: ArrayBuffer, type: ScalarType, scaled: boolean, warnings: string[]): VolumeData {
  const values =
    type === 'int64' || type === 'uint64' ? from64(buffer, type, warnings) : storedView(buffer, type);
  if (EXACT_IN_FLOAT32.has(type) && !scaled) {
    return values instanceof Float32Array ? values : new Float32Array(values);
  }
  return values instanceof Float64Array ? values : new Float64Array(values);
}

function storedView(buffer: ArrayBuffer, type: Exclude<ScalarType, 'int64' | 'uint64'>) {
  switch (type) {
    case 'uint8':
      return new Uint8Array(buffer);
    case 'int8':
      return new Int8Array(buffer);
    case 'uint16':
      return new Uint16Array(buffer);
    case 'int16':
      return new Int16Array(buffer);
    case 'uint32':
      return new Uint32Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'float32':
      return new Float32Array(buffer);
    case 'float64':
      return new Float64Array(buffer);
  }
}

function from64(buffer: ArrayBuffer, type: 'int64' | 'uint64', warnings: string[]): Float64Array {
  const words = new Uint32Array(buffer);
  const out = new Float64Array(words.length / 2);
  const [low, high] = HOST_IS_LITTLE ? [0, 1] : [1, 0];
  let rounded = 0;
  for (let i = 0; i < out.length; i++) {
    const top = type === 'int64' ? words[2 * i + high] | 0 : words[2 * i + high];
    out[i] = top * 2 ** 32 + words[2 * i + low];
    if (!Number.isSafeInteger(out[i])) rounded++;
  }
  if (rounded > 0) warnings.push(`${rounded} values beyond 2^53 were rounded`);
  return out;
}

/** Reverses the bytes of every value in place. */
function swapBytes(bytes: Uint8Array<ArrayBuffer>, width: number): void {
  if (width === 2) {
    const words = new Uint16Array(bytes.buffer);
    for (let i = 0; i < words.length; i++) words[i] = (words[i] << 8) | (words[i] >>> 8);
  } else if (width >= 4) {
    const words = new Uint32Array(bytes.buffer);
    for (let i = 0; i < words.length; i++) {
      const w = words[i];
      words[i] = (w << 24) | ((w & 0xff00) << 8) | ((w >>> 8) & 0xff00) | (w >>> 24);
    }
    if (width === 8) {
      for (let i = 0; i < words.length; i += 2) {
        const first = words[i];
        words[i] = words[i + 1];
        words[i + 1] = first;
      }
    }
  }
}

/** Is every value a whole number from 0 to 65535? */
export function isIntegral(data: VolumeData): boolean {
  for (let i = 0; i < data.length; i++) {
    const v = data[i];
    if (!(v >= 0 && v <= 65535) || v !== Math.floor(v)) return false;
  }
  return true;
}
