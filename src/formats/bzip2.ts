import { RefusedInput } from '../core/refusal.ts';

const BLOCK_MAGIC = [0x314159, 0x265359]; // the digits of pi open a block
const END_MAGIC = [0x177245, 0x385090]; // those of its square root close the stream
const LONGEST_CODE = 20;
const GROUP = 50;

/**
 * Expands a bzip2 stream, its first `most` bytes; further streams in the file are expanded too. Checksums of the
 * blocks are verified. A decoder of our own, since the packages at hand want Node's Buffer and cannot be bounded.
 * @throws RefusedInput `decode_failed` when the stream is broken or ends early.
 */
export function expandBzip2(
  bytes: Uint8Array,
  most: number,
): { readonly bytes: Uint8Array; readonly more: boolean } {
  const bits = new BitReader(bytes);
  const out = new Output(most);
  do {
    const level = bits.read(24) === 0x425a68 ? bits.read(8) - 0x30 : 0; // 'BZh' and '1'…'9'
    if (level < 1 || level > 9) broken();
    const block = new Uint32Array(level * 100_000);
    for (;;) {
      const magic = [bits.read(24), bits.read(24)];
      const checksum = bits.read32();
      if (magic[0] === END_MAGIC[0] && magic[1] === END_MAGIC[1]) break;
      if (magic[0] !== BLOCK_MAGIC[0] || magic[1] !== BLOCK_MAGIC[1]) broken();
      readBlock(bits, block, out, checksum);
      if (out.full) return { bytes: out.taken(), more: true };
    }
    bits.align();
  } while (bits.startsStream());
  return { bytes: out.taken(), more: false };
}

function broken(): never {
  throw new RefusedInput('decode_failed', { what: 'bzip2' });
}

function readBlock(bits: BitReader, block: Uint32Array, out: Output, checksum: number): void {
  if (bits.read(1)) broken(); // randomised blocks: no writer has made them since 1999
  const origin = bits.read(24);
  const length = readSymbols(bits, block);
  if (origin >= length) broken();
  out.startBlock();
  invertTransform(block, length, origin, out);
  if (!out.full && out.blockChecksum() !== checksum) broken();
}

/** Huffman and move-to-front stages: fills `block` with bytes and returns how many. */
function readSymbols(bits: BitReader, block: Uint32Array): number {
  const used = usedBytes(bits);
  const alphabet = used.length + 2;
  const { tables, selectors } = readTables(bits, alphabet);
  const front = Uint8Array.from(used);
  const endOfBlock = alphabet - 1;
  let n = 0;
  let run = 0;
  let weight = 1;
  for (let at = 0; ; at++) {
    const selector = Math.floor(at / GROUP);
    if (selector >= selectors.length) broken();
    const symbol = readSymbol(bits, tables[selectors[selector]]);
    if (symbol <= 1) {
      // Runs of the front byte are written in the digits 1 and 2 to base 2, lowest first.
      if (weight > block.length) broken();
      run += weight << symbol;
      weight <<= 1;
      continue;
    }
    if (run > 0) {
      if (n + run > block.length) broken();
      block.fill(front[0], n, n + run);
      n += run;
      run = 0;
      weight = 1;
    }
    if (symbol === endOfBlock) return n;
    if (n >= block.length) broken();
    const place = symbol - 1;
    const byte = front[place];
    front.copyWithin(1, 0, place);
    front[0] = byte;
    block[n++] = byte;
  }
}

function usedBytes(bits: BitReader): number[] {
  const rows = bits.read(16);
  const used: number[] = [];
  for (let row = 0; row < 16; row++) {
    if (!(rows & (0x8000 >> row))) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column++)
      if (columns & (0x8000 >> column)) used.push(row * 16 + column);
  }
  if (used.length === 0) broken();
  return used;
}

interface CodeTable {
  /** First code of each length, and how many there are; canonical codes of one length are consecutive. */
  readonly first: Int32Array;
  readonly counts: Int32Array;
  readonly offsets: Int32Array;
  readonly symbols: Uint16Array;
}

function readTables(bits: BitReader, alphabet: number): { tables: CodeTable[]; selectors: Uint8Array } {
  const groups = bits.read(3);
  const count = bits.read(15);
  if (groups < 2 || groups > 6 || count < 1) broken();
  const order = Array.from({ length: groups }, (_, i) => i);
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let place = 0;
    while (bits.read(1)) if (++place >= groups) broken();
    const [chosen] = order.splice(place, 1);
    order.unshift(chosen);
    selectors[i] = chosen;
  }
  const tables = Array.from({ length: groups }, () => {
    const lengths = new Uint8Array(alphabet);
    let length = bits.read(5);
    for (let i = 0; i < alphabet; i++) {
      for (;;) {
        if (length < 1 || length > LONGEST_CODE) broken();
        if (!bits.read(1)) break;
        length += bits.read(1) ? -1 : 1;
      }
      lengths[i] = length;
    }
    return codeTable(lengths);
  });
  return { tables, selectors };
}

function codeTable(lengths: Uint8Array): CodeTable {
  const counts = new Int32Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length]++;
  const first = new Int32Array(LONGEST_CODE + 1);
  const offsets = new Int32Array(LONGEST_CODE + 1);
  const symbols = new Uint16Array(lengths.length);
  let code = 0;
  let offset = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    first[length] = code;
    offsets[length] = offset;
    for (let s = 0; s < lengths.length; s++) if (lengths[s] === length) symbols[offset++] = s;
    code = (code + counts[length]) << 1;
  }
  return { first, counts, offsets, symbols };
}

function readSymbol(bits: BitReader, { first, counts, offsets, symbols }: CodeTable): number {
  let code = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    code = (code << 1) | bits.read(1);
    const place = code - first[length];
    if (place >= 0 && place < counts[length]) return symbols[offsets[length] + place];
  }
  return broken();
}

/** Inverse Burrows-Wheeler transform, then the outer run lengths: four equal bytes are followed by a count. */
function invertTransform(block: Uint32Array, length: number, origin: number, out: Output): void {
  const starts = new Uint32Array(257);
  for (let i = 0; i < length; i++) starts[block[i] + 1]++;
  for (let i = 0; i < 256; i++) starts[i + 1] += starts[i];
  for (let i = 0; i < length; i++) {
    const byte = block[i] & 255;
    block[starts[byte]++] |= i << 8;
  }
  let at = block[origin] >>> 8;
  let last = -1;
  let equal = 0;
  for (let i = 0; i < length && !out.full; i++) {
    const byte = block[at] & 255;
    at = block[at] >>> 8;
    if (equal === 4) {
      out.repeat(last, byte);
      equal = 0;
      last = -1;
      continue;
    }
    equal = byte === last ? equal + 1 : 1;
    last = byte;
    out.repeat(byte, 1);
  }
}

class BitReader {
  private at = 0;
  private held = 0;
  private count = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** The next `n` bits, at most 24. */
  read(n: number): number {
    while (this.count < n) {
      if (this.at >= this.bytes.length) broken();
      this.held = ((this.held & 0xffffff) << 8) | this.bytes[this.at++];
      this.count += 8;
    }
    this.count -= n;
    return (this.held >>> this.count) & ((1 << n) - 1);
  }

  read32(): number {
    return this.read(16) * 65536 + this.read(16);
  }

  align(): void {
    this.count -= this.count % 8;
  }

  /** Does another stream begin here? What else may follow the end is not ours. */
  startsStream(): boolean {
    const at = this.at - this.count / 8;
    return this.bytes[at] === 0x42 && this.bytes[at + 1] === 0x5a && this.bytes[at + 2] === 0x68;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n << 24;
  for (let k = 0; k < 8; k++) c = c & 0x80000000 ? (c << 1) ^ 0x04c11db7 : c << 1;
  return c >>> 0;
});

class Output {
  full = false;
  private held = new Uint8Array(65536);
  private length = 0;
  private crc = 0;

  constructor(private readonly most: number) {}

  startBlock(): void {
    this.crc = 0xffffffff;
  }

  blockChecksum(): number {
    return ~this.crc >>> 0;
  }

  repeat(byte: number, times: number): void {
    if (this.length + times > this.held.length) {
      const larger = new Uint8Array(2 * this.held.length);
      larger.set(this.held);
      this.held = larger;
    }
    for (let k = 0; k < times; k++) {
      if (this.length >= this.most) {
        this.full = true;
        return;
      }
      this.held[this.length++] = byte;
      this.crc = (this.crc << 8) ^ CRC_TABLE[((this.crc >>> 24) ^ byte) & 255];
    }
  }

  taken(): Uint8Array {
    return this.held.slice(0, this.length);
  }
}
