import type { Engine } from '../../engine/api.ts';
import type { CurveQuestion, InspectedFit, KineticResult } from '../../engine/kinetics/request.ts';
import type { ModelId, QuantityId } from '../../kinetics/models/model.ts';

/** A curve and what models make of it. Kept together, so that a fit is never drawn over another voxel's curve. */
export interface Answer {
  readonly curve: Float64Array;
  readonly fits: readonly InspectedFit[];
}

type Parameters = Readonly<Partial<Record<QuantityId, number>>>;

/**
 * Fits of one curve after another, as the crosshair moves. While one is on its way the latest wish waits and those
 * between are dropped, so that the picture follows however fast the crosshair is.
 */
export class Inspector {
  answer = $state.raw<Answer | null>(null);
  #wanted: CurveQuestion | null = null;
  #busy = false;

  constructor(
    readonly engine: Engine,
    readonly result: KineticResult,
  ) {}

  /** Asks for models on a curve, or for one model with parameters by hand; null forgets the answer. */
  ask(curve: Float64Array | null, models: readonly ModelId[], byHand?: Parameters): void {
    if (!curve) {
      this.#wanted = null;
      this.answer = null;
      return;
    }
    const { seconds, input, settings } = this.result;
    this.#wanted = { seconds, input, curve, delay: settings.delay, models, ...(byHand && { byHand }) };
    void this.#follow();
  }

  async #follow(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#wanted) {
        const question: CurveQuestion = this.#wanted;
        const fits = await this.engine.inspectCurve(question);
        // Asked again or withdrawn meanwhile: a picture that is a little late is better than none.
        if (this.#wanted) this.answer = { curve: question.curve, fits };
        if (this.#wanted === question) this.#wanted = null;
      }
    } catch {
      // A curve that a model cannot take (too few frames for it) has no fit to show.
      this.answer = null;
      this.#wanted = null;
    } finally {
      this.#busy = false;
    }
  }
}

/** Curve of a fitted voxel; null when its signals give no concentration. */
export function curveOf({ curves, seconds }: KineticResult, place: number): Float64Array | null {
  const n = seconds.length;
  const curve = Float64Array.from(curves.subarray(place * n, (place + 1) * n));
  return curve.every(Number.isFinite) ? curve : null;
}

/** A scale of one significant digit (1, 2, 5 of a power of ten) that brings the input to the height of the tissue. */
export function inputScale(input: ArrayLike<number>, tissue: ArrayLike<number>): number {
  const top = (a: ArrayLike<number>) =>
    Array.prototype.reduce.call(a, (m, v) => Math.max(m as number, v as number), 0) as number;
  const ratio = top(tissue) / top(input);
  if (!(ratio > 0 && ratio < Infinity)) return 1;
  const power = 10 ** Math.floor(Math.log10(ratio));
  const step = [5, 2, 1].find((s) => s * power <= ratio) ?? 1;
  return Number((step * power).toPrecision(1));
}
