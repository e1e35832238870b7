import { concat } from './build.testing.ts';

// Small encoders, written from the standards for the tests alone: what they encode is known, so what the decoders of
// the product must give is known too.

/** PackBits of one byte plane (PS3.5 G.3.1): literal runs of at most 128 bytes, and repeats. */
function packBits(plane: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < plane.length;) {
    let run = 1;
    while (run < 128 && at + run < plane.length && plane[at + run] === plane[at]) run++;
    if (run > 2) {
      out.push(257 - run, plane[at]);
      at += run;
      continue;
    }
    const from = at;
    while (
      at < plane.length &&
      at - from < 128 &&
      !(plane[at] === plane[at + 1] && plane[at] === plane[at + 2])
    )
      at++;
    out.push(at - from - 1, ...plane.subarray(from, at));
  }
  if (out.length % 2) out.push(128); // no operation
  return Uint8Array.from(out);
}

/** One RLE frame (PS3.5 Annex G) from little-endian bytes with samples interleaved. */
export function encodeRle(bytes: Uint8Array, samples: number, bytesPerSample: number): Uint8Array {
  const step = samples * bytesPerSample;
  const segments: Uint8Array[] = [];
  for (let s = 0; s < samples; s++) {
    for (let b = bytesPerSample - 1; b >= 0; b--) {
      segments.push(packBits(bytes.filter((_, i) => i % step === s * bytesPerSample + b)));
    }
  }
  const header = new Uint32Array(16);
  header[0] = segments.length;
  let at = 64;
  segments.forEach((s, i) => {
    header[i + 1] = at;
    at += s.length;
  });
  return concat(new Uint8Array(header.buffer), ...segments);
}

const marker = (code: number, body: readonly number[]): Uint8Array =>
  Uint8Array.from([0xff, code, (body.length + 2) >> 8, (body.length + 2) & 255, ...body]);

/** Bits into entropy-coded bytes, a zero stuffed behind each FF (T.81 F.1.2.3). */
class BitWriter {
  readonly bytes: number[] = [];
  #word = 0;
  #count = 0;

  write(value: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--) {
      this.#word = (this.#word << 1) | ((value >> i) & 1);
      if (++this.#count < 8) continue;
      this.bytes.push(this.#word);
      if (this.#word === 0xff) this.bytes.push(0);
      this.#word = this.#count = 0;
    }
  }

  /** Fills the last byte with ones. */
  align(): void {
    while (this.#count > 0) this.write(1, 1);
  }
}

const sizeOf = (v: number): number => (v === 0 ? 0 : Math.floor(Math.log2(Math.abs(v))) + 1);
const amplitude = (v: number, size: number): number => (v < 0 ? v + (1 << size) - 1 : v);

/** JPEG lossless, process 14, first-order prediction (T.81 Annex H), one component. Codes of five bits for each category. */
export function encodeJpegLossless(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  bits: number,
): Uint8Array {
  const out = new BitWriter();
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = y * columns + x;
      const predicted = x > 0 ? values[at - 1] : y > 0 ? values[at - columns] : 1 << (bits - 1);
      let d = (values[at] - predicted) & 0xffff;
      if (d > 32768) d -= 65536;
      const size = d === 32768 ? 16 : sizeOf(d);
      out.write(size, 5);
      if (size < 16) out.write(amplitude(d, size), size);
    }
  }
  out.align();
  return concat(
    Uint8Array.of(0xff, 0xd8),
    marker(0xc4, [
      0x00,
      0,
      0,
      0,
      0,
      17,
      ...new Array<number>(11).fill(0),
      ...Array.from({ length: 17 }, (_, i) => i),
    ]),
    marker(0xc3, [bits, rows >> 8, rows & 255, columns >> 8, columns & 255, 1, 1, 0x11, 0]),
    marker(0xda, [1, 1, 0x00, 1, 0, 0]),
    Uint8Array.from(out.bytes),
    Uint8Array.of(0xff, 0xd9),
  );
}

// Order of the coefficients, walked along the diagonals (T.81 Figure A.6).
const zigzag: number[] = [];
for (let d = 0; d < 15; d++) {
  for (let k = 0; k <= d; k++) {
    const [x, y] = d % 2 === 0 ? [k, d - k] : [d - k, k];
    if (x < 8 && y < 8) zigzag.push(y * 8 + x);
  }
}

/** Symbols of AC codes: end of block, sixteen zeros, and every run with every size up to fourteen bits. */
const AC = [0x00, 0xf0, ...Array.from({ length: 16 * 14 }, (_, i) => ((i / 14) << 4) | ((i % 14) + 1))];

export interface DctOptions {
  /** Restart interval in blocks; 0 for none. */
  readonly restart?: number;
  readonly components?: number;
}

/**
 * JPEG sequential DCT of 8 or 12 bits (T.81 Annex F), quantisation of one everywhere, so that a decoder must come
 * within one grey level. Rows and columns are padded by repeating the edge. All components unsampled, interleaved.
 */
export function encodeJpegDct(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  bits: 8 | 12,
  { restart = 0, components = 1 }: DctOptions = {},
): Uint8Array {
  const out = new BitWriter();
  const last = new Array<number>(components).fill(0);
  let block = 0;
  for (let by = 0; by < Math.ceil(rows / 8); by++) {
    for (let bx = 0; bx < Math.ceil(columns / 8); bx++) {
      if (restart > 0 && block > 0 && block % restart === 0) {
        out.align();
        out.bytes.push(0xff, 0xd0 + ((block / restart - 1) % 8));
        last.fill(0);
      }
      block++;
      for (let c = 0; c < components; c++) {
        const f = forwardDct((x, y) => {
          const column = Math.min(columns - 1, bx * 8 + x);
          const row = Math.min(rows - 1, by * 8 + y);
          return values[(row * columns + column) * components + c] - (1 << (bits - 1));
        });
        const d = f[0] - last[c];
        last[c] = f[0];
        out.write(sizeOf(d), 5);
        out.write(amplitude(d, sizeOf(d)), sizeOf(d));
        let run = 0;
        for (let k = 1; k < 64; k++) {
          const v = f[zigzag[k]];
          if (v === 0) {
            run++;
            continue;
          }
          for (; run > 15; run -= 16) out.write(1, 8);
          out.write(AC.indexOf((run << 4) | sizeOf(v)), 8);
          out.write(amplitude(v, sizeOf(v)), sizeOf(v));
          run = 0;
        }
        if (run > 0) out.write(0, 8);
      }
    }
  }
  out.align();
  const flat = (length: number, symbols: readonly number[]) => [
    ...Array.from({ length: 16 }, (_, i) => (i + 1 === length ? symbols.length : 0)),
    ...symbols,
  ];
  const ids = Array.from({ length: components }, (_, i) => i + 1);
  return concat(
    Uint8Array.of(0xff, 0xd8),
    marker(0xdb, [0, ...new Array<number>(64).fill(1)]),
    marker(bits === 8 ? 0xc0 : 0xc1, [
      bits,
      rows >> 8,
      rows & 255,
      columns >> 8,
      columns & 255,
      components,
      ...ids.flatMap((id) => [id, 0x11, 0]),
    ]),
    marker(0xc4, [
      0x00,
      ...flat(
        5,
        Array.from({ length: 17 }, (_, i) => i),
      ),
    ]),
    marker(0xc4, [0x10, ...flat(8, AC)]),
    ...(restart > 0 ? [marker(0xdd, [restart >> 8, restart & 255])] : []),
    marker(0xda, [components, ...ids.flatMap((id) => [id, 0x00]), 0, 63, 0]),
    Uint8Array.from(out.bytes),
    Uint8Array.of(0xff, 0xd9),
  );
}

/** Forward DCT of one block by its definition (T.81 A.3.3), rounded. */
function forwardDct(sample: (x: number, y: number) => number): number[] {
  const f: number[] = [];
  for (let v = 0; v < 8; v++) {
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let y = 0; y < 8; y++) {
        for (let x = 0; x < 8; x++) {
          sum +=
            sample(x, y) *
            Math.cos(((2 * x + 1) * u * Math.PI) / 16) *
            Math.cos(((2 * y + 1) * v * Math.PI) / 16);
        }
      }
      f.push(Math.round((sum * (u === 0 ? Math.SQRT1_2 : 1) * (v === 0 ? Math.SQRT1_2 : 1)) / 4));
    }
  }
  return f;
}

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  setDecompositions?(levels: number): void;
  setInterleaveMode?(mode: number): void;
  setNearLossless?(near: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

type Factory = (o: object) => Promise<Record<string, new () => Encoder>>;

const ENCODERS = {
  'jpeg-ls': { load: () => import('@cornerstonejs/codec-charls'), name: 'JpegLSEncoder' },
  'jpeg-2000': { load: () => import('@cornerstonejs/codec-openjpeg'), name: 'J2KEncoder' },
  htj2k: { load: () => import('@cornerstonejs/codec-openjph'), name: 'HTJ2KEncoder' },
} as const;

export interface WasmImage {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned?: boolean;
  /** JPEG-LS: greatest error, and 0 to 2 for components in planes, lines or pixels. */
  readonly near?: number;
  readonly interleave?: number;
}

const modules = new Map<string, Promise<Record<string, new () => Encoder>>>();

/** JPEG-LS, JPEG 2000 and HTJ2K by the full builds of the libraries (which the product does not ship). */
export async function encodeWasm(
  kind: keyof typeof ENCODERS,
  pixels: Uint8Array,
  info: WasmImage,
): Promise<Uint8Array> {
  const { load, name } = ENCODERS[kind];
  if (!modules.has(kind)) {
    const make = (await load()).default as Factory;
    modules.set(kind, make({ print: () => undefined, printErr: () => undefined }));
  }
  const e = new (await modules.get(kind)!)[name]();
  const { width, height, bitsPerSample, componentCount, isSigned = false } = info;
  const size = { width, height, bitsPerSample, componentCount, isSigned, isUsingColorTransform: false };
  e.getDecodedBuffer(size).set(pixels);
  e.setDecompositions?.(2);
  e.setNearLossless?.(info.near ?? 0);
  e.setInterleaveMode?.(info.interleave ?? 0);
  e.encode();
  const out = e.getEncodedBuffer().slice();
  e.delete();
  return out;
}
