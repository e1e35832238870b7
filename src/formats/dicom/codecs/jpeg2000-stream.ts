import { RefusedInput } from '../../../core/refusal.ts';
import type { FrameHeader } from './codec.ts';

const SOC = 0xff4f;
const SIZ = 0xff51;
const SOT = 0xff90;
const SOD = 0xff93;
const EOC = 0xffd9;
const JP2C = 0x6a703263;
const SIGNATURE = 0x6a502020;
const MOST_TILES = 65535;

const broken = (what: string) => new RefusedInput('decode_failed', { what: `JPEG 2000: ${what}` });

/**
 * The codestream of a JPEG 2000 or HTJ2K frame (ISO/IEC 15444-1 Annex A, 15444-15), without the JP2 file around it, and
 * what its SIZ marker claims. The libraries decode what is left of a cut codestream, down to black, and do not say so;
 * hence every tile must be here, and each of its parts must be as long as it says.
 * @throws RefusedInput `decode_failed`, `truncated` or `unsupported_encoding`.
 */
export function jpeg2000Stream(frame: Uint8Array): { bytes: Uint8Array; header: FrameHeader } {
  const bytes = codestreamIn(frame);
  const v = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 45 || v.getUint16(0) !== SOC || v.getUint16(2) !== SIZ) throw broken('no size');
  const samples = v.getUint16(40);
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => v.getUint32(at));
  const [tileWidth, tileHeight, tileLeft, tileTop] = [24, 28, 32, 36].map((at) => v.getUint32(at));
  if (samples < 1 || v.getUint16(4) !== 38 + 3 * samples || bytes.length < 42 + 3 * samples)
    throw broken('size');
  if (right <= left || bottom <= top) throw broken('size');
  if (tileWidth === 0 || tileHeight === 0 || tileLeft > left || tileTop > top) throw broken('tiles');
  const depth = v.getUint8(42);
  for (let c = 0; c < samples; c++) {
    const at = 42 + 3 * c;
    if (v.getUint8(at + 1) !== 1 || v.getUint8(at + 2) !== 1 || v.getUint8(at) !== depth)
      throw new RefusedInput('unsupported_encoding', { what: 'JPEG 2000: components that differ' });
  }
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight);
  if (tiles > MOST_TILES) throw broken(`${tiles} tiles`);
  checkTiles(v, tiles);
  return {
    bytes,
    header: { columns: right - left, rows: bottom - top, samples, bits: (depth & 0x7f) + 1 },
  };
}

/** Walks the main header and the tile-parts by their lengths. */
function checkTiles(v: DataView, tiles: number): void {
  const seen = new Set<number>();
  let at = 2;
  while (at + 2 <= v.byteLength) {
    const marker = v.getUint16(at);
    if (marker === EOC) break;
    if (at + 4 > v.byteLength) break;
    const length = v.getUint16(at + 2);
    if (marker !== SOT) {
      // Behind the last tile-part, bytes that are no marker are padding; before the first, all must be segments.
      if (seen.size > 0) break;
      if (marker < 0xff30 || marker === SOD || length < 2) throw broken('header');
      at += 2 + length;
      continue;
    }
    if (at + 14 > v.byteLength || length !== 10) throw broken('tile-part');
    const tile = v.getUint16(at + 4);
    const partLength = v.getUint32(at + 6);
    if (tile >= tiles) throw broken('tile-part');
    seen.add(tile);
    if (partLength === 0) {
      // This part goes on to the end of the codestream, which only its last marker can tell.
      if (!endsWithEoc(v)) throw new RefusedInput('truncated', { what: 'JPEG 2000', received: v.byteLength });
      at = v.byteLength;
      break;
    }
    if (partLength < 14) throw broken('tile-part');
    if (at + partLength > v.byteLength)
      throw new RefusedInput('truncated', {
        what: 'JPEG 2000',
        expected: at + partLength,
        received: v.byteLength,
      });
    at += partLength;
  }
  if (seen.size < tiles)
    throw new RefusedInput('truncated', { what: 'JPEG 2000 tiles', expected: tiles, received: seen.size });
}

function endsWithEoc(v: DataView): boolean {
  let end = v.byteLength;
  while (end > 2 && v.getUint8(end - 1) === 0) end--;
  return v.getUint16(end - 2) === EOC;
}

/** The contents of the `jp2c` box of a JP2 file, or the bytes themselves when they are no such file. */
function codestreamIn(frame: Uint8Array): Uint8Array {
  const v = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 12 || v.getUint32(4) !== SIGNATURE) return frame;
  for (let at = 0; at + 8 <= frame.length;) {
    const said = v.getUint32(at);
    const long = said === 1;
    if (long && at + 16 > frame.length) break;
    // Boxes of more than 4 GiB cannot be here: the upper half of a long length must be zero.
    if (long && v.getUint32(at + 8) !== 0) break;
    const length = long ? v.getUint32(at + 12) : said === 0 ? frame.length - at : said;
    const head = long ? 16 : 8;
    if (length < head) break;
    if (v.getUint32(at + 4) === JP2C) return frame.subarray(at + head, Math.min(frame.length, at + length));
    at += length;
  }
  throw broken('no codestream in the file');
}
