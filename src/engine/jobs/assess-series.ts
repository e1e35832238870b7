import type { Finding } from '../../core/finding.ts';
import type { Series } from '../../core/series.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import type { RegionFacts } from '../../quality/rules/extraction-facts.ts';
import type { Answers, FitFacts } from '../../quality/rules/context.ts';
import { evaluateRegion } from '../../quality/rules/by-region.ts';
import { evaluateSeries } from '../../quality/rules/evaluate.ts';
import { Headers, type HeaderColumns } from '../../quality/rules/headers.ts';
import type { RuleProfile } from '../../quality/rules/profile.ts';
import { pixelFacts } from '../../quality/rules/pixels.ts';
import { RULE_GROUPS } from '../../quality/rules/registry.ts';
import type { RuleResult } from '../../quality/rules/rule.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

export interface OtherHeaders {
  readonly series: Series;
  readonly columns: HeaderColumns;
}

interface AssessInput {
  readonly series: Series;
  readonly columns: HeaderColumns;
  readonly reading: readonly Finding[];
  /** Phases with their images; none: pixels are not judged. */
  readonly volumes: readonly (readonly [phase: number, volume: Volume])[];
  readonly masks: readonly Mask[];
  readonly regionFacts: RegionFacts;
  readonly answers: Answers;
  readonly fit: FitFacts | null;
  readonly reference: OtherHeaders | null;
  readonly others: readonly OtherHeaders[];
  readonly today: string;
  readonly profile: RuleProfile;
}

const other = ({ series, columns }: OtherHeaders) => ({ series, headers: new Headers(columns) });

interface AssessOutput {
  readonly results: readonly RuleResult[];
  /** The rules of regions on each mask alone, in their order. */
  readonly regions: readonly (readonly RuleResult[])[];
}

/** Share of the time that the rules of single regions take, roughly. */
const REGIONS_SHARE = 0.2;

/** All rules on one series, and the rules of regions on each of its regions. */
export const assessSeriesJob: Job<AssessInput, AssessOutput> = {
  async run(
    {
      series,
      columns,
      reading,
      volumes,
      masks,
      regionFacts,
      answers,
      fit,
      reference,
      others,
      today,
      profile,
    },
    { onProgress, checkCancelled },
  ) {
    // What several rules ask of the first image is worked out here, where there are kernels.
    if (volumes[0]) pixelFacts(volumes[0][1], await loadKernels());
    const context = {
      series,
      headers: new Headers(columns),
      reading,
      volumes: new Map(volumes),
      masks,
      regionFacts,
      answers,
      ...(fit && { fit }),
      ...(reference && { reference: other(reference) }),
      others: others.map(other),
      today,
    };
    const results = evaluateSeries(RULE_GROUPS, context, profile, (rule, share) => {
      checkCancelled?.();
      onProgress?.((masks.length > 0 ? 1 - REGIONS_SHARE : 1) * share, rule.id);
    });
    const regions = masks.map((mask, at) => {
      checkCancelled?.();
      onProgress?.(1 - REGIONS_SHARE * (1 - at / masks.length), mask.name);
      return evaluateRegion(RULE_GROUPS, context, at, profile);
    });
    return { value: { results, regions } };
  },
};
