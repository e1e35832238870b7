import { RefusedInput } from '../../../core/refusal.ts';
import type { DecodedFrame } from './codec.ts';
import { jpegHeader } from './headers.ts';

/**
 * JPEG lossless (T.81 process 14, any selection value), 2 to 16 bits.
 * @throws RefusedInput `decode_failed`.
 */
export async function decodeJpegLossless(frame: Uint8Array): Promise<DecodedFrame> {
  const { columns, rows, samples, bits } = jpegHeader(frame);
  const { Decoder } = await import('jpeg-lossless-decoder-js');
  const count = columns * rows * samples;
  try {
    const own = frame.slice().buffer;
    const decoded = new Decoder().decompress(own, 0, frame.length);
    const wide = decoded.byteLength >= count * 2;
    const values = wide ? new Uint16Array(decoded, 0, count) : new Uint8Array(decoded, 0, count);
    return { columns, rows, samples, bits, signed: false, values };
  } catch {
    throw new RefusedInput('decode_failed', { what: 'JPEG lossless' });
  }
}
