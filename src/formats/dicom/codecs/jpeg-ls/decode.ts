import { RefusedInput } from '../../../../core/refusal.ts';
import type { DecodedFrame } from '../codec.ts';
import { jpegHeader, MOST_LEFT } from '../headers.ts';
import { LsBits } from './bits.ts';
import { defaultParameters, LsScan, type LsParameters } from './scan.ts';

const MOST_SAMPLES = 2 ** 29;
const broken = (what: string) => new RefusedInput('decode_failed', { what: `JPEG-LS: ${what}` });
const foreign = (what: string) => new RefusedInput('unsupported_encoding', { what: `JPEG-LS ${what}` });

interface Image {
  readonly columns: number;
  readonly rows: number;
  readonly samples: number;
  readonly ids: readonly number[];
  readonly values: Uint8Array | Uint16Array;
}

type Preset = Omit<LsParameters, 'near'>;

/**
 * JPEG-LS, lossless and near-lossless (ITU-T T.87): 2 to 16 bits, components in scans of their own, or interleaved by
 * line or by pixel. Own work because CharLS can spend many seconds on a damaged frame of a few kilobytes, and nothing
 * can stop it there; this one ends at the first code that cannot be.
 * @throws RefusedInput `decode_failed`, also when the data end early; `unsupported_encoding` (mapping tables, restarts,
 *   colour transforms, point transform); `too_large`.
 */
export function decodeJpegLs(bytes: Uint8Array): DecodedFrame {
  const { columns, rows, samples, bits } = jpegHeader(bytes);
  const count = columns * rows * samples;
  if (count === 0 || bits < 2 || bits > 16) throw broken(`frame ${columns}×${rows} of ${bits} bits`);
  if (count > MOST_SAMPLES)
    throw new RefusedInput('too_large', { size: count, limit: MOST_SAMPLES, what: 'JPEG-LS' });
  let image: Image | undefined;
  let preset: Preset | undefined;
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
    if (marker === 0xf8) preset = presetOf(segment, bits);
    else if (marker === 0xdd && segment.some((b) => b !== 0)) throw foreign('restarts');
    else if (marker === 0xe8 && latin(segment, 4) === 'mrfx' && segment[4] !== 0)
      throw foreign('colour transform');
    else if (marker === 0xf7) {
      if (image) throw broken('two frames');
      const ids = componentsOf(segment, samples);
      image = {
        columns,
        rows,
        samples,
        ids,
        values: bits > 8 ? new Uint16Array(count) : new Uint8Array(count),
      };
    } else if (marker >= 0xc0 && marker <= 0xcf) throw foreign(`with marker FF${marker.toString(16)}`);
    else if (marker === 0xda) {
      if (!image) throw broken('scan before frame');
      at = decodeScan(bytes, at, segment, image, bits, preset, decoded);
    }
  }
  if (!image || decoded.size < samples) throw broken('no image');
  return { columns, rows, samples, bits, signed: false, damaged: left > MOST_LEFT, values: image.values };
}

const latin = (b: Uint8Array, n: number): string => String.fromCharCode(...b.subarray(0, n));

function componentsOf(s: Uint8Array, samples: number): number[] {
  if (s.length < 6 + 3 * samples) throw broken('frame header');
  return Array.from({ length: samples }, (_, i) => {
    if (samples > 1 && s[7 + 3 * i] !== 0x11) throw foreign('subsampled');
    return s[6 + 3 * i];
  });
}

/** Coding parameters that the stream sets itself (T.87 C.2.4.1); zeros mean the defaults. */
function presetOf(s: Uint8Array, bits: number): Preset | undefined {
  if (s[0] !== 1) throw foreign('mapping table');
  if (s.length < 11) throw broken('parameters');
  const [maxValue, t1, t2, t3, reset] = [1, 3, 5, 7, 9].map((at) => (s[at] << 8) | s[at + 1]);
  if (maxValue >= 2 ** bits) throw broken('parameters');
  return { maxValue, t1, t2, t3, reset };
}

function parametersOf(preset: Preset | undefined, bits: number, near: number): LsParameters {
  const maxValue = preset?.maxValue || 2 ** bits - 1;
  const usual = defaultParameters(maxValue, near);
  const p = {
    maxValue,
    near,
    t1: preset?.t1 || usual.t1,
    t2: preset?.t2 || usual.t2,
    t3: preset?.t3 || usual.t3,
    reset: preset?.reset || usual.reset,
  };
  const sound = p.t1 > near && p.t1 <= p.t2 && p.t2 <= p.t3 && p.t3 <= maxValue && p.reset >= 3;
  if (!sound || near > Math.min(255, maxValue >> 1)) throw broken('parameters');
  return p;
}

/** Decodes one scan; gives the place behind its data. */
function decodeScan(
  bytes: Uint8Array,
  from: number,
  header: Uint8Array,
  { columns, rows, samples, ids, values }: Image,
  bits: number,
  preset: Preset | undefined,
  decoded: Set<number>,
): number {
  const count = header[0];
  if (count < 1 || count > samples || header.length < 4 + 2 * count) throw broken('scan header');
  const parts = Array.from({ length: count }, (_, i) => {
    const sample = ids.indexOf(header[1 + 2 * i]);
    if (sample < 0 || decoded.has(sample)) throw broken('component of no frame');
    if (header[2 + 2 * i] !== 0) throw foreign('mapping table');
    decoded.add(sample);
    return sample;
  });
  const [near, interleave, transform] = header.subarray(1 + 2 * count);
  if (interleave > 2 || (interleave === 0 && count > 1)) throw broken('interleaving');
  if (transform !== 0) throw foreign('point transform');
  const reader = new LsBits(bytes, from);
  const scan = new LsScan(reader, parametersOf(preset, bits, near));
  let above = parts.map(() => new Int32Array(columns + 2));
  let lines = parts.map(() => new Int32Array(columns + 2));
  const runIndex = new Int32Array(count);
  for (let y = 0; y < rows; y++) {
    if (interleave === 2 && count > 1) runIndex[0] = scan.pixels(above, lines, columns, runIndex[0]);
    else for (let s = 0; s < count; s++) runIndex[s] = scan.line(above[s], lines[s], columns, runIndex[s]);
    for (let s = 0; s < count; s++) {
      const line = lines[s];
      let to = y * columns * samples + parts[s];
      for (let x = 1; x <= columns; x++, to += samples) values[to] = line[x];
    }
    [above, lines] = [lines, above];
  }
  return reader.at;
}
