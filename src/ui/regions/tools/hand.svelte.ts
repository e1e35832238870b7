interface IntensityRange {
  readonly low: number | null;
  readonly high: number | null;
}

export type Instrument = 'brush' | 'eraser' | 'polygon' | 'freehand' | 'fill';

/** How the hand is set: shared by all drawing tools, kept while the page is open. */
class Hand {
  /** mm. */
  radius = $state(6);
  ball = $state(false);
  limited = $state(false);
  range = $state.raw<IntensityRange>({ low: null, high: null });
  instrument = $state<Instrument | null>(null);

  /** `[` and `]`: steps of about a fifth. */
  resize(larger: boolean): void {
    const next = larger ? this.radius * 1.2 : this.radius / 1.2;
    this.radius = Math.min(60, Math.max(0.5, Math.round(next * 10) / 10));
  }
}

export const hand = new Hand();
