import type { Attributes, DicomElement } from '../../../core/dicom.ts';
import { ELEMENTS, type Keyword } from './dictionary.ts';

/** What a maker may give for an element: one text or number, several, bytes, or the items of a sequence. */
export type ElementValue =
  string | number | readonly string[] | readonly number[] | Uint8Array | readonly Attributes[];

/** VRs whose numbers are binary in the file; DS and IS are text. */
const BINARY = new Set(['US', 'SS', 'UL', 'SL', 'FL', 'FD', 'SV', 'UV', 'AT']);

/**
 * Builds plain attributes from PS3.6 keywords, so that makers read like the standard's tables:
 * `attributesOf({ Modality: 'CT', PixelSpacing: [1.6, 1.6] })`. Undefined values are left out; empty text is an
 * empty (type 2) element.
 */
export function attributesOf(
  values: Readonly<Partial<Record<Keyword, ElementValue | undefined>>>,
): Attributes {
  const out = Object.create(null) as Record<string, DicomElement>;
  for (const [keyword, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const [tag, vr] = ELEMENTS[keyword as Keyword];
    out[tag] = element(vr, value);
  }
  return out;
}

/** Attributes of several modules in one; a later module overrides an earlier one. */
export function joined(...modules: readonly Attributes[]): Attributes {
  return Object.assign(Object.create(null) as Record<string, DicomElement>, ...modules) as Attributes;
}

function element(vr: string, value: ElementValue): DicomElement {
  if (value instanceof Uint8Array) return { vr, length: value.length, bytes: value };
  if (vr === 'SQ') return { vr, length: 0, items: value as readonly Attributes[] };
  const list = (typeof value === 'string' || typeof value === 'number' ? [value] : value) as readonly (
    string | number
  )[];
  if (BINARY.has(vr)) return { vr, length: 0, numbers: list.map(Number) };
  const texts = list.map((v) =>
    typeof v === 'string' ? v : vr === 'IS' ? integerString(v) : decimalString(v),
  );
  const text = texts.join('\\');
  return { vr, length: text.length, text };
}

/**
 * A number as DICOM decimal string (PS3.5 6.2): at most 16 characters, the closest that fits.
 * @throws RangeError when the number is not finite: a DS has no word for that.
 */
export function decimalString(x: number): string {
  if (!Number.isFinite(x)) throw new RangeError(`no decimal string for ${x}`);
  const exact = String(x);
  if (exact.length <= 16) return exact;
  for (let digits = 15; digits > 0; digits--) {
    const shorter = String(Number(x.toPrecision(digits)));
    if (shorter.length <= 16) return shorter;
  }
  throw new RangeError(`no decimal string of 16 characters for ${x}`);
}

/** @throws RangeError when the number is no whole number of 32 bits. */
function integerString(x: number): string {
  if (!Number.isInteger(x) || Math.abs(x) > 2147483647) throw new RangeError(`no integer string for ${x}`);
  return String(x);
}
