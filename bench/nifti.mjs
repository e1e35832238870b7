// The least of NIfTI-1 that the bench needs: one volume, read and written gzipped, axes along the patient's.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

const TYPES = {
  2: Uint8Array,
  4: Int16Array,
  8: Int32Array,
  16: Float32Array,
  64: Float64Array,
  256: Int8Array,
  512: Uint16Array,
};

/** `{size, spacing, data}` with rescaled float32 values. */
export function readNifti(path) {
  const bytes = gunzipSync(readFileSync(path));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = [1, 2, 3].map((n) => view.getInt16(40 + 2 * n, true));
  const spacing = [1, 2, 3].map((n) => view.getFloat32(76 + 4 * n, true));
  const Type = TYPES[view.getInt16(70, true)];
  if (!Type || view.getInt32(0, true) !== 348) throw new Error(`${path} is no NIfTI that the bench reads`);
  const start = view.getFloat32(108, true);
  const count = size[0] * size[1] * size[2];
  const stored = new Type(
    bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + start + count * Type.BYTES_PER_ELEMENT),
  );
  const slope = view.getFloat32(112, true) || 1;
  const intercept = view.getFloat32(116, true) || 0;
  return { size, spacing, data: Float32Array.from(stored, (v) => slope * v + intercept) };
}

/** Writes Uint8Array or Int16Array values. */
export function writeNifti(path, size, spacing, values) {
  const header = new Uint8Array(352);
  const view = new DataView(header.buffer);
  view.setInt32(0, 348, true);
  [3, ...size, 1, 1, 1, 1].forEach((n, at) => view.setInt16(40 + 2 * at, n, true));
  view.setInt16(70, values instanceof Uint8Array ? 2 : 4, true);
  view.setInt16(72, 8 * values.BYTES_PER_ELEMENT, true);
  [1, ...spacing, 1].forEach((mm, at) => view.setFloat32(76 + 4 * at, mm, true));
  view.setFloat32(108, 352, true);
  view.setFloat32(112, 1, true);
  view.setInt16(254, 1, true);
  // sform: the file's axes are right, anterior, superior; ours point left and posterior.
  view.setFloat32(280, -spacing[0], true);
  view.setFloat32(300, -spacing[1], true);
  view.setFloat32(320, spacing[2], true);
  header.set([0x6e, 0x2b, 0x31, 0], 344);
  const body = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writeFileSync(path, gzipSync(Buffer.concat([header, body]), { level: 1 }));
}
