import { RefusedInput } from '../../../../core/refusal.ts';

/** A Huffman table of JPEG (T.81 Annex C): decoded length by length, with a look-up for codes of up to eight bits. */
export class HuffmanTable {
  readonly #quick = new Int16Array(256).fill(-1); // (length << 8 | value) by the next eight bits
  readonly #maxCode = new Int32Array(18).fill(-1);
  readonly #offset = new Int32Array(17);

  constructor(
    counts: Uint8Array,
    readonly values: Uint8Array,
  ) {
    let code = 0;
    let at = 0;
    for (let length = 1; length <= 16; length++) {
      const n = counts[length - 1];
      this.#offset[length] = at - code;
      if (code + n > 1 << length) throw new RefusedInput('decode_failed', { what: 'JPEG: Huffman table' });
      for (let i = 0; i < n; i++, at++, code++) {
        if (length > 8) continue;
        const first = code << (8 - length);
        this.#quick.fill((length << 8) | values[at], first, first + (1 << (8 - length)));
      }
      if (n > 0) this.#maxCode[length] = code - 1;
      code <<= 1;
    }
  }

  next(bits: BitReader): number {
    const quick = this.#quick[bits.peek8()];
    if (quick >= 0) {
      bits.skip(quick >> 8);
      return quick & 255;
    }
    let code = 0;
    for (let length = 1; length <= 16; length++) {
      code = (code << 1) | bits.bit();
      if (this.#maxCode[length] >= code && this.#maxCode[length] >= 0)
        return this.values[code + this.#offset[length]];
    }
    throw new RefusedInput('decode_failed', { what: 'JPEG: Huffman code' });
  }
}

/** Reads a DHT segment (T.81 B.2.4.2) into the tables of DC (or lossless) and AC codes. @throws RefusedInput `decode_failed`. */
export function readHuffmanTables(
  s: Uint8Array,
  dc: (HuffmanTable | undefined)[],
  ac: (HuffmanTable | undefined)[],
): void {
  for (let at = 0; at + 17 <= s.length;) {
    const target = s[at] >> 4 === 0 ? dc : ac;
    const id = s[at] & 15;
    const counts = s.subarray(at + 1, at + 17);
    const n = counts.reduce((a, b) => a + b, 0);
    at += 17;
    if (at + n > s.length) throw new RefusedInput('decode_failed', { what: 'JPEG: Huffman table cut' });
    target[id] = new HuffmanTable(counts, s.slice(at, at + n));
    at += n;
  }
}

/**
 * Bits of entropy-coded data, stuffed zero bytes removed, stopping at a marker. Past the end it gives zeros, and
 * `starved` tells that some of them were used: the data are cut, and what came of the zeros is no picture.
 */
export class BitReader {
  #word = 0;
  #count = 0;
  #overrun = 0;

  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {}

  #fill(): void {
    let byte = 0;
    if (this.at < this.bytes.length) {
      byte = this.bytes[this.at];
      if (byte === 0xff) {
        if (this.bytes[this.at + 1] === 0) this.at += 2;
        else {
          byte = 0; // a marker ends the data
          this.#overrun++;
        }
      } else this.at++;
    } else this.#overrun++;
    // A whole block cannot need this many bits beyond the end: the stream is cut.
    if (this.#overrun > 4096) throw new RefusedInput('decode_failed', { what: 'JPEG: data ends early' });
    this.#word = ((this.#word << 8) | byte) >>> 0;
    this.#count += 8;
  }

  /** Were bits used that are not in the data? */
  get starved(): boolean {
    return this.#overrun * 8 > this.#count;
  }

  peek8(): number {
    while (this.#count < 8) this.#fill();
    return (this.#word >>> (this.#count - 8)) & 255;
  }

  skip(n: number): void {
    this.#count -= n;
    this.#word &= (1 << this.#count) - 1;
  }

  bit(): number {
    if (this.#count === 0) this.#fill();
    this.#count--;
    const b = (this.#word >>> this.#count) & 1;
    this.#word &= (1 << this.#count) - 1;
    return b;
  }

  /** The next bits, 0 to 16 of them. */
  bits(n: number): number {
    while (this.#count < n) this.#fill();
    this.#count -= n;
    const v = this.#word >>> this.#count;
    this.#word &= (1 << this.#count) - 1;
    return v;
  }

  /** A signed number of `n` bits (T.81 F.2.2.1, EXTEND). */
  extended(n: number): number {
    if (n === 0) return 0;
    const v = this.bits(n);
    return v < 1 << (n - 1) ? v - (1 << n) + 1 : v;
  }

  /**
   * Drops the padding bits and passes the restart marker with this number (0 to 7).
   * @throws RefusedInput `decode_failed` when another thing stands there: from here on all blocks would be displaced.
   */
  restart(number: number): void {
    const broken = this.starved;
    this.#word = 0;
    this.#count = 0;
    this.#overrun = 0;
    while (this.bytes[this.at] === 0xff && this.bytes[this.at + 1] === 0xff) this.at++;
    if (broken || this.bytes[this.at] !== 0xff || this.bytes[this.at + 1] !== 0xd0 + number)
      throw new RefusedInput('decode_failed', { what: 'JPEG: restart marker' });
    this.at += 2;
  }
}
