import { inflateRawSync } from 'node:zlib';

// A second, deliberately simple reader of native DICOM files, sharing no code with the product: it follows the file to
// the letter, and gives up on whatever is odd. Where the product accepts a file without a remark, both must agree.

interface Raw {
  readonly at: number;
  readonly length: number;
  readonly vr: string;
}

const LONG = 'OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' ');
const UNDEFINED = 0xffffffff;

/** Why the oracle has nothing to say. */
export class Odd extends Error {}

/** Walks one level of a data set; items of sequences are passed over. */
function walk(b: Buffer, from: number, explicit: boolean, little: boolean): Map<string, Raw> {
  const u16 = (at: number) => (little ? b.readUInt16LE(at) : b.readUInt16BE(at));
  const u32 = (at: number) => (little ? b.readUInt32LE(at) : b.readUInt32BE(at));
  const hex = (n: number) => n.toString(16).padStart(4, '0');
  const header = (at: number, vrs: boolean) => {
    const tag = hex(u16(at)) + hex(u16(at + 2));
    if (!vrs || tag.startsWith('fffe')) return { tag, vr: '', length: u32(at + 4), value: at + 8 };
    const vr = b.toString('latin1', at + 4, at + 6);
    return LONG.includes(vr)
      ? { tag, vr, length: u32(at + 8), value: at + 12 }
      : { tag, vr, length: u16(at + 6), value: at + 8 };
  };
  /** The place behind the items of a sequence of undefined length, or behind an item of one. */
  const skip = (start: number, end: string, vrs: boolean, depth: number): number => {
    if (depth > 60) throw new Odd('deep');
    for (let at = start; ;) {
      const e = header(at, vrs);
      if (e.tag === end) return e.value;
      if (e.length !== UNDEFINED) at = e.value + e.length;
      else if (e.tag === 'fffee000') at = skip(e.value, 'fffee00d', vrs, depth + 1);
      else at = skip(e.value, 'fffee0dd', vrs && e.vr !== 'UN', depth + 1);
    }
  };
  const found = new Map<string, Raw>();
  for (let at = from; at < b.length;) {
    const e = header(at, explicit);
    if (found.has(e.tag)) throw new Odd('twice');
    found.set(e.tag, { at: e.value, length: e.length, vr: e.vr });
    if (e.tag === '7fe00010') return found;
    if (e.length !== UNDEFINED) at = e.value + e.length;
    else at = skip(e.value, 'fffee0dd', explicit && e.vr !== 'UN', 0);
  }
  return found;
}

/** Stored values of a native image, worked out value by value from the bytes. @throws Odd, or RangeError at the end of the file. */
export function oraclePixels(file: Buffer): { shape: readonly number[]; values: readonly number[] } {
  if (file.toString('latin1', 128, 132) !== 'DICM') throw new Odd('preamble');
  let syntax = '';
  let at = 132;
  while (file.readUInt16LE(at) === 2) {
    const long = LONG.includes(file.toString('latin1', at + 4, at + 6));
    const value = at + (long ? 12 : 8);
    const length = long ? file.readUInt32LE(at + 8) : file.readUInt16LE(at + 6);
    if (file.readUInt16LE(at + 2) === 0x10)
      syntax = file.toString('latin1', value, value + length).replace(/\0+$/, '');
    at = value + length;
  }
  const kinds: Record<string, readonly [explicit: boolean, little: boolean]> = {
    '1.2.840.10008.1.2': [false, true],
    '1.2.840.10008.1.2.1': [true, true],
    '1.2.840.10008.1.2.2': [true, false],
    '1.2.840.10008.1.2.1.99': [true, true],
  };
  if (!Object.hasOwn(kinds, syntax)) throw new Odd(`transfer syntax ${syntax}`);
  const [explicit, little] = kinds[syntax];
  const b = syntax.endsWith('.99')
    ? Buffer.concat([file.subarray(0, at), inflateRawSync(file.subarray(at))])
    : file;
  const elements = walk(b, at, explicit, little);
  const number = (tag: string, otherwise?: number): number => {
    const e = elements.get(tag);
    if (!e || e.length === 0) {
      if (otherwise === undefined) throw new Odd(tag);
      return otherwise;
    }
    if (explicit && e.vr !== 'US' && e.vr !== 'IS') throw new Odd(`${tag} as ${e.vr}`);
    if (e.vr === 'IS' || tag === '00280008') {
      const text = b.toString('latin1', e.at, e.at + e.length);
      if (!/^ *[1-9]\d{0,8} *$/.test(text)) throw new Odd(`${tag} = ${text}`);
      return Number(text);
    }
    if (e.length < 2) throw new Odd(tag);
    return little ? b.readUInt16LE(e.at) : b.readUInt16BE(e.at);
  };
  const photometric = elements.get('00280004');
  if (
    photometric &&
    b.toString('latin1', photometric.at, photometric.at + photometric.length).includes('_422')
  )
    throw new Odd('4:2:2');
  const rows = number('00280010');
  const columns = number('00280011');
  const samples = number('00280002', 1);
  const frames = number('00280008', 1);
  const allocated = number('00280100');
  const stored = number('00280101', allocated);
  const high = number('00280102', stored - 1);
  const signed = number('00280103', 0) === 1;
  const planar = samples > 1 && number('00280006', 0) === 1;
  const pixels = elements.get('7fe00010');
  if (!pixels || pixels.length === UNDEFINED || elements.has('7fe00008') || elements.has('7fe00009'))
    throw new Odd('pixels');
  const count = rows * columns * samples * frames;
  const data = b.subarray(pixels.at, pixels.at + pixels.length);
  if (count * allocated > data.length * 8) throw new RangeError('short');
  const perFrame = rows * columns;
  const values: number[] = [];
  for (let i = 0; i < count; i++) {
    // Place of this value in the file: planes are the slow axis when planar.
    const frame = Math.floor(i / (perFrame * samples));
    const within = i % (perFrame * samples);
    const place = planar
      ? frame * perFrame * samples + (within % samples) * perFrame + Math.floor(within / samples)
      : i;
    let raw = 0n;
    for (let bit = 0; bit < allocated; bit++) {
      let byte = Math.floor((place * allocated + bit) / 8);
      if (!little && allocated > 8) byte += allocated / 8 - 1 - 2 * (byte % (allocated / 8));
      else if (!little && pixels.vr === 'OW') byte ^= 1;
      if ((data[byte] >> ((place * allocated + bit) % 8)) & 1) raw |= 1n << BigInt(bit);
    }
    const kept = allocated === 1 ? raw : (raw >> BigInt(high + 1 - stored)) & ((1n << BigInt(stored)) - 1n);
    values.push(Number(signed && allocated > 1 ? BigInt.asIntN(stored, kept) : kept));
  }
  return { shape: [frames, rows, columns, samples], values };
}
