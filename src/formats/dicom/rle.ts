import { RefusedInput } from '../../core/refusal.ts';

const HEADER = 64;
const MOST_SEGMENTS = 15;

/**
 * One RLE frame (PS3.5 Annex G) to little-endian bytes with samples interleaved. Each segment is one byte plane, the
 * most significant first.
 * @throws RefusedInput `decode_failed` when the segments do not make this frame.
 */
export function decodeRle(
  frame: Uint8Array,
  pixels: number,
  samples: number,
  bytesPerSample: number,
): Uint8Array {
  const broken = (what: string) => new RefusedInput('decode_failed', { what: `RLE: ${what}` });
  if (frame.length < HEADER) throw broken('header cut');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const segments = view.getUint32(0, true);
  const expected = samples * bytesPerSample;
  if (segments !== expected || segments > MOST_SEGMENTS)
    throw broken(`${segments} segments instead of ${expected}`);
  const out = new Uint8Array(pixels * expected);
  for (let s = 0; s < segments; s++) {
    const from = view.getUint32(4 + 4 * s, true);
    const to = s + 1 < segments ? view.getUint32(8 + 4 * s, true) : frame.length;
    if (from < HEADER || from > frame.length || to < from || to > frame.length)
      throw broken('segment outside the frame');
    const sample = Math.floor(s / bytesPerSample);
    const byte = bytesPerSample - 1 - (s % bytesPerSample);
    const got = unpack(frame, from, to, out, sample * bytesPerSample + byte, expected, pixels);
    if (got < pixels) throw broken(`segment ${s + 1} holds ${got} of ${pixels} pixels`);
  }
  return out;
}

/** PackBits from `from` to `to` into every `step`-th byte of `out`; gives how many pixels were filled. */
function unpack(
  frame: Uint8Array,
  from: number,
  to: number,
  out: Uint8Array,
  start: number,
  step: number,
  pixels: number,
): number {
  let done = 0;
  let at = from;
  while (at < to && done < pixels) {
    const control = frame[at++];
    if (control < 128) {
      const n = Math.min(control + 1, to - at, pixels - done);
      for (let i = 0; i < n; i++) out[start + (done + i) * step] = frame[at + i];
      at += control + 1;
      done += n;
    } else if (control > 128) {
      if (at >= to) break;
      const n = Math.min(257 - control, pixels - done);
      const value = frame[at++];
      for (let i = 0; i < n; i++) out[start + (done + i) * step] = value;
      done += n;
    }
  }
  return done;
}
