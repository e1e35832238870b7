import { gzipSync } from 'fflate';
import { voxelCount, type Grid, type Vec3 } from '../../core/geometry.ts';

export interface NrrdImage {
  readonly grid: Grid;
  /** One value a voxel, or several volumes one after the other; kept in the type that they come in. */
  readonly data: Float32Array | Float64Array | Uint8Array;
}

const HOST_IS_LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Writes a NRRD file with gzipped data in LPS patient space ("Definition of NRRD File Format", version 4). Positions are
 * printed with all their digits, so that grid and values come back bit for bit. Further volumes are a last axis of kind
 * `list`.
 * @throws RangeError when the data do not fill the grid.
 */
export function writeNrrd({ grid: { size, affine }, data }: NrrdImage): Uint8Array {
  const count = data.length / voxelCount(size);
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`${data.length} values do not fill ${size.join(' × ')}`);
  }
  const several = count > 1;
  const vector = (v: Vec3): string => `(${v.map((c) => (Object.is(c, -0) ? 0 : c)).join(',')})`;
  const header = [
    'NRRD0004',
    `type: ${data instanceof Uint8Array ? 'unsigned char' : data instanceof Float32Array ? 'float' : 'double'}`,
    `dimension: ${several ? 4 : 3}`,
    'space: left-posterior-superior',
    `sizes: ${[...size, ...(several ? [count] : [])].join(' ')}`,
    `space directions: ${affine.matrix.map(vector).join(' ')}${several ? ' none' : ''}`,
    `kinds: domain domain domain${several ? ' list' : ''}`,
    `endian: ${HOST_IS_LITTLE ? 'little' : 'big'}`,
    'encoding: gzip',
    `space origin: ${vector(affine.origin)}`,
    '\n',
  ].join('\n');
  const start = new TextEncoder().encode(header);
  const values = gzipSync(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), {
    level: 6,
    mtime: 0,
  });
  const file = new Uint8Array(start.length + values.length);
  file.set(start);
  file.set(values, start.length);
  return file;
}
