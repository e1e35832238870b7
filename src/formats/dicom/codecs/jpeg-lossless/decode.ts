import { RefusedInput } from '../../../../core/refusal.ts';
import type { DecodedFrame } from '../codec.ts';
import { jpegHeader, MOST_LEFT } from '../headers.ts';
import { BitReader, readHuffmanTables, type HuffmanTable } from '../jpeg-dct/huffman.ts';

const LOSSLESS = 0xc3;
const MOST_SAMPLES = 2 ** 29;
const broken = (what: string) => new RefusedInput('decode_failed', { what: `JPEG lossless: ${what}` });

interface Image {
  readonly columns: number;
  readonly rows: number;
  readonly samples: number;
  readonly bits: number;
  readonly ids: readonly number[];
  readonly values: Uint8Array | Uint16Array;
}

/**
 * JPEG lossless (ITU-T T.81 Annex H, process 14 with Huffman coding): 2 to 16 bits, selection values 1 to 7, point
 * transform, restarts, components interleaved or in scans of their own. Exact, and strict: the library at hand leaves
 * out the last pixel where its bits end at the marker, and goes on with zeros where the data are cut.
 * @throws RefusedInput `decode_failed`, `unsupported_encoding` or `too_large`.
 */
export function decodeJpegLossless(bytes: Uint8Array): DecodedFrame {
  const { columns, rows, samples, bits } = jpegHeader(bytes);
  const count = columns * rows * samples;
  if (count === 0 || bits < 2 || bits > 16) throw broken(`frame ${columns}×${rows} of ${bits} bits`);
  if (count > MOST_SAMPLES)
    throw new RefusedInput('too_large', { size: count, limit: MOST_SAMPLES, what: 'JPEG' });
  const tables: (HuffmanTable | undefined)[] = [];
  let image: Image | undefined;
  let restart = 0;
  const decoded = new Set<number>();
  let left = 0; // bytes that a scan did not use
  for (let at = 2; at + 3 < bytes.length;) {
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xff || bytes[at + 1] === 0) {
      if (bytes[at] !== 0xff && decoded.size > 0) left++;
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
    if (marker === 0xc4) readHuffmanTables(segment, tables, []);
    else if (marker === 0xdd) restart = (segment[0] << 8) | segment[1];
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc) {
      if (marker !== LOSSLESS)
        throw new RefusedInput('unsupported_encoding', { what: `JPEG process SOF${marker - 0xc0}` });
      if (image) throw broken('two frames');
      const ids = componentsOf(segment, samples);
      const values = bits > 8 ? new Uint16Array(count) : new Uint8Array(count);
      image = { columns, rows, samples, bits, ids, values };
    } else if (marker === 0xda) {
      if (!image) throw broken('scan before frame');
      at = decodeScan(bytes, at, segment, image, tables, restart, decoded);
    }
  }
  if (!image || decoded.size < samples) throw broken('no image');
  return { columns, rows, samples, bits, signed: false, damaged: left > MOST_LEFT, values: image.values };
}

/** Identifiers of the components, which must not be subsampled. */
function componentsOf(s: Uint8Array, samples: number): number[] {
  if (s.length < 6 + 3 * samples) throw broken('frame header');
  return Array.from({ length: samples }, (_, i) => {
    if (samples > 1 && s[7 + 3 * i] !== 0x11)
      throw new RefusedInput('unsupported_encoding', { what: 'JPEG lossless, subsampled' });
    return s[6 + 3 * i];
  });
}

/** One scan (T.81 H.1.2, H.2); gives the place behind its data. */
function decodeScan(
  bytes: Uint8Array,
  from: number,
  header: Uint8Array,
  { columns, rows, samples, bits, ids, values }: Image,
  tables: readonly (HuffmanTable | undefined)[],
  restart: number,
  decoded: Set<number>,
): number {
  const count = header[0];
  if (count < 1 || count > samples || header.length < 4 + 2 * count) throw broken('scan header');
  const parts = Array.from({ length: count }, (_, i) => {
    const sample = ids.indexOf(header[1 + 2 * i]);
    const table = tables[header[2 + 2 * i] >> 4];
    if (sample < 0 || decoded.has(sample)) throw broken('component of no frame');
    if (!table) throw broken('Huffman table missing');
    decoded.add(sample);
    return { sample, table };
  });
  const selection = header[1 + 2 * count];
  const shift = header[3 + 2 * count] & 15;
  if (selection < 1 || selection > 7 || shift >= bits) throw broken('predictor');
  if (restart % columns !== 0) throw broken('restart inside a row');
  const top = 2 ** (bits - shift) - 1;
  const first = 2 ** (bits - shift - 1);
  const reader = new BitReader(bytes, from);
  const step = samples;
  const width = columns * samples;
  const restartRows = restart / columns;
  let fresh = true; // the row above belongs to another restart interval, or is none
  for (let y = 0; y < rows; y++) {
    if (restartRows > 0 && y > 0 && y % restartRows === 0) {
      reader.restart((y / restartRows - 1) % 8);
      fresh = true;
    }
    for (let x = 0; x < columns; x++) {
      for (const { sample, table } of parts) {
        const i = y * width + x * samples + sample;
        let predicted: number;
        if (fresh) predicted = x === 0 ? first : values[i - step];
        else if (x === 0) predicted = values[i - width];
        else predicted = predict(selection, values[i - step], values[i - width], values[i - width - step]);
        const size = table.next(reader);
        if (size > 16) throw broken('difference');
        const value = (predicted + (size === 16 ? 32768 : reader.extended(size))) & 0xffff;
        if (value > top) throw broken('value beyond its bits');
        values[i] = value;
      }
    }
    fresh = false;
  }
  if (reader.starved) throw broken('data ends early');
  if (shift > 0)
    for (const { sample } of parts) for (let i = sample; i < values.length; i += samples) values[i] <<= shift;
  return reader.at;
}

/** Predictors of T.81 Table H.1: `a` to the left, `b` above, `c` above to the left. */
function predict(selection: number, a: number, b: number, c: number): number {
  switch (selection) {
    case 1:
      return a;
    case 2:
      return b;
    case 3:
      return c;
    case 4:
      return a + b - c;
    case 5:
      return a + ((b - c) >> 1);
    case 6:
      return b + ((a - c) >> 1);
    default:
      return (a + b) >> 1;
  }
}
