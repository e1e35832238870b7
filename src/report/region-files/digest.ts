/** Primes and offsets of FNV-1a for 32 bits (Fowler, Noll, Vo), in two lanes with different starts. */
const PRIME = 16777619;

/** A 64-bit name of content, for telling exports apart; it guards nothing. */
export class Digest {
  #a = 2166136261;
  #b = 2166136261 ^ 0x5bd1e995;

  bytes(values: Uint8Array): void {
    let [a, b] = [this.#a, this.#b];
    for (let i = 0; i < values.length; i++) {
      a = Math.imul(a ^ values[i], PRIME);
      b = Math.imul(b ^ (values[i] + (i & 0xff)), PRIME);
    }
    [this.#a, this.#b] = [a, b];
  }

  text(text: string): void {
    this.bytes(new TextEncoder().encode(text));
  }

  get hex(): string {
    return [this.#a, this.#b].map((n) => (n >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
