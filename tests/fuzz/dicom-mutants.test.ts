import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { RefusedInput } from '../../src/core/refusal.ts';
import type { DecodedPixels, DicomInstance } from '../../src/core/instance.ts';
import { decodePixels } from '../../src/formats/dicom/decode.ts';
import { readDicom } from '../../src/formats/dicom/read.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { Odd, oraclePixels } from './dicom-oracle.ts';
import { madeSeeds, realSeeds, type Seed } from './dicom-seeds.ts';

// FUZZ_MUTANTS=1000000 is the nightly amount.
const TOTAL = Number(process.env.FUZZ_MUTANTS ?? 100_000);
const SLOWEST = 2000; // ms of this process for one file: other work on the machine does not count
const now = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const hasPython = HAS_SHARED && spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('make_bad_dicom.py cannot run here: mutants are made by the test itself.');

const folder = mkdtempSync(join(tmpdir(), 'kinetex-mutants-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Mutants of `make_bad_dicom.py --stream`: a length of four bytes before each. */
function* streamed({ bytes }: Seed, seed: number, count: number): Generator<Uint8Array> {
  const path = join(folder, 'seed.dcm');
  writeFileSync(path, bytes);
  const batch = Math.max(1, Math.min(count, Math.floor(2 ** 27 / (bytes.length + 4096))));
  for (let made = 0, part = 0; made < count; made += batch, part++) {
    const n = Math.min(batch, count - made);
    const args = [join(SHARED, 'tools/make_bad_dicom.py'), path, '-', '--stream'];
    const run = spawnSync('python3', [...args, '--seed', String(seed + 100 * part), '--n', String(n)], {
      maxBuffer: 2 ** 30,
    });
    if (run.status !== 0) throw new Error(run.stderr.toString());
    for (let at = 0; at < run.stdout.length;) {
      const length = run.stdout.readUInt32LE(at);
      yield run.stdout.subarray(at + 4, at + 4 + length);
      at += 4 + length;
    }
  }
}

/** The same kinds of damage, for clones without the tool. */
function* damaged({ bytes }: Seed, seed: number, count: number): Generator<Uint8Array> {
  const random = new Random(seed);
  const below = (n: number) => Math.floor(random.uniform() * n);
  for (let i = 0; i < count; i++) {
    const n = bytes.length;
    const at = below(n);
    const kind = below(6);
    if (kind === 0) yield bytes.slice(0, at);
    else if (kind === 1)
      yield Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(Math.min(n, at + below(512)))]);
    else if (kind === 2)
      yield Uint8Array.from([
        ...bytes.subarray(0, at),
        ...bytes.subarray(below(n)).subarray(0, 600),
        ...bytes.subarray(at),
      ]);
    else {
      const b = bytes.slice();
      if (kind === 3) for (let k = below(8); k >= 0; k--) b[below(n)] ^= 1 << below(8);
      else if (kind === 4) b.set([0xff, 0xff, 0xff, below(2) * 0xff].slice(0, n - at), at);
      else b.fill(below(2) * 0xff, at, at + below(400));
      yield b;
    }
  }
}

interface Outcome {
  readonly refused?: string;
  readonly instance?: DicomInstance;
  readonly pixels?: DecodedPixels;
}

/** Reads a file that lies in the middle of other bytes; anything but a refusal is an error of the product. */
async function outcomeOf(file: Uint8Array, around: number): Promise<Outcome> {
  const room = new Uint8Array(file.length + 512).fill(around);
  room.set(file, 256);
  const bytes = room.subarray(256, 256 + file.length);
  try {
    const instance = readDicom(bytes, 'mutant.dcm');
    return instance.kind === 'image'
      ? { instance, pixels: await decodePixels(bytes, instance) }
      : { instance };
  } catch (error) {
    if (error instanceof RefusedInput) return { refused: error.kind };
    throw error;
  }
}

const shapeOf = (p: DecodedPixels) => [p.frames, p.rows, p.columns, p.samples];

/** What the file says to the letter; undefined when the simple reader gives up on it. */
function oracle(file: Buffer): ReturnType<typeof oraclePixels> | undefined {
  try {
    return oraclePixels(file);
  } catch (error) {
    if (error instanceof Odd) return undefined;
    throw error;
  }
}

const seeds = [...(await madeSeeds()), ...realSeeds()];
const tally = { mutants: 0, refused: 0, objects: 0, images: 0, compared: 0, intact: 0, slowest: 0 };

describe(`${TOTAL} damaged DICOM files from ${seeds.length} good ones`, () => {
  it.each(seeds.map((seed, i) => ({ ...seed, i })))('$name', { timeout: 300_000 }, async ({ i, ...seed }) => {
    const whole = await outcomeOf(seed.bytes, 0);
    expect(whole.refused).toBeUndefined();
    const share = Math.ceil(TOTAL / seeds.length);
    const mutants = hasPython ? streamed(seed, 1000 + i, share) : damaged(seed, 1000 + i, share);
    const intact = pixelElementOf(seed.bytes);
    let number = 0;
    for (const mutant of mutants) {
      const start = now();
      const got = await outcomeOf(mutant, 0xee);
      const took = now() - start;
      tally.slowest = Math.max(tally.slowest, took);
      expect(took, `mutant ${number}`).toBeLessThan(SLOWEST);
      tally.mutants++;
      if (got.refused) tally.refused++;
      else if (!got.pixels) tally.objects++;
      else checkPixels(seed, mutant, got, whole, intact, number);
      // What lies around the file must not matter.
      if (number % 20 === 0) {
        const other = await outcomeOf(mutant, 0x11);
        expect(other.refused).toBe(got.refused);
        const differs = firstDifference(other.pixels?.values ?? [], got.pixels?.values ?? []);
        expect(differs, `first value of mutant ${number} that depends on its surroundings`).toBe(-1);
      }
      number++;
    }
  });

  it('says what came of them', () => {
    console.log(`fuzz: ${JSON.stringify({ ...tally, slowest: `${tally.slowest.toFixed(0)} ms` })}`);
    expect(tally.mutants).toBeGreaterThanOrEqual(TOTAL);
    // The comparisons must not have run dry.
    expect(tally.compared).toBeGreaterThan(TOTAL / 20);
    expect(tally.intact).toBeGreaterThan(TOTAL / 20);
  });
});

const PIXEL_TAG = Buffer.from([0xe0, 0x7f, 0x10, 0x00]);

/** From the tag of the pixel data to the end of the file; empty where the tag cannot be seen (big endian, deflated). */
function pixelElementOf(bytes: Uint8Array): Buffer {
  const at = Buffer.from(bytes).lastIndexOf(PIXEL_TAG);
  return at < 0 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at));
}

function checkPixels(
  seed: Seed,
  mutant: Uint8Array,
  got: Outcome,
  whole: Outcome,
  intact: Buffer,
  number: number,
): void {
  tally.images++;
  const pixels = got.pixels!;
  const warned = pixels.warnings.length + got.instance!.warnings.length > 0;
  const small = pixels.values.length <= 2000;
  if (!warned && small) {
    let wanted: ReturnType<typeof oracle>;
    try {
      wanted = oracle(Buffer.from(mutant));
    } catch (error) {
      throw new Error(`mutant ${number} of ${seed.name} was accepted, but ends too early: ${String(error)}`, {
        cause: error,
      });
    }
    if (wanted) {
      tally.compared++;
      expect(shapeOf(pixels), `mutant ${number}`).toEqual(wanted.shape);
      expect(
        firstDifference(wanted.values, pixels.values),
        `first value of mutant ${number} that differs`,
      ).toBe(-1);
    }
  }
  if (!whole.pixels || !sameModule(got.instance!, whole.instance!)) return;
  // The only pixel data in the file are those of the good one: what they decode to must be the same.
  const file = Buffer.from(mutant.buffer, mutant.byteOffset, mutant.length);
  const at = file.indexOf(PIXEL_TAG);
  if (intact.length === 0 || at < 0 || !file.subarray(at, at + intact.length).equals(intact)) return;
  tally.intact++;
  if (!warned)
    expect(
      firstDifference(pixels.values, whole.pixels.values),
      `first value of mutant ${number} that differs`,
    ).toBe(-1);
}

function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return i;
  return -1;
}

/** Do both say the same of how pixels are stored? */
function sameModule(a: DicomInstance, b: DicomInstance): boolean {
  const tags = [
    '00280002',
    '00280004',
    '00280006',
    '00280008',
    '00280010',
    '00280011',
    '00280100',
    '00280101',
    '00280102',
    '00280103',
  ];
  return (
    a.transferSyntax === b.transferSyntax &&
    tags.every((t) => JSON.stringify(a.attributes[t]) === JSON.stringify(b.attributes[t]))
  );
}
