import { describe, expect, it } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { RefusedInput } from '../../../../core/refusal.ts';
import { encodeWasm } from '../../encode.testing.ts';
import { decodeJpegLs } from './decode.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(text.trim().split(/\s+/), (b) => parseInt(b, 16));

// ITU-T T.87, Annex H.3: a picture of 4 × 4 samples and its bits.
const EXAMPLE = hex(`
  FF D8 FF F7 00 0B 08 00 04 00 04 01 01 11 00 FF DA 00 08 01 01 00 00 00 00
  C0 00 00 6C 80 20 8E 01 C0 00 00 57 40 00 00 6E E6 00 00 01 BC 18 00 00 05 D8 00 00 91 60 FF D9`);
const DATA = 25; // where its entropy-coded bytes begin

const refusal = (bytes: Uint8Array): string => {
  try {
    return `decoded to ${decodeJpegLs(bytes).values.join()}`;
  } catch (error) {
    if (error instanceof RefusedInput) return error.kind;
    throw error;
  }
};

describe('JPEG-LS', () => {
  it('decodes the example of the standard', () => {
    const { values, columns, rows, bits } = decodeJpegLs(EXAMPLE);
    expect([columns, rows, bits]).toEqual([4, 4, 8]);
    expect([...values]).toEqual([0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145]);
  });

  it('gives back what CharLS encoded: every depth, interleaving and error, noise and flat areas', async () => {
    const random = new Random(87);
    const below = (n: number) => Math.floor(random.uniform() * n);
    for (let i = 0; i < 300; i++) {
      const bits = 2 + below(15);
      const info = {
        width: 1 + below(40),
        height: 1 + below(30),
        bitsPerSample: bits,
        componentCount: below(2) ? 3 : 1,
        near: below(2) ? below(Math.min(6, 2 ** (bits - 1) - 1)) : 0,
      };
      const interleave = info.componentCount === 3 ? 1 + below(2) : 0;
      const flat = random.uniform();
      const count = info.width * info.height * info.componentCount;
      const pixels = bits > 8 ? new Uint16Array(count) : new Uint8Array(count);
      for (let k = 0, last = 0; k < count; k++) {
        if (random.uniform() > flat) last = below(2 ** bits);
        pixels[k] = last;
      }
      const stream = await encodeWasm('jpeg-ls', new Uint8Array(pixels.buffer), { ...info, interleave });
      const { values } = decodeJpegLs(stream);
      expect(values.length).toBe(count);
      let worst = 0;
      for (let k = 0; k < count; k++) worst = Math.max(worst, Math.abs(pixels[k] - values[k]));
      expect(worst, JSON.stringify({ ...info, interleave, i })).toBeLessThanOrEqual(info.near);
    }
  });

  it('refuses data that end early, wherever the end stands', () => {
    for (let at = DATA; at < EXAMPLE.length - 3; at++) {
      const cut = EXAMPLE.slice(0, at + 2);
      cut.set([0xff, 0xd9], at);
      expect(refusal(cut)).toBe('decode_failed');
    }
  });

  it('ends soon on damaged frames, at which CharLS spends many seconds', async () => {
    const random = new Random(1);
    const pixels = Uint8Array.from({ length: 128 * 128 }, (_, i) => (i % 97) + random.uniform() * 40);
    const info = { width: 128, height: 128, bitsPerSample: 8, componentCount: 1 };
    const good = await encodeWasm('jpeg-ls', pixels, info);
    let slowest = 0;
    for (let i = 0; i < 500; i++) {
      const bad = good.slice();
      for (let k = 0; k < 64; k++)
        bad[DATA + Math.floor(random.uniform() * (bad.length - DATA))] ^= 1 << (k & 7);
      const start = performance.now();
      refusal(bad);
      slowest = Math.max(slowest, performance.now() - start);
    }
    expect(slowest).toBeLessThan(200);
  });

  it('refuses what it does not read', () => {
    const withPoint = EXAMPLE.slice();
    withPoint[24] = 1;
    expect(refusal(withPoint)).toBe('unsupported_encoding');
    const mapped = EXAMPLE.slice();
    mapped[21] = 1;
    expect(refusal(mapped)).toBe('unsupported_encoding');
  });
});
