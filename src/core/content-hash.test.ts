import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash, sha256Of } from './content-hash.ts';

describe('hash of content', () => {
  it('is SHA-256: the examples of FIPS 180-4', () => {
    expect(sha256Of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Of('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
    expect(sha256Of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('agrees with the platform at every length around the ends of blocks', () => {
    for (const length of [1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1000]) {
      const text = 'ы'.repeat(length >> 1) + 'x'.repeat(length & 1);
      expect(sha256Of(text), String(length)).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });

  it('does not depend on the order of keys, nor on what is undefined', () => {
    const [a, b] = [
      { b: [1, { y: null, x: 'q' }], a: 2 },
      { a: 2, c: undefined, b: [1, { x: 'q', y: null }] },
    ];
    expect(canonicalJson(a)).toBe('{"a":2,"b":[1,{"x":"q","y":null}]}');
    expect(contentHash(a)).toBe(contentHash(b));
    expect(contentHash({ ...a, a: 3 })).not.toBe(contentHash(b));
  });

  it('tells numbers apart that JSON has no word for', () => {
    expect(canonicalJson([NaN, Infinity, -Infinity, null, -0])).toBe('["NaN","Infinity","-Infinity",null,0]');
    expect(canonicalJson(Float32Array.of(0.5))).toBe('[0.5]');
  });
});
