import { textOf } from '../../core/dicom.ts';
import type { DecodedPixels, DicomInstance, StoredValues } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { DecodedFrame } from './codecs/codec.ts';
import { decodeJpeg2000 } from './codecs/jpeg2000.ts';
import { decodeJpegDct } from './codecs/jpeg-dct/decode.ts';
import { decodeJpegLossless } from './codecs/jpeg-lossless/decode.ts';
import { decodeJpegLs } from './codecs/jpeg-ls/decode.ts';
import { codestreamOf, type Codestream } from './codestream.ts';
import { splitFrames } from './frames.ts';
import { inflateCapped } from './inflate.ts';
import { nativeLength, readFloats, readNative } from './native.ts';
import { parsedOf } from './pixel-element.ts';
import { pixelModule, type PixelModule } from './pixel-module.ts';
import { decodeRle } from './rle.ts';
import { allocate, maskStored } from './stored-values.ts';
import { codecOf, type Codec } from './transfer-syntax.ts';

const UNDEFINED = 0xffffffff;
const DAMAGED = 'a compressed frame is damaged; its picture may be wrong in places';

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
  if (m.bitsAllocated === 64) throw new RefusedInput('unsupported_encoding', { what: 'integers of 64 bits' });
  if (element.length !== UNDEFINED && !element.hadUndefinedLength) {
    if (codec !== 'native') warnings.push('not compressed, against its transfer syntax');
    return image(readNative(m, native(element)));
  }
  if (codec === 'native')
    throw new RefusedInput('malformed', { what: 'pixel data of no stated length, without compression' });
  if (textOf(attributes, '00282110') === '01') warnings.push('lossy compression');
  const frames = splitFrames(bytes, element.dataOffset, m.frames, warnings);
  const perFrame = m.rows * m.columns * m.samples;
  if (m.bitsAllocated === 1) return image(bitFrames(m, frames, codec));
  const streams = frames.map((frame) => codestreamOf(m, codec, frame));
  const values = allocate(m, perFrame * m.frames);
  for (const [i, stream] of streams.entries())
    await decodeFrame(m, codec, stream, values, i * perFrame, warnings);
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
  { bytes: frame, header }: Codestream,
  values: StoredValues,
  at: number,
  warnings: string[],
): Promise<void> {
  const one: PixelModule = { ...m, frames: 1 };
  const raw = (bytes: Uint8Array, as = one) =>
    readNative(as, { bytes, littleEndian: true, words: false, warnings });
  switch (codec) {
    case 'encapsulated':
      values.set(raw(frame) as Uint8Array, at);
      return;
    case 'deflated-frames':
      values.set(raw(inflateCapped(frame, nativeLength(one) + 16)) as Uint8Array, at);
      return;
    case 'rle': {
      // Whatever the attributes say, the segments hold whole planes, interleaved by now.
      const whole: PixelModule = { ...one, planar: false, photometric: '' };
      const plain = decodeRle(frame, m.rows * m.columns, m.samples, m.bitsAllocated / 8);
      values.set(raw(plain, whole) as Uint8Array, at);
      return;
    }
    case 'native':
      return;
    default: {
      const decoded = await decompress(codec, frame);
      if (
        decoded.columns !== header?.columns ||
        decoded.rows !== header.rows ||
        decoded.samples !== header.samples
      )
        throw new RefusedInput('decode_failed', { what: 'size of the decoded frame' });
      if (decoded.damaged && !warnings.includes(DAMAGED)) warnings.push(DAMAGED);
      place(one, decoded, values, at, warnings);
    }
  }
}

function decompress(
  codec: 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000',
  bytes: Uint8Array,
): DecodedFrame | Promise<DecodedFrame> {
  if (codec === 'jpeg') return decodeJpegDct(bytes);
  if (codec === 'jpeg-lossless') return decodeJpegLossless(bytes);
  if (codec === 'jpeg-ls') return decodeJpegLs(bytes);
  return decodeJpeg2000(bytes);
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
