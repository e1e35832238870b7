/**
 * Text of DICOM elements by SpecificCharacterSet (0008,0005): PS3.3 C.12.1.1.2, PS3.5 6.1. Single-byte sets, multi-byte
 * sets without code extensions, and ISO 2022 escapes between sets.
 */

/** Defined terms to labels of the Encoding Standard. */
const SINGLE: Readonly<Record<string, string>> = {
  '': 'windows-1252',
  'ISO_IR 6': 'windows-1252',
  'ISO_IR 100': 'windows-1252',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'windows-1254',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 13': 'shift_jis', // JIS X 0201: its one-byte half of Shift JIS
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** Bytes after ESC that switch a set in: to what, and whether it fills the lower half (G0) or the upper (G1). */
const ESCAPES: readonly (readonly [sequence: readonly number[], label: string, half: 'G0' | 'G1'])[] = [
  [[0x28, 0x42], 'ascii', 'G0'],
  [[0x28, 0x4a], 'ascii', 'G0'], // JIS X 0201 romaji: ASCII but for two signs
  [[0x29, 0x49], 'shift_jis', 'G1'], // JIS X 0201 katakana
  [[0x24, 0x42], 'iso-2022-jp', 'G0'],
  [[0x24, 0x28, 0x44], 'jis-x-0212', 'G0'],
  [[0x24, 0x29, 0x43], 'euc-kr', 'G1'],
  [[0x24, 0x29, 0x41], 'gbk', 'G1'],
  [[0x2d, 0x41], 'windows-1252', 'G1'],
  [[0x2d, 0x42], 'iso-8859-2', 'G1'],
  [[0x2d, 0x43], 'iso-8859-3', 'G1'],
  [[0x2d, 0x44], 'iso-8859-4', 'G1'],
  [[0x2d, 0x4c], 'iso-8859-5', 'G1'],
  [[0x2d, 0x47], 'iso-8859-6', 'G1'],
  [[0x2d, 0x46], 'iso-8859-7', 'G1'],
  [[0x2d, 0x48], 'iso-8859-8', 'G1'],
  [[0x2d, 0x4d], 'windows-1254', 'G1'],
  [[0x2d, 0x54], 'windows-874', 'G1'],
  [[0x2d, 0x62], 'iso-8859-15', 'G1'],
];

const ESC = 0x1b;
const decoders = new Map<string, TextDecoder>();

function decode(label: string, bytes: Uint8Array): string {
  let decoder = decoders.get(label);
  if (!decoder) {
    decoder = new TextDecoder(label, { ignoreBOM: true });
    decoders.set(label, decoder);
  }
  return decoder.decode(bytes);
}

/** Turns the bytes of one text element into text. */
export interface CharacterSet {
  /** Text that the character set governs (names, descriptions, long texts). */
  readonly decode: (bytes: Uint8Array, isName: boolean) => string;
  /** Terms of (0008,0005) that are not known; their text is read as Latin 1. */
  readonly unknown: readonly string[];
}

/** The character set that the terms of (0008,0005) name; none names the default repertoire. */
export function characterSet(terms: readonly string[]): CharacterSet {
  const names = terms.map((t) =>
    t
      .trim()
      .toUpperCase()
      .replace(/^ISO 2022 IR/, 'ISO_IR'),
  );
  const unknown = names.filter((n) => !Object.hasOwn(SINGLE, n) && !MULTI_BYTE.has(n));
  const first = SINGLE[names[0] ?? ''] ?? 'windows-1252';
  const mayEscape = terms.length > 1 || /2022/.test(terms[0] ?? '');
  return {
    unknown,
    decode: (bytes, isName) =>
      mayEscape && bytes.includes(ESC) ? decodeEscaped(bytes, first, isName) : decode(first, bytes),
  };
}

/** Terms that exist only behind escapes. */
const MULTI_BYTE = new Set(['ISO_IR 87', 'ISO_IR 159', 'ISO_IR 149', 'ISO_IR 58']);

/** Characters at which the first set is switched in again: ends of lines and values, and the parts of names. */
const isReset = (byte: number, isName: boolean): boolean =>
  byte === 0x0a ||
  byte === 0x0d ||
  byte === 0x0c ||
  byte === 0x09 ||
  byte === 0x5c ||
  (isName && (byte === 0x5e || byte === 0x3d));

function decodeEscaped(bytes: Uint8Array, first: string, isName: boolean): string {
  let text = '';
  let lower = 'ascii';
  let upper = first;
  let from = 0;
  const flush = (to: number) => {
    if (to > from) text += decodeRun(bytes.subarray(from, to), lower, upper);
    from = to;
  };
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === ESC) {
      flush(i);
      const found = ESCAPES.find(([s]) => s.every((b, k) => bytes[i + 1 + k] === b));
      if (!found) {
        from = i + 1; // a broken escape is dropped, the text behind it stays
        continue;
      }
      const [sequence, label, half] = found;
      if (half === 'G0') lower = label;
      else upper = label;
      i += sequence.length;
      from = i + 1;
    } else if (lower === 'ascii' && isReset(bytes[i], isName)) {
      flush(i + 1);
      upper = first;
    }
  }
  flush(bytes.length);
  return text;
}

/** One run between escapes: a double-byte set in the lower half, or ASCII with a set in the upper half. */
function decodeRun(run: Uint8Array, lower: string, upper: string): string {
  if (lower === 'iso-2022-jp') return decode('iso-2022-jp', withEscape(run, [0x24, 0x42]));
  if (lower === 'jis-x-0212') return decode('euc-jp', euc0212(run));
  return decode(upper, run);
}

function withEscape(run: Uint8Array, sequence: readonly number[]): Uint8Array {
  const whole = new Uint8Array(run.length + sequence.length + 1);
  whole.set([ESC, ...sequence]);
  whole.set(run, sequence.length + 1);
  return whole;
}

/** JIS X 0212 in the form that EUC-JP carries it: 0x8F before each pair, high bits set. */
function euc0212(run: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.floor(run.length / 2) * 3);
  for (let i = 0, o = 0; i + 1 < run.length; i += 2) {
    out[o++] = 0x8f;
    out[o++] = run[i] | 0x80;
    out[o++] = run[i + 1] | 0x80;
  }
  return out;
}
