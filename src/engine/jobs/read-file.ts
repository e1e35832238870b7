import type { FileSource } from '../api.ts';
import type { DecodedPixels, DicomInstance, ImageFile } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import { decodePixels } from '../../formats/dicom/decode.ts';
import { readDicom } from '../../formats/dicom/read.ts';
import { readMgh } from '../../formats/mgh/read.ts';
import { readNifti } from '../../formats/nifti/read.ts';
import { readNrrd } from '../../formats/nrrd/read.ts';
import { gunzip, isGzip } from '../../formats/gzip.ts';
import { sniff } from '../../formats/recognise.ts';
import { readZip } from '../../formats/zip/read.ts';
import { readRtstruct } from '../../regions/import/rtstruct.ts';
import { readSeg } from '../../regions/import/seg.ts';
import { sha256 } from '../hash.ts';
import type { Job, JobResult } from './job.ts';

const LARGEST_FILE = 2 ** 31 - 1; // one ArrayBuffer that every browser grants

export interface ReadFileInput {
  readonly source: FileSource;
  /** Files of the same folder that may hold this one's data (.img beside .hdr, raw data beside .nhdr). */
  readonly companions: readonly FileSource[];
  /** Decode pixels at once while they are at hand; false to save memory. */
  readonly decode: boolean;
}

/** What one file turned out to be. */
export type ReadFile =
  | {
      readonly kind: 'dicom';
      readonly instance: DicomInstance;
      readonly pixels?: DecodedPixels;
      readonly regions: readonly RegionSource[];
      readonly hash: string;
    }
  | { readonly kind: 'image'; readonly image: ImageFile; readonly labels: boolean; readonly hash: string }
  | {
      readonly kind: 'archive';
      readonly entries: readonly FileSource[];
      readonly warnings: readonly string[];
    }
  /** Data of another file's header: nothing of its own. */
  | { readonly kind: 'companion' };

/** Reads one file: recognises it by its bytes, parses it, and decodes what can be decoded. */
export const readFileJob: Job<ReadFileInput, ReadFile> = {
  async run({ source, companions, decode }, context) {
    const bytes = await bytesOf(source);
    context.onProgress?.(0.1);
    if (bytes.length === 0) throw new RefusedInput('empty_file');
    return readBytes(bytes, source.path, companions, decode);
  },
};

/** Reads the bytes of one file by what they are; a gzipped one is unpacked first. */
async function readBytes(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  companions: readonly FileSource[],
  decode: boolean,
  name = path,
): Promise<JobResult<ReadFile>> {
  switch (sniff(bytes, name)) {
    case 'dicom':
      return readDicomFile(bytes, path, decode);
    case 'gzip':
      // One layer only: a gzip inside a gzip is no image.
      if (name !== path) throw new RefusedInput('bad_archive', { problem: 'nested' });
      return readBytes(unpacked(bytes), path, companions, decode, path.replace(/\.gz$/i, '') || 'unpacked');
    case 'nifti':
    case 'gzip-nifti':
      return imageResult(readNifti(bytes, path), bytes);
    case 'nifti-header':
      return imageResult(readNifti(bytes, path, await imageBeside(path, companions)), bytes);
    case 'nifti-image':
      return { value: { kind: 'companion' } };
    case 'nrrd': {
      const beside = await contentsOf(path, companions);
      return imageResult(
        readNrrd(bytes, path, (name) => beside.get(name)),
        bytes,
      );
    }
    case 'mgh':
      return imageResult(readMgh(bytes, path), bytes);
    case 'zip': {
      const entries = readZip(bytes).map((e) => ({
        path: `${path}/${e.path}`,
        content: e.bytes as Uint8Array<ArrayBuffer>,
      }));
      return {
        value: { kind: 'archive', entries, warnings: [] },
        transfer: [...new Set(entries.map((e) => e.content.buffer))],
      };
    }
    default:
      throw new RefusedInput('not_dicom', { bytes: bytes.length });
  }
}

const unpacked = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  gunzip(bytes, LARGEST_FILE).bytes as Uint8Array<ArrayBuffer>;

/** The bytes of a DICOM file, gzipped or not. */
async function dicomBytes(source: FileSource): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await bytesOf(source);
  return isGzip(bytes) ? unpacked(bytes) : bytes;
}

/** Decodes the pixels of one DICOM file again, when they were not kept. */
export const decodeFileJob: Job<{ readonly source: FileSource }, DecodedPixels> = {
  async run({ source }) {
    const bytes = await dicomBytes(source);
    const pixels = await decodePixels(bytes, readDicom(bytes, source.path));
    return { value: pixels, transfer: [pixels.values.buffer as ArrayBuffer] };
  },
};

/** Attributes of one DICOM file, for the tag browser. */
export const attributesJob: Job<{ readonly source: FileSource }, DicomInstance['attributes']> = {
  run: async ({ source }) => ({ value: readDicom(await dicomBytes(source), source.path).attributes }),
};

async function readDicomFile(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  decode: boolean,
): Promise<JobResult<ReadFile>> {
  const hash = await sha256(bytes);
  const instance = readDicom(bytes, path);
  if (instance.objectKind === 'rtstruct') {
    return { value: { kind: 'dicom', instance, regions: readRtstruct(instance), hash } };
  }
  if (instance.kind === 'object') return { value: { kind: 'dicom', instance, regions: [], hash } };
  const isSeg = instance.objectKind === 'seg';
  if (!decode && !isSeg) return { value: { kind: 'dicom', instance, regions: [], hash } };
  const pixels = await decodePixels(bytes, instance);
  if (isSeg) {
    const regions = readSeg(instance, pixels);
    return { value: { kind: 'dicom', instance, regions, hash } };
  }
  return {
    value: { kind: 'dicom', instance, pixels, regions: [], hash },
    transfer: [pixels.values.buffer as ArrayBuffer],
  };
}

async function imageResult(image: ImageFile, bytes: Uint8Array<ArrayBuffer>): Promise<JobResult<ReadFile>> {
  const hash = await sha256(bytes);
  return {
    value: { kind: 'image', image, labels: looksLikeLabels(image), hash },
    transfer: [image.data.buffer as ArrayBuffer],
  };
}

const MOST_LABELS = 64;

/** Whole numbers, zero among them as background, and few different ones: a label map rather than an image. */
function looksLikeLabels({ integral, data, labels }: ImageFile): boolean {
  if (labels) return true;
  if (!integral) return false;
  const seen = new Set<number>();
  for (let i = 0; i < data.length; i++) {
    if (seen.add(data[i]).size > MOST_LABELS) return false;
  }
  return seen.has(0) && seen.size > 1;
}

async function bytesOf({ path, content }: FileSource): Promise<Uint8Array<ArrayBuffer>> {
  if (content instanceof Uint8Array) return content;
  if (content.size > LARGEST_FILE) {
    throw new RefusedInput('too_large', { size: content.size, limit: LARGEST_FILE, what: path });
  }
  try {
    return new Uint8Array(await content.arrayBuffer());
  } catch {
    // The platform's own words differ from browser to browser; the kind says what the person can act on.
    throw new RefusedInput('read_failed', { size: content.size });
  }
}

const stem = (path: string): string => path.replace(/\.(hdr|img)(\.gz)?$/i, '');
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

async function imageBeside(path: string, companions: readonly FileSource[]): Promise<Uint8Array | undefined> {
  const beside = companions.find((c) => /\.img(\.gz)?$/i.test(c.path) && stem(c.path) === stem(path));
  return beside && bytesOf(beside);
}

/** Contents of the companions, by their path from the header's folder. */
async function contentsOf(path: string, companions: readonly FileSource[]): Promise<Map<string, Uint8Array>> {
  const folder = folderOf(path);
  const found = new Map<string, Uint8Array>();
  for (const c of companions)
    if (c.path.startsWith(folder)) found.set(c.path.slice(folder.length), await bytesOf(c));
  return found;
}
