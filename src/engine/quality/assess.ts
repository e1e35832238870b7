import type { Volume } from '../../core/volume.ts';
import { isOfRegion } from '../../quality/rules/by-region.ts';
import { withoutMeasured } from '../../quality/rules/evaluate.ts';
import { qcHashOf } from '../../quality/qc-hash.ts';
import { worstOf } from '../../quality/rules/judge.ts';
import { BUILT_IN } from '../../quality/rules/profile.ts';
import type { ChainStep, RegionFacts } from '../../quality/rules/extraction-facts.ts';
import type { RuleResult } from '../../quality/rules/rule.ts';
import type { CallOptions } from '../api.ts';
import { fitFactsOf } from '../kinetics/fit-facts.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf, volumeOf } from '../study/volume.ts';
import { headersOf, referenceHeaders } from './headers.ts';
import type { Assessment, AssessRequest, NumbersAssessment } from './request.ts';

/** Phases that are looked at: the first ones whole, at most this many bytes of them. */
const PHASE_BYTES = 2 ** 30;

/** Runs every rule on one series, in a worker. */
export async function assess(
  runner: JobRunner,
  request: AssessRequest,
  options: CallOptions = {},
): Promise<Assessment> {
  const start = Date.now();
  const {
    study,
    masks = [],
    regionFacts = {},
    answers = {},
    others = [],
    profile = BUILT_IN,
    pixels = true,
  } = request;
  const series = seriesOf(study, request.series);
  const { columns } = headersOf(study, series.uid);
  const reading = [...study.findings.filter((f) => f.subject === series.uid), ...series.findings];
  const volumes: (readonly [number, Volume])[] = [];
  if (pixels && series.samples === 1) {
    const [nx, ny, nz, phases] = series.size;
    const count = Math.max(1, Math.min(phases, Math.floor(PHASE_BYTES / (4 * nx * ny * nz))));
    for (let phase = 0; phase < count; phase++) {
      try {
        volumes.push([phase, await volumeOf(runner, study, series.uid, phase, options)]);
      } catch (error) {
        // Pixels that cannot be read leave the rules about pixels not assessable; the others are judged.
        if (error instanceof DOMException && error.name === 'AbortError') throw error;
        break;
      }
    }
  }
  const { results, regions } = await runner.run(
    'assess-series',
    {
      series,
      columns,
      reading,
      volumes,
      masks,
      regionFacts: withSteps(regionFacts),
      // A series that was normalised here need not be asked about.
      answers: { ...(series.preprocessing?.normalised && { normalised: 1 }), ...answers },
      fit: request.fit ?? (request.fitted ? fitFactsOf(request.fitted) : null),
      reference: request.reference === undefined ? null : referenceHeaders(study, request.reference),
      others: others.map((uid) => headersOf(study, uid)),
      today: request.today ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''),
      profile,
    },
    options,
  );
  const placing = request.regionFacts?.placing ?? [];
  const rest = withoutMeasured([...reading, ...placing.flatMap((p) => p.findings)], results);
  const ofSeries = results.filter((r) => !isOfRegion(r.id));
  const said = (region: string | null, found: readonly RuleResult[]): NumbersAssessment => {
    const all = [...ofSeries, ...found];
    const laid = placing.filter((p) => p.region === region).flatMap((p) => p.findings);
    const own = withoutMeasured([...reading, ...laid], all);
    return {
      region,
      results: all,
      reading: own,
      qcHash: qcHashOf({ results: all, reading: own, profile, region }),
    };
  };
  return {
    series: series.uid,
    results,
    reading: rest,
    verdict: worstOf([...results, ...rest].map((r) => r.severity)),
    profile: profile.name,
    whole: said(null, []),
    regions: regions.map((found, at) => said(masks[at]!.name, found)),
    milliseconds: Date.now() - start,
  };
}

/** The image chain of this program, which has one order; extractions of other programs say their own. */
const OWN_STEPS: readonly ChainStep[] = [
  'conversion',
  'post-processing',
  'segmentation',
  'interpolation',
  're-segmentation',
  'discretisation',
];

const withSteps = (facts: RegionFacts): RegionFacts => ({
  ...facts,
  ...(facts.extractions && {
    extractions: facts.extractions.map((e) => ({ ...e, steps: e.steps ?? OWN_STEPS })),
  }),
});
