import { verdictOf, type Override, type Verdict } from '../../quality/gate.ts';
import type { Assessment } from './request.ts';

/** What the page and the command line need of the gate, as values: the sum of rule results that goes with numbers. */
export { asksForReason, gateOf, notRun, together, verdictOf, verdictText } from '../../quality/gate.ts';
export { isOfRegion } from '../../quality/rules/by-region.ts';
export { BUILT_IN } from '../../quality/rules/profile.ts';

/**
 * The verdict on numbers of a series: with a place among the regions that were asked about, on those of that region
 * alone; with null, on those of the whole image.
 */
export function verdictOn(made: Assessment, region: number | null, override?: Override): Verdict {
  const own = (region === null ? undefined : made.regions[region]) ?? made.whole;
  return verdictOf([...own.results, ...own.reading], made.profile, override, own.qcHash);
}

/**
 * What the source of a prepared image adds to the verdict on the image itself: only what was not measured there anew, since
 * a field that was corrected is no fault any more.
 */
export function verdictBeside(source: Assessment, prepared: Assessment): Verdict {
  const measured = new Set(prepared.whole.results.filter((r) => r.severity !== 'na').map((r) => r.id));
  const left = [...source.whole.results, ...source.whole.reading].filter((r) => !measured.has(r.id));
  return verdictOf(left, source.profile, undefined, source.whole.qcHash);
}
