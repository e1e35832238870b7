import type { Finding } from '../../../core/finding.ts';
import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { plain } from '../measuring.ts';
import type { Measurement } from '../rule.ts';

/** The largest of a number of each placed region. */
function ofPlacing(
  { masks, regionFacts }: SeriesContext,
  value: (findings: readonly Finding[]) => number,
): Measurement {
  if (masks.length === 0) return { na: 'region' };
  const placing = regionFacts?.placing ?? [];
  if (placing.length === 0) return { na: 'placing' };
  const all = placing.map((p) => ({ name: p.region, value: value(p.findings) }));
  const worst = all.reduce((a, b) => (b.value > a.value ? b : a));
  return plain(worst.value, worst.name);
}

const factsOf = (findings: readonly Finding[], id: string, fact: string): number[] =>
  findings.flatMap((f) => {
    const value = f.id === id ? f.facts[fact] : undefined;
    return typeof value === 'number' ? [value] : [];
  });

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Percent of the region that lay outside the image and was cut off. */
const clipped: Measure = (c) => ofPlacing(c, (found) => sum(factsOf(found, 'V-01', 'percent')));

/** Is the region of a frame of reference that has nothing to do with the image's? 1 named by it, 2 unknown to it. */
const otherFrame: Measure = (c) =>
  ofPlacing(c, (found) => {
    const said = found.find((f) => f.id === 'V-01' && f.facts['frame'] === 'other');
    return said === undefined ? 0 : said.severity === 'block' ? 2 : 1;
  });

/** Contours that were moved, lost or left out, or that overlap or cross themselves. */
const notAsDrawn: Measure = (c) => ofPlacing(c, (found) => sum(factsOf(found, 'V-07', 'count')));

const acrossSlices: Measure = (c) =>
  ofPlacing(c, (found) =>
    sum(
      factsOf(
        found.filter((f) => f.severity === 'fail'),
        'V-07',
        'count',
      ),
    ),
  );

/** Regions for which it is not recorded how contours or voxels became the mask. */
const unrecorded: Measure = ({ masks, regionFacts }) => {
  if (masks.length === 0) return { na: 'region' };
  const placed = (regionFacts?.placing ?? []).map((p) => p.region);
  if (placed.length === 0) return { na: 'placing' };
  const missing = masks.filter((m) => !placed.includes(m.name));
  return plain(missing.length, missing.map((m) => m.name).join(', '));
};

/** Measurements of V-01 and V-07 on how regions came onto the grid. */
export const PLACING_MEASURES: Readonly<Record<string, Measure>> = {
  region_clipped_percent: clipped,
  region_other_frame: otherFrame,
  contours_not_as_drawn: notAsDrawn,
  contours_across_slices: acrossSlices,
  regions_without_record: unrecorded,
};
