import type { Finding, Severity } from '../../core/finding.ts';
import type { Mask } from '../../core/volume.ts';
import type { Answers, FitFacts } from '../../quality/rules/context.ts';
import type { RegionFacts } from '../../quality/rules/extraction-facts.ts';
import type { ReferenceProtocol } from '../../quality/rules/reference-protocol.ts';
import type { RuleProfile } from '../../quality/rules/profile.ts';
import type { RuleResult } from '../../quality/rules/rule.ts';
import type { Study } from '../study/study.ts';

export interface AssessRequest {
  readonly study: Study;
  readonly series: string;
  /** Regions on the grid of the series that the numbers will come from. */
  readonly masks?: readonly Mask[];
  /** How these regions were placed, measured, and what they are compared with. */
  readonly regionFacts?: RegionFacts;
  readonly answers?: Answers;
  /** What a kinetic fit of this series came to. */
  readonly fit?: FitFacts;
  /** UID of the series whose protocol is the reference, or a protocol that was kept. */
  readonly reference?: string | ReferenceProtocol;
  /** UIDs of series that are to be used together with this one. */
  readonly others?: readonly string[];
  readonly profile?: RuleProfile;
  /** False: headers alone, no pixel is read. */
  readonly pixels?: boolean;
  /** Day of the assessment, `YYYYMMDD`; today when absent. */
  readonly today?: string;
}

/** What the rules say about one series. */
export interface Assessment {
  readonly series: string;
  readonly results: readonly RuleResult[];
  /** What reading said beyond the rules. */
  readonly reading: readonly Finding[];
  /** The worst of all. */
  readonly verdict: Severity;
  readonly profile: string;
  readonly milliseconds: number;
}
