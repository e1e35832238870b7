import type { InputResponse } from '../input/input-response.ts';
import type { LinearPart, Model } from '../models/model.ts';

/** A linear problem of the bank. */
export interface StartEntry {
  readonly part: LinearPart;
  readonly delay: number;
  readonly delayIndex: number;
  /** ⟨a,a⟩, ⟨a,b⟩, ⟨b,b⟩ of the basis curves. */
  readonly gram: readonly [number, number, number];
}

/** Where a fit may begin: parameters in internal units with the delay at the end, and the squares left over. */
export interface Start {
  readonly parameters: readonly number[];
  readonly delay: number;
  readonly cost: number;
}

/**
 * Linear least squares over a coarse grid of a model's rates, transit times and delays. The grid belongs to the input
 * and not to the tissue, so one bank serves every voxel of a map.
 */
export class StartBank {
  readonly entries: readonly StartEntry[];

  /** @param delays candidates, minutes, rising. */
  constructor(model: Model, response: InputResponse, delays: readonly number[]) {
    this.entries = delays.flatMap((delay, delayIndex) =>
      [...model.linearParts(response, delay)].map((part) => {
        const [a, b] = part.curves;
        return { part, delay, delayIndex, gram: [dot(a, a), b ? dot(a, b) : 0, b ? dot(b, b) : 0] as const };
      }),
    );
  }

  /** Up to `count` starts for a tissue curve, best first, from groups that are not neighbours. */
  best(curve: Float64Array, count: number): Start[] {
    const whole = dot(curve, curve);
    const found: (Start & { group: number; delayIndex: number })[] = [];
    for (const { part, delay, delayIndex, gram } of this.entries) {
      const [a, b] = part.curves;
      const solved = solveNonNegative(gram, dot(a, curve), b ? dot(b, curve) : undefined);
      const parameters = part.toParameters(solved.amplitudes);
      if (parameters)
        found.push({ parameters, delay, cost: whole - solved.explained, group: part.group, delayIndex });
    }
    found.sort((x, y) => x.cost - y.cost);
    const taken: typeof found = [];
    for (const start of found) {
      if (taken.length === count) break;
      const near = (t: (typeof found)[number]) =>
        Math.abs(t.group - start.group) <= 1 && Math.abs(t.delayIndex - start.delayIndex) <= 1;
      if (!taken.some(near)) taken.push(start);
    }
    return taken;
  }
}

/** Least squares with amplitudes ≥ 0, for one or two curves; `explained` is what it takes from the squared curve. */
function solveNonNegative(
  [aa, ab, bb]: readonly [number, number, number],
  ay: number,
  by: number | undefined,
): { amplitudes: number[]; explained: number } {
  const first = aa > 0 ? Math.max(0, ay / aa) : 0;
  if (by === undefined) return { amplitudes: [first], explained: first * ay };
  const determinant = aa * bb - ab * ab;
  if (determinant > 1e-12 * aa * bb) {
    const a = (ay * bb - by * ab) / determinant;
    const b = (by * aa - ay * ab) / determinant;
    if (a >= 0 && b >= 0) return { amplitudes: [a, b], explained: a * ay + b * by };
  }
  const second = bb > 0 ? Math.max(0, by / bb) : 0;
  return first * ay >= second * by
    ? { amplitudes: [first, 0], explained: first * ay }
    : { amplitudes: [0, second], explained: second * by };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
