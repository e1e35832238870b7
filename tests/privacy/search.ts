import { gunzipSync, inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';

// Looks for texts in the bytes of any file: as they are, in the encodings of DICOM, packed, and escaped.

/** A file that leaves: its name is searched, too. */
export interface Leaving {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Leak {
  readonly file: string;
  readonly text: string;
  /** Packing and encoding in which it was found. */
  readonly as: string;
}

/** Bytes of a text by a decoder of the platform run backwards; undefined for characters that the encoding lacks. */
function encoder(label: string, longest: number): (text: string) => Buffer | undefined {
  const decoder = new TextDecoder(label);
  const table = new Map<string, number[]>();
  for (let a = 0; a < 256; a++) {
    const one = decoder.decode(Uint8Array.of(a));
    if (one.length === 1 && one !== '\ufffd') table.set(one, [a]);
    for (let b = 0x40; longest > 1 && a > 0x80 && b < 256; b++) {
      const two = decoder.decode(Uint8Array.of(a, b));
      if (two.length === 1 && two !== '\ufffd' && !table.has(two)) table.set(two, [a, b]);
    }
  }
  return (text) => {
    const bytes = [...text].map((c) => table.get(c));
    return bytes.every((b) => b !== undefined) ? Buffer.from(bytes.flat()) : undefined;
  };
}

const ENCODINGS: readonly (readonly [string, (text: string) => Buffer | undefined])[] = [
  ['UTF-8', (text) => Buffer.from(text, 'utf8')],
  ['UTF-16LE', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16BE', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['Latin-1', encoder('iso-8859-1', 1)],
  ['ISO-IR 144', encoder('iso-8859-5', 1)],
  ['GB18030', encoder('gb18030', 2)],
];

const BASE64 = /[A-Za-z0-9+/]{40,}={0,2}/g;
/** Deeper than a picture in a page in an archive nothing is packed here. */
const DEEPEST = 4;

/** The bytes, and whatever is packed or escaped in them. */
function* views(bytes: Uint8Array, how: string, depth = 0): Generator<readonly [string, Buffer]> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  yield [how, raw];
  if (depth === DEEPEST) return;
  if (raw[0] === 0x1f && raw[1] === 0x8b) yield* views(gunzipSync(raw), `${how} > gzip`, depth + 1);
  if (raw.subarray(0, 4).toString('latin1') === 'PK\x03\x04')
    for (const [name, inner] of Object.entries(unzipSync(raw))) {
      yield [`${how} > name in zip`, Buffer.from(name)];
      yield* views(inner, `${how} > zip`, depth + 1);
    }
  if (raw.subarray(1, 4).toString('latin1') === 'PNG') yield* chunks(raw, how, depth);
  const text = raw.toString('utf8');
  if (/^[\x09-\x0d\x20-\x7e]{20}|^\ufeff?[<{["]/.test(text)) yield* escapes(text, how, depth);
}

/** Text chunks of a PNG, unpacked where they are packed. */
function* chunks(png: Buffer, how: string, depth: number): Generator<readonly [string, Buffer]> {
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const kind = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (kind !== 'zTXt' && kind !== 'iTXt') continue;
    for (let from = 0; from < data.length; from++) {
      try {
        yield* views(inflateSync(data.subarray(from)), `${how} > ${kind}`, depth + 1);
        break;
      } catch {
        // Packed data begin further on.
      }
    }
  }
}

function* escapes(text: string, how: string, depth: number): Generator<readonly [string, Buffer]> {
  const html = text.replace(/&#(x?)([0-9a-f]+);|&(lt|gt|amp|quot|apos);/gi, (_, hex, digits, named) =>
    named
      ? { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[String(named).toLowerCase()]!
      : String.fromCodePoint(Number.parseInt(String(digits), hex ? 16 : 10)),
  );
  if (html !== text) yield [`${how} > HTML`, Buffer.from(html)];
  const json = text.replace(/\\u([0-9a-f]{4})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(String(hex), 16)),
  );
  if (json !== text) yield [`${how} > JSON`, Buffer.from(json)];
  const percent = text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
  if (percent !== text) yield [`${how} > URL`, Buffer.from(percent)];
  for (const [run] of text.matchAll(BASE64))
    yield* views(Buffer.from(run, 'base64'), `${how} > base64`, depth + 1);
}

/** Every place where one of the texts, in any case of letters, is in one of the files or in its name. */
export function leaksIn(files: readonly Leaving[], texts: readonly string[]): Leak[] {
  const needles = texts.flatMap((text) =>
    ENCODINGS.flatMap(([encoding, encode]) => {
      const cases = new Set([text, text.toLowerCase(), text.toUpperCase()]);
      return [...new Set([...cases].map((t) => folded(encode(t))).filter((b) => b !== undefined))].map(
        (bytes) => ({ text, encoding, bytes }),
      );
    }),
  );
  const found = new Map<string, Leak>();
  for (const { name, bytes } of files) {
    const all = [...views(Buffer.from(name), 'name of the file'), ...views(bytes, 'bytes')];
    for (const [how, view] of all) {
      const inside = folded(view)!;
      for (const needle of needles)
        if (inside.includes(needle.bytes)) {
          const key = `${name}/${needle.text}/${how}`;
          if (!found.has(key))
            found.set(key, { file: name, text: needle.text, as: `${how}, ${needle.encoding}` });
        }
    }
  }
  return [...found.values()];
}

/** Bytes as a text of one character each, with ASCII letters in lower case. */
const folded = (bytes: Buffer | undefined): string | undefined =>
  bytes?.toString('latin1').replace(/[A-Z]+/g, (run) => run.toLowerCase());
