import { inflateSync } from 'fflate';
import { RefusedInput } from '../../core/refusal.ts';
import { BEST_DEFLATE_RATIO, crc32 } from '../gzip.ts';

const MOST_ENTRIES = 20_000;
const MOST_BYTES = 2 * 2 ** 30;
const FLOOR_BYTES = 64 * 2 ** 20;
const MOST_RATIO = 200;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const END_BYTES = 22;
const ENCRYPTED = 1;
const UTF8 = 0x800;
const STORED = 0;
const DEFLATED = 8;

export interface ZipEntry {
  /** As the archive has it: text to be shown, never a path to be followed. Several entries may share it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Listed {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/**
 * Unpacks a zip archive in memory (APPNOTE 6.3.10, with zip64), in the order of its directory; folders are left out
 * and archives inside are not opened. All claims of the directory are checked against the bytes and the budget before
 * anything is unpacked, and every entry against its size and checksum after.
 * @throws RefusedInput `bad_archive` (truncated, contradictory, damaged, encrypted), `too_large` (more than 20 000
 *   entries), `inflate_limit` (expands beyond 2 GiB, or 64 MiB and 200 times its size), `unsupported_encoding`.
 */
export function readZip(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = findDirectory(view);
  if (directory.entries > MOST_ENTRIES) {
    throw new RefusedInput('too_large', { what: 'zip', size: directory.entries, limit: MOST_ENTRIES });
  }
  const listed = listEntries(bytes, view, directory).filter((entry) => !/[\\/]$/.test(entry.path));
  const limit = Math.min(MOST_BYTES, Math.max(FLOOR_BYTES, MOST_RATIO * bytes.length));
  const total = listed.reduce((sum, entry) => sum + entry.size, 0);
  if (total > limit) throw new RefusedInput('inflate_limit', { limit, received: total });
  return listed.map((entry) => ({ path: entry.path, bytes: unpack(bytes, view, directory.shift, entry) }));
}

interface Directory {
  readonly at: number;
  readonly size: number;
  readonly entries: number;
  /** Bytes that stand before the archive in its file; offsets do not count them. */
  readonly shift: number;
}

function findDirectory(view: DataView): Directory {
  const end = findEnd(view);
  let entries = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let offset = view.getUint32(end + 16, true);
  let stop = end;
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR64) {
    const given = bigAt(view, locator + 8);
    const end64 =
      view.byteLength >= given + 56 && view.getUint32(given, true) === END64 ? given : locator - 56;
    if (end64 < 0 || view.getUint32(end64, true) !== END64) throw damaged('zip64 end record', '');
    entries = bigAt(view, end64 + 32);
    size = bigAt(view, end64 + 40);
    offset = bigAt(view, end64 + 48);
    stop = end64;
  }
  const shift = stop - size - offset;
  if (shift < 0) throw damaged('directory', `${offset} + ${size} > ${stop}`);
  return { at: offset + shift, size, entries, shift };
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - 0xffff);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) {
    if (view.getUint32(at, true) === END && at + END_BYTES + view.getUint16(at + 20, true) <= view.byteLength)
      return at;
  }
  throw damaged('end record', '');
}

function listEntries(bytes: Uint8Array, view: DataView, { at, size, entries, shift }: Directory): Listed[] {
  const stop = at + size;
  const listed: Listed[] = [];
  for (let n = 0; n < entries; n++) {
    if (at + 46 > stop || view.getUint32(at, true) !== CENTRAL)
      throw damaged('directory', `${n} / ${entries}`);
    const flags = view.getUint16(at + 8, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > stop) throw damaged('directory', `${n} / ${entries}`);
    const path = textOf(bytes.subarray(at + 46, at + 46 + nameLength), (flags & UTF8) !== 0);
    if (flags & ENCRYPTED) throw damaged('encrypted', path);
    const method = view.getUint16(at + 10, true);
    if (method !== STORED && method !== DEFLATED) {
      throw new RefusedInput('unsupported_encoding', { what: path, received: `zip method ${method}` });
    }
    const wide = wideFields(view, at + 46 + nameLength, extraLength);
    const entry = {
      path,
      method,
      crc: view.getUint32(at + 16, true),
      size: wide(view.getUint32(at + 24, true)),
      packed: wide(view.getUint32(at + 20, true)),
      at: wide(view.getUint32(at + 42, true)) + shift,
    };
    const possible = method === STORED ? entry.packed : entry.packed * BEST_DEFLATE_RATIO;
    if (entry.packed > bytes.length || entry.size > possible)
      throw damaged(path, `${entry.packed} → ${entry.size}`);
    listed.push(entry);
    at = next;
  }
  return listed;
}

/** Fields that overflow 32 bits stand in the zip64 extra field, in the order in which they are asked for. */
function wideFields(view: DataView, start: number, length: number): (narrow: number) => number {
  let at = start;
  while (at + 4 <= start + length && view.getUint16(at, true) !== 1) at += 4 + view.getUint16(at + 2, true);
  const found = at + 4 <= start + length;
  const stop = found ? Math.min(start + length, at + 4 + view.getUint16(at + 2, true)) : 0;
  at += 4;
  return (narrow) => {
    if (narrow !== 0xffffffff || at + 8 > stop) return narrow;
    at += 8;
    return bigAt(view, at - 8);
  };
}

function unpack(
  bytes: Uint8Array,
  view: DataView,
  shift: number,
  { path, method, crc, packed, size, at }: Listed,
): Uint8Array {
  if (at < shift || at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL)
    throw damaged(path, `@${at}`);
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from + packed > bytes.length) throw damaged(path, `@${from}`);
  const raw = bytes.subarray(from, from + packed);
  const out = method === STORED ? raw.slice() : inflated(raw, size, path);
  if (out.length !== size || crc32(out) !== crc) throw damaged(path, 'CRC-32');
  return out;
}

function inflated(raw: Uint8Array, size: number, path: string): Uint8Array {
  if (size === 0) return new Uint8Array(0);
  try {
    return inflateSync(raw, { out: new Uint8Array(size) });
  } catch {
    throw damaged(path, 'deflate');
  }
}

const damaged = (what: string, received: string): RefusedInput =>
  new RefusedInput('bad_archive', { what, received });

function bigAt(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

/** Names are UTF-8 when marked so, and mostly when not; what is no UTF-8 is shown byte by byte. */
function textOf(name: Uint8Array, utf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !utf8, ignoreBOM: true }).decode(name);
  } catch {
    return Array.from(name, (byte) => String.fromCharCode(byte)).join('');
  }
}
