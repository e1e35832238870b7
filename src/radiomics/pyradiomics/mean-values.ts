/** Features averaged over angles; a NaN of one angle is left out, as NumPy's `nanmean` does. */
export class MeanValues {
  readonly #sums = new Map<string, { sum: number; n: number }>();

  add(values: Readonly<Record<string, number>> | null): void {
    if (values === null) return;
    for (const [name, value] of Object.entries(values)) {
      let entry = this.#sums.get(name);
      if (!entry) this.#sums.set(name, (entry = { sum: 0, n: 0 }));
      if (Number.isNaN(value)) continue;
      entry.sum += value;
      entry.n++;
    }
  }

  /** The means, NaN where no angle had a value; null when nothing was added. */
  values(): Record<string, number> | null {
    if (this.#sums.size === 0) return null;
    return Object.fromEntries([...this.#sums].map(([name, { sum, n }]) => [name, n === 0 ? NaN : sum / n]));
  }
}
