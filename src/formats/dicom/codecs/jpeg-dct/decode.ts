import { RefusedInput } from '../../../../core/refusal.ts';
import type { DecodedFrame } from '../codec.ts';
import { MOST_LEFT } from '../headers.ts';
import { decodeScan, type Component } from './scan.ts';
import { readHuffmanTables, type HuffmanTable } from './huffman.ts';
import { inverseDct, ZIGZAG } from './idct.ts';

/** Frame headers of DCT processes with Huffman coding: baseline, extended, progressive. */
const BASELINE = 0xc0;
const EXTENDED = 0xc1;
const PROGRESSIVE = 0xc2;
const MOST_PIXELS = 2 ** 28;

interface Frame {
  readonly bits: number;
  readonly rows: number;
  readonly columns: number;
  readonly progressive: boolean;
  readonly components: Component[];
}

/**
 * Decodes a JPEG image of 8 or 12 bits (ITU-T T.81: baseline, extended sequential and progressive DCT, Huffman coded).
 * Components come out as stored, without colour conversion, subsampled ones repeated. No library at hand reads 12 bits.
 * @throws RefusedInput `decode_failed` or `unsupported_encoding` (arithmetic coding, hierarchical).
 */
export function decodeJpegDct(bytes: Uint8Array): DecodedFrame {
  const broken = (what: string) => new RefusedInput('decode_failed', { what: `JPEG: ${what}` });
  const quantisation: (Uint16Array | undefined)[] = [];
  const dc: (HuffmanTable | undefined)[] = [];
  const ac: (HuffmanTable | undefined)[] = [];
  let frame: Frame | undefined;
  let restart = 0;
  let scans = 0;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw broken('no start of image');
  let left = 0; // bytes that a scan did not use
  for (let at = 2; at + 3 < bytes.length;) {
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xff || bytes[at + 1] === 0) {
      if (bytes[at] !== 0xff && scans > 0) left++;
      at++;
      continue;
    }
    const marker = bytes[at + 1];
    if (marker === 0xd9) break;
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    const end = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    if (end > bytes.length || end < at + 4) throw broken('segment cut');
    const segment = bytes.subarray(at + 4, end);
    at = end;
    if (marker === 0xdb) readQuantisation(segment, quantisation);
    else if (marker === 0xc4) readHuffmanTables(segment, dc, ac);
    else if (marker === 0xdd) restart = (segment[0] << 8) | segment[1];
    else if (marker === BASELINE || marker === EXTENDED || marker === PROGRESSIVE) {
      if (frame) throw broken('two frames');
      frame = readFrame(segment, marker === PROGRESSIVE);
    } else if (marker >= 0xc3 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc) {
      throw new RefusedInput('unsupported_encoding', { what: `JPEG process SOF${marker - 0xc0}` });
    } else if (marker === 0xda) {
      if (!frame) throw broken('scan before frame');
      if (++scans > 1000) throw broken('too many scans');
      at = decodeScan(bytes, at, segment, frame, { dc, ac, restart });
    }
  }
  if (!frame || scans === 0) throw broken('no image');
  return { ...reconstruct(frame, quantisation), damaged: left > MOST_LEFT };
}

function readQuantisation(s: Uint8Array, tables: (Uint16Array | undefined)[]): void {
  for (let at = 0; at < s.length;) {
    const wide = s[at] >> 4 !== 0;
    const id = s[at] & 15;
    at++;
    if (at + (wide ? 128 : 64) > s.length)
      throw new RefusedInput('decode_failed', { what: 'JPEG: quantisation table cut' });
    const table = new Uint16Array(64);
    for (let k = 0; k < 64; k++) {
      table[ZIGZAG[k]] = wide ? (s[at] << 8) | s[at + 1] : s[at];
      at += wide ? 2 : 1;
    }
    tables[id] = table;
  }
}

function readFrame(s: Uint8Array, progressive: boolean): Frame {
  const [bits] = s;
  const rows = (s[1] << 8) | s[2];
  const columns = (s[3] << 8) | s[4];
  const count = s[5];
  if (
    (bits !== 8 && bits !== 12) ||
    rows === 0 ||
    columns === 0 ||
    count < 1 ||
    count > 4 ||
    s.length < 6 + 3 * count
  ) {
    throw new RefusedInput('decode_failed', {
      what: `JPEG: frame ${columns}×${rows}, ${count} components of ${bits} bits`,
    });
  }
  if (rows * columns * count > MOST_PIXELS)
    throw new RefusedInput('too_large', { size: rows * columns * count, limit: MOST_PIXELS, what: 'JPEG' });
  const raw = Array.from({ length: count }, (_, i) => ({
    id: s[6 + 3 * i],
    h: s[7 + 3 * i] >> 4,
    v: s[7 + 3 * i] & 15,
    table: s[8 + 3 * i],
  }));
  if (raw.some((c) => c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4))
    throw new RefusedInput('decode_failed', { what: 'JPEG: sampling factors' });
  const hMax = Math.max(...raw.map((c) => c.h));
  const vMax = Math.max(...raw.map((c) => c.v));
  const mcuColumns = Math.ceil(columns / (8 * hMax));
  const mcuRows = Math.ceil(rows / (8 * vMax));
  const components = raw.map((c) => ({
    ...c,
    hMax,
    vMax,
    mcuColumns,
    mcuRows,
    blockColumns: Math.ceil((Math.ceil(columns / 8) * c.h) / hMax),
    blockRows: Math.ceil((Math.ceil(rows / 8) * c.v) / vMax),
    stride: mcuColumns * c.h,
    coefficients: new Int32Array(mcuColumns * c.h * mcuRows * c.v * 64),
    predictor: 0,
  }));
  return { bits, rows, columns, progressive, components };
}

function reconstruct(
  { bits, rows, columns, components }: Frame,
  quantisation: readonly (Uint16Array | undefined)[],
): DecodedFrame {
  const samples = components.length;
  const count = rows * columns * samples;
  const values = bits === 8 ? new Uint8Array(count) : new Uint16Array(count);
  const top = 2 ** bits - 1;
  const middle = 2 ** (bits - 1);
  const block = new Float64Array(64);
  components.forEach((c, sample) => {
    const table = quantisation[c.table];
    if (!table) throw new RefusedInput('decode_failed', { what: 'JPEG: quantisation table missing' });
    const width = c.stride * 8;
    const height = c.mcuRows * c.v * 8;
    const plane = new Uint16Array(width * height);
    for (let by = 0; by < c.mcuRows * c.v; by++) {
      for (let bx = 0; bx < c.stride; bx++) {
        inverseDct(c.coefficients, (by * c.stride + bx) * 64, table, block);
        for (let k = 0; k < 64; k++) {
          const v = Math.round(block[k]) + middle;
          plane[(by * 8 + (k >> 3)) * width + bx * 8 + (k & 7)] = v < 0 ? 0 : v > top ? top : v;
        }
      }
    }
    for (let y = 0; y < rows; y++) {
      const row = Math.floor((y * c.v) / c.vMax) * width;
      for (let x = 0; x < columns; x++)
        values[(y * columns + x) * samples + sample] = plane[row + Math.floor((x * c.h) / c.hMax)];
    }
  });
  return { columns, rows, samples, bits, signed: false, values };
}
