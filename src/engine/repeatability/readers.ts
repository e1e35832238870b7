import { sameGrid } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import { readerFindings } from '../../quality/readers/findings.ts';
import { boxed, diceOf, type BoxedMask } from '../../quality/readers/overlap.ts';
import { pairRegions, sidesOf, type ReaderRegion } from '../../quality/readers/pair-regions.ts';
import type { MaskComparison } from '../../regions/compare.ts';
import { repeatabilityOf } from '../../statistics/verdict/repeated-table.ts';
import type { CallOptions, Engine, FeatureTable, Study } from '../api.ts';
import { sha256 } from '../hash.ts';
import type { JobRunner } from '../pool/runner.ts';
import { everyRegion } from '../regions/listed.ts';
import type { RegionWork } from '../regions/work.ts';
import { VERSION } from '../version.ts';
import { longTable } from './long-table.ts';
import { settingsFingerprint } from './robust-match.ts';
import type { ReaderPairsOptions, ReaderProposal, ReaderRequest, ReaderStudy } from './request.ts';

interface Place {
  readonly runner: JobRunner;
  readonly placeRegion: Engine['placeRegion'];
  readonly extract: Engine['extract'];
  readonly workOf: (study: Study) => RegionWork;
}

/** The study with all its regions, also those that the reader who reads now may not see. */
const uncovered = (study: Study, work: RegionWork): Study => ({
  ...study,
  regions: everyRegion(study, work).map((r) => r.source),
});

/** Which region of the second reader answers to which of the first, over all series of the study. */
export async function proposeReaderPairs(
  { placeRegion, workOf }: Place,
  study: Study,
  { series, sides, signal }: ReaderPairsOptions = {},
): Promise<ReaderProposal> {
  const call = signal ? { signal } : {};
  const work = workOf(study);
  const all = everyRegion(study, work).flatMap(({ source, reader, series: own }) => {
    const on = own ?? seriesUnder(study, source, series);
    const { id, name, file } = source;
    return on === undefined ? [] : [{ id, name, file, reader, series: on }];
  });
  const among = (ids: readonly string[]) => all.filter((r) => ids.includes(r.id));
  const { by, first, second } = sides
    ? { by: 'reader' as const, first: among(sides.first), second: among(sides.second) }
    : sidesOf(all);
  const open = uncovered(study, work);
  const masks = new Map<string, BoxedMask | null>();
  // Placing is asynchronous, pairing is not: what names leave is looked at first.
  const byName = pairRegions(first, second, () => 0);
  const rest = new Set(byName.alone.map((r) => r.id));
  if (first.some((r) => rest.has(r.id)) && second.some((r) => rest.has(r.id)))
    for (const r of all.filter(({ id }) => rest.has(id)))
      masks.set(r.id, await placed(placeRegion, open, r, call));
  const overlap = (a: ReaderRegion, b: ReaderRegion): number => {
    const [x, y] = [masks.get(a.id), masks.get(b.id)];
    return x && y ? diceOf(x, y) : 0;
  };
  return {
    by,
    regions: [
      ...first.map((r) => ({ ...r, side: 'first' as const })),
      ...second.map((r) => ({ ...r, side: 'second' as const })),
    ],
    ...pairRegions(first, second, overlap),
  };
}

/** Null where the region does not lie on its series; the person may still choose it and read why. */
async function placed(
  placeRegion: Engine['placeRegion'],
  study: Study,
  { id, series }: ReaderRegion,
  call: CallOptions,
): Promise<BoxedMask | null> {
  try {
    return boxed((await placeRegion(study, id, series, { ...call, resample: true })).mask);
  } catch (error) {
    if (error instanceof RefusedInput) return null;
    throw error;
  }
}

/** The series that an imported region says, or whose grid or frame of reference it has. */
function seriesUnder(study: Study, source: RegionSource, asked: string | undefined): string | undefined {
  const { shape, referencedSeries, frameOfReference } = source;
  const grid = shape.kind === 'voxels' ? (shape.within ?? shape.grid) : null;
  const real = study.series.filter((s) => s.affine);
  const wishes = [
    real.filter((s) => referencedSeries !== undefined && s.uid.replace(/[#+]\d+$/, '') === referencedSeries),
    real.filter(
      (s) => grid && sameGrid(grid, { size: [s.size[0], s.size[1], s.size[2]], affine: s.affine! }),
    ),
    real.filter((s) => frameOfReference !== '' && s.frameOfReference === frameOfReference),
    real,
  ];
  const found = wishes.find((list) => list.length > 0) ?? [];
  return (found.find((s) => s.uid === asked) ?? found[0])?.uid;
}

/**
 * Features of the regions of two readers with the same settings, pair by pair, and how far they agree: ICC(2,1) with its
 * interval, CCC, difference and within-subject CoV of each feature (SPEC R17: lower bound of ICC ≥ 0.75).
 * @throws RefusedInput `settings_invalid` for no pairs, a region chosen twice or without voxels, and what extraction refuses
 */
export async function runReaders(
  { runner, placeRegion, extract, workOf }: Place,
  request: ReaderRequest,
  { signal, onProgress }: CallOptions = {},
): Promise<ReaderStudy> {
  const { pairs, phase = 0, settings, resample = false } = request;
  const start = Date.now();
  const call = signal ? { signal } : {};
  const study = uncovered(request.study, workOf(request.study));
  checkPairs(request, study);
  const tables: [FeatureTable, FeatureTable][] = [];
  const agreements: MaskComparison[] = [];
  for (const [n, { subject, first, second, series }] of pairs.entries()) {
    const [a, b] = await Promise.all(
      [first, second].map((r) => placeRegion(study, r, series, { ...call, resample })),
    );
    for (const { voxels, source } of [a!, b!]) if (voxels === 0) throw noVoxels(source.name);
    const { difference: _, ...agreement } = await runner.run(
      'compare-regions',
      { a: a!.mask, b: b!.mask },
      call,
    );
    agreements.push(agreement);
    const shares = [0, 0];
    const both = await Promise.all(
      [first, second].map((region, side) =>
        extract(
          { study, series, phase, region, settings, resample },
          {
            ...call,
            onProgress: (share) => {
              shares[side] = share;
              onProgress?.((n + (shares[0]! + shares[1]!) / 2) / pairs.length, subject);
            },
          },
        ),
      ),
    );
    tables.push([both[0]!, both[1]!]);
  }
  const csv = longTable(
    'reader',
    pairs.flatMap(({ subject }, n) =>
      tables[n]!.map((table, side) => ({
        subject,
        repeat: String(side + 1),
        values: Object.fromEntries(table.features.map((f) => [f.column, f.value])),
      })),
    ),
  );
  const judged = repeatabilityOf(csv, { limitPercent: null, ...request.statistics });
  if ('problem' in judged) throw noVoxels(pairs.map((p) => p.subject).join(', '));
  const hash = await sha256(
    JSON.stringify({ settings, VERSION, tables: tables.flat().map((t) => [t.image.hash, t.mask.hash]) }),
  );
  const modalities = [...new Set(tables.flat().map((t) => t.image.modality))];
  const robust = {
    ...judged.robust,
    study: hash,
    settings: settingsFingerprint(settings),
    ...(modalities.length === 1 && { modality: modalities[0]! }),
  };
  return {
    pairs: pairs.map((pair, n) => ({ ...pair, agreement: agreements[n]! })),
    csv,
    report: { ...judged, robust },
    findings: readerFindings(pairs.map((p, n) => ({ subject: p.subject, dice: agreements[n]!.dice }))),
    hash,
    milliseconds: Date.now() - start,
  };
}

const refused = (key: string, expected: string, received: string) =>
  new RefusedInput('settings_invalid', { key, expected, received });

const noVoxels = (received: string) =>
  refused('readers.pairs', 'regions with voxels on their series', received);

function checkPairs({ pairs }: ReaderRequest, study: Study): void {
  if (pairs.length === 0) throw refused('readers.pairs', 'one pair of regions or more', '0');
  const seen = new Set<string>();
  const nameOf = (id: string) => study.regions.find((r) => r.id === id)?.name ?? id;
  for (const { first, second } of pairs)
    for (const id of [first, second]) {
      if (seen.has(id)) throw refused('readers.pairs', 'each region in one place', nameOf(id));
      seen.add(id);
    }
  const subjects = pairs.map((p) => p.subject);
  const twice = subjects.find((s, n) => subjects.indexOf(s) !== n);
  if (twice !== undefined) throw refused('readers.pairs', 'a name of its own for each pair', twice);
}
