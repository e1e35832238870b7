import type { SeriesContext } from './context.ts';
import { evaluateSeries, type RuleGroup } from './evaluate.ts';
import type { RuleProfile } from './profile.ts';
import type { RuleResult } from './rule.ts';

/** Rules beside those of SPEC §2.5 whose measurement is of a region: another region of the series may well pass. */
const OF_REGIONS = new Set(['G-07', 'G-09', 'G-18', 'C-04', 'C-12', 'C-13', 'C-14', 'M-20', 'M-21', 'P-13']);

/** Does a rule speak of one region, and of the numbers of that region alone? The others speak of the whole series. */
export const isOfRegion = (id: string): boolean => id.startsWith('V-') || OF_REGIONS.has(id);

/** The rules of regions on one region alone, without the places that prove them: those stand in the results of the series. */
export function evaluateRegion(
  groups: readonly RuleGroup[],
  context: SeriesContext,
  at: number,
  profile?: RuleProfile,
): RuleResult[] {
  const mask = context.masks[at]!;
  const { placing, extractions, ...others } = context.regionFacts ?? {};
  const own = {
    ...context,
    masks: [mask],
    regionFacts: {
      ...others,
      ...(placing && { placing: placing.filter((p) => p.region === mask.name) }),
      ...(extractions && { extractions: extractions.filter((e) => e.mask.name === mask.name) }),
    },
  };
  const wanted = groups.map(({ rules, measures }) => ({
    rules: rules.filter((r) => isOfRegion(r.id)),
    measures,
  }));
  return evaluateSeries(wanted, own, profile).map((r) => ({
    ...r,
    checks: r.checks.map((c) => ({ ...c, measured: withoutEvidence(c.measured) })),
  }));
}

function withoutEvidence<M extends object>(measured: M): M {
  const { evidence: _, ...rest } = measured as M & { readonly evidence?: unknown };
  return rest as M;
}
