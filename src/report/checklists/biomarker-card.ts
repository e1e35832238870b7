import type { Localised } from '../../core/localised.ts';

/** How far a candidate has come; each step needs the one before (after O'Connor et al., Nat Rev Clin Oncol 2017;14:169). */
export const LADDER = {
  exploratory: { en: 'exploratory', ru: 'поисковый', zh: '探索性' },
  technical: { en: 'technically validated', ru: 'технически подтверждён', zh: '技术验证' },
  internal: { en: 'internally validated', ru: 'подтверждён внутренне', zh: '内部验证' },
  external: { en: 'externally validated', ru: 'подтверждён внешне', zh: '外部验证' },
} as const satisfies Record<string, Localised>;

export type Rung = keyof typeof LADDER;

/** Everything that is known of one feature as a candidate biomarker; what is absent was not measured. */
export interface BiomarkerCard {
  readonly name: string;
  readonly ibsi: string;
  readonly modality: string;
  readonly settingsHash: string;
  readonly technical?: {
    /** Per cent. */
    readonly bias?: number;
    readonly cov?: number;
    /** In the unit of the feature. */
    readonly repeatabilityCoefficient?: number;
    readonly icc?: {
      readonly value: number;
      readonly low: number;
      readonly high: number;
      readonly n: number;
    };
    /** Phantom or test-retest study that the numbers come from. */
    readonly study: string;
  };
  readonly clinical?: {
    readonly effect?: number;
    readonly auc?: { readonly value: number; readonly low: number; readonly high: number };
    readonly adjustedP?: number;
    readonly adjustedOddsRatio?: number;
  };
  readonly validation?: {
    /** Names of the cohorts; empty: none. */
    readonly internal: string;
    readonly external: string;
    readonly slope?: number;
  };
  /** Overridden findings, with their reasons. */
  readonly overrides: readonly string[];
}

/** Per cent that bias and CoV may reach (SPEC §0, S5). */
export const TECHNICAL_LIMIT = 15;

/** Null: not both measured. Bias counts by its size. */
export function technicalVerdict({ technical }: BiomarkerCard): boolean | null {
  if (technical?.bias === undefined || technical.cov === undefined) return null;
  return Math.abs(technical.bias) <= TECHNICAL_LIMIT && technical.cov <= TECHNICAL_LIMIT;
}

export function rungOf(card: BiomarkerCard): Rung {
  if (technicalVerdict(card) !== true) return 'exploratory';
  if (!card.validation?.internal) return 'technical';
  return card.validation.external ? 'external' : 'internal';
}
