import { textOf } from '../../core/dicom.ts';
import type { DecodedPixels, DicomInstance, StoredValues } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { DecodedFrame, FrameHeader } from './codecs/codec.ts';
import { jpeg2000Header, jpegHeader } from './codecs/headers.ts';
import { decodeJpegDct } from './codecs/jpeg-dct/decode.ts';
import { decodeJpegLossless } from './codecs/jpeg-lossless.ts';
import { decodeWasm } from './codecs/wasm-codec.ts';
import { splitFrames } from './frames.ts';
import { inflateCapped } from './inflate.ts';
import { nativeLength, readFloats, readNative } from './native.ts';
import { parsedOf } from './pixel-element.ts';
import { pixelModule, type PixelModule } from './pixel-module.ts';
import { decodeRle } from './rle.ts';
import { allocate, maskStored } from './stored-values.ts';
import { codecOf, type Codec } from './transfer-syntax.ts';

const UNDEFINED = 0xffffffff;

/**
 * Stored pixel values of an image: masked to BitsStored, sign-extended, without rescale, colour conversion or window.
 * Sizes are checked against the bytes present, and codestream headers against the attributes, before anything is
 * allocated.
 * @throws RefusedInput `missing_attributes`, `inconsistent_attributes`, `missing_pixel_data`, `truncated`,
 *   `unsupported_transfer_syntax`, `unsupported_encoding`, `decode_failed`, `inflate_limit` or `too_large`.
 */
export async function decodePixels(given: Uint8Array, instance: DicomInstance): Promise<DecodedPixels> {
  const { attributes, transferSyntax } = instance;
  const m = pixelModule(attributes);
  const { dataSet, bytes, littleEndian } = parsedOf(given, instance);
  const codec = codecOf(transferSyntax) ?? (transferSyntax === '' ? 'native' : undefined);
  if (!codec) throw new RefusedInput('unsupported_transfer_syntax', { transferSyntax });
  const warnings: string[] = [];
  const image = (values: StoredValues): DecodedPixels => ({
    columns: m.columns,
    rows: m.rows,
    frames: m.frames,
    samples: m.samples,
    values,
    warnings,
  });
  const { x7fe00008: float, x7fe00009: double, x7fe00010: element } = dataSet.elements;
  const native = (e: { dataOffset: number; length: number; vr?: string }) => ({
    bytes: bytes.subarray(e.dataOffset, e.dataOffset + e.length),
    littleEndian,
    words: e.vr !== 'OB',
    warnings,
  });
  if (float) return image(readFloats(m, native(float), 4));
  if (double) return image(readFloats(m, native(double), 8));
  if (!element || element.length === 0) throw new RefusedInput('missing_pixel_data');
  if (element.length !== UNDEFINED && !element.hadUndefinedLength) {
    if (codec !== 'native') warnings.push('not compressed, against its transfer syntax');
    return image(readNative(m, native(element)));
  }
  if (codec === 'native')
    throw new RefusedInput('malformed', { what: 'pixel data of undefined length without compression' });
  if (textOf(attributes, '00282110') === '01') warnings.push('lossy compression');
  const frames = splitFrames(bytes, element.dataOffset, m.frames);
  const perFrame = m.rows * m.columns * m.samples;
  if (m.bitsAllocated === 1) return image(bitFrames(m, frames, codec));
  const values = allocate(m, perFrame * m.frames);
  for (const [i, frame] of frames.entries())
    await decodeFrame(m, codec, frame, values, i * perFrame, warnings);
  return image(values);
}

/** One-bit frames, each padded to whole bytes on its own. */
function bitFrames(m: PixelModule, frames: readonly Uint8Array[], codec: Codec): StoredValues {
  if (codec !== 'encapsulated' && codec !== 'deflated-frames')
    throw new RefusedInput('unsupported_encoding', { what: `${codec} of one bit` });
  const perFrame = m.rows * m.columns * m.samples;
  const values = new Uint8Array(perFrame * frames.length);
  frames.forEach((frame, i) => {
    const one = codec === 'deflated-frames' ? inflateCapped(frame) : frame;
    values.set(
      readNative(
        { ...m, frames: 1 },
        { bytes: one, littleEndian: true, words: false, warnings: [] },
      ) as Uint8Array,
      i * perFrame,
    );
  });
  return values;
}

async function decodeFrame(
  m: PixelModule,
  codec: Codec,
  frame: Uint8Array,
  values: StoredValues,
  at: number,
  warnings: string[],
): Promise<void> {
  const one: PixelModule = { ...m, frames: 1 };
  const raw = (bytes: Uint8Array, planar = m.planar) =>
    readNative({ ...one, planar }, { bytes, littleEndian: true, words: false, warnings });
  switch (codec) {
    case 'encapsulated':
      values.set(raw(frame) as Uint8Array, at);
      return;
    case 'deflated-frames':
      values.set(raw(inflateCapped(frame, nativeLength(one) + 16)) as Uint8Array, at);
      return;
    case 'rle':
      values.set(
        raw(decodeRle(frame, m.rows * m.columns, m.samples, m.bitsAllocated / 8), false) as Uint8Array,
        at,
      );
      return;
    case 'native':
      return;
    default:
      place(one, await decompress(m, codec, frame), values, at, warnings);
  }
}

async function decompress(
  m: PixelModule,
  codec: 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k',
  frame: Uint8Array,
): Promise<DecodedFrame> {
  if (codec === 'jpeg-2000' || codec === 'htj2k') {
    checkHeader(m, jpeg2000Header(frame));
    return decodeWasm(codec, frame);
  }
  checkHeader(m, jpegHeader(frame));
  if (codec === 'jpeg-ls') return decodeWasm(codec, frame);
  if (codec === 'jpeg-lossless') return decodeJpegLossless(frame);
  return decodeJpegDct(frame);
}

/** A codestream that is not the image that the attributes describe is refused before it is decoded. */
function checkHeader(m: PixelModule, h: FrameHeader): void {
  // Whole-slide images store the tiles at their edge smaller than the others.
  const edgeTile = m.frames > 1 && m.samples === 3 && h.columns <= m.columns && h.rows <= m.rows;
  const sameSize = h.columns === m.columns && h.rows === m.rows;
  if ((sameSize || edgeTile) && h.samples === m.samples && h.bits <= Math.max(8, m.bitsAllocated)) return;
  throw new RefusedInput('inconsistent_attributes', {
    attribute: 'codestream',
    expected: `${m.columns}×${m.rows}×${m.samples}, ${m.bitsAllocated} bit`,
    received: `${h.columns}×${h.rows}×${h.samples}, ${h.bits} bit`,
  });
}

/** Puts a decoded frame into the image, its sign as the attributes say. */
function place(
  m: PixelModule,
  frame: DecodedFrame,
  values: StoredValues,
  at: number,
  warnings: string[],
): void {
  const count = m.rows * m.columns * m.samples;
  if (frame.columns < m.columns || frame.rows < m.rows) {
    if (!warnings.includes('edge tiles are smaller')) warnings.push('edge tiles are smaller');
    const width = frame.columns * m.samples;
    for (let r = 0; r < frame.rows; r++)
      values.set(frame.values.subarray(r * width, (r + 1) * width), at + r * m.columns * m.samples);
    return;
  }
  if (frame.values.length < count)
    throw new RefusedInput('decode_failed', { what: `${frame.values.length} of ${count} values` });
  values.set(frame.values.subarray(0, count), at);
  if (frame.bits > m.bitsStored && !warnings.includes('more bits than BitsStored'))
    warnings.push('more bits than BitsStored');
  const target = values.subarray(at, at + count);
  // Unsigned codestreams of signed images carry two's complement in BitsStored bits.
  if (m.signed && !frame.signed) maskStored(target, { ...m, highBit: m.bitsStored - 1 });
}
