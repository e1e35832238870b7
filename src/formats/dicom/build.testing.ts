import { deflateSync } from 'fflate';

/** What an element of a made file holds: text, binary bytes, 16-bit numbers, or the items of a sequence. */
export type MadeValue = string | Uint8Array | readonly number[] | readonly MadeElement[][];

/** Tag, value representation and value; `length` writes another length than the value has. */
export type MadeElement = readonly [tag: string, vr: string, value: MadeValue, length?: number];

export const SYNTAX = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  bigEndian: '1.2.840.10008.1.2.2',
  deflated: '1.2.840.10008.1.2.1.99',
  encapsulated: '1.2.840.10008.1.2.1.98',
  deflatedFrames: '1.2.840.10008.1.2.8.1',
  rle: '1.2.840.10008.1.2.5',
  jpegBaseline: '1.2.840.10008.1.2.4.50',
  jpegExtended: '1.2.840.10008.1.2.4.51',
  jpegLossless: '1.2.840.10008.1.2.4.70',
  jpegLs: '1.2.840.10008.1.2.4.80',
  jpeg2000: '1.2.840.10008.1.2.4.90',
  htj2k: '1.2.840.10008.1.2.4.201',
} as const;

const UNDEFINED = 0xffffffff;
const LONG = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

const latin = (s: string): Uint8Array => Uint8Array.from(s, (c) => c.charCodeAt(0));
const even = (b: Uint8Array, pad: number): Uint8Array => (b.length % 2 ? concat(b, Uint8Array.of(pad)) : b);

/** 16-bit numbers to bytes. */
export function words(
  values: readonly number[] | ArrayLike<number>,
  littleEndian = true,
): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  for (let i = 0; i < values.length; i++) view.setUint16(i * 2, values[i] & 0xffff, littleEndian);
  return new Uint8Array(view.buffer);
}

/** One data set in the given encoding, elements in the order given. */
export function dataSet(elements: readonly MadeElement[], syntax: string): Uint8Array<ArrayBuffer> {
  const little = syntax !== SYNTAX.bigEndian;
  const explicit = syntax !== SYNTAX.implicit;
  const u16 = (n: number) => words([n], little);
  const u32 = (n: number) => {
    const v = new DataView(new ArrayBuffer(4));
    v.setUint32(0, n >>> 0, little);
    return new Uint8Array(v.buffer);
  };
  const tagBytes = (tag: string) =>
    concat(u16(parseInt(tag.slice(0, 4), 16)), u16(parseInt(tag.slice(4), 16)));
  const valueBytes = (vr: string, value: MadeValue): Uint8Array => {
    if (typeof value === 'string') return even(latin(value), vr === 'UI' ? 0 : 32);
    if (value instanceof Uint8Array) return even(value, 0);
    if (vr !== 'SQ') return words(value as readonly number[], little);
    return concat(
      ...(value as readonly MadeElement[][]).map((item) => {
        const body = dataSet(item, syntax);
        return concat(tagBytes('FFFEE000'), u32(body.length), body);
      }),
    );
  };
  return concat(
    ...elements.map(([tag, vr, value, length]) => {
      const bytes = valueBytes(vr, value);
      const said = length ?? bytes.length;
      if (!explicit) return concat(tagBytes(tag), u32(said), bytes);
      const head = concat(tagBytes(tag), latin(vr));
      return LONG.has(vr) ? concat(head, u16(0), u32(said), bytes) : concat(head, u16(said), bytes);
    }),
  );
}

/** A whole file: preamble, meta group, data set. */
export function part10(elements: readonly MadeElement[], syntax: string): Uint8Array<ArrayBuffer> {
  const meta = dataSet(
    [
      ['00020001', 'OB', Uint8Array.of(0, 1)],
      ['00020002', 'UI', '1.2.840.10008.5.1.4.1.1.4'],
      ['00020003', 'UI', '1.2.3.4'],
      ['00020010', 'UI', syntax],
    ],
    SYNTAX.explicit,
  );
  const encoding = syntax === SYNTAX.implicit || syntax === SYNTAX.bigEndian ? syntax : SYNTAX.explicit;
  const body = dataSet(elements, encoding);
  const length = dataSet(
    [['00020000', 'UL', Uint8Array.from([meta.length & 255, meta.length >> 8, 0, 0])]],
    SYNTAX.explicit,
  );
  return concat(
    new Uint8Array(128),
    latin('DICM'),
    length,
    meta,
    syntax === SYNTAX.deflated ? even(deflateSync(body), 0) : body,
  );
}

/** Encapsulated pixel data: an offset table, fragments, and the end. */
export function fragments(
  parts: readonly Uint8Array[],
  table: readonly number[] = [],
): Uint8Array<ArrayBuffer> {
  const item = (bytes: Uint8Array) => {
    const head = new DataView(new ArrayBuffer(8));
    head.setUint32(0, 0xe000fffe, true);
    head.setUint32(4, bytes.length, true);
    return concat(new Uint8Array(head.buffer), bytes);
  };
  return concat(
    item(new Uint8Array(Uint32Array.from(table).buffer)),
    ...parts.map((p) => item(even(p, 0))),
    Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0),
  );
}

export interface MadeImage {
  readonly rows: number;
  readonly columns: number;
  readonly frames?: number;
  readonly samples?: number;
  readonly bitsAllocated?: number;
  readonly bitsStored?: number;
  readonly highBit?: number;
  readonly signed?: boolean;
  readonly photometric?: string;
  readonly planar?: boolean;
  readonly syntax?: string;
  /** Native bytes, or the frames' codestreams when the syntax is an encapsulated one. */
  readonly pixels: Uint8Array | readonly Uint8Array[];
  readonly pixelVr?: string;
  /** More elements, or replacements; sorted in by tag. */
  readonly more?: readonly MadeElement[];
  readonly without?: readonly string[];
}

/** A small single- or multi-frame image with the attributes that a reader needs. */
export function image(o: MadeImage): Uint8Array<ArrayBuffer> {
  const { bitsAllocated = 16, bitsStored = bitsAllocated, samples = 1, syntax = SYNTAX.explicit } = o;
  const native = o.pixels instanceof Uint8Array;
  const elements = new Map<string, MadeElement>();
  const put = (e: MadeElement) => elements.set(e[0], e);
  put(['00080016', 'UI', '1.2.840.10008.5.1.4.1.1.4']);
  put(['00080018', 'UI', '1.2.3.4']);
  put(['00080060', 'CS', 'MR']);
  put(['00100010', 'PN', 'Test^Case']);
  put(['0020000D', 'UI', '1.2.3']);
  put(['0020000E', 'UI', '1.2.3.1']);
  put(['00280002', 'US', [samples]]);
  put(['00280004', 'CS', o.photometric ?? (samples === 1 ? 'MONOCHROME2' : 'RGB')]);
  if (samples > 1) put(['00280006', 'US', [o.planar ? 1 : 0]]);
  if (o.frames !== undefined) put(['00280008', 'IS', String(o.frames)]);
  put(['00280010', 'US', [o.rows]]);
  put(['00280011', 'US', [o.columns]]);
  put(['00280100', 'US', [bitsAllocated]]);
  put(['00280101', 'US', [bitsStored]]);
  put(['00280102', 'US', [o.highBit ?? bitsStored - 1]]);
  put(['00280103', 'US', [o.signed ? 1 : 0]]);
  put(
    native
      ? ['7FE00010', o.pixelVr ?? (bitsAllocated > 8 ? 'OW' : 'OB'), o.pixels as Uint8Array]
      : ['7FE00010', 'OB', fragments(o.pixels as readonly Uint8Array[]), UNDEFINED],
  );
  for (const e of o.more ?? []) put(e);
  for (const tag of o.without ?? []) elements.delete(tag);
  return part10(
    [...elements.values()].sort((a, b) => (a[0] < b[0] ? -1 : 1)),
    syntax,
  );
}
