import {
  chiSquaredQuantile,
  normalQuantile,
  normalTails,
  studentQuantile,
} from '../distributions/distributions.ts';
import { EWMA, type EwmaSettings } from './ewma.ts';
import { linesOf, type LimitKind } from './limits.ts';
import { RUN_RULES, type RunRuleId, type Zone } from './run-rules.ts';

/** What is known of the centre and spread of a chart: exactly, or from n runs of a baseline. */
export type Knowledge =
  { readonly known: true } | { readonly known: false; readonly n: number; readonly kind: LimitKind };

const KNOWN: Knowledge = { known: true };

const ZONES: readonly Zone[] = ([-1, 1] as const).flatMap((side) =>
  ([0, 1, 2, 3] as const).map((level) => ({ side, level })),
);

const below = (x: number): number => normalTails(x).lower;

/** Probability of each of {@link ZONES} for a run from N(0, 1) on a chart about `mean` with lines at these distances. */
function zoneProbabilities(mean: number, lines: readonly number[]): number[] {
  const edges = [0, ...lines, Infinity];
  return ZONES.map(({ side, level }) => {
    const [a, b] = [edges[level]!, edges[level + 1]!];
    return side > 0 ? below(mean + b) - below(mean + a) : below(mean - a) - below(mean - b);
  });
}

/** The chain of joint states of several rules: from each state, where each zone leads; -1 rings. */
function chainOf(rules: readonly RunRuleId[]): number[][] {
  const start = rules.map((id) => RUN_RULES[id].start);
  const numbers = new Map<string, number>([[start.join('|'), 0]]);
  const states = [start as readonly string[]];
  const chain: number[][] = [];
  for (let at = 0; at < states.length; at++) {
    chain.push(
      ZONES.map((zone) => {
        const steps = rules.map((id, n) => RUN_RULES[id].next(states[at]![n]!, zone));
        if (steps.some((s) => s.signal)) return -1;
        const next = steps.map((s) => s.state);
        const key = next.join('|');
        if (!numbers.has(key)) {
          numbers.set(key, states.length);
          states.push(next);
        }
        return numbers.get(key)!;
      }),
    );
  }
  return chain;
}

/** Share of series that have not rung yet after 0, 1, 2 … runs, until `stop` says so. */
function survival(
  chain: readonly number[][],
  probabilities: readonly number[],
  stop: (n: number, left: number) => boolean,
) {
  let now = new Float64Array(chain.length);
  now[0] = 1;
  const left = [1];
  while (!stop(left.length - 1, left.at(-1)!)) {
    const next = new Float64Array(chain.length);
    now.forEach((share, at) => {
      if (share === 0) return;
      chain[at]!.forEach((to, zone) => {
        if (to >= 0) next[to]! += share * probabilities[zone]!;
      });
    });
    now = next;
    left.push(now.reduce((s, v) => s + v, 0));
  }
  return left;
}

/**
 * Average number of runs of a stable device until one of the rules rings, mean and SD known (Champ and Woodall 1987, by
 * the same Markov chain): 370.40 for 1-3s, 91.75 for the four of Western Electric.
 */
export function averageRunLength(rules: readonly RunRuleId[]): number {
  const left = survival(chainOf(rules), zoneProbabilities(0, [1, 2, 3]), (_, share) => share < 1e-12);
  return left.reduce((s, v) => s + v, 0);
}

interface Drawn {
  readonly mean: number;
  readonly sd: number;
  /** Probability that it stands for. */
  readonly weight: number;
}

/**
 * Means and SDs that n runs may give, on a grid that is finer towards the tails, where most false alarms come from: quantiles
 * at p = v²(3 − 2v) for the mean and p = v⁴ for the SD, v in the middle of equal steps, weighted by dp/dv.
 */
export function baselines(n: number, pieces: number): Drawn[] {
  const middle = Array.from({ length: pieces }, (_, i) => (i + 0.5) / pieces);
  const means = middle.map((v) => ({
    mean: normalQuantile(v * v * (3 - 2 * v)) / Math.sqrt(n),
    weight: (6 * v * (1 - v)) / pieces,
  }));
  const sds = middle.map((v) => ({
    sd: Math.sqrt(chiSquaredQuantile(v ** 4, n - 1) / (n - 1)),
    weight: (4 * v ** 3) / pieces,
  }));
  const all = means.flatMap((m) => sds.map((s) => ({ mean: m.mean, sd: s.sd, weight: m.weight * s.weight })));
  const total = all.reduce((sum, d) => sum + d.weight, 0);
  return all.map((d) => ({ ...d, weight: d.weight / total }));
}

/**
 * Probability that a stable device rings one of the rules at least once in a number of runs: the nominal rate of false
 * alarms. With a baseline of n runs it is averaged over the means and SDs that n runs may give (normal and χ,
 * independent).
 */
export function falseAlarmProbability(
  rules: readonly RunRuleId[],
  runs: number,
  knowledge: Knowledge = KNOWN,
): number {
  const chain = chainOf(rules);
  const stop = (n: number) => n >= runs;
  if (knowledge.known) return 1 - survival(chain, zoneProbabilities(0, [1, 2, 3]), stop).at(-1)!;
  const lines = linesOf(knowledge.n, knowledge.kind);
  const grid = baselines(knowledge.n, 24);
  return grid.reduce((sum, { mean, sd, weight }) => {
    const scaled = lines.map((l) => l * sd);
    return sum + weight * (1 - survival(chain, zoneProbabilities(mean, scaled), stop).at(-1)!);
  }, 0);
}

/** Cells of the grid that the weighted mean is followed on. */
const CELLS = 161;

/**
 * The same for the weighted mean, followed on a grid of cells (Lucas and Saccucci 1990, with limits that widen from run to
 * run as they are drawn). λ = 0.1, L = 2.814 known: on average 500 runs.
 */
export function ewmaFalseAlarm(
  runs: number,
  knowledge: Knowledge = KNOWN,
  settings: EwmaSettings = EWMA,
): number {
  if (knowledge.known) return 1 - ewmaLeft(0, 1, settings.width, 0, settings, runs);
  const { n, kind } = knowledge;
  const wide =
    kind === 'plain' ? settings.width : studentQuantile(1 - normalTails(settings.width).upper, n - 1);
  const grid = baselines(n, 10);
  const extra = kind === 'plain' ? 0 : 1 / n;
  return grid.reduce(
    (sum, b) => sum + b.weight * (1 - ewmaLeft(b.mean, b.sd, wide, extra, settings, runs)),
    0,
  );
}

/** Average run length of the weighted mean, centre and spread known. */
export function ewmaAverageRunLength(settings: EwmaSettings = EWMA, most = 20_000): number {
  let total = 0;
  ewmaLeft(0, 1, settings.width, 0, settings, most, (left) => {
    total += left;
    return left < 1e-9;
  });
  return total;
}

/** Share of series whose weighted mean stayed within its limits for a number of runs from N(0, 1). */
function ewmaLeft(
  mean: number,
  sd: number,
  wide: number,
  extra: number,
  { lambda }: EwmaSettings,
  runs: number,
  told: (left: number) => boolean = () => false,
): number {
  const most = wide * sd * Math.sqrt(lambda / (2 - lambda) + extra);
  const cell = (2 * most) / CELLS;
  const places = Array.from({ length: CELLS }, (_, i) => mean - most + (i + 0.5) * cell);
  // From cell to cell: the run that would lead there lies in an interval of cell/λ.
  const move = places.map((from) =>
    places.map((to) => {
      const x = (to - (1 - lambda) * from) / lambda;
      const half = cell / (2 * lambda);
      return below(x + half) - below(x - half);
    }),
  );
  let now = new Float64Array(CELLS);
  now[(CELLS - 1) / 2] = 1;
  if (told(1)) return 1;
  let left = 1;
  for (let i = 1; i <= runs; i++) {
    const fade = (1 - lambda) ** i;
    const limit =
      wide * sd * Math.sqrt((lambda / (2 - lambda)) * (1 - fade * fade) + extra * (1 - fade) ** 2);
    const next = new Float64Array(CELLS);
    now.forEach((share, a) => {
      if (share < 1e-15) return;
      const row = move[a]!;
      for (let b = 0; b < CELLS; b++) next[b]! += share * row[b]!;
    });
    left = 0;
    for (let b = 0; b < CELLS; b++) {
      // A cell across the limit stays by the share of it that lies within.
      const inside = Math.max(0, Math.min(1, (limit - Math.abs(places[b]! - mean)) / cell + 0.5));
      next[b]! *= inside;
      left += next[b]!;
    }
    now = next;
    if (told(left)) break;
  }
  return left;
}
