import { Gunzip, inflateSync } from 'fflate';
import { RefusedInput } from '../core/refusal.ts';

const STEP = 2 ** 16;
const HEADER = 10;
const TRAILER = 8;
/** Deflate cannot do better than this (RFC 1951: 258 bytes from 2 bits). */
export const BEST_DEFLATE_RATIO = 1032;

export const isGzip = (bytes: Uint8Array): boolean =>
  bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;

export interface Gunzipped {
  /** The first `most` bytes, or all of them when there are fewer. */
  readonly bytes: Uint8Array;
  /** More than `most` bytes follow. */
  readonly more: boolean;
}

/**
 * Inflates the first `most` bytes of a gzip file (RFC 1952), several members included. The caller states how many
 * bytes it can use, so a bomb costs no more than an honest file. The checksum of a single-member file is verified
 * when it is read whole.
 * @throws RefusedInput `decode_failed` when the stream is broken, ends before `most` bytes without its end mark, or
 *   does not match its checksum.
 */
export function gunzip(bytes: Uint8Array, most: number): Gunzipped {
  return wholeMember(bytes, most) ?? inStream(bytes, most);
}

/** The start of a gzip file for a look at what is in it: up to `most` bytes, fewer or none when it is broken. */
export function gunzipStart(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return inStream(bytes, most, true).bytes;
  } catch (error) {
    if (error instanceof RefusedInput) return new Uint8Array(0);
    throw error;
  }
}

/** Fast path: one member whose trailer states a size we want; undefined when the file is anything else. */
function wholeMember(bytes: Uint8Array, most: number): Gunzipped | undefined {
  const start = isGzip(bytes) ? memberStart(bytes) : undefined;
  if (start === undefined || bytes.length < start + TRAILER) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(bytes.length - 4, true);
  // Zeros that pad a file would read as the trailer of nothing.
  if (size === 0 || size > most || size > BEST_DEFLATE_RATIO * bytes.length) return undefined;
  try {
    const out = inflateSync(bytes.subarray(start, bytes.length - TRAILER), { out: new Uint8Array(size) });
    if (out.length !== size || crc32(out) !== view.getUint32(bytes.length - TRAILER, true)) return undefined;
    return { bytes: out, more: false };
  } catch {
    return undefined;
  }
}

/** Where the deflate stream of the first member starts. */
function memberStart(bytes: Uint8Array): number | undefined {
  const flags = bytes[3];
  let at = HEADER;
  if (flags & 4) at += 2 + (bytes[at] | (bytes[at + 1] << 8));
  for (const text of [8, 16]) {
    if (!(flags & text)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return at < bytes.length ? at : undefined;
}

function inStream(bytes: Uint8Array, most: number, lenient = false): Gunzipped {
  const parts: Uint8Array[] = [];
  let total = 0;
  let furtherMembers = 0;
  let broken = false;
  const start = isGzip(bytes) ? memberStart(bytes) : undefined;
  if (start === undefined) throw new RefusedInput('decode_failed', { what: 'gzip' });
  const stream = new Gunzip((part) => {
    if (total < most) parts.push(part.length > most - total ? part.slice(0, most - total) : part);
    total += part.length;
  });
  stream.onmember = () => furtherMembers++;
  try {
    for (let at = 0; at < bytes.length && total <= most; at += STEP) {
      stream.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    }
  } catch {
    broken = true;
  }
  const whole = new Uint8Array(Math.min(total, most));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  // What was read to its end must match its checksum; rubbish after the last member is forgiven when it does.
  if (!lenient && total <= most && (broken || furtherMembers === 0) && !hasTrailer(bytes, start, whole)) {
    throw new RefusedInput('decode_failed', { what: 'gzip' });
  }
  return { bytes: whole, more: total > most };
}

/** Does the trailer of these contents (checksum and length) stand in the file, at its end or before padding? */
function hasTrailer(bytes: Uint8Array, start: number, contents: Uint8Array): boolean {
  const trailer = new Uint8Array(TRAILER);
  const view = new DataView(trailer.buffer);
  view.setUint32(0, crc32(contents), true);
  view.setUint32(4, contents.length >>> 0, true);
  for (let at = bytes.length - TRAILER; at >= start; at--) {
    if (trailer.every((byte, i) => bytes[at + i] === byte)) return true;
    if (at < bytes.length - TRAILER - STEP) break;
  }
  return false;
}

const CRC_TABLE = (() => {
  const table = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    table[n] = c;
  }
  return table;
})();

/** CRC-32 of RFC 1952 (polynomial 0xEDB88320, reflected). */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
