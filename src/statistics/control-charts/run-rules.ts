import type { Localised } from '../../core/localised.ts';

/**
 * Where a run lies on a control chart: its side of the mean, and how many whole standard deviations away (0 to 3, where 3
 * is three or more). A run on a line counts as beyond it; one on the mean as above.
 */
export interface Zone {
  readonly side: 1 | -1;
  readonly level: 0 | 1 | 2 | 3;
}

/** State of a rule between runs, as a short text: what it remembers of the runs before. */
export type RuleState = string;

/**
 * A rule as an automaton over zones: the same definition judges a series and gives its run-length theory. A rule that has
 * rung goes on looking at the same window, so it may ring again at the next run.
 */
export interface RunRule {
  readonly id: string;
  readonly label: Localised;
  readonly start: RuleState;
  readonly next: (state: RuleState, zone: Zone) => { readonly state: RuleState; readonly signal: boolean };
  readonly source: string;
}

/** One run at or beyond `level` standard deviations. */
const beyond = (level: 1 | 2 | 3) => ({
  start: '',
  next: (_: RuleState, zone: Zone) => ({ state: '', signal: zone.level >= level }),
});

/** `m` of the last `n` runs beyond `level` on one side, the newest among them. */
const mOfN = (m: number, n: number, level: 1 | 2 | 3) => ({
  start: '0'.repeat(n - 1),
  next(state: RuleState, { side, level: at }: Zone) {
    const mark = at < level ? '0' : side > 0 ? '+' : '-';
    const window = state + mark;
    const alike = [...window].filter((c) => c === mark).length;
    return { state: window.slice(1), signal: mark !== '0' && alike >= m };
  },
});

/** The last `n` runs on one side of the mean. */
const oneSide = (n: number) => ({
  start: '0',
  next(state: RuleState, { side }: Zone) {
    const before = Number(state);
    const count = Math.sign(before) === side ? Math.abs(before) + 1 : 1;
    return { state: String(side * Math.min(count, n - 1)), signal: count >= n };
  },
});

/** This run beyond two on one side, the one before beyond two on the other: 4 SD apart. */
const range = {
  start: '0',
  next(state: RuleState, { side, level }: Zone) {
    const mark = level < 2 ? '0' : side > 0 ? '+' : '-';
    return { state: mark, signal: mark !== '0' && state !== '0' && state !== mark };
  },
};

const WESTERN = 'Western Electric 1956; run lengths: Champ and Woodall 1987';
const WESTGARD = 'Westgard et al. 1981';

export const RUN_RULES = {
  '1-2s': {
    ...beyond(2),
    label: { en: 'One run beyond 2 SD', ru: 'Один прогон за 2 СО', zh: '1 次超出 2 SD' },
    source: WESTGARD,
  },
  '1-3s': {
    ...beyond(3),
    label: { en: 'One run beyond 3 SD', ru: 'Один прогон за 3 СО', zh: '1 次超出 3 SD' },
    source: 'Shewhart 1931',
  },
  '2of3-2s': {
    ...mOfN(2, 3, 2),
    label: {
      en: 'Two of three runs beyond 2 SD on one side',
      ru: 'Два из трёх прогонов за 2 СО с одной стороны',
      zh: '3 次中 2 次同侧超出 2 SD',
    },
    source: WESTERN,
  },
  '4of5-1s': {
    ...mOfN(4, 5, 1),
    label: {
      en: 'Four of five runs beyond 1 SD on one side',
      ru: 'Четыре из пяти прогонов за 1 СО с одной стороны',
      zh: '5 次中 4 次同侧超出 1 SD',
    },
    source: WESTERN,
  },
  '8x': {
    ...oneSide(8),
    label: {
      en: 'Eight runs on one side of the mean',
      ru: 'Восемь прогонов по одну сторону среднего',
      zh: '连续 8 次在均值同侧',
    },
    source: WESTERN,
  },
  '2-2s': {
    ...mOfN(2, 2, 2),
    label: {
      en: 'Two runs in a row beyond 2 SD on one side',
      ru: 'Два прогона подряд за 2 СО с одной стороны',
      zh: '连续 2 次同侧超出 2 SD',
    },
    source: WESTGARD,
  },
  'R-4s': {
    ...range,
    label: {
      en: 'Two runs in a row beyond 2 SD on opposite sides',
      ru: 'Два прогона подряд за 2 СО с разных сторон',
      zh: '连续 2 次在两侧超出 2 SD',
    },
    source: WESTGARD,
  },
  '4-1s': {
    ...mOfN(4, 4, 1),
    label: {
      en: 'Four runs in a row beyond 1 SD on one side',
      ru: 'Четыре прогона подряд за 1 СО с одной стороны',
      zh: '连续 4 次同侧超出 1 SD',
    },
    source: WESTGARD,
  },
  '10x': {
    ...oneSide(10),
    label: {
      en: 'Ten runs on one side of the mean',
      ru: 'Десять прогонов по одну сторону среднего',
      zh: '连续 10 次在均值同侧',
    },
    source: WESTGARD,
  },
} as const satisfies Record<string, Omit<RunRule, 'id'>>;

export type RunRuleId = keyof typeof RUN_RULES;

/** Rules that ask for action, by the school that they belong to; `1-2s` warns in both. */
export const RULE_SETS = {
  'western-electric': ['1-3s', '2of3-2s', '4of5-1s', '8x'],
  westgard: ['1-3s', '2-2s', 'R-4s', '4-1s', '10x'],
} as const satisfies Record<string, readonly RunRuleId[]>;

export type RuleSet = keyof typeof RULE_SETS;

/** Rules that ring at each run of a series of zones. */
export function rungBy(zones: readonly Zone[], rules: readonly RunRuleId[]): RunRuleId[][] {
  const states = new Map<RunRuleId, RuleState>(rules.map((id) => [id, RUN_RULES[id].start]));
  return zones.map((zone) =>
    rules.filter((id) => {
      const { state, signal } = RUN_RULES[id].next(states.get(id)!, zone);
      states.set(id, state);
      return signal;
    }),
  );
}
