import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateCapped } from './inflate.ts';

const MIB = 2 ** 20;

describe('inflating within a budget', () => {
  it.each([0, 1, 1000, 3 * MIB])('gives back %d bytes', (n) => {
    const bytes = randomBytes(n);
    expect(Buffer.from(inflateCapped(deflateRawSync(bytes))).equals(bytes)).toBe(true);
  });

  it('leaves what stands behind the end', () => {
    const deflated = Buffer.concat([deflateRawSync(Buffer.from('image')), Buffer.from([0])]);
    expect(Buffer.from(inflateCapped(deflated)).toString()).toBe('image');
  });

  it('stops a bomb at the budget', () => {
    const bomb = deflateRawSync(Buffer.alloc(400 * MIB));
    expect(() => inflateCapped(bomb)).toThrow('inflate_limit');
    expect(() => inflateCapped(bomb, MIB)).toThrow('inflate_limit');
  });

  it('refuses what is cut or broken', () => {
    const whole = deflateRawSync(randomBytes(200_000));
    for (const share of [0.01, 0.5, 0.99])
      expect(() => inflateCapped(whole.subarray(0, Math.floor(whole.length * share)))).toThrow(
        'decode_failed',
      );
    expect(() => inflateCapped(Uint8Array.of(7, 7, 7, 7))).toThrow('decode_failed');
    expect(() => inflateCapped(new Uint8Array(0))).toThrow('decode_failed');
  });
});
