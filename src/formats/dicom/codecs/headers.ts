import { RefusedInput } from '../../../core/refusal.ts';
import type { FrameHeader } from './codec.ts';

/** Bytes of padding behind the data of a JPEG scan; more means that the decoder lost its way in damaged data. */
export const MOST_LEFT = 2;

/** Size, components and depth that a JPEG or JPEG-LS codestream claims in its frame header. */
export function jpegHeader(b: Uint8Array): FrameHeader {
  if (b[0] !== 0xff || b[1] !== 0xd8) throw new RefusedInput('decode_failed', { what: 'JPEG' });
  for (let at = 2; at + 9 < b.length;) {
    if (b[at] !== 0xff) {
      at++;
      continue;
    }
    const marker = b[at + 1];
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    // SOF0 to SOF15 without DHT, JPG and DAC; F7 is JPEG-LS.
    if ((marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7) {
      return {
        bits: b[at + 4],
        rows: (b[at + 5] << 8) | b[at + 6],
        columns: (b[at + 7] << 8) | b[at + 8],
        samples: b[at + 9],
      };
    }
    at += 2 + ((b[at + 2] << 8) | b[at + 3]);
  }
  throw new RefusedInput('decode_failed', { what: 'JPEG' });
}
