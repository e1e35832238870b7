import { RefusedInput } from '../../../../core/refusal.ts';

/** Bits of JPEG-LS data (T.87 A.1): behind a byte FF stand seven bits only. Ends at a marker, and never goes past it. */
export class LsBits {
  #word = 0;
  #count = 0;
  #afterFf = false;

  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {}

  /** Makes at least `n` bits ready (24 at most). @throws RefusedInput `decode_failed` when the data have no more. */
  #need(n: number): void {
    while (this.#count < n) {
      if (this.at >= this.bytes.length) throw ended();
      const byte = this.bytes[this.at];
      if (this.#afterFf) {
        if (byte >= 0x80) throw ended();
        this.#word = (this.#word << 7) | byte;
        this.#count += 7;
      } else {
        // FF before a byte of 80 and more is a marker, not data.
        if (byte === 0xff && (this.at + 1 >= this.bytes.length || this.bytes[this.at + 1] >= 0x80))
          throw ended();
        this.#word = (this.#word << 8) | byte;
        this.#count += 8;
      }
      this.#afterFf = byte === 0xff;
      this.at++;
    }
  }

  bits(n: number): number {
    if (n === 0) return 0;
    this.#need(n);
    this.#count -= n;
    return (this.#word >>> this.#count) & ((1 << n) - 1);
  }

  /** Number of zeros before the next one, which is taken too. @throws RefusedInput `decode_failed` beyond `most`. */
  zeros(most: number): number {
    let zeros = 0;
    for (;;) {
      if (this.#count === 0) this.#need(1);
      const rest = this.#word & ((1 << this.#count) - 1);
      if (rest !== 0) {
        const lead = Math.clz32(rest) - (32 - this.#count);
        zeros += lead;
        this.#count -= lead + 1;
        if (zeros > most) throw new RefusedInput('decode_failed', { what: 'JPEG-LS: code' });
        return zeros;
      }
      zeros += this.#count;
      this.#count = 0;
      if (zeros > most) throw new RefusedInput('decode_failed', { what: 'JPEG-LS: code' });
    }
  }
}

const ended = () => new RefusedInput('decode_failed', { what: 'JPEG-LS: data ends early' });
