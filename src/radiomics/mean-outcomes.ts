import type { AbsenceReason } from './family.ts';
import type { Outcome } from './feature-values.ts';

/**
 * Features averaged over matrices (slices, directions). A matrix in which a feature has no meaning, such as the
 * correlation in a slice of one grey level, is left out of that feature's mean; when there is no other, the first
 * reason is the outcome.
 */
export class MeanOutcomes {
  readonly #sums = new Map<string, { sum: number; n: number; reason: AbsenceReason | null }>();

  add(outcomes: Readonly<Record<string, Outcome>>): void {
    for (const tag in outcomes) {
      const outcome = outcomes[tag]!;
      let entry = this.#sums.get(tag);
      if (!entry) this.#sums.set(tag, (entry = { sum: 0, n: 0, reason: null }));
      if (typeof outcome === 'string') entry.reason ??= outcome;
      else {
        entry.sum += outcome;
        entry.n++;
      }
    }
  }

  /** Nothing was added at all. */
  get empty(): boolean {
    return this.#sums.size === 0;
  }

  outcomes(): Record<string, Outcome> {
    const result: Record<string, Outcome> = {};
    for (const [tag, { sum, n, reason }] of this.#sums) result[tag] = n > 0 ? sum / n : reason!;
    return result;
  }
}
