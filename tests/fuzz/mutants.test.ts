import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { numberOf } from '../../src/core/dicom.ts';
import type { DecodedPixels, DicomInstance } from '../../src/core/instance.ts';
import { Random } from '../../src/core/random.ts';
import { RefusedInput } from '../../src/core/refusal.ts';
import { decodePixels } from '../../src/formats/dicom/decode.ts';
import { readDicom } from '../../src/formats/dicom/read.ts';
import { makeCtSample } from '../../src/quality/phantoms/sample-study.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

const LIMIT = 2000; // ms a file
const hasPython = spawnSync('python3', ['--version']).status === 0;
const ready = HAS_SHARED && hasPython;
if (HAS_SHARED && !hasPython)
  console.warn('SKIPPED: python3 is absent, so the shared mutants cannot be made.');

/** How many mutants were read, how many refused, and what went wrong, with the number of the mutant. */
class Tally {
  accepted = 0;
  refused = 0;
  slowest = 0;
  readonly faults: string[] = [];

  /** One file through parser and decoder. Only a refusal may be thrown. */
  async feed(bytes: Uint8Array, name: string): Promise<void> {
    const start = performance.now();
    try {
      const instance = readDicom(bytes, name);
      if (instance.kind === 'image') {
        const pixels = await decodePixels(bytes, instance);
        if (!areInFile(bytes, instance, pixels)) this.faults.push(`${name}: pixels that are not in the file`);
      }
      this.accepted++;
    } catch (error) {
      if (error instanceof RefusedInput) this.refused++;
      else this.faults.push(`${name}: ${String(error)}`);
    }
    const took = performance.now() - start;
    this.slowest = Math.max(this.slowest, took);
    if (took > LIMIT) this.faults.push(`${name}: ${Math.round(took)} ms`);
  }

  expectSound(count: number): void {
    const { accepted, refused, slowest } = this;
    console.log(`${count} mutants: ${accepted} read, ${refused} refused, slowest ${slowest.toFixed(0)} ms`);
    expect(this.faults.slice(0, 20)).toEqual([]);
    expect(accepted + refused).toBe(count);
    // Refusing everything, or reading everything, would prove nothing.
    expect(accepted).toBeGreaterThan(count / 20);
    expect(refused).toBeGreaterThan(count / 50);
  }
}

/**
 * A second, deliberately simple reader of uncompressed little-endian pixels: some element tagged pixel data in the
 * file must hold these very values. Compressed and colour images are left to their codecs.
 */
function areInFile(
  bytes: Uint8Array,
  { attributes: a, transferSyntax }: DicomInstance,
  pixels: DecodedPixels,
) {
  const { values, samples } = pixels;
  const stored = numberOf(a, '00280101') ?? 16;
  const high = numberOf(a, '00280102') ?? stored - 1;
  const native = /^1\.2\.840\.10008\.1\.2(\.1)?$/.test(transferSyntax);
  if (!native || numberOf(a, '00280100') !== 16 || samples !== 1) return true;
  const signed = numberOf(a, '00280103') === 1;
  const valueAt = (p: number): number => {
    const raw = ((bytes[p] | (bytes[p + 1] << 8)) >>> (high + 1 - stored)) & (2 ** stored - 1);
    return signed && raw >= 2 ** (stored - 1) ? raw - 2 ** stored : raw;
  };
  for (let at = 0; at + 12 < bytes.length; at++) {
    const tagged =
      bytes[at] === 0xe0 && bytes[at + 1] === 0x7f && bytes[at + 2] === 0x10 && bytes[at + 3] === 0;
    if (!tagged) continue;
    for (const header of [8, 12]) {
      let same = at + header + 2 * values.length <= bytes.length;
      for (let i = 0; same && i < values.length; i++) same = valueAt(at + header + 2 * i) === values[i];
      if (same) return true;
    }
  }
  return false;
}

describe('mutants of our own files', () => {
  it('20 000 bent and cut copies: refused or right, none slow, nothing else thrown', async () => {
    const own = makeCtSample()[0].bytes;
    const random = new Random(20261123);
    const tally = new Tally();
    for (let n = 0; n < 20_000; n++) {
      const kind = random.uint32() % 4;
      if (kind === 0) {
        await tally.feed(own.slice(0, random.uint32() % own.length), `cut ${n}`);
        continue;
      }
      const bytes = own.slice();
      for (let t = 1 + (random.uint32() % 8); t > 0; t--) {
        const at = 128 + (random.uint32() % 2000);
        const bit = 1 << (random.uint32() & 7);
        bytes[at] = kind === 1 ? random.uint32() & 255 : kind === 2 ? bytes[at] ^ bit : 0xff;
      }
      await tally.feed(bytes, `bent ${n}`);
    }
    tally.expectSound(20_000);
  }, 180_000);
});

/** Small files of the corpus, one or two of each transfer syntax. */
function seeds(): string[] {
  if (!ready) return [];
  const corpus = join(SHARED, 'samples/dicom_conformance');
  const { files } = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as {
    files: { file: string; transfer_syntax: string | null; expect: { outcome: string } }[];
  };
  const images = files
    .filter((f) => f.transfer_syntax && f.expect.outcome === 'image' && !f.file.endsWith('.gz'))
    .map((f) => ({
      path: join(corpus, f.file),
      syntax: f.transfer_syntax!,
      size: statSync(join(corpus, f.file)).size,
    }))
    .filter((f) => f.size < 60_000)
    .sort((a, b) => a.size - b.size);
  return images
    .filter((f, i) => images.slice(0, i).filter((g) => g.syntax === f.syntax).length < 2)
    .map((f) => f.path);
}

describe.skipIf(!ready)('mutants of the shared maker, from files of every transfer syntax', () => {
  const COUNT = 100_000;
  const PIECE = 1000;
  it(`${COUNT} of them: refused or right, none slow, nothing else thrown`, async () => {
    const files = seeds();
    expect(files.length).toBeGreaterThan(8);
    const maker = join(SHARED, 'tools/make_bad_dicom.py');
    const tally = new Tally();
    let fed = 0;
    for (let piece = 1; fed < COUNT; piece++) {
      const seed = files[piece % files.length];
      const args = [maker, seed, '-', '--seed', String(piece), '--n', String(PIECE), '--stream'];
      const { stdout } = spawnSync('python3', args, { maxBuffer: 2 ** 30 });
      for (let at = 0; at < stdout.length; fed++) {
        const end = at + 4 + stdout.readUInt32LE(at);
        // A copy of its own, as a file has: what lies behind its end must not be reachable.
        await tally.feed(
          Uint8Array.from(stdout.subarray(at + 4, end)),
          `${seed} seed ${piece} number ${fed}`,
        );
        at = end;
      }
    }
    tally.expectSound(fed);
  }, 600_000);
});
