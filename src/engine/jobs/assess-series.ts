import type { Finding } from '../../core/finding.ts';
import type { Series } from '../../core/series.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import type { RegionFacts } from '../../quality/rules/extraction-facts.ts';
import type { Answers, FitFacts } from '../../quality/rules/context.ts';
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

/** All rules on one series. */
export const assessSeriesJob: Job<AssessInput, RuleResult[]> = {
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
    const value = evaluateSeries(RULE_GROUPS, context, profile, (rule, share) => {
      checkCancelled?.();
      onProgress?.(share, rule.id);
    });
    return { value };
  },
};
