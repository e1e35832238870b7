import { RefusedInput } from '../../core/refusal.ts';
import type { ScalarType } from '../voxel-values.ts';

/** A header longer than this is none; annotated segmentations stay far below. */
const MOST_HEADER_BYTES = 4 * 2 ** 20;
const MOST_AXES = 16;

export type NrrdEncoding = 'raw' | 'ascii' | 'hex' | 'gzip' | 'bzip2';

/** The fields of a NRRD header that say how to read it. */
export interface NrrdHeader {
  readonly type: ScalarType;
  readonly encoding: NrrdEncoding;
  readonly littleEndian: boolean;
  readonly sizes: readonly number[];
  /** Field name (lower case, no spaces) to its text. */
  readonly fields: ReadonlyMap<string, string>;
  /** Key of the writer's own, as written, to its text. */
  readonly keys: ReadonlyMap<string, string>;
  /** Lines after `data file: LIST`. */
  readonly list: readonly string[];
  readonly lineSkip: number;
  readonly byteSkip: number;
  /** Where the attached data start. */
  readonly end: number;
}

const TYPES: Readonly<Record<ScalarType, readonly string[]>> = {
  int8: ['signed char', 'int8', 'int8_t'],
  uint8: ['uchar', 'unsigned char', 'uint8', 'uint8_t'],
  int16: ['short', 'short int', 'signed short', 'signed short int', 'int16', 'int16_t'],
  uint16: ['ushort', 'unsigned short', 'unsigned short int', 'uint16', 'uint16_t'],
  int32: ['int', 'signed int', 'int32', 'int32_t'],
  uint32: ['uint', 'unsigned int', 'uint32', 'uint32_t'],
  int64: [
    'longlong',
    'long long',
    'long long int',
    'signed long long',
    'signed long long int',
    'int64',
    'int64_t',
  ],
  uint64: ['ulonglong', 'unsigned long long', 'unsigned long long int', 'uint64', 'uint64_t'],
  float32: ['float'],
  float64: ['double'],
};
const TYPE_OF = new Map<string, ScalarType>();
for (const [type, names] of Object.entries(TYPES))
  for (const name of names) TYPE_OF.set(name, type as ScalarType);

const ENCODING_OF: ReadonlyMap<string, NrrdEncoding> = new Map([
  ['raw', 'raw'],
  ['txt', 'ascii'],
  ['text', 'ascii'],
  ['ascii', 'ascii'],
  ['hex', 'hex'],
  ['gz', 'gzip'],
  ['gzip', 'gzip'],
  ['bz2', 'bzip2'],
  ['bzip2', 'bzip2'],
]);

/**
 * Reads the header (Teem, "Definition of NRRD File Format", versions 1 to 5).
 * @throws RefusedInput `bad_nrrd`, `missing_attributes`, `unsupported_encoding`.
 */
export function readNrrdHeader(bytes: Uint8Array): NrrdHeader {
  const fields = new Map<string, string>();
  const keys = new Map<string, string>();
  const list: string[] = [];
  let at = 0;
  let lineNumber = 0;
  let ended = false;
  while (at < bytes.length && !ended) {
    const feed = bytes.indexOf(10, at);
    const stop = feed < 0 ? bytes.length : feed;
    if (stop > MOST_HEADER_BYTES) throw bad('header length', `≤ ${MOST_HEADER_BYTES}`, stop);
    const line = textOf(bytes.subarray(at, stop)).replace(/\r$/, '');
    at = feed < 0 ? bytes.length : feed + 1;
    if (lineNumber++ === 0) {
      if (!/^NRRD000\d$/.test(line)) throw bad('first line', 'NRRD0001…NRRD0005', line.slice(0, 20));
    } else if (line === '') ended = true;
    else if (!line.startsWith('#')) readLine(line, fields, keys, list);
  }
  const detached = fields.has('datafile');
  // Attached data follow an empty line; a header of its own may simply stop.
  if (!ended && !detached) throw bad('end of header', 'empty line', 'none');
  return interpret({ fields, keys, list, end: at });
}

function readLine(
  line: string,
  fields: Map<string, string>,
  keys: Map<string, string>,
  list: string[],
): void {
  if (/^LIST\b/.test(fields.get('datafile') ?? '')) {
    list.push(line.trim());
    return;
  }
  const found = /^(.*?)(:=|: ?)(.*)$/.exec(line);
  if (!found) throw bad('header line', 'field: value', line.slice(0, 40));
  const [, name, mark, value] = found;
  if (mark === ':=') keys.set(name, value);
  else fields.set(fieldName(name), value.trim());
}

/** The names that the format calls equal become one. */
function fieldName(name: string): string {
  const plain = name.toLowerCase().replace(/[\s_]/g, '');
  return plain === 'centerings' ? 'centers' : plain;
}

function interpret(found: Pick<NrrdHeader, 'fields' | 'keys' | 'list' | 'end'>): NrrdHeader {
  const need = (name: string, label: string): string => {
    const text = found.fields.get(name);
    if (text === undefined) throw new RefusedInput('missing_attributes', { attribute: label });
    return text;
  };
  const typeText = need('type', 'type').toLowerCase().replace(/\s+/g, ' ');
  const type = TYPE_OF.get(typeText);
  if (!type)
    throw new RefusedInput('unsupported_encoding', { what: 'NRRD type', received: typeText.slice(0, 40) });
  const encodingText = need('encoding', 'encoding').toLowerCase();
  const encoding = ENCODING_OF.get(encodingText);
  if (!encoding)
    throw new RefusedInput('unsupported_encoding', {
      what: 'NRRD encoding',
      received: encodingText.slice(0, 40),
    });
  const dimension = Number(need('dimension', 'dimension'));
  const sizes = need('sizes', 'sizes').split(/\s+/).map(Number);
  if (!(Number.isInteger(dimension) && dimension >= 1 && dimension <= MOST_AXES))
    throw bad('dimension', `1…${MOST_AXES}`, dimension);
  if (sizes.length !== dimension || !sizes.every((n) => Number.isSafeInteger(n) && n >= 1)) {
    throw bad('sizes', `${dimension} numbers ≥ 1`, sizes.slice(0, MOST_AXES).join(' '));
  }
  return {
    ...found,
    type,
    encoding,
    sizes,
    littleEndian: isLittle(found.fields, type, encoding),
    ...skips(found.fields, encoding),
  };
}

function isLittle(fields: ReadonlyMap<string, string>, type: ScalarType, encoding: NrrdEncoding): boolean {
  const endian = fields.get('endian')?.toLowerCase();
  if (endian === 'little' || endian === 'big') return endian === 'little';
  const matters = encoding !== 'ascii' && type !== 'uint8' && type !== 'int8';
  if (endian !== undefined) throw bad('endian', 'little, big', endian.slice(0, 20));
  if (matters) throw new RefusedInput('missing_attributes', { attribute: 'endian' });
  return true;
}

function skips(
  fields: ReadonlyMap<string, string>,
  encoding: NrrdEncoding,
): { lineSkip: number; byteSkip: number } {
  const lineSkip = Number(fields.get('lineskip') ?? 0);
  const byteSkip = Number(fields.get('byteskip') ?? 0);
  if (!(Number.isSafeInteger(lineSkip) && lineSkip >= 0)) throw bad('line skip', '≥ 0', lineSkip);
  // -1 stands for "the data are the last bytes of the file"; there is no other negative skip.
  const last = encoding === 'raw' || encoding === 'gzip' || encoding === 'bzip2';
  if (!(Number.isSafeInteger(byteSkip) && byteSkip >= (last ? -1 : 0)))
    throw bad('byte skip', '≥ -1', byteSkip);
  return { lineSkip, byteSkip };
}

export function bad(what: string, expected: string, received: string | number): RefusedInput {
  return new RefusedInput('bad_nrrd', {
    what,
    expected,
    received: typeof received === 'number' && !Number.isFinite(received) ? String(received) : received,
  });
}

/** The header is ASCII by its definition; writers put UTF-8 into their own keys. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
