import type { Random } from '../../core/random.ts';

/** Whole number from 0 up to, not with, `n`. */
export const randomIndex = (random: Random, n: number): number =>
  Math.min(n - 1, Math.floor(random.uniform() * n));

/** Whole numbers from 0 up to `n` in a random order (Fisher-Yates). */
export function shuffled(random: Random, n: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = randomIndex(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
