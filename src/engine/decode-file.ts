import { RefusedInput } from '../core/refusal.ts';
import { explainRefusal } from '../core/refusal-texts.ts';
import type { FileSource } from './api.ts';
import { sha256 } from './hash.ts';
import { decodeFileJob, readFileJob, type ReadFile } from './jobs/read-file.ts';

interface Decoded {
  /** Columns, rows, frames for DICOM; the lengths of all axes for NIfTI, NRRD and MGH. */
  readonly size: readonly number[];
  readonly samples: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the stored values, little-endian, native bit depth, before rescale; of the scaled values as float64 for NIfTI, NRRD and MGH. */
  readonly sha256: string;
  readonly warnings: readonly string[];
}

type Refused = {
  readonly refused: { readonly file: string; readonly kind: string; readonly message: string };
};
type NoImage = { readonly object: string };

/** What one file decodes to, for comparison with other readers. */
export async function decodeFile(source: FileSource): Promise<Decoded | Refused | NoImage> {
  try {
    const value = await readOrPixelsOnly(source);
    if (value === 'pixels only') return await decodedPixels(source);
    if (value.kind === 'archive' || value.kind === 'companion') return { object: value.kind };
    if (value.kind === 'image') {
      const { size, count, data, warnings } = value.image;
      const scaled = Float64Array.from(data);
      return {
        size: count > 1 ? [...size, count] : size,
        samples: 1,
        ...(await summary(data, new Uint8Array(scaled.buffer))),
        warnings,
      };
    }
    const { kind, objectKind } = value.instance;
    if (kind === 'object') return { object: objectKind ?? 'object' };
    return await decodedPixels(source);
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = explainRefusal(error.toRefusal(source.path));
    const message = `${sentence.en} ${remedy.en}`;
    return { refused: { file: source.path, kind: error.kind, message } };
  }
}

async function summary(values: ArrayLike<number>, bytes: Uint8Array<ArrayBuffer>) {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    if (v < min) min = v;
    if (v > max) max = v;
    sum += v;
  }
  return { min, max, mean: sum / values.length, sha256: await sha256(bytes) };
}

/** What the file is; a segmentation whose frames have no place (whole-slide images) still has its pixels. */
async function readOrPixelsOnly(source: FileSource): Promise<ReadFile | 'pixels only'> {
  try {
    return (await readFileJob.run({ source, companions: [], decode: false }, {})).value;
  } catch (error) {
    if (error instanceof RefusedInput && error.kind === 'region_unreadable') return 'pixels only';
    throw error;
  }
}

async function decodedPixels(source: FileSource): Promise<Decoded> {
  const { value: pixels } = await decodeFileJob.run({ source }, {});
  const { values } = pixels;
  const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
  return {
    size: [pixels.columns, pixels.rows, pixels.frames],
    samples: pixels.samples,
    ...(await summary(values, bytes)),
    warnings: pixels.warnings,
  };
}
