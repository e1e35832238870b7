import type { Finding, Severity } from '../../core/finding.ts';
import type { Facts, Localised } from '../../core/localised.ts';

/**
 * How a default is known: `V` read in its source, `L` from the literature as remembered, `E` a choice of this project.
 * `L` is shown as "default (literature)" and never as a quotation.
 */
export type Mark = 'V' | 'L' | 'E';

/** Severities that a limit can have, mildest first. */
export const RAISED = ['info', 'warn', 'fail', 'block'] as const;
export type Raised = (typeof RAISED)[number];

/** A number, or the closed range that is good. */
export type Limit = number | readonly [low: number, high: number];

/**
 * One measured quantity against limits: the data of SPEC §2's `expr, warn, fail, block`. A quantity is raised when it is
 * above (below, outside) a limit; the most severe limit that it breaks counts.
 */
export interface Check {
  /** Id of the measurement, unique over all rules. */
  readonly quantity: string;
  readonly label: Localised;
  readonly unit: string;
  readonly raise: 'above' | 'below' | 'outside';
  readonly limits: Readonly<Partial<Record<Raised, Limit>>>;
}

/** What a rule is about; cohort rules need another series or a reference protocol. */
export type RuleStage = 'acquisition' | 'cohort' | 'region' | 'fit';

/** A rule of acquisition, region or fit as data: editable, exportable, without code. */
export interface Rule {
  /** Id of SPEC §2, such as `G-06`. */
  readonly id: string;
  readonly stage: RuleStage;
  /** DICOM modality codes; empty: all. */
  readonly modalities: readonly string[];
  readonly title: Localised;
  /** DICOM tags the rule rests on, eight digits. */
  readonly tags: readonly string[];
  readonly checks: readonly Check[];
  readonly source: string;
  readonly mark: Mark;
  /** Why it matters, one sentence for a clinician. */
  readonly explain: Localised;
  /** What to do about it. */
  readonly fix: Localised;
}

/** What proves a finding: a table, a curve, or places in the image. Labels are in all languages. */
export type Evidence =
  | {
      readonly kind: 'table';
      readonly columns: readonly Localised[];
      /** Values are data; a name stands in all languages. */
      readonly rows: readonly (readonly (string | number | Localised)[])[];
    }
  | {
      readonly kind: 'curve';
      readonly x: readonly number[];
      readonly y: readonly number[];
      readonly xLabel: Localised;
      readonly yLabel: Localised;
      /** Lines across: the limits, or what their name says. */
      readonly lines?: readonly number[];
      readonly lineLabel?: Localised;
      /** Point i is slice i + 1, whatever the axis counts. */
      readonly bySlice?: true;
    }
  | {
      readonly kind: 'voxels';
      /** Linear indices into the volume (at most {@link MOST_VOXELS}), the worst first or spread evenly. */
      readonly indices: Uint32Array;
      /** How many there are in all. */
      readonly count: number;
      readonly phase: number;
    };

/** Voxels kept as evidence of one finding. */
export const MOST_VOXELS = 100_000;

/** Why a quantity cannot be judged. `tags` names what the files do not state. */
export interface NotAssessable {
  readonly na:
    | 'tags'
    | 'pixels'
    | 'geometry'
    | 'phases'
    | 'region'
    | 'placing'
    | 'extraction'
    | 'patients'
    | 'reader'
    | 'answer'
    | 'cohort'
    | 'structure'
    | 'fit';
  readonly tags?: readonly string[];
}

export interface Measured {
  readonly value: number;
  /** Words that go with the number, such as the names of what is missing. */
  readonly detail?: string;
  readonly evidence?: Evidence;
}

/** Null: the quantity does not concern this series. */
export type Measurement = Measured | NotAssessable | null;

/** Outcome of one check. */
export interface CheckResult {
  readonly check: Check;
  readonly severity: Severity;
  readonly measured: Measured | NotAssessable;
  /** The limit that was broken; absent when none was. */
  readonly limit?: Limit;
}

/** Outcome of one rule for one series, region or fit: a finding with its numbers and its proof. */
export interface RuleResult extends Finding {
  readonly rule: string;
  readonly stage: RuleStage;
  readonly title: Localised;
  readonly checks: readonly CheckResult[];
  readonly facts: Facts;
  /** Where the limits come from, and how that is known. */
  readonly source: string;
  readonly mark: Mark;
}
