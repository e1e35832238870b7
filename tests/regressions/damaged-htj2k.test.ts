import { describe, expect, it } from 'vitest';
import { RefusedInput } from '../../src/core/refusal.ts';
import { image, SYNTAX, words } from '../../src/formats/dicom/build.testing.ts';
import { decodePixels } from '../../src/formats/dicom/decode.ts';
import { encodeWasm } from '../../src/formats/dicom/encode.testing.ts';
import { readDicom } from '../../src/formats/dicom/read.ts';

// Found by damaging real HTJ2K files and comparing with another decoder: OpenJPH, which then read HTJ2K here, gave
// black where a block was damaged, and nothing said so.

const SIDE = 64;
const values = Array.from({ length: SIDE * SIDE }, (_, i) => (i * 37 + (i % 7) * 211) % 4096);

/** Stored values, or why there are none. */
async function decoded(frame: Uint8Array): Promise<readonly number[] | string> {
  const pixels = [frame];
  const file = image({ rows: SIDE, columns: SIDE, bitsStored: 12, syntax: SYNTAX.htj2k, pixels });
  try {
    const { values: got, warnings } = await decodePixels(file, readDicom(file, 'damaged.dcm'));
    return warnings.length > 0 ? 'warned' : Array.from(got);
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    return error.kind;
  }
}

interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getDecodedBuffer(): Uint8Array;
}

/** The picture that OpenJPH makes of it, whatever is wrong with it; undefined when it throws. */
async function byOpenJph(frame: Uint8Array): Promise<number[] | undefined> {
  const make = (await import('@cornerstonejs/codec-openjph')).default as (
    o: object,
  ) => Promise<{ HTJ2KDecoder: new () => Decoder }>;
  const quiet = { print: () => undefined, printErr: () => undefined };
  const decoder = new (await make(quiet)).HTJ2KDecoder();
  decoder.getEncodedBuffer(frame.length).set(frame);
  try {
    decoder.decode();
  } catch {
    return undefined;
  }
  const bytes = decoder.getDecodedBuffer().slice();
  return Array.from(new Uint16Array(bytes.buffer));
}

describe('a damaged HTJ2K frame', async () => {
  const info = { width: SIDE, height: SIDE, bitsPerSample: 12, componentCount: 1, isSigned: false };
  const frame = await encodeWasm('htj2k', words(values), info);

  it('is read right while it is whole', async () => {
    expect(await decoded(frame)).toEqual(values);
    expect(await byOpenJph(frame)).toEqual(values);
  });

  it('is refused, or read as two decoders read what is left', { timeout: 60_000 }, async () => {
    const seen = { refused: 0, read: 0, black: 0 };
    for (let at = frame.length - 40; at > 600; at -= 97) {
      const damaged = frame.slice();
      damaged.fill(0, at, at + 32);
      const got = await decoded(damaged);
      const other = await byOpenJph(damaged);
      if (typeof got === 'string') {
        seen.refused++;
        if (other) seen.black++;
      } else {
        seen.read++;
        // What damage made too large ends at the depth of the image here.
        expect(got, `32 zeros at byte ${at}`).toEqual(other?.map((v) => Math.min(v, 4095)));
      }
    }
    // The case that was found must be among them: a picture of OpenJPH's for what is refused now.
    expect(seen.black).toBeGreaterThan(5);
    expect(seen.refused).toBeGreaterThan(seen.read);
  });
});
