import { numberOf, textOf } from '../core/dicom.ts';
import type { Series } from '../core/series.ts';
import { descriptionStem } from './description-stem.ts';
import { isPlaced, latticeOf } from './lattice.ts';
import { seriesOf, uidOf, type MadeSeries } from './made-series.ts';
import { kindOf } from './plane.ts';
import { seriesFinding } from './texts.ts';
import { overMidnight, secondsOf } from './time-of-day.ts';

/** A made series with the name that it is listed under. */
type Listed = MadeSeries & { readonly listed: Series };

/** Longest time from the first phase of an examination to its last, s. */
const LONGEST = 2 * 3600;
/** How far two grids may lie from each other and be the same, mm. */
const SAME_PLACE = 0.1;
/** More series than this of one kind are no examination, but pictures of their own. */
const MOST = 500;

/**
 * Phases that a scanner wrote as several series, joined to one series over time. Members are of one study, place, grid,
 * kind and settings, their descriptions differ in words of phase and numbers alone, and their times rise. At most one of
 * them has phases of its own (a reference before a dynamic series); two repeated runs are never joined. The members stay
 * listed as they are: what comes back is offered beside them.
 * @param listed the same series under their names
 */
export function seriesOverTime(made: readonly MadeSeries[], listed: readonly Series[]): Series[] {
  const families = new Map<string, Listed[]>();
  made.forEach((m, i) => {
    if (!mayJoin(m.series)) return;
    const key = keyOf(m);
    const family = families.get(key);
    if (family) family.push({ ...m, listed: listed[i] });
    else families.set(key, [{ ...m, listed: listed[i] }]);
  });
  return [...families.values()]
    .flatMap((family) => byPlace(family))
    .flatMap((family) => joined(family) ?? []);
}

const mayJoin = (s: Series): boolean =>
  (s.modality === 'MR' || s.modality === 'CT') &&
  s.affine !== undefined &&
  s.samples === 1 &&
  s.bValues === undefined &&
  (s.size[3] === 1 || s.times !== undefined) &&
  // Phases of a breath or a beat are given in per cent.
  !s.description.includes('%') &&
  !s.findings.some((f) => f.severity === 'block');

/** What the members of one examination have in common. */
function keyOf({ series, first }: MadeSeries): string {
  const a = first.attributes.instance;
  const { repetitionTime: tr, echoTime: te, inversionTime: ti, flipAngle: fa } = series.protocol ?? {};
  return JSON.stringify([
    textOf(a, '0020000D') ?? '',
    textOf(a, '00100020') ?? '',
    series.frameOfReference,
    series.modality,
    series.unit,
    series.inverted,
    series.size.slice(0, 3),
    kindOf(first.attributes),
    descriptionStem(series.description).stem,
    // One setting a series: a dynamic series keeps its own.
    ...[tr, te, ti, fa].map((v) => v?.[0].toPrecision(3) ?? ''),
    textOf(a, '00181210') ?? '',
    numberOf(a, '00180060') ?? '',
    textOf(a, '00180086') ?? '',
  ]);
}

/** Members by grid: origin and what the steps add up to lie within a tenth of a millimetre. */
function byPlace(family: readonly Listed[]): Listed[][] {
  const groups: { members: Listed[]; ends: readonly number[] }[] = [];
  for (const m of family.length > MOST ? [] : family) {
    const { origin, matrix } = m.series.affine!;
    const ends = [...origin, ...matrix.flatMap((step, axis) => step.map((v) => v * m.series.size[axis]))];
    const home = groups.find((g) => g.ends.every((v, i) => Math.abs(v - ends[i]) <= SAME_PLACE));
    if (home) home.members.push(m);
    else groups.push({ members: [m], ends });
  }
  return groups.map((g) => g.members);
}

function joined(family: readonly Listed[]): Series | undefined {
  if (family.length < 2 || family.filter((m) => m.series.size[3] > 1).length > 1) return undefined;
  const repeatsOnly = family.every((m) => m.series.size[3] === 1) && family.length === 2;
  // Two volumes alone may be a repeated scan; a word of phase or a contrast agent makes them an examination.
  if (repeatsOnly && !family.some(isEnhancement)) return undefined;
  const ordered = inTime(family);
  if (!ordered) return undefined;
  const members = ordered.map((o) => o.member);
  const phases = members.flatMap((m) => m.phases);
  const times = ordered.flatMap(({ member, start }) => (member.series.times ?? [0]).map((t) => start + t));
  const rising = times.every((t, i) => i === 0 || t > times[i - 1]);
  if (!rising || times[times.length - 1] > LONGEST) return undefined;
  const [{ listed: head }] = members;
  const { affine, findings } = latticeOf(phases[0].filter(isPlaced), uidOf(phases[0][0]));
  const names = members.map((m) => m.listed.description || m.listed.uid);
  const shown = [...new Set(names)];
  const facts = {
    count: members.length,
    names: shown.slice(0, 6).join(', ') + (shown.length > 6 ? ' …' : ''),
  };
  const { series } = seriesOf(
    phases,
    affine,
    [...findings, seriesFinding('R-joined', 'info', head.uid, facts)],
    { times: times.map((t) => Math.round(t * 1e6) / 1e6), bValues: undefined },
  );
  const uid = `${head.uid}+${members.length - 1}`;
  const last = names[names.length - 1];
  return {
    ...series,
    uid,
    description: names[0] === last ? `${last} × ${members.length}` : `${names[0]} … ${last}`,
    findings: series.findings.map((f) => ({ ...f, subject: uid })),
  };
}

const isEnhancement = ({ first, series }: MadeSeries): boolean =>
  descriptionStem(series.description).hasPhase ||
  (textOf(first.attributes.instance, '00180010') ?? '') !== '';

/**
 * Members in the order of the first clock that all of them state, with seconds from the first; undefined when two say the
 * same time: those are two reconstructions of one acquisition.
 */
function inTime(family: readonly Listed[]): { member: Listed; start: number }[] | undefined {
  const clocks: readonly ((m: Listed) => number | undefined)[] = [
    (m) => m.first.time.acquisition,
    (m) => m.first.time.content,
    ({ first: { instance } }) =>
      secondsOf(textOf(instance.attributes, '00080021'), textOf(instance.attributes, '00080031'), undefined),
  ];
  for (const clock of clocks) {
    const starts = overMidnight(family.map(clock)).filter((s) => s !== undefined);
    if (starts.length < family.length) continue;
    if (new Set(starts).size < starts.length) return undefined;
    const begin = starts.reduce((a, b) => Math.min(a, b));
    return family
      .map((member, i) => ({ member, start: starts[i] - begin }))
      .sort((a, b) => a.start - b.start);
  }
  return undefined;
}
