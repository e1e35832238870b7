import { RefusedInput } from '../../core/refusal.ts';

const ITEM = 0xe000fffe; // little endian words of the tags
const DELIMITER = 0xe0ddfffe;

interface Fragment {
  /** From the first byte behind the offset table, as offset tables count. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * The compressed bytes of each frame of encapsulated pixel data (PS3.5 A.4): one fragment a frame, or as the offset
 * table says, or cut where a codestream begins.
 * @throws RefusedInput `truncated` when an item is cut or the end is missing, `decode_failed` when the fragments
 *   cannot be dealt to the frames.
 */
export function splitFrames(bytes: Uint8Array, at: number, frames: number, warnings: string[]): Uint8Array[] {
  const { table, fragments } = readFragments(bytes, at);
  const filled = fragments.filter((f) => f.bytes.length > 0);
  if (filled.length === 0) throw new RefusedInput('missing_pixel_data');
  if (frames === 1) {
    // Codecs stop at the end of the first codestream; what follows it must not vanish without a word.
    const starts = filled.filter((f) => startsCodestream(f.bytes)).length;
    if (starts > 1 || table.length > 1) warnings.push('holds more frames than NumberOfFrames says');
    return [joined(filled.map((f) => f.bytes))];
  }
  if (filled.length === frames) return filled.map((f) => f.bytes);
  const starts =
    table.length === frames
      ? table.map((offset) => filled.findIndex((f) => f.offset === offset))
      : filled.flatMap((f, i) => (startsCodestream(f.bytes) ? [i] : []));
  if (starts.length !== frames || starts.some((s, i) => s < 0 || (i > 0 && s <= starts[i - 1]))) {
    throw new RefusedInput('decode_failed', { what: `${filled.length} fragments, ${frames} frames` });
  }
  return starts.map((s, i) => joined(filled.slice(s, starts[i + 1]).map((f) => f.bytes)));
}

function readFragments(bytes: Uint8Array, from: number): { table: number[]; fragments: Fragment[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fragments: Fragment[] = [];
  let table: number[] | undefined;
  let base = 0;
  let at = from;
  while (at + 8 <= bytes.length) {
    const tag = view.getUint32(at, true);
    const length = view.getUint32(at + 4, true);
    if (tag === DELIMITER) return { table: table ?? [], fragments };
    if (tag !== ITEM) throw new RefusedInput('malformed', { what: 'pixel data fragments' });
    at += 8;
    if (at + length > bytes.length)
      throw new RefusedInput('truncated', {
        what: 'pixel data fragment',
        expected: length,
        received: bytes.length - at,
      });
    if (table === undefined) {
      table = Array.from({ length: length >> 2 }, (_, i) => view.getUint32(at + 4 * i, true));
      base = at + length;
    } else fragments.push({ offset: at - 8 - base, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  throw new RefusedInput('truncated', {
    what: 'end of the pixel data',
    expected: 8,
    received: bytes.length - at,
  });
}

/** JPEG and JPEG-LS begin with FFD8, JPEG 2000 with FF4F FF51 or its file signature. */
function startsCodestream(b: Uint8Array): boolean {
  return (
    (b[0] === 0xff && (b[1] === 0xd8 || (b[1] === 0x4f && b[2] === 0xff && b[3] === 0x51))) ||
    (b[0] === 0 && b[4] === 0x6a && b[5] === 0x50)
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    whole.set(p, at);
    at += p.length;
  }
  return whole;
}
