import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { RefusedInput } from '../../core/refusal.ts';
import { readZip } from './read.ts';

const refusal = (bytes: Uint8Array): string => {
  try {
    readZip(bytes);
  } catch (error) {
    if (error instanceof RefusedInput) return error.kind;
    throw error;
  }
  return 'accepted';
};
const text = (s: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(s) as Uint8Array<ArrayBuffer>;
const central = (zip: Uint8Array): number =>
  zip.findIndex((_, i) => zip[i] === 0x50 && zip[i + 1] === 0x4b && zip[i + 2] === 1 && zip[i + 3] === 2);
const changed = (zip: Uint8Array, at: number, value: number, width = 2): Uint8Array => {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  if (width === 2) view.setUint16(at, value, true);
  else view.setUint32(at, value, true);
  return copy;
};

describe('readZip', () => {
  const long = new Uint8Array(100_000).map((_, i) => (i * 31) % 251);
  const zip = zipSync({
    'a.txt': [text('stored'), { level: 0 }],
    'd/': new Uint8Array(0),
    'd/тест.bin': long,
    empty: new Uint8Array(0),
  });

  it('unpacks stored and deflated entries, without the folders', () => {
    const entries = readZip(zip);
    expect(entries.map((e) => e.path)).toEqual(['a.txt', 'd/тест.bin', 'empty']);
    expect(new TextDecoder().decode(entries[0].bytes)).toBe('stored');
    expect(entries[1].bytes).toEqual(long);
    expect(entries[2].bytes).toHaveLength(0);
  });

  it('reads an archive behind other bytes and with a comment', () => {
    const around = new Uint8Array(50 + zip.length + 3);
    around.set(zip, 50);
    new DataView(around.buffer).setUint16(50 + zip.length - 2, 3, true);
    expect(readZip(around)).toHaveLength(3);
  });

  it('keeps hostile names as text', () => {
    const names = ['../../etc/passwd', '/abs', 'C:\\x', '__proto__/a', 'constructor'];
    const made = readZip(zipSync(Object.fromEntries(names.map((n) => [n, text(n)]))));
    expect(made.map((e) => e.path).sort()).toEqual([...names].sort());
  });

  it('refuses what is cut, changed, encrypted or lies', () => {
    const one = zipSync({ 'a.txt': text('hello hello hello hello') });
    const at = central(one);
    expect(refusal(one)).toBe('accepted');
    expect(refusal(one.subarray(0, one.length - 10))).toBe('bad_archive');
    expect(refusal(one.subarray(5))).toBe('bad_archive');
    expect(refusal(changed(one, at + 8, 1))).toBe('bad_archive'); // encrypted
    expect(refusal(changed(one, at + 10, 14))).toBe('unsupported_encoding'); // LZMA
    expect(refusal(changed(one, at + 16, 1, 4))).toBe('bad_archive'); // checksum
    expect(refusal(changed(one, at + 24, 0xffffff00, 4))).toBe('bad_archive'); // size
    expect(refusal(changed(one, at + 24, 5, 4))).toBe('bad_archive'); // shorter than it is
    expect(refusal(changed(one, at + 20, 0x7fffffff, 4))).toBe('bad_archive'); // packed size
    expect(refusal(changed(one, at + 42, 0x7fffffff, 4))).toBe('bad_archive'); // offset
    expect(refusal(changed(one, one.length - 12, 2))).toBe('bad_archive'); // one entry more
    expect(refusal(new Uint8Array(0))).toBe('bad_archive');
  });

  it('refuses a bomb and too many entries by what the directory says, before unpacking', () => {
    const bomb = zipSync({ a: new Uint8Array(80 * 2 ** 20) });
    expect(refusal(bomb)).toBe('inflate_limit');
    const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`f${i}`, new Uint8Array(0)]));
    expect(refusal(zipSync(many, { level: 0 }))).toBe('too_large');
  });

  it('throws nothing but refusals, whatever byte is changed', () => {
    const one = zipSync({ 'a.txt': text('hello hello'), b: text('x') });
    for (let at = 0; at < one.length; at++) {
      for (const value of [0, 0x50, 0xff]) {
        const copy = one.slice();
        copy[at] = value;
        refusal(copy);
      }
    }
  });
});
