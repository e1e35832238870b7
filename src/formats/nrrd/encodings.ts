import { BEST_DEFLATE_RATIO, gunzip } from '../gzip.ts';
import { expandBzip2 } from '../bzip2.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { SCALAR_BYTES, type ScalarType } from '../voxel-values.ts';
import { bad, type NrrdHeader } from './header.ts';

/** Bytes before the data that a skip of -1 may leave out of a compressed file. */
const MOST_SKIPPED = 2 ** 20;

/**
 * The `length` bytes of values that one data file (or the rest of the header's file) holds, after line skip,
 * decompression and byte skip in that order.
 * @throws RefusedInput `truncated`, `decode_failed`, `bad_nrrd` (more data than the header says, where none may follow).
 */
export function decodeValues(
  header: NrrdHeader,
  source: Uint8Array,
  length: number,
  detached: boolean,
  warnings: string[],
): Uint8Array {
  const { encoding, type, lineSkip, byteSkip } = header;
  const rest = afterLines(source, lineSkip);
  if (encoding === 'ascii') return fromText(rest.subarray(byteSkip), type, length);
  if (encoding === 'hex') return fromHex(rest.subarray(byteSkip), length);
  const wanted = length + (byteSkip < 0 ? MOST_SKIPPED : byteSkip);
  let found = rest;
  let more = false;
  if (encoding !== 'raw') {
    const possible = encoding === 'gzip' ? rest.length * BEST_DEFLATE_RATIO : Infinity;
    if (length > possible) throw missing(length, possible);
    ({ bytes: found, more } = encoding === 'gzip' ? gunzip(rest, wanted) : expandBzip2(rest, wanted));
  }
  if (byteSkip < 0 && more) throw bad('length of data', `≤ ${wanted}`, `> ${wanted}`);
  const from = byteSkip < 0 ? found.length - length : byteSkip;
  if (from < 0 || found.length < from + length)
    throw missing(length, Math.max(0, found.length - Math.max(0, byteSkip)));
  const surplus = found.length - from - length;
  if (surplus > 0 || more) {
    // Surplus where the header skips nothing means that it may have forgotten a skip: the values would be shifted.
    if (encoding !== 'raw' || (detached && byteSkip === 0))
      throw bad('length of data', String(length), more ? `> ${length}` : length + surplus);
    warnings.push(`${surplus} bytes after the data not read`);
  }
  return found.subarray(from, from + length);
}

const missing = (expected: number, received: number) =>
  new RefusedInput('truncated', { what: 'voxel values', expected, received });

function afterLines(bytes: Uint8Array, lines: number): Uint8Array {
  let at = 0;
  for (let n = 0; n < lines; n++) {
    const feed = bytes.indexOf(10, at);
    if (feed < 0) throw bad('line skip', `≤ ${n}`, lines);
    at = feed + 1;
  }
  return bytes.subarray(at);
}

/** Decimal numbers between white space or commas, put into little-endian bytes of the type. */
function fromText(source: Uint8Array, type: ScalarType, length: number): Uint8Array {
  const width = SCALAR_BYTES[type];
  const count = length / width;
  // Every number takes a digit and a separator, so the text bounds the count before anything is allocated.
  if (source.length < 2 * count - 1) throw missing(count, Math.ceil(source.length / 2));
  const out = new Uint8Array(length);
  const put = writerOf(new DataView(out.buffer), type);
  const isGap = (c: number) => c <= 32 || c === 44;
  let at = 0;
  for (let n = 0; n < count; n++) {
    while (at < source.length && isGap(source[at])) at++;
    const start = at;
    while (at < source.length && !isGap(source[at]) && at - start < 64) at++;
    if (start === at) throw missing(count, n);
    const word = String.fromCharCode(...source.subarray(start, at));
    const value = /^[-+]?(nan|inf)/i.test(word) ? specialOf(word) : Number(word);
    if (Number.isNaN(value) && !/nan/i.test(word)) throw bad('number', type, word.slice(0, 20));
    put(n * width, value, word);
  }
  return out;
}

const specialOf = (word: string): number =>
  /nan/i.test(word) ? NaN : word.startsWith('-') ? -Infinity : Infinity;

function writerOf(view: DataView, type: ScalarType): (at: number, value: number, word: string) => void {
  switch (type) {
    case 'float32':
      return (at, v) => view.setFloat32(at, v, true);
    case 'float64':
      return (at, v) => view.setFloat64(at, v, true);
    case 'int64':
    case 'uint64':
      return (at, _, word) => {
        if (!/^[-+]?\d+$/.test(word)) throw bad('number', type, word.slice(0, 20));
        view.setBigInt64(at, BigInt.asIntN(64, BigInt(word.replace('+', ''))), true);
      };
    default: {
      const bits = 8 * SCALAR_BYTES[type];
      const [least, most] = type.startsWith('u')
        ? [0, 2 ** bits - 1]
        : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
      return (at, v, word) => {
        if (!(Number.isInteger(v) && v >= least && v <= most)) throw bad('number', type, word.slice(0, 20));
        if (bits === 8) view.setUint8(at, v);
        else if (bits === 16) view.setUint16(at, v, true);
        else view.setUint32(at, v, true);
      };
    }
  }
}

/** Two hexadecimal digits a byte, white space between them allowed. */
function fromHex(source: Uint8Array, length: number): Uint8Array {
  if (source.length < 2 * length) throw missing(length, Math.floor(source.length / 2));
  const out = new Uint8Array(length);
  let digits = 0;
  for (let at = 0; at < source.length && digits < 2 * length; at++) {
    const c = source[at];
    if (c <= 32) continue;
    const digit = c >= 48 && c <= 57 ? c - 48 : (c | 32) >= 97 && (c | 32) <= 102 ? (c | 32) - 87 : -1;
    if (digit < 0) throw bad('hexadecimal digit', '0…9, a…f', String.fromCharCode(c));
    out[digits >> 1] |= digit << (digits % 2 === 0 ? 4 : 0);
    digits++;
  }
  if (digits < 2 * length) throw missing(length, digits >> 1);
  return out;
}
