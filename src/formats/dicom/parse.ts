import dicomParser, { type DataSet, type Element } from 'dicom-parser';
import { withoutPadding } from '../../core/dicom.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { inflateCapped } from './inflate.ts';
import { DEFLATED, EXPLICIT_BE, EXPLICIT_LE, IMPLICIT_LE } from './transfer-syntax.ts';

/** A data set as dicom-parser sees it, over bytes that start with a preamble and are inflated where the file was not. */
export interface Parsed {
  readonly dataSet: DataSet;
  /** The file meta group, always little endian. */
  readonly meta: DataSet['elements'];
  readonly bytes: Uint8Array;
  readonly transferSyntax: string;
  readonly littleEndian: boolean;
  readonly warnings: readonly string[];
}

const PREAMBLE = 132;
const LONGEST_UID = 66;
/** Value representations with a length of four bytes, behind two that are reserved (PS3.5 Table 7.1-1). */
const LONG = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
/** Those of them that dicom-parser 1.8.21 takes for short ones. */
const NEWER = new Set(['OV', 'SV', 'UV']);
const latin = (bytes: Uint8Array, at: number, n: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + n));
const hasMagic = (bytes: Uint8Array): boolean => bytes.length >= PREAMBLE && latin(bytes, 128, 4) === 'DICM';
const isVr = (s: string): boolean => /^[A-Z]{2}$/.test(s);

/** How a data set without file meta information is encoded, guessed from its first element; undefined if it is none. */
function guessSyntax(bytes: Uint8Array, at: number): string | undefined {
  if (bytes.length < at + 8) return undefined;
  const group = bytes[at] | (bytes[at + 1] << 8);
  const swapped = (bytes[at] << 8) | bytes[at + 1];
  const vr = latin(bytes, at + 4, 2);
  // The first group of a data set is 0002 to 0020; command groups and rubbish are not.
  const plausible = (g: number) =>
    g === 0x0002 ||
    g === 0x0004 ||
    g === 0x0008 ||
    g === 0x0009 ||
    g === 0x0010 ||
    g === 0x0018 ||
    g === 0x0020 ||
    g === 0x0028;
  if (plausible(group) && isVr(vr)) return EXPLICIT_LE;
  if (plausible(swapped) && isVr(vr)) return EXPLICIT_BE;
  const length = bytes[at + 4] | (bytes[at + 5] << 8) | (bytes[at + 6] << 16) | (bytes[at + 7] << 24);
  if (plausible(group) && length >= 0 && length <= bytes.length - at - 8) return IMPLICIT_LE;
  return undefined;
}

/** Is this a DICOM file: with preamble, with a bare file meta group, or with a bare data set? A cheap look at the start. */
export function isDicom(bytes: Uint8Array): boolean {
  return hasMagic(bytes) || guessSyntax(bytes, 0) !== undefined;
}

/**
 * Parses the data set.
 * @throws RefusedInput `empty_file`, `not_dicom`, `empty_dataset`, `truncated`, `malformed`, `nesting_too_deep`, `inflate_limit`.
 */
export function parseDataSet(given: Uint8Array): Parsed {
  if (given.length === 0) throw new RefusedInput('empty_file');
  const warnings: string[] = [];
  const guess = hasMagic(given) ? undefined : guessSyntax(given, 0);
  if (!hasMagic(given) && guess === undefined) throw new RefusedInput('not_dicom', { bytes: given.length });
  let bytes = given;
  if (guess !== undefined) {
    warnings.push('no preamble');
    bytes = new Uint8Array(given.length + PREAMBLE);
    bytes.set([0x44, 0x49, 0x43, 0x4d], 128);
    bytes.set(given, PREAMBLE);
  }
  const meta = readMeta(bytes);
  if (meta.end >= bytes.length) throw new RefusedInput('empty_dataset', { bytes: given.length });
  let transferSyntax = meta.transferSyntax;
  if (transferSyntax === undefined || transferSyntax === '') {
    transferSyntax = guessSyntax(bytes, meta.end) ?? guess ?? IMPLICIT_LE;
    warnings.push('no transfer syntax');
  }
  if (transferSyntax === DEFLATED) bytes = inflateDataSet(bytes, meta.end);
  if (transferSyntax === IMPLICIT_LE && guessSyntax(bytes, meta.end) === EXPLICIT_LE) {
    warnings.push('says implicit, is explicit value representation');
    transferSyntax = EXPLICIT_LE;
  }
  let encoding = transferSyntax;
  if (encoding !== IMPLICIT_LE && encoding !== EXPLICIT_BE && guessSyntax(bytes, meta.end) === IMPLICIT_LE) {
    warnings.push('says explicit, is implicit value representation');
    encoding = IMPLICIT_LE;
    if (transferSyntax === EXPLICIT_LE) transferSyntax = IMPLICIT_LE;
  }
  const dataSet = withoutStrings(() => parseBody(bytes, meta.end, encoding, warnings));
  return {
    dataSet,
    meta: meta.elements,
    bytes,
    transferSyntax,
    littleEndian: encoding !== EXPLICIT_BE,
    warnings,
  };
}

interface Meta {
  readonly transferSyntax: string | undefined;
  readonly elements: DataSet['elements'];
  /** Where the data set begins. */
  readonly end: number;
}

/** Walks the file meta group (0002), always explicit little endian, without trusting its group length. */
function readMeta(bytes: Uint8Array): Meta {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = PREAMBLE;
  let transferSyntax: string | undefined;
  const elements = Object.create(null) as DataSet['elements'];
  while (at + 8 <= bytes.length && view.getUint16(at, true) === 0x0002) {
    const element = view.getUint16(at + 2, true);
    const vr = latin(bytes, at + 4, 2);
    let header = 8;
    let length: number;
    if (!isVr(vr)) {
      if (transferSyntax === undefined)
        length = view.getUint32(at + 4, true); // implicit meta: seen in the wild
      else break;
    } else if (LONG.has(vr)) {
      if (at + 12 > bytes.length) break;
      length = view.getUint32(at + 8, true);
      header = 12;
    } else {
      length = view.getUint16(at + 6, true);
    }
    if (at + header + length > bytes.length)
      throw new RefusedInput('truncated', {
        what: `(0002,${element.toString(16).padStart(4, '0')})`,
        expected: length,
        received: bytes.length - at - header,
      });
    if (element === 0x0010)
      transferSyntax = withoutPadding(latin(bytes, at + header, Math.min(length, LONGEST_UID)));
    const tag = `x0002${element.toString(16).padStart(4, '0')}`;
    elements[tag] = { tag, vr: isVr(vr) ? vr : undefined, length, dataOffset: at + header } as Element;
    at += header + length;
  }
  return { transferSyntax, elements, end: at };
}

function inflateDataSet(bytes: Uint8Array, from: number): Uint8Array {
  const body = inflateCapped(bytes.subarray(from));
  const whole = new Uint8Array(from + body.length);
  whole.set(bytes.subarray(0, from));
  whole.set(body, from);
  return whole;
}

function parseBody(bytes: Uint8Array, from: number, transferSyntax: string, warnings: string[]): DataSet {
  const bigEndian = transferSyntax === EXPLICIT_BE;
  const parser = bigEndian ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser;
  const stream = new dicomParser.ByteStream(parser, bytes, from);
  const readFixedString = stream.readFixedString.bind(stream);
  // Value representations that the library does not know are handed to it as UN, which has the same layout.
  stream.readFixedString = (length) => {
    const text = readFixedString(length);
    return length === 2 && NEWER.has(text) ? 'UN' : text;
  };
  const elements = Object.create(null) as DataSet['elements'];
  // The library fills any object of this shape; its class is not among its published types.
  const dataSet = {
    byteArrayParser: parser,
    byteArray: bytes,
    elements: noticing(elements, warnings),
    warnings: [] as string[],
  } as DataSet;
  // Pixel data end the parse: their length is checked, and their fragments are read, by the decoder.
  const options = { untilTag: 'x7fe00010' };
  if (transferSyntax === IMPLICIT_LE)
    dicomParser.parseDicomDataSetImplicit(dataSet, stream, bytes.length, options);
  else dicomParser.parseDicomDataSetExplicit(dataSet, stream, bytes.length, options);
  return { ...dataSet, elements } as DataSet;
}

/** Lets the library write into `elements`, and remarks when it replaces an element by a later one of the same tag. */
function noticing(elements: DataSet['elements'], warnings: string[]): DataSet['elements'] {
  const repeated = new Set<string>();
  return new Proxy(elements, {
    set(target, key: string, element: Element) {
      if (key in target && !key.startsWith('xfffe') && !repeated.has(key)) {
        repeated.add(key);
        const tag = key.slice(1).toUpperCase();
        warnings.push(`(${tag.slice(0, 4)},${tag.slice(4)}) stands there more than once`);
      }
      target[key] = element;
      return true;
    },
  });
}

/** dicom-parser throws strings and stack overflows; each becomes a refusal of its kind. */
function withoutStrings<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RefusedInput) throw error;
    // Where the stack ends, Chromium and Safari throw a RangeError, Firefox an InternalError.
    if (error instanceof Error) throw new RefusedInput('nesting_too_deep');
    const words =
      typeof error === 'string' ? error : String((error as { exception?: unknown }).exception ?? '');
    const past = /past (the )?end|overread|position|buffer/i.test(words);
    throw new RefusedInput(past ? 'truncated' : 'malformed', past ? { what: 'data set' } : {});
  }
}
