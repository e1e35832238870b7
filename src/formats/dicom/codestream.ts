import { RefusedInput } from '../../core/refusal.ts';
import type { FrameHeader } from './codecs/codec.ts';
import { jpegHeader } from './codecs/headers.ts';
import { jpeg2000Stream } from './codecs/jpeg2000-stream.ts';
import { nativeLength } from './native.ts';
import type { PixelModule } from './pixel-module.ts';
import type { Codec } from './transfer-syntax.ts';

/** The compressed bytes of one frame, found to be the image that the attributes describe. */
export interface Codestream {
  readonly bytes: Uint8Array;
  /** What the codestream says of itself; absent for encodings without a header of their own. */
  readonly header?: FrameHeader;
}

/** Samples that one byte can hold at most: two bytes of RLE make 128; lossless JPEG spends a bit or more on each. */
const MOST_PER_BYTE: Partial<Record<Codec, number>> = { rle: 64, 'jpeg-lossless': 8, jpeg: 2048 };
/** Deflate reaches 1032 to 1 (RFC 1951: 258 bytes for two bits). */
const MOST_DEFLATED = 1032;

/**
 * Checks one frame against the attributes without decoding it: what it claims, and whether it can be whole. Called for
 * every frame before memory is taken for any.
 * @throws RefusedInput `inconsistent_attributes`, `truncated`, `decode_failed` or `unsupported_encoding`.
 */
export function codestreamOf(m: PixelModule, codec: Codec, frame: Uint8Array): Codestream {
  const samples = m.rows * m.columns * m.samples;
  const tooShort = (expected: number) => {
    if (frame.length < expected)
      throw new RefusedInput('truncated', { what: 'pixel data frame', expected, received: frame.length });
  };
  switch (codec) {
    case 'native':
    case 'encapsulated':
      tooShort(nativeLength({ ...m, frames: 1 }));
      return { bytes: frame };
    case 'deflated-frames':
      tooShort(Math.floor(nativeLength({ ...m, frames: 1 }) / MOST_DEFLATED));
      return { bytes: frame };
    case 'rle':
      tooShort(Math.floor((samples * (m.bitsAllocated / 8)) / MOST_PER_BYTE.rle!));
      return { bytes: frame };
    case 'jpeg-2000': {
      const { bytes, header } = jpeg2000Stream(frame);
      checkHeader(m, header);
      return { bytes, header };
    }
    default: {
      const header = jpegHeader(frame);
      checkHeader(m, header);
      const most = MOST_PER_BYTE[codec];
      if (most !== undefined) tooShort(Math.floor((header.rows * header.columns * header.samples) / most));
      return { bytes: frame, header };
    }
  }
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
