import type { Attributes, DicomElement } from '../../../core/dicom.ts';
import type { StoredValues } from '../../../core/instance.ts';
import { numberOf, textOf } from '../../../core/dicom.ts';
import { attributesOf, joined } from './attributes-of.ts';
import { uidFromSeed } from './uid.ts';

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';
/** Bytes that a value with a 16-bit length field may have; lengths are even. */
const MOST_SHORT = 0xfffe;
const IMPLEMENTATION_CLASS = uidFromSeed('implementation');
const IMPLEMENTATION_VERSION = 'KINETEX_1';

/** VRs with a 32-bit length field and two reserved bytes before it (PS3.5 table 7.1-1). */
const LONG = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
/** VRs whose text is in the character set of the data set; the others are ASCII. */
const CODED_TEXT = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const NUMBER_BYTES: Readonly<Record<string, number>> = {
  US: 2,
  SS: 2,
  UL: 4,
  SL: 4,
  FL: 4,
  FD: 8,
  SV: 8,
  UV: 8,
  AT: 4,
};

/**
 * Writes one DICOM instance as a Part 10 file: preamble of zeros, `DICM`, file meta group, data set in explicit VR
 * little endian with defined lengths (PS3.10 7.1, PS3.5 7 and A.2). A text too long for a 16-bit length field, such as
 * the points of a large contour, makes it implicit VR (A.1), whose fields have 32 bits. Text is written as UTF-8, so a
 * data set with text beyond ASCII must state SpecificCharacterSet `ISO_IR 192`. Lengths stored in the elements are not
 * used.
 *
 * @param attributes data set; a file meta group in it is replaced by ours.
 * @param pixelData stored values; frames, rows, columns, samples in order. Whole numbers go to PixelData,
 *   float32 and float64 to the float pixel data elements. With BitsAllocated 1, bytes of eight pixels, the first in the
 *   lowest bit, frames without padding between them (PS3.5 8.1.1).
 * @throws RangeError when the pixel values do not fit Rows, Columns, samples, frames, BitsAllocated or
 *   PixelRepresentation, when a text is not ASCII without a UTF-8 declaration, or a value does not fit its VR.
 */
export function writeDicom(attributes: Attributes, pixelData?: StoredValues): Uint8Array<ArrayBuffer> {
  const sop = textOf(attributes, '00080016');
  const instance = textOf(attributes, '00080018');
  if (!sop || !instance) throw new RangeError('SOPClassUID and SOPInstanceUID are needed');
  if (pixelData) refuseOddPixels(attributes, pixelData);
  const implicit = hasLongText(attributes);
  const meta = new Sink(512, false, false, false);
  writeDataset(
    meta,
    attributesOf({
      FileMetaInformationVersion: new Uint8Array([0, 1]),
      MediaStorageSOPClassUID: sop,
      MediaStorageSOPInstanceUID: instance,
      TransferSyntaxUID: implicit ? IMPLICIT_LITTLE_ENDIAN : EXPLICIT_LITTLE_ENDIAN,
      ImplementationClassUID: IMPLEMENTATION_CLASS,
      ImplementationVersionName: IMPLEMENTATION_VERSION,
    }),
  );
  const file = new Sink(
    16384 + (pixelData?.byteLength ?? 0),
    true,
    textOf(attributes, '00080005') === 'ISO_IR 192',
    implicit,
  );
  file.zeros(128);
  file.ascii('DICM');
  writeElement(file, '00020000', { vr: 'UL', length: 4, numbers: [meta.length] });
  file.bytes(meta.finished());
  const bits = numberOf(attributes, '00280100') === 1;
  writeDataset(file, pixelData ? joined(attributes, pixelElement(pixelData, bits)) : attributes);
  return file.finished();
}

/** Is there a text that no 16-bit length field can state? Of UTF-8, a character takes three bytes at most. */
function hasLongText(attributes: Attributes): boolean {
  return Object.values(attributes).some(
    ({ vr, text, items }) =>
      items?.some(hasLongText) ??
      (text !== undefined && !LONG.has(vr) && text.length * (CODED_TEXT.has(vr) ? 3 : 1) > MOST_SHORT),
  );
}

function pixelElement(values: StoredValues, bits: boolean): Attributes {
  const [tag, vr] =
    values instanceof Float32Array
      ? ['7FE00008', 'OF']
      : values instanceof Float64Array
        ? ['7FE00009', 'OD']
        : ['7FE00010', bits ? 'OB' : 'OW'];
  const bytes = littleEndianBytes(values);
  return { [tag]: { vr, length: bytes.length, bytes } };
}

function refuseOddPixels(a: Attributes, values: StoredValues): void {
  const count =
    (numberOf(a, '00280010') ?? 0) *
    (numberOf(a, '00280011') ?? 0) *
    (numberOf(a, '00280002') ?? 1) *
    (numberOf(a, '00280008') ?? 1);
  const bits = numberOf(a, '00280100');
  if (bits === 1 && values instanceof Uint8Array && values.length === Math.ceil(count / 8)) return;
  if (count !== values.length)
    throw new RangeError(`${values.length} pixel values where the header says ${count}`);
  if (bits !== values.BYTES_PER_ELEMENT * 8) {
    throw new RangeError(`BitsAllocated ${bits} with ${values.BYTES_PER_ELEMENT * 8}-bit values`);
  }
  if (values instanceof Float32Array || values instanceof Float64Array) return;
  const signed = values instanceof Int8Array || values instanceof Int16Array || values instanceof Int32Array;
  if (numberOf(a, '00280103') !== Number(signed)) {
    throw new RangeError(
      `PixelRepresentation ${numberOf(a, '00280103')} with ${signed ? '' : 'un'}signed values`,
    );
  }
}

/** True on the machines we know; kept so that a big-endian one writes correct files too. */
const LITTLE_ENDIAN_HOST = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function littleEndianBytes(values: StoredValues): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const width = values.BYTES_PER_ELEMENT;
  if (LITTLE_ENDIAN_HOST || width === 1) return bytes;
  const swapped = bytes.slice();
  for (let at = 0; at < swapped.length; at += width) swapped.subarray(at, at + width).reverse();
  return swapped;
}

function writeDataset(sink: Sink, attributes: Attributes): void {
  for (const tag of Object.keys(attributes).sort()) {
    const element = attributes[tag];
    const ours = tag.startsWith('0002') === !sink.inDataset;
    if (element && ours && !tag.endsWith('0000')) writeElement(sink, tag, element);
  }
}

function writeElement(sink: Sink, tag: string, element: DicomElement): void {
  if (!/^[0-9A-F]{8}$/.test(tag)) throw new RangeError(`tag ${tag}`);
  if (!/^[A-Z]{2}$/.test(element.vr)) throw new RangeError(`value representation ${element.vr} of ${tag}`);
  sink.u16(Number.parseInt(tag.slice(0, 4), 16));
  sink.u16(Number.parseInt(tag.slice(4), 16));
  // The file meta group is explicit in every file.
  const implicit = sink.implicit && !tag.startsWith('0002');
  const long = implicit || LONG.has(element.vr);
  if (!implicit) {
    sink.ascii(element.vr);
    if (long) sink.u16(0);
  }
  const lengthAt = sink.length;
  if (long) sink.u32(0);
  else sink.u16(0);
  const start = sink.length;
  writeValue(sink, tag, element);
  if ((sink.length - start) % 2 === 1) sink.u8(padding(element));
  const length = sink.length - start;
  if (!long && length > MOST_SHORT)
    throw new RangeError(`${length} bytes do not fit the ${element.vr} of ${tag}`);
  sink.patch(lengthAt, length, long);
}

/** Text is padded with a space; UIDs and binary values with zero (PS3.5 6.2). */
const padding = (element: DicomElement): number =>
  element.text !== undefined && element.vr !== 'UI' ? 0x20 : 0;

function writeValue(sink: Sink, tag: string, { vr, text, numbers, items, bytes }: DicomElement): void {
  if (items !== undefined) {
    for (const item of items) {
      sink.u16(0xfffe);
      sink.u16(0xe000);
      const at = sink.length;
      sink.u32(0);
      writeDataset(sink, item);
      sink.patch(at, sink.length - at - 4, true);
    }
  } else if (bytes !== undefined) {
    sink.bytes(bytes);
  } else if (numbers !== undefined) {
    for (const n of numbers) writeNumber(sink, tag, vr, n);
  } else if (text !== undefined) {
    sink.text(tag, text, CODED_TEXT.has(vr));
  }
}

function writeNumber(sink: Sink, tag: string, vr: string, n: number): void {
  const width = NUMBER_BYTES[vr];
  if (width === undefined) throw new RangeError(`numbers in the ${vr} of ${tag}`);
  if (vr === 'FL' || vr === 'FD') return sink.float(n, width);
  const signed = vr === 'SS' || vr === 'SL' || vr === 'SV';
  const low = signed ? -(2 ** (8 * width - 1)) : 0;
  const high = signed ? -low - 1 : 2 ** (8 * width) - 1;
  if (!Number.isInteger(n) || n < low || n > high)
    throw new RangeError(`${n} does not fit the ${vr} of ${tag}`);
  if (vr === 'AT') {
    // An attribute tag is two 16-bit numbers, group first.
    sink.u16(Math.floor(n / 65536));
    sink.u16(n % 65536);
  } else if (width === 2) sink.u16(n);
  else if (width === 4) sink.u32(n);
  else sink.u64(BigInt(n));
}

/** A growing buffer of little-endian bytes. */
class Sink {
  length = 0;
  #buffer: Uint8Array<ArrayBuffer>;
  #view: DataView;
  readonly #utf8: boolean;

  /**
   * @param inDataset false for the file meta group, which alone holds group 0002.
   * @param implicit elements without their value representation, all with 32-bit lengths.
   */
  constructor(
    capacity: number,
    readonly inDataset: boolean,
    utf8: boolean,
    readonly implicit: boolean,
  ) {
    this.#buffer = new Uint8Array(capacity);
    this.#view = new DataView(this.#buffer.buffer);
    this.#utf8 = utf8;
  }

  /** Makes room for more bytes and returns where they go. May replace buffer and view: call it before using either. */
  #reserve(bytes: number): number {
    const at = this.length;
    if (at + bytes > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(at + bytes, 2 * this.#buffer.length));
      larger.set(this.#buffer.subarray(0, at));
      this.#buffer = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.length = at + bytes;
    return at;
  }

  u8(n: number): void {
    const at = this.#reserve(1);
    this.#view.setUint8(at, n);
  }

  u16(n: number): void {
    const at = this.#reserve(2);
    this.#view.setUint16(at, n, true);
  }

  u32(n: number): void {
    const at = this.#reserve(4);
    this.#view.setUint32(at, n, true);
  }

  u64(n: bigint): void {
    const at = this.#reserve(8);
    this.#view.setBigUint64(at, BigInt.asUintN(64, n), true);
  }

  float(n: number, width: number): void {
    const at = this.#reserve(width);
    if (width === 4) this.#view.setFloat32(at, n, true);
    else this.#view.setFloat64(at, n, true);
  }

  bytes(values: Uint8Array): void {
    const at = this.#reserve(values.length);
    this.#buffer.set(values, at);
  }

  zeros(count: number): void {
    this.#reserve(count);
  }

  ascii(text: string): void {
    for (let i = 0; i < text.length; i++) this.u8(text.charCodeAt(i));
  }

  text(tag: string, text: string, coded: boolean): void {
    const encoded = new TextEncoder().encode(text);
    if (encoded.length !== text.length && !(coded && this.#utf8)) {
      throw new RangeError(`text of ${tag} is beyond ASCII in a data set that is not ISO_IR 192`);
    }
    this.bytes(encoded);
  }

  patch(at: number, length: number, long: boolean): void {
    if (long) this.#view.setUint32(at, length, true);
    else this.#view.setUint16(at, length, true);
  }

  finished(): Uint8Array<ArrayBuffer> {
    return this.length === this.#buffer.length ? this.#buffer : this.#buffer.slice(0, this.length);
  }
}
