/**
 * UIDs made from a seed text, so that the same phantom is the same object every time it is made: `2.25.` and the
 * decimal value of a name-based UUID, version 5 (PS3.5 B.2; RFC 9562 5.5). No registered root is needed.
 */
export function uidFromSeed(seed: string): string {
  const hash = sha1(new TextEncoder().encode(NAMESPACE + seed)).slice(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  let value = 0n;
  for (const byte of hash) value = (value << 8n) | BigInt(byte);
  return `2.25.${value}`;
}

/** A UID that stands for another one, the same at each export, so that objects still refer to one another. */
export const strangerUid = (original: string): string => uidFromSeed(`released/${original}`);

/** Stands before every name, so that our names meet nobody else's. */
const NAMESPACE = 'kinetex/synthetic';

/** SHA-1 (FIPS 180-4 6.1) of a short message. For names only: it guards nothing. */
export function sha1(message: Uint8Array): Uint8Array {
  const blocks = ((message.length + 8) >>> 6) + 1;
  const padded = new Uint8Array(blocks * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(padded.length - 4, (message.length << 3) >>> 0);
  const h = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const w = new Uint32Array(80);
  for (let block = 0; block < padded.length; block += 64) {
    for (let t = 0; t < 16; t++) w[t] = view.getUint32(block + 4 * t);
    for (let t = 16; t < 80; t++) w[t] = rotate(w[t - 3]! ^ w[t - 8]! ^ w[t - 14]! ^ w[t - 16]!, 1);
    let [a, b, c, d, e] = h as unknown as [number, number, number, number, number];
    for (let t = 0; t < 80; t++) {
      const [f, k] =
        t < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : t < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : t < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (rotate(a, 5) + f + e + k + w[t]!) >>> 0;
      [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
    }
    h[0]! += a;
    h[1]! += b;
    h[2]! += c;
    h[3]! += d;
    h[4]! += e;
  }
  const out = new Uint8Array(20);
  h.forEach((word, i) => new DataView(out.buffer).setUint32(4 * i, word));
  return out;
}

const rotate = (x: number, bits: number): number => ((x << bits) | (x >>> (32 - bits))) >>> 0;
