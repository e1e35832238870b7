import { Inflate } from 'fflate';
import { RefusedInput } from '../../core/refusal.ts';

/** No file of the field inflates beyond this; bombs do. */
const MOST = 512 * 2 ** 20;
/** Deflate cannot do better than about 1032 to 1; images stay far below this. */
const MOST_RATIO = 250;
const FLOOR = 64 * 2 ** 20;
/** Small, so that one step of a bomb (up to a thousandfold) cannot go far beyond the budget. */
const STEP = 2 ** 14;

/**
 * Inflates a raw deflate stream, stopping at a budget instead of believing it.
 * @throws RefusedInput `inflate_limit` beyond the budget, `decode_failed` when the stream is broken or ends early.
 */
export function inflateCapped(
  deflated: Uint8Array,
  most = Math.min(MOST, Math.max(FLOOR, deflated.length * MOST_RATIO)),
): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  const stream = new Inflate((part, final) => {
    total += part.length;
    parts.push(part);
    ended ||= final;
  });
  try {
    for (let at = 0; at < deflated.length && !ended; at += STEP) {
      stream.push(deflated.subarray(at, at + STEP), at + STEP >= deflated.length);
      // A bomb shows by what it has read so far; it need not first fill the budget of its whole length.
      const bomb = total > FLOOR && total > (at + STEP) * MOST_RATIO;
      if (total > most || bomb)
        throw new RefusedInput('inflate_limit', { limit: most, received: deflated.length });
    }
  } catch (error) {
    if (error instanceof RefusedInput) throw error;
    throw new RefusedInput('decode_failed', { what: 'deflate' });
  }
  if (!ended && total === 0) throw new RefusedInput('decode_failed', { what: 'deflate' });
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
