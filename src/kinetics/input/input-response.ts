import { RefusedInput } from '../../core/refusal.ts';
import { dRampIntegral, dStepIntegral, rampIntegral, stepIntegral } from './exponential-integrals.ts';

/** Concentration of contrast agent in arterial plasma: mmol/L at rising times in minutes; 0 before the first time. */
export interface PlasmaCurve {
  readonly minutes: Float64Array;
  readonly concentration: Float64Array;
}

/**
 * What the arterial input gives to tissue, at the times of the frames: the plasma curve itself, its integral, and its
 * convolution with an exponential. The curve is straight between its points, and the convolution is exact for that on
 * any time grid (recursion of Flouri, Lesnic and Sourbron, Magn Reson Med 2016;76:998). A delayed input is evaluated
 * at t − delay, between its points where that falls, and never resampled. After its last point the curve stays level.
 *
 * All arrays that come back have one value a frame and belong to the caller.
 */
export class InputResponse {
  readonly frames: number;
  private readonly nodes: Float64Array;
  private readonly values: Float64Array;
  private readonly slopes: Float64Array;
  private readonly integrals: Float64Array;
  /** For the shift asked last: node at or before each frame (−1: before the input), and minutes from it. */
  private shift = Number.NaN;
  private readonly node: Int32Array;
  private readonly rest: Float64Array;

  /** @param minutes times of the tissue's frames, rising. @throws RefusedInput when a curve is no curve. */
  constructor(
    readonly input: PlasmaCurve,
    readonly minutes: Float64Array,
  ) {
    checkCurve(input);
    checkRising(minutes, 'frame times');
    const n = input.minutes.length;
    this.frames = minutes.length;
    this.nodes = input.minutes;
    this.values = input.concentration;
    this.slopes = new Float64Array(n);
    this.integrals = new Float64Array(n);
    for (let j = 0; j + 1 < n; j++) {
      const step = this.nodes[j + 1] - this.nodes[j];
      this.slopes[j] = (this.values[j + 1] - this.values[j]) / step;
      this.integrals[j + 1] = this.integrals[j] + ((this.values[j] + this.values[j + 1]) / 2) * step;
    }
    this.node = new Int32Array(this.frames);
    this.rest = new Float64Array(this.frames);
  }

  /** Plasma concentration at t − shift, mmol/L. */
  plasma(shift: number): Float64Array {
    this.place(shift);
    return this.each((j, s) => this.values[j] + this.slopes[j] * s);
  }

  /** Slope of the plasma curve at t − shift, mmol/L/min. */
  slope(shift: number): Float64Array {
    this.place(shift);
    return this.each((j) => this.slopes[j]);
  }

  /** ∫ Cp from the start to t − shift, mmol/L·min. */
  integral(shift: number): Float64Array {
    this.place(shift);
    return this.each((j, s) => this.integrals[j] + s * (this.values[j] + (s * this.slopes[j]) / 2));
  }

  /**
   * h(t) = ∫ Cp(u) exp(−rate·(t − shift − u)) du over u ≤ t − shift, mmol/L·min, and its derivative with respect to
   * the rate (mmol/L·min²).
   * @param rate 1/min, not negative.
   */
  exponential(rate: number, shift: number): { readonly h: Float64Array; readonly dRate: Float64Array } {
    this.place(shift);
    const n = this.nodes.length;
    const h = new Float64Array(n);
    const g = new Float64Array(n);
    for (let j = 0; j + 1 < n; j++)
      this.advance(j, this.nodes[j + 1] - this.nodes[j], rate, h, g, h, g, j + 1);
    const hOut = new Float64Array(this.frames);
    const gOut = new Float64Array(this.frames);
    for (let f = 0; f < this.frames; f++)
      if (this.node[f] >= 0) this.advance(this.node[f], this.rest[f], rate, h, g, hOut, gOut, f);
    return { h: hOut, dRate: gOut };
  }

  /** Carries h and dh/drate from node j over `s` minutes, into place `at` of the outputs. */
  private advance(
    j: number,
    s: number,
    rate: number,
    h: Float64Array,
    g: Float64Array,
    hOut: Float64Array,
    gOut: Float64Array,
    at: number,
  ): void {
    const decay = Math.exp(-rate * s);
    const [c, m] = [this.values[j], this.slopes[j]];
    const x = rate * s;
    hOut[at] = h[j] * decay + s * (c * stepIntegral(x) + m * s * rampIntegral(x));
    gOut[at] = (g[j] - s * h[j]) * decay + s * s * (c * dStepIntegral(x) + m * s * dRampIntegral(x));
  }

  private each(value: (node: number, rest: number) => number): Float64Array {
    const out = new Float64Array(this.frames);
    for (let f = 0; f < this.frames; f++) if (this.node[f] >= 0) out[f] = value(this.node[f], this.rest[f]);
    return out;
  }

  private place(shift: number): void {
    if (shift === this.shift) return;
    this.shift = shift;
    let j = -1;
    for (let f = 0; f < this.frames; f++) {
      const at = this.minutes[f] - shift;
      while (j + 1 < this.nodes.length && this.nodes[j + 1] <= at) j++;
      this.node[f] = j;
      this.rest[f] = j < 0 ? 0 : at - this.nodes[j];
    }
  }
}

function checkCurve({ minutes, concentration }: PlasmaCurve): void {
  if (minutes.length !== concentration.length)
    throw new RefusedInput('settings_invalid', {
      what: 'arterial input',
      expected: `${minutes.length} concentrations`,
      received: concentration.length,
    });
  checkRising(minutes, 'arterial input');
  const bad = concentration.findIndex((c) => !Number.isFinite(c));
  if (bad >= 0)
    throw new RefusedInput('settings_invalid', {
      what: 'arterial input',
      expected: 'numbers',
      received: `${concentration[bad]} at point ${bad + 1}`,
    });
}

function checkRising(minutes: Float64Array, what: string): void {
  if (minutes.length < 2)
    throw new RefusedInput('settings_invalid', {
      what,
      expected: 'at least 2 times',
      received: minutes.length,
    });
  for (let i = 0; i < minutes.length; i++)
    if (!Number.isFinite(minutes[i]) || (i > 0 && minutes[i] <= minutes[i - 1]))
      throw new RefusedInput('settings_invalid', {
        what,
        expected: 'rising times',
        received: `${minutes[i] * 60} s at point ${i + 1}`,
      });
}
