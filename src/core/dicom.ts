/**
 * DICOM attributes as plain data, so that they cross worker borders and are read without the file.
 * Keys are eight upper-case hexadecimal digits (`'00280010'` is Rows), as in the DICOM JSON model (PS3.18 F.2).
 * Objects have no prototype: a hostile key such as `__proto__` is a key and nothing more.
 */
export interface DicomElement {
  /** Value representation, two letters; `UN` when unknown. */
  readonly vr: string;
  /** Value length in the file, bytes. */
  readonly length: number;
  /** Text values, decoded by SpecificCharacterSet, still joined by backslashes as in the file. DS and IS are text. */
  readonly text?: string;
  /** Binary numbers: US SS UL SL FL FD SV UV, and AT as group·65536 + element. */
  readonly numbers?: readonly number[];
  /** Items of a sequence. */
  readonly items?: readonly Attributes[];
  /** Other binary values up to 64 KiB (private elements, look-up tables); larger ones keep only their length. */
  readonly bytes?: Uint8Array;
}

export type Attributes = Readonly<Record<string, DicomElement>>;

/** Text of an element with padding removed; undefined when absent or not text. Multi-valued text stays joined by `\`. */
export function textOf(a: Attributes, tag: string): string | undefined {
  const e = a[tag];
  if (e?.text !== undefined) return withoutPadding(e.text).trimStart();
  if (e?.numbers !== undefined) return e.numbers.join('\\');
  return undefined;
}

/** Text without the spaces and zeros at its end. No pattern: those take quadratic time on hostile runs of spaces. */
export function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === 0 || text.charCodeAt(end - 1) === 32)) end--;
  return text.slice(0, end);
}

/** The values of a text element, each trimmed; empty when absent. */
export function textsOf(a: Attributes, tag: string): string[] {
  const t = textOf(a, tag);
  return t === undefined || t === '' ? [] : t.split('\\').map((s) => s.trim());
}

/** All numbers of an element, from binary values or from DS/IS text; text that is no number gives NaN. */
export function numbersOf(a: Attributes, tag: string): number[] {
  const e = a[tag];
  if (e?.numbers !== undefined) return [...e.numbers];
  return textsOf(a, tag).map(decimal);
}

/** First number of an element, or undefined when absent, empty or not a finite number. */
export function numberOf(a: Attributes, tag: string): number | undefined {
  const n = numbersOf(a, tag)[0];
  return n !== undefined && Number.isFinite(n) ? n : undefined;
}

/** Items of a sequence; empty when absent. */
export function itemsOf(a: Attributes, tag: string): readonly Attributes[] {
  return a[tag]?.items ?? [];
}

/** DS and IS to a number: digits, sign, point, exponent. Anything else (also `0x10`, `Infinity`, '') is NaN. */
function decimal(s: string): number {
  // DS has at most 16 characters; without a bound the pattern takes quadratic time on hostile rows of digits.
  if (s.length > 64) return NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(s) ? Number(s) : NaN;
}
