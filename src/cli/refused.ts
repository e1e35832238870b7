import { RefusedInput } from '../core/refusal.ts';
import type { Engine } from '../engine/api.ts';
import { say } from './output.ts';

/** What was read of a file; null when it was refused, which is said on stderr. */
export async function refusedAloud<T>(
  engine: Engine,
  file: string,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal(file));
    say(`refused ${file}: ${sentence.en} ${remedy.en}`);
    return null;
  }
}
