import { deflateSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { concat, image, SYNTAX, words, type MadeImage } from './build.testing.ts';
import { decodePixels } from './decode.ts';
import { encodeJpegDct, encodeJpegLossless, encodeRle, encodeWasm } from './encode.testing.ts';
import { readDicom } from './read.ts';

const decoded = (made: MadeImage) => decodeFile(image(made));
const decodeFile = async (bytes: Uint8Array) => decodePixels(bytes, readDicom(bytes, 'made.dcm'));

/** The kind of refusal; a test fails when it decodes, or throws anything else. */
async function refusal(made: MadeImage): Promise<string> {
  try {
    const { values } = await decoded(made);
    return `decoded to ${values.slice(0, 8).join()}`;
  } catch (error) {
    if (error instanceof RefusedInput) return error.kind;
    throw error;
  }
}

/** A smooth ramp with noise on it, as an image has; `bits` wide. */
function picture(count: number, bits: number, seed = 1): number[] {
  const random = new Random(seed);
  const top = 2 ** bits - 1;
  return Array.from({ length: count }, (_, i) =>
    Math.min(top, Math.max(0, Math.round((top * (i % 61)) / 80 + random.uniform() * top * 0.2))),
  );
}

const ROWS = 19; // no multiple of eight, and odd
const COLUMNS = 22;
const COUNT = ROWS * COLUMNS;
const size = { rows: ROWS, columns: COLUMNS };
const values12 = picture(COUNT, 12);
const values8 = picture(COUNT, 8);

describe('native pixels', () => {
  it.each([SYNTAX.implicit, SYNTAX.explicit, SYNTAX.bigEndian, SYNTAX.deflated])(
    '16 bit in %s',
    async (syntax) => {
      const pixels = words(values12, syntax !== SYNTAX.bigEndian);
      const got = await decoded({ ...size, syntax, bitsStored: 12, pixels });
      expect(got.values).toEqual(Uint16Array.from(values12));
      expect([got.columns, got.rows, got.frames, got.samples]).toEqual([COLUMNS, ROWS, 1, 1]);
      expect(got.warnings).toEqual([]);
    },
  );

  it('drops what lies above BitsStored and extends the sign', async () => {
    // 12 bits below HighBit 11: 0x7FF is 2047, 0x800 is −2048, 0xFFF is −1; the upper nibble is an old overlay.
    const pixels = words([0xf7ff, 0x0800, 0x5fff, 0x0000]);
    const made = { rows: 2, columns: 2, bitsStored: 12, pixels };
    expect([...(await decoded({ ...made, signed: true })).values]).toEqual([2047, -2048, -1, 0]);
    expect([...(await decoded(made)).values]).toEqual([2047, 2048, 4095, 0]);
  });

  it('takes the bits below HighBit when they do not begin at zero', async () => {
    // BitsStored 12, HighBit 15: the value stands in the upper twelve bits.
    const made = { rows: 1, columns: 2, bitsStored: 12, highBit: 15, pixels: words([0x8010, 0x7ff5]) };
    expect([...(await decoded(made)).values]).toEqual([0x801, 0x7ff]);
    expect([...(await decoded({ ...made, signed: true })).values]).toEqual([0x801 - 4096, 0x7ff]);
  });

  it('reads 32 bit, signed, in both byte orders', async () => {
    const numbers = [0, 1, -1, 2147483647, -2147483648, 65536];
    const bytes = (little: boolean) => {
      const v = new DataView(new ArrayBuffer(24));
      numbers.forEach((n, i) => v.setInt32(i * 4, n, little));
      return new Uint8Array(v.buffer);
    };
    const made = { rows: 2, columns: 3, bitsAllocated: 32, signed: true };
    expect([...(await decoded({ ...made, pixels: bytes(true) })).values]).toEqual(numbers);
    const big = { ...made, syntax: SYNTAX.bigEndian, pixels: bytes(false) };
    expect([...(await decoded(big)).values]).toEqual(numbers);
  });

  it('swaps 8-bit values in big endian words, and leaves bytes alone', async () => {
    const made = { rows: 1, columns: 3, bitsAllocated: 8, syntax: SYNTAX.bigEndian };
    const inWords = { ...made, pixelVr: 'OW', pixels: Uint8Array.of(2, 1, 0, 3) };
    expect([...(await decoded(inWords)).values]).toEqual([1, 2, 3]);
    const inBytes = { ...made, pixelVr: 'OB', pixels: Uint8Array.of(1, 2, 3, 0) };
    expect([...(await decoded(inBytes)).values]).toEqual([1, 2, 3]);
  });

  it('unpacks one-bit frames that begin inside a byte', async () => {
    // Two frames of 3×1: 1 0 1, 0 1 1; the first pixel in the lowest bit: 0b110101.
    const got = await decoded({
      rows: 1,
      columns: 3,
      frames: 2,
      bitsAllocated: 1,
      pixels: Uint8Array.of(0b110101, 0),
    });
    expect([...got.values]).toEqual([1, 0, 1, 0, 1, 1]);
  });

  it('interleaves planes of colour in each frame', async () => {
    const pixels = Uint8Array.of(1, 2, 11, 12, 21, 22, 3, 4, 13, 14, 23, 24);
    const got = await decoded({
      rows: 1,
      columns: 2,
      frames: 2,
      samples: 3,
      bitsAllocated: 8,
      planar: true,
      pixels,
    });
    expect([...got.values]).toEqual([1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24]);
  });

  it('repeats the colours of 4:2:2, and refuses an odd number of columns', async () => {
    const made = { rows: 1, samples: 3, bitsAllocated: 8, photometric: 'YBR_FULL_422' };
    const got = await decoded({ ...made, columns: 4, pixels: Uint8Array.of(1, 2, 50, 60, 3, 4, 51, 61) });
    expect([...got.values]).toEqual([1, 50, 60, 2, 50, 60, 3, 51, 61, 4, 51, 61]);
    expect(await refusal({ ...made, columns: 3, pixels: new Uint8Array(6) })).toBe('inconsistent_attributes');
    expect(await refusal({ ...made, columns: 2, bitsAllocated: 16, pixels: new Uint8Array(8) })).toBe(
      'unsupported_encoding',
    );
  });

  it('reads float and double pixel data', async () => {
    const numbers = [1.5, -0.25, 3e7, 0.1];
    const made = { rows: 2, columns: 2, pixels: new Uint8Array(8), without: ['7FE00010'] };
    const single = new Uint8Array(Float32Array.from(numbers).buffer);
    const got = await decoded({ ...made, bitsAllocated: 32, more: [['7FE00008', 'OF', single]] });
    expect(got.values).toEqual(Float32Array.from(numbers));
    const double = new Uint8Array(Float64Array.from(numbers).buffer);
    const more = await decoded({ ...made, bitsAllocated: 64, more: [['7FE00009', 'OD', double]] });
    expect(more.values).toEqual(Float64Array.from(numbers));
  });

  it('names the sizes when bytes are missing, and warns when there are too many', async () => {
    await expect(decoded({ ...size, pixels: words(values12.slice(0, 100)) })).rejects.toMatchObject({
      kind: 'truncated',
      facts: { expected: COUNT * 2, received: 200 },
    });
    const long = await decoded({ ...size, pixels: words([...values12, 1, 2, 3, 4]) });
    expect(long.values).toEqual(Uint16Array.from(values12));
    expect(long.warnings).toHaveLength(1);
  });

  it('refuses integers of 64 bits, natively and in RLE', async () => {
    const made = { rows: 2, columns: 2, bitsAllocated: 64, bitsStored: 64 };
    expect(await refusal({ ...made, pixels: new Uint8Array(32) })).toBe('unsupported_encoding');
    expect(
      await refusal({ ...made, syntax: SYNTAX.rle, pixels: [encodeRle(new Uint8Array(32), 1, 8)] }),
    ).toBe('unsupported_encoding');
  });
});

type Encode = (values: readonly number[], bits: number) => Promise<Uint8Array> | Uint8Array;

const wasm =
  (kind: 'jpeg-ls' | 'jpeg-2000' | 'htj2k'): Encode =>
  (values, bits) =>
    encodeWasm(kind, bits > 8 ? words(values) : Uint8Array.from(values), {
      width: COLUMNS,
      height: ROWS,
      bitsPerSample: bits,
      componentCount: 1,
      isSigned: false,
    });

interface Compression {
  readonly name: string;
  readonly syntax: string;
  readonly encode: Encode;
  /** Greatest difference from what was encoded, grey levels. */
  readonly within: number;
}

const COMPRESSIONS: readonly Compression[] = [
  {
    name: 'RLE',
    syntax: SYNTAX.rle,
    within: 0,
    encode: (v, bits) => encodeRle(bits > 8 ? words(v) : Uint8Array.from(v), 1, bits > 8 ? 2 : 1),
  },
  {
    name: 'JPEG lossless',
    syntax: SYNTAX.jpegLossless,
    within: 0,
    encode: (v, bits) => encodeJpegLossless(v, ROWS, COLUMNS, bits),
  },
  {
    name: 'JPEG sequential',
    syntax: SYNTAX.jpegExtended,
    within: 2,
    encode: (v, bits) => encodeJpegDct(v, ROWS, COLUMNS, bits > 8 ? 12 : 8),
  },
  {
    name: 'JPEG with restarts',
    syntax: SYNTAX.jpegExtended,
    within: 2,
    encode: (v, bits) => encodeJpegDct(v, ROWS, COLUMNS, bits > 8 ? 12 : 8, { restart: 2 }),
  },
  { name: 'JPEG-LS', syntax: SYNTAX.jpegLs, within: 0, encode: wasm('jpeg-ls') },
  { name: 'JPEG 2000', syntax: SYNTAX.jpeg2000, within: 0, encode: wasm('jpeg-2000') },
  { name: 'HTJ2K', syntax: SYNTAX.htj2k, within: 0, encode: wasm('htj2k') },
  {
    name: 'deflated frames',
    syntax: SYNTAX.deflatedFrames,
    within: 0,
    encode: (v, bits) => deflateSync(bits > 8 ? words(v) : Uint8Array.from(v)),
  },
  {
    name: 'encapsulated, not compressed',
    syntax: SYNTAX.encapsulated,
    within: 0,
    encode: (v, bits) => (bits > 8 ? words(v) : Uint8Array.from(v)),
  },
];

describe.each(COMPRESSIONS)('$name', ({ syntax, encode, within }) => {
  const frames: Uint8Array[] = [];
  const second = picture(COUNT, 12, 2);
  beforeAll(async () => {
    frames.push(await encode(values12, 12), await encode(second, 12), await encode(values8, 8));
  });

  const far = (got: ArrayLike<number>, wanted: readonly number[]): number =>
    wanted.reduce((most, w, i) => Math.max(most, Math.abs(w - got[i])), 0);

  it('decodes 12 bits, 8 bits and several frames', async () => {
    const twelve = { ...size, syntax, bitsStored: 12 };
    const one = await decoded({ ...twelve, pixels: [frames[0]] });
    expect(one.values.length).toBe(COUNT);
    expect(far(one.values, values12)).toBeLessThanOrEqual(within);
    const eight = await decoded({ ...size, syntax, bitsAllocated: 8, pixels: [frames[2]] });
    expect(eight.values).toBeInstanceOf(Uint8Array);
    expect(far(eight.values, values8)).toBeLessThanOrEqual(within);
    const two = await decoded({ ...twelve, frames: 2, pixels: [frames[0], frames[1]] });
    expect(far(two.values, [...values12, ...second])).toBeLessThanOrEqual(within);
  });

  it('reads signed images from unsigned codestreams', async () => {
    // 12-bit two's complement: 0x800 and above are negative.
    const got = await decoded({ ...size, syntax, bitsStored: 12, signed: true, pixels: [frames[0]] });
    const signed = values12.map((v) => (v >= 2048 ? v - 4096 : v));
    if (within === 0) expect([...got.values]).toEqual(signed);
    else expect(got.values).toBeInstanceOf(Int16Array);
  });

  it('joins the fragments of one frame', async () => {
    const cut = [frames[0].subarray(0, 100), frames[0].subarray(100)];
    const got = await decoded({ ...size, syntax, bitsStored: 12, pixels: cut });
    expect(far(got.values, values12)).toBeLessThanOrEqual(within);
  });

  it.each([0.3, 0.6, 0.9])('never shows a frame cut at %f as if it were whole', async (share) => {
    const cut = frames[0].slice(0, Math.floor((frames[0].length * share) / 2) * 2);
    const got = await refusal({ ...size, syntax, bitsStored: 12, pixels: [cut] });
    expect(['decode_failed', 'truncated']).toContain(got);
  });

  it('refuses a frame of another size', async () => {
    const got = await refusal({
      rows: ROWS + 5,
      columns: COLUMNS,
      syntax,
      bitsStored: 12,
      pixels: [frames[0]],
    });
    expect(['inconsistent_attributes', 'decode_failed', 'truncated']).toContain(got);
  });

  it('refuses when a frame is missing', async () => {
    const got = await refusal({ ...size, frames: 3, syntax, bitsStored: 12, pixels: [frames[0], frames[1]] });
    expect(got).toBe('decode_failed');
  });

  it('does not take a claim of size for bytes', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const got = await refusal({ rows: 40000, columns: 20000, syntax, bitsStored: 12, pixels: [frames[0]] });
    expect(['inconsistent_attributes', 'decode_failed', 'truncated']).toContain(got);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 28);
  });
});

describe('what codestreams may say', () => {
  it('refuses a second frame header, which the codecs would follow', async () => {
    const good = encodeJpegLossless(values12, ROWS, COLUMNS, 12);
    const at = good.findIndex((b, i) => b === 0xff && good[i + 1] === 0xc3);
    const other = good.slice(at, at + 13);
    other.set([0xff, 0xff, 0xff, 0xff], 5); // 65535 × 65535
    const two = concat(good.subarray(0, at + 13), other, good.subarray(at + 13));
    const made = { ...size, syntax: SYNTAX.jpegLossless, bitsStored: 12, pixels: [two] };
    expect(await refusal(made)).toBe('decode_failed');
  });

  it('refuses a restart marker out of turn', async () => {
    const good = encodeJpegDct(values8, ROWS, COLUMNS, 8, { restart: 2 });
    const at = good.findIndex((b, i) => b === 0xff && good[i + 1] === 0xd1);
    const lost = concat(good.subarray(0, at), good.subarray(at + 2));
    const made = { ...size, syntax: SYNTAX.jpegBaseline, bitsAllocated: 8, pixels: [lost] };
    expect(await refusal(made)).toBe('decode_failed');
  });

  it('is not misled by a size that stands in another box of a JP2 file', async () => {
    const info = { width: COLUMNS, height: ROWS, bitsPerSample: 8, componentCount: 1, isSigned: false };
    const stream = await encodeWasm('jpeg-2000', Uint8Array.from(values8), info);
    const box = (name: string, body: Uint8Array) => {
      const head = new DataView(new ArrayBuffer(8));
      head.setUint32(0, body.length + 8);
      return concat(new Uint8Array(head.buffer).fill(0, 4), body).map((b, i) =>
        i > 3 && i < 8 ? name.charCodeAt(i - 4) : b,
      );
    };
    const jp2 = (lie: Uint8Array) =>
      concat(
        box('jP  ', Uint8Array.of(0x0d, 0x0a, 0x87, 0x0a)),
        box(
          'ftyp',
          Uint8Array.from('jp2 \0\0\0\0jp2 ', (c) => c.charCodeAt(0)),
        ),
        box(
          'jp2h',
          concat(
            box('ihdr', Uint8Array.of(0, 0, 0, ROWS, 0, 0, 0, COLUMNS, 0, 1, 7, 7, 0, 0)),
            box('colr', Uint8Array.of(1, 0, 0, 0, 0, 0, 17)),
          ),
        ),
        box('uuid', lie),
        box('jp2c', stream),
      );
    const made = { ...size, syntax: SYNTAX.jpeg2000, bitsAllocated: 8 };
    const honest = await decoded({ ...made, pixels: [jp2(new Uint8Array(16))] });
    expect([...honest.values]).toEqual(values8);
    const siz = stream.slice(0, 60);
    siz.set([0, 0, 0, 5, 0, 0, 0, 5], 8);
    expect(
      await refusal({ rows: 5, columns: 5, syntax: SYNTAX.jpeg2000, bitsAllocated: 8, pixels: [jp2(siz)] }),
    ).toBe('inconsistent_attributes');
  });

  it('warns when a frame decodes, but its data do not add up', async () => {
    // Four more bytes of codes than the picture needs: somewhere the decoder lost its way.
    for (const [syntax, good] of [
      [SYNTAX.jpegBaseline, encodeJpegDct(values8, ROWS, COLUMNS, 8)],
      [SYNTAX.jpegLossless, encodeJpegLossless(values8, ROWS, COLUMNS, 8)],
    ] as const) {
      const more = concat(good.subarray(0, -2), Uint8Array.of(1, 2, 3, 4), good.subarray(-2));
      const made = { ...size, syntax, bitsAllocated: 8 };
      expect((await decoded({ ...made, pixels: [more] })).warnings.join()).toContain('damaged');
      expect((await decoded({ ...made, pixels: [good] })).warnings).toEqual([]);
    }
  });

  it('starts a codec anew after it failed', async () => {
    const info = { width: COLUMNS, height: ROWS, bitsPerSample: 12, componentCount: 1, isSigned: false };
    const good = await encodeWasm('jpeg-ls', words(values12), info);
    const bad = good.slice();
    bad.fill(0xa5, 60, 200);
    const made = { ...size, syntax: SYNTAX.jpegLs, bitsStored: 12 };
    await refusal({ ...made, pixels: [bad] });
    expect((await decoded({ ...made, pixels: [good] })).values).toEqual(Uint16Array.from(values12));
  });

  it('says when there are more frames than the image claims', async () => {
    const frame = encodeJpegDct(values8, ROWS, COLUMNS, 8);
    const made = { ...size, syntax: SYNTAX.jpegBaseline, bitsAllocated: 8 };
    const got = await decoded({ ...made, pixels: [frame, frame] });
    expect(got.warnings.join()).toContain('frames');
  });

  it('reads RLE of subsampled colour as the full planes that it holds', async () => {
    const rgb = Uint8Array.from({ length: 24 }, (_, i) => i * 3);
    const made = {
      rows: 2,
      columns: 4,
      samples: 3,
      bitsAllocated: 8,
      syntax: SYNTAX.rle,
      photometric: 'YBR_FULL_422',
    };
    expect([...(await decoded({ ...made, pixels: [encodeRle(rgb, 3, 1)] })).values]).toEqual([...rgb]);
  });

  it('keeps colour as stored in JPEG of three components', async () => {
    const rgb = picture(COUNT * 3, 8, 5);
    const frame = encodeJpegDct(rgb, ROWS, COLUMNS, 8, { components: 3 });
    const made = {
      ...size,
      samples: 3,
      bitsAllocated: 8,
      syntax: SYNTAX.jpegBaseline,
      photometric: 'YBR_FULL',
    };
    const { values } = await decoded({ ...made, pixels: [frame] });
    expect(rgb.every((v, i) => Math.abs(v - values[i]) <= 2)).toBe(true);
  });
});

describe('files that name no known or possible encoding', () => {
  it('refuses transfer syntaxes that it does not know', async () => {
    expect(await refusal({ ...size, syntax: '1.2.840.10008.1.2.4.102', pixels: [new Uint8Array(8)] })).toBe(
      'unsupported_transfer_syntax',
    );
  });

  it('decodes alike when the instance came from another realm', async () => {
    const bytes = image({ ...size, syntax: SYNTAX.deflated, bitsStored: 12, pixels: words(values12) });
    const { values } = await decodePixels(bytes, structuredClone(readDicom(bytes, 'made.dcm')));
    expect(values).toEqual(Uint16Array.from(values12));
  });
});
