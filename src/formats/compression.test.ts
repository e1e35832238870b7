import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { RefusedInput } from '../core/refusal.ts';
import { expandBzip2 } from './bzip2.ts';
import { gunzip, gunzipStart } from './gzip.ts';

const fromBase64 = (s: string): Uint8Array => new Uint8Array(Buffer.from(s, 'base64'));
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((p) => [...p]));

describe('expandBzip2', () => {
  // Python: bz2.compress(b'a'*100000 + bytes(range(256))*4 + b'\\0'*259 + b'bbbbb' + b'cccc')
  const runs = fromBase64(
    'QlpoOTFBWSZTWdjx6/MAAY3/////////////////////////////////////////////wAI8AACTAATAAEwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAASYACYAAmAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACTAATAAEwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACqpRJoYJiZMAJg0CYAAEyZMAE0wAAyAAAAJgAAANGhNMIyYATEMATE0wAAAATACMAeuE98IQkENERZBEfGfIfKRgjJGiNkcPmI6R4j585ICQn0EiJGSQkpJiTkoJSSolZ9JLCWkuJeTAhiYkRMyYk0JqfUTYm5OCck6J2TwnpPiflAKCUIoZRCilGKOfWUgpJ9hSiln2lMKaU4p5UColSKmVQqpVj7irn3lYKyVorZXCuleK+WAsJYixlkLKWYs5DlGghxAILNChAIIghBAILPBFoUh4If4iFLQWktRay2FtLcW8uBcS5FzLoXUuxdy8F5L0XsvhfS/F/MAYE/AwRgzCGFMMYcxBiTFGLMYY0xxjzIGRMkZMyhlTLGXMwZkzREmbM4RRnTPGfPxNAfkaE0RozSH5n6GlNMfqac1BqTVGrNYa01xrzYH7GxNkbM/c/g/k2htTbG3Nwbk3RuzeH9G9N8b8/s4B/hwThHDOIcU4xxzkHJOUcs5hzTnHPOgdE6R0zqHVOsdc7B2TtHbO4d0/07x3zwHhPEeM8h5TzHnP+P/PQek9R6yJiRAIPYRR7T3HvPgLuSKcKEhsePX5g',
  );
  // Python: bz2.compress(b'first ') + bz2.compress(b'second')
  const two = fromBase64(
    'QlpoOTFBWSZTWaRjnbsAAACRgEAAASAcACAAIYAMAycu4u5IpwoSFIxzt2BCWmg5MUFZJlNZJooCNAAAAoGADgGIACAAIhhoMAcCmF3JFOFCQJooCNA=',
  );

  it('expands runs and literals', () => {
    const { bytes, more } = expandBzip2(runs, 1e6);
    expect([bytes.length, more]).toEqual([100_000 + 1024 + 259 + 9, false]);
    expect(bytes.subarray(0, 100_000).every((b) => b === 97)).toBe(true);
    expect([...bytes.subarray(100_000, 101_024)]).toEqual(Array.from({ length: 1024 }, (_, i) => i % 256));
    expect(bytes.subarray(101_024, 101_283).every((b) => b === 0)).toBe(true);
    expect(textOf(bytes.subarray(101_283))).toBe('bbbbbcccc');
  });

  it('expands streams one after the other, and ignores what follows them', () => {
    expect(textOf(expandBzip2(two, 100).bytes)).toBe('first second');
    expect(textOf(expandBzip2(join(two, Uint8Array.of(0, 0)), 100).bytes)).toBe('first second');
  });

  it('stops at the budget', () => {
    const { bytes, more } = expandBzip2(runs, 5);
    expect([textOf(bytes), more]).toEqual(['aaaaa', true]);
  });

  it('refuses what is cut or changed', () => {
    for (let at = 0; at < two.length; at++)
      expectRefused(() => expandBzip2(two.subarray(0, at), 100), at < FIRST || at > FIRST + 2);
    for (let at = 4; at < runs.length; at++) {
      const copy = runs.slice();
      copy[at] ^= 0x10;
      try {
        expandBzip2(copy, 1e6);
      } catch (error) {
        if (!(error instanceof RefusedInput)) throw error;
      }
    }
    const checksum = two.slice();
    checksum[10] ^= 1;
    expectRefused(() => expandBzip2(checksum, 100), true);
  });
  /** Length of the first stream: a cut there, or in the mark of the second, leaves a whole file. */
  const FIRST = 44;
});

describe('gunzip', () => {
  const data = new Uint8Array(300_000).map((_, i) => (i * i) % 253);
  const packed = gzipSync(data, { filename: 'a.nii' });

  it('inflates whole files, starts of files and several members', () => {
    for (const file of [packed, join(packed, new Uint8Array(9))]) {
      for (const most of [300_000, 1e6]) {
        const { bytes, more } = gunzip(file, most);
        expect([Buffer.from(data).equals(bytes), more]).toEqual([true, false]);
      }
    }
    expect(gunzip(packed, 1000)).toEqual({ bytes: data.slice(0, 1000), more: true });
    expect(gunzipStart(packed.subarray(0, 400), 20)).toEqual(data.slice(0, 20));
    const members = join(gzipSync(Uint8Array.of(1, 2)), gzipSync(Uint8Array.of(3)));
    expect([...gunzip(members, 10).bytes]).toEqual([1, 2, 3]);
    expect([...gunzip(join(gzipSync(Uint8Array.of(1, 2)), new Uint8Array(7)), 10).bytes]).toEqual([1, 2]);
    expect(gunzip(gzipSync(new Uint8Array(0)), 10).bytes).toHaveLength(0);
  });

  it('stops a bomb at the budget', () => {
    const bomb = gzipSync(new Uint8Array(50 * 2 ** 20));
    expect(gunzip(bomb, 1000)).toEqual({ bytes: new Uint8Array(1000), more: true });
  });

  it('refuses what is cut, changed or none', () => {
    expectRefused(() => gunzip(packed.subarray(0, packed.length - 20), 300_000), true);
    const changed = packed.slice();
    changed[packed.length - 6] ^= 1;
    expectRefused(() => gunzip(changed, 300_000), true);
    expectRefused(() => gunzip(new Uint8Array(30), 10), true);
    expect(gunzipStart(new Uint8Array(30), 10)).toHaveLength(0);
  });
});

function expectRefused(run: () => unknown, wanted: boolean): void {
  let kind: string | undefined;
  try {
    run();
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    kind = error.kind;
  }
  expect(kind).toBe(wanted ? 'decode_failed' : undefined);
}
