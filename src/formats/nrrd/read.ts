import type { ImageFile } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { checkedCount, SCALAR_BYTES, voxelValues } from '../voxel-values.ts';
import type { VolumeData } from '../../core/volume.ts';
import { dataFiles } from './data-files.ts';
import { decodeValues } from './encodings.ts';
import { readNrrdHeader, type NrrdHeader } from './header.ts';
import { orientationOf, type NrrdAxes } from './orientation.ts';
import { segmentsOf } from './segments.ts';

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['sec', 1],
  ['seconds', 1],
  ['ms', 1e-3],
  ['msec', 1e-3],
  ['milliseconds', 1e-3],
]);

/**
 * Reads a NRRD image (`.nrrd`, or `.nhdr` with its data beside it): raw, gzip, bzip2, text and hexadecimal data.
 * @param detached gives the bytes of a data file in the header's folder by the name that the header has for it
 * @returns values on a grid in LPS millimetres. Axes outside space, wherever they stand, become the fourth axis.
 * @throws RefusedInput `bad_nrrd`, `missing_attributes`, `unsupported_encoding`, `truncated`, `too_large`,
 *   `decode_failed`, `detached_data_missing` (not given, or its name leads out of the folder).
 */
export function readNrrd(
  bytes: Uint8Array,
  file: string,
  detached?: (name: string) => Uint8Array | undefined,
): ImageFile {
  const header = readNrrdHeader(bytes);
  const { sizes, type, fields } = header;
  const warnings: string[] = [];
  const n = checkedCount(sizes, type);
  const axes = orientationOf(header, warnings);
  const stored = storedValues(header, bytes, n * SCALAR_BYTES[type], detached, warnings);
  const littleEndian = header.encoding === 'ascii' || header.littleEndian;
  const values = voxelValues(stored, type, littleEndian, n);
  const count = axes.other.reduce((product, axis) => product * sizes[axis], 1);
  if (axes.other.length > 1)
    warnings.push(`axes outside space (${axes.other.map((a) => sizes[a]).join(' × ')}) flattened`);
  const timeStep = count > 1 ? timeStepOf(header, axes) : undefined;
  const labels = segmentsOf(header.keys);
  return {
    format: 'nrrd',
    file,
    size: axes.size,
    count,
    affine: axes.affine,
    data: spatialFirst(values.data, sizes, axes),
    storedType: fields.get('type') ?? type,
    integral: values.integral,
    ...(timeStep !== undefined && { timeStep }),
    ...(labels && { labels }),
    warnings: [...warnings, ...values.warnings],
  };
}

function storedValues(
  header: NrrdHeader,
  bytes: Uint8Array,
  length: number,
  detached: ((name: string) => Uint8Array | undefined) | undefined,
  warnings: string[],
): Uint8Array {
  const names = dataFiles(header);
  if (!names) return decodeValues(header, bytes.subarray(header.end), length, false, warnings);
  const sources = names.map((name) => {
    const source = detached?.(name);
    if (!source) throw new RefusedInput('detached_data_missing', { name });
    return source;
  });
  if (sources.length === 1) return decodeValues(header, sources[0], length, true, warnings);
  const width = length / sources.length;
  if (!Number.isInteger(width / SCALAR_BYTES[header.type])) {
    throw new RefusedInput('bad_nrrd', {
      what: 'data files',
      expected: header.sizes.join(' × '),
      received: sources.length,
    });
  }
  const parts = sources.map((source) => decodeValues(header, source, width, true, warnings));
  const whole = new Uint8Array(length);
  parts.forEach((part, k) => whole.set(part, k * width));
  return whole;
}

/** Brings the axes in space to the front and the others behind them, each in file order. */
function spatialFirst(data: VolumeData, sizes: readonly number[], { spatial, other }: NrrdAxes): VolumeData {
  const order = [...spatial, ...other];
  if (order.every((axis, place) => axis === place)) return data;
  const strides: number[] = [];
  sizes.reduce((stride, size, axis) => ((strides[axis] = stride), stride * size), 1);
  const out = data instanceof Float32Array ? new Float32Array(data.length) : new Float64Array(data.length);
  const index = order.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from];
    for (let k = 0; k < order.length; k++) {
      from += strides[order[k]];
      if (++index[k] < sizes[order[k]]) break;
      from -= strides[order[k]] * sizes[order[k]];
      index[k] = 0;
    }
  }
  return out;
}

/**
 * Seconds between volumes: the spacing of a time axis with its unit, or the evenly spaced frame labels that 3D Slicer
 * writes for a multi-volume.
 */
function timeStepOf({ fields, keys }: NrrdHeader, { other }: NrrdAxes): number | undefined {
  const [axis] = other;
  const kind = fields.get('kinds')?.toLowerCase().split(/\s+/)[axis];
  const unit = SECONDS.get(
    [...(fields.get('units') ?? '').matchAll(/"([^"]*)"/g)][axis]?.[1].toLowerCase() ?? '',
  );
  const spacing = Number(fields.get('spacings')?.split(/\s+/)[axis]);
  if (kind === 'time' && unit !== undefined && spacing > 0 && Number.isFinite(spacing)) return spacing * unit;
  const labels = (keys.get('MultiVolume.FrameLabels') ?? '').split(',').map(Number);
  const labelUnit = SECONDS.get(
    (keys.get('MultiVolume.FrameIdentifyingDICOMTagUnits') ?? '').trim().toLowerCase(),
  );
  if (labelUnit === undefined || labels.length < 2 || !labels.every(Number.isFinite)) return undefined;
  const step = (labels[labels.length - 1] - labels[0]) / (labels.length - 1);
  const even = labels.every((label, i) => Math.abs(label - labels[0] - i * step) <= 0.01 * Math.abs(step));
  return even && step > 0 ? step * labelUnit : undefined;
}
