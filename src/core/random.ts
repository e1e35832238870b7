/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman & Vigna 2018), the one generator of the project, so that every
 * phantom, bootstrap and fold can be made again from the seed printed beside it. The state is filled from the seed
 * by splitmix32.
 */
export class Random {
  readonly #s = new Uint32Array(4);

  constructor(seed: number) {
    let x = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      x = (x + 0x9e3779b9) >>> 0;
      let z = x;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      this.#s[i] = z ^ (z >>> 16);
    }
  }

  /** Whole number, 0 to 2³²−1. */
  uint32(): number {
    const s = this.#s as unknown as [number, number, number, number];
    const five = Math.imul(s[1], 5);
    const word = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return word;
  }

  /** Number in [0, 1). */
  uniform(): number {
    return this.uint32() / 4294967296;
  }

  /** Standard normal number (Box-Muller, one of the pair). */
  normal(): number {
    const r = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return r * Math.cos(2 * Math.PI * this.uniform());
  }
}
