import type { DataSet, Element } from 'dicom-parser';
import { textOf, type Attributes, type DicomElement } from '../../core/dicom.ts';
import type { DicomInstance } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { characterSet, type CharacterSet } from './character-set.ts';
import { implicitVr } from './implicit-vr.ts';
import { objectKindOf } from './object-kind.ts';
import { parseDataSet, type Parsed } from './parse.ts';
import { rememberParsed } from './pixel-element.ts';

export { isDicom } from './parse.ts';

/** Binary values up to this size are kept with the attributes; larger ones keep only their length. */
const MOST_BYTES = 65_536;
const DEEPEST = 64;
const UNDEFINED = 0xffffffff;

/** Text that SpecificCharacterSet governs (PS3.5 6.1.2.3); all other text is ASCII. */
const GOVERNED = new Set(['SH', 'LO', 'ST', 'PN', 'LT', 'UC', 'UT']);
const ASCII = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI', 'UR']);
/** Bytes of one value of each binary number. */
const WIDTH: Readonly<Record<string, number>> = {
  US: 2,
  SS: 2,
  UL: 4,
  SL: 4,
  FL: 4,
  FD: 8,
  AT: 4,
  SV: 8,
  UV: 8,
};

/**
 * Parses a DICOM file into plain attributes. Pixel data and other bulk are left in the bytes; `decodePixels` reads them.
 * @throws RefusedInput with the reason: `empty_file`, `not_dicom`, `empty_dataset`, `truncated`, `malformed`,
 *   `nesting_too_deep`, `inflate_limit`, `missing_attributes`, `missing_pixel_data`.
 */
export function readDicom(given: Uint8Array, file: string): DicomInstance {
  const parsed = parseDataSet(given);
  const warnings = [...parsed.warnings];
  const reader: Reader = {
    view: new DataView(parsed.bytes.buffer, parsed.bytes.byteOffset, parsed.bytes.byteLength),
    bytes: parsed.bytes,
    littleEndian: parsed.littleEndian,
    warnings,
  };
  const ascii = characterSet([]);
  const attributes: Attributes = Object.assign(
    readAttributes({ ...reader, littleEndian: true }, parsed.meta, ascii, 0),
    readAttributes(reader, parsed.dataSet.elements, ascii, 0),
  );
  const kind = kindOf(attributes, parsed);
  const instance: DicomInstance = {
    format: 'dicom',
    file,
    ...kind,
    transferSyntax: parsed.transferSyntax,
    attributes,
    warnings,
  };
  rememberParsed(instance, parsed);
  return instance;
}

function kindOf(a: Attributes, { dataSet, bytes }: Parsed): Pick<DicomInstance, 'kind' | 'objectKind'> {
  const sopClass = textOf(a, '00080016') ?? '';
  const object = objectKindOf(sopClass || (textOf(a, '00020002') ?? ''));
  const pixels = dataSet.elements.x7fe00010 ?? dataSet.elements.x7fe00008 ?? dataSet.elements.x7fe00009;
  // A directory record may carry an icon, and some files that call themselves directories are images.
  if (object !== undefined && object !== 'seg' && !(object === 'dicomdir' && pixels))
    return { kind: 'object', objectKind: object };
  if (a['00041220'] !== undefined && !pixels) return { kind: 'object', objectKind: 'dicomdir' };
  if (pixels === undefined) {
    if (
      a['00280010'] !== undefined &&
      a['00280011'] !== undefined &&
      a['00280100'] !== undefined &&
      a['00200032'] !== undefined
    ) {
      throw new RefusedInput('missing_pixel_data');
    }
    if (Object.keys(a).some((tag) => tag.startsWith('0028'))) {
      if (sopClass === '') throw new RefusedInput('missing_attributes', { attribute: 'Rows (0028,0010)' });
    }
    return { kind: 'object', objectKind: sopClass === '' ? 'data_set_without_sop_class' : 'no_pixel_data' };
  }
  const { dataOffset, length } = pixels;
  if (length !== UNDEFINED && dataOffset + length > bytes.length + 1) {
    throw new RefusedInput('truncated', {
      what: 'pixel data',
      expected: length,
      received: bytes.length - dataOffset,
    });
  }
  for (const [tag, name] of [
    ['00280010', 'Rows (0028,0010)'],
    ['00280011', 'Columns (0028,0011)'],
    ['00280100', 'BitsAllocated (0028,0100)'],
  ] as const) {
    if (a[tag] === undefined || a[tag].length === 0)
      throw new RefusedInput('missing_attributes', { attribute: name });
  }
  if (pixels.length === 0) throw new RefusedInput('missing_pixel_data');
  return object === 'seg' ? { kind: 'image', objectKind: 'seg' } : { kind: 'image' };
}

interface Reader {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  readonly warnings: string[];
}

function readAttributes(
  reader: Reader,
  elements: DataSet['elements'],
  outer: CharacterSet,
  depth: number,
): Record<string, DicomElement> {
  if (depth > DEEPEST) throw new RefusedInput('nesting_too_deep', { limit: DEEPEST });
  const named = elements.x00080005;
  const charset = named ? charsetOf(reader, named) : outer;
  const out = Object.create(null) as Record<string, DicomElement>;
  for (const key of Object.keys(elements)) {
    const tag = key.slice(1).toUpperCase();
    if (tag.startsWith('FFFE')) continue; // delimiters that the parser lists
    out[tag] = readElement(reader, elements[key], tag, charset, depth);
  }
  return out;
}

function charsetOf(reader: Reader, element: Element): CharacterSet {
  const terms = asciiText(reader.bytes, element.dataOffset, element.length).split('\\');
  const set = characterSet(terms);
  for (const term of set.unknown) reader.warnings.push(`unknown character set ${term}`);
  return set;
}

function readElement(
  reader: Reader,
  e: Element,
  tag: string,
  charset: CharacterSet,
  depth: number,
): DicomElement {
  if (e.items) {
    const items = e.items.map((i) =>
      i.dataSet
        ? readAttributes(reader, i.dataSet.elements, charset, depth + 1)
        : (Object.create(null) as Attributes),
    );
    return { vr: 'SQ', length: e.length, items };
  }
  const { dataOffset: at, length } = e;
  const vr = representationOf(reader, e, tag);
  if (tag === '7FE00010' || length <= 0) return { vr, length: Math.max(0, length) };
  if (at + length > reader.bytes.length)
    throw new RefusedInput('truncated', {
      what: `(${tag.slice(0, 4)},${tag.slice(4)})`,
      expected: length,
      received: reader.bytes.length - at,
    });
  const width = WIDTH[vr];
  if (width !== undefined) {
    if (length > MOST_BYTES) return { vr, length };
    // UN holds little endian in every file (PS3.5 6.2.2).
    const order = e.vr === 'UN' && !NEWER.has(vr) ? { ...reader, littleEndian: true } : reader;
    return { vr, length, numbers: numbersAt(order, vr, at, Math.floor(length / width), width) };
  }
  if (ASCII.has(vr)) return { vr, length, text: asciiText(reader.bytes, at, length) };
  const bytes = reader.bytes.subarray(at, at + length);
  if (vr === 'PN') return { vr, length, text: withoutEmptyGroups(charset.decode(bytes, true)) };
  if (GOVERNED.has(vr)) return { vr, length, text: charset.decode(bytes, false) };
  if (vr === 'UN' && (e.vr === undefined || !isPrivate(tag)) && looksLikeText(bytes)) {
    // Implicit value representation, or a standard element stored as UN: what is not known as binary is text.
    const isName = tag === '00100010';
    const text = charset.decode(bytes, isName);
    return { vr: isName ? 'PN' : 'UN', length, text: isName ? withoutEmptyGroups(text) : text };
  }
  return length <= MOST_BYTES ? { vr, length, bytes: bytes.slice() } : { vr, length };
}

const isPrivate = (tag: string): boolean => (parseInt(tag[3], 16) & 1) === 1;

/** Representations that `parseDataSet` hands to the parser as UN. */
const NEWER = new Set(['OV', 'SV', 'UV']);

/** The representation that the file names, or the one that the standard gives the tag when it names none. */
function representationOf({ bytes }: Reader, e: Element, tag: string): string {
  if (e.vr === undefined) return implicitVr(tag);
  if (e.vr !== 'UN') return e.vr;
  const named = String.fromCharCode(bytes[e.dataOffset - 8], bytes[e.dataOffset - 7]);
  if (NEWER.has(named)) return named;
  return isPrivate(tag) ? 'UN' : implicitVr(tag);
}

/** Names without their empty trailing component groups, which mean nothing (PS3.5 6.2.1). */
function withoutEmptyGroups(names: string): string {
  return names
    .split('\\')
    .map((name) => {
      let end = name.length;
      while (end > 0 && '= \0\t\n\r'.includes(name[end - 1])) end--;
      return name.slice(end).includes('=') ? name.slice(0, end) : name;
    })
    .join('\\');
}

function asciiText(bytes: Uint8Array, at: number, length: number): string {
  if (length < 64) {
    let text = '';
    for (let i = at; i < at + length; i++) text += String.fromCharCode(bytes[i]);
    return text;
  }
  return latin1.decode(bytes.subarray(at, at + length));
}

const latin1 = new TextDecoder('windows-1252');

/** No control characters but padding, line ends and the escape of ISO 2022. */
function looksLikeText(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i];
    if (b >= 0x20 || b === 0x09 || b === 0x0a || b === 0x0d || b === 0x0c || b === 0x1b) continue;
    if (b === 0 && i === bytes.length - 1) continue;
    return false;
  }
  return true;
}

function numbersAt(
  { view, littleEndian: le }: Reader,
  vr: string,
  at: number,
  count: number,
  width: number,
): number[] {
  const out = new Array<number>(count);
  for (let i = 0; i < count; i++) {
    const p = at + i * width;
    switch (vr) {
      case 'US':
        out[i] = view.getUint16(p, le);
        break;
      case 'SS':
        out[i] = view.getInt16(p, le);
        break;
      case 'UL':
        out[i] = view.getUint32(p, le);
        break;
      case 'SL':
        out[i] = view.getInt32(p, le);
        break;
      case 'FL':
        out[i] = view.getFloat32(p, le);
        break;
      case 'FD':
        out[i] = view.getFloat64(p, le);
        break;
      case 'AT':
        out[i] = view.getUint16(p, le) * 65536 + view.getUint16(p + 2, le);
        break;
      case 'SV':
        out[i] = Number(view.getBigInt64(p, le));
        break;
      default:
        out[i] = Number(view.getBigUint64(p, le));
    }
  }
  return out;
}
