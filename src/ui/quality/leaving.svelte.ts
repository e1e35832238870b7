import { isHidden, mustAsk } from '../state/gate.ts';
import type { Numbers, Verdicts } from '../state/verdicts.svelte.ts';

/** Numbers on their way out of the page: hidden ones stay, and those under a failed rule wait for a reason. */
export class Leaving {
  /** Numbers whose reason is asked for, and what follows. */
  asking = $state.raw<{ readonly numbers: Numbers; readonly then: () => void } | null>(null);

  constructor(readonly verdicts: Verdicts) {}

  /** Does what lets numbers leave, after every reason that it takes. */
  go(numbers: readonly Numbers[], save: () => void): void {
    const verdicts = numbers.map((n) => [n, this.verdicts.of(n)] as const);
    this.asking = null;
    if (verdicts.some(([, verdict]) => isHidden(verdict))) return;
    const open = verdicts.find(([, verdict]) => mustAsk(verdict));
    if (open) this.asking = { numbers: open[0], then: () => this.go(numbers, save) };
    else save();
  }
}
