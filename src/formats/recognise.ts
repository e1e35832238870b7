import { isDicom } from './dicom/read.ts';
import { gunzipStart, isGzip } from './gzip.ts';
import { isMgh } from './mgh/read.ts';
import { niftiKind } from './nifti/header.ts';

/** What a file is, as far as its first bytes and its name tell. `gzip`: a gzipped file of another known format. */
export type FileKind =
  | 'dicom'
  | 'nifti'
  | 'nrrd'
  | 'mgh'
  | 'zip'
  | 'gzip'
  | 'gzip-nifti'
  | 'nifti-header'
  | 'nifti-image'
  | 'unknown';

const LOOK = 1024;
const COMPANION = /\.(img|raw)(\.gz)?$/i;

/**
 * Recognises a file by its content, and by its name where the content says nothing (`.img` and `.raw` hold bare
 * values). `nifti-header` is the header of a pair, `nifti-image` the data of one; `mgh` and `nrrd` are read by their
 * readers gzipped or not as the format has it.
 */
export function sniff(bytes: Uint8Array, name: string): FileKind {
  if (isGzip(bytes)) return sniffGzip(bytes, name);
  const kind = plainKind(bytes, name);
  return kind === 'unknown' && COMPANION.test(name) ? 'nifti-image' : kind;
}

function sniffGzip(bytes: Uint8Array, name: string): FileKind {
  if (COMPANION.test(name)) return 'nifti-image';
  const inner = plainKind(gunzipStart(bytes.subarray(0, 64 * LOOK), LOOK), name.replace(/\.gz$/i, ''));
  if (inner === 'nifti') return 'gzip-nifti';
  if (inner === 'nifti-header' || inner === 'mgh') return inner;
  if (inner !== 'unknown') return 'gzip';
  // Damaged at the start: the reader of what the name promises says what is wrong.
  if (/\.nii\.gz$/i.test(name)) return 'gzip-nifti';
  if (/\.hdr\.gz$/i.test(name)) return 'nifti-header';
  return /\.mg(z|h\.gz)$/i.test(name) ? 'mgh' : 'unknown';
}

function plainKind(bytes: Uint8Array, name: string): FileKind {
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return 'zip';
  if (startsWith(bytes, 'NRRD000')) return 'nrrd';
  if (hasPreamble(bytes)) return 'dicom';
  const nifti = niftiKind(bytes);
  if (nifti) return nifti.pair ? 'nifti-header' : 'nifti';
  if (isMgh(bytes)) return 'mgh';
  // Bare values can look like a data set without preamble and with implicit value representation.
  const convincing = !COMPANION.test(name) || /^[A-Z]{2}$/.test(latin(bytes, 4, 2));
  if (convincing && isDicom(bytes)) return 'dicom';
  if (/\.nii$/i.test(name)) return 'nifti';
  if (/\.mgh$/i.test(name)) return 'mgh';
  return /\.n(rrd|hdr)$/i.test(name) ? 'nrrd' : 'unknown';
}

const latin = (bytes: Uint8Array, at: number, n: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + n));
const hasPreamble = (bytes: Uint8Array): boolean => latin(bytes, 128, 4) === 'DICM';
const startsWith = (bytes: Uint8Array, text: string): boolean => latin(bytes, 0, text.length) === text;
