import type { Finding, Severity } from '../../core/finding.ts';
import type { Mask } from '../../core/volume.ts';
import type { Answers, FitFacts } from '../../quality/rules/context.ts';
import type { RegionFacts } from '../../quality/rules/extraction-facts.ts';
import type { ReferenceProtocol } from '../../quality/rules/reference-protocol.ts';
import type { RuleProfile } from '../../quality/rules/profile.ts';
import type { RuleResult } from '../../quality/rules/rule.ts';
import type { KineticResult } from '../kinetics/request.ts';
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
  /** The fit itself, from which these facts are taken. */
  readonly fitted?: KineticResult;
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
  /** What is said of the whole image, without what is said of single regions. */
  readonly whole: NumbersAssessment;
  /** What is said of the numbers of each region, in the order of the masks that were asked about. */
  readonly regions: readonly NumbersAssessment[];
  readonly milliseconds: number;
}

/** What rules and reading say about the numbers of one region (of the region itself and of the series), or of no region. */
export interface NumbersAssessment {
  /** Null: the whole image. */
  readonly region: string | null;
  readonly results: readonly RuleResult[];
  readonly reading: readonly Finding[];
  readonly qcHash: string;
}
