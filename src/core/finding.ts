import type { Localised, Facts } from './localised.ts';

export type Severity = 'block' | 'fail' | 'warn' | 'info' | 'pass' | 'na';

/** One statement of quality control about a series or region. `na` (not assessable) is never a pass. */
export interface Finding {
  /** Rule id of SPEC §2, such as `G-03`; reading remarks without a rule use `R-…`. */
  readonly id: string;
  readonly severity: Severity;
  /** UID of the series, or name of the region or file, that it is about. */
  readonly subject: string;
  /** One sentence a clinician understands, and what to do; `{name}` marks are filled from `facts`. */
  readonly text: Localised;
  readonly remedy?: Localised;
  readonly facts: Facts;
  /** DICOM tags the finding rests on. */
  readonly tags?: readonly string[];
}
