import type { Finding } from '../core/finding.ts';
import { dot, spacingOf, type Affine } from '../core/geometry.ts';
import { numberOf, numbersOf, textOf, textsOf, type Attributes } from '../core/dicom.ts';
import type { DicomInstance } from '../core/instance.ts';
import type { Refusal } from '../core/refusal.ts';
import type { FrameRef, Series } from '../core/series.ts';
import type { IntensityUnit } from '../core/volume.ts';
import { latticeOf, placesOf } from './lattice.ts';
import { phasesOf, type TimeSource } from './phases.ts';
import { planesOfInstance, type Plane } from './plane.ts';
import { suvFactor } from './suv.ts';
import { seriesFinding } from './texts.ts';

/** Directions whose cosines agree to this are one direction. */
const SAME_DIRECTION = 1e-3;

export interface Assembled {
  readonly series: Series[];
  readonly findings: Finding[];
  readonly refused: Refusal[];
}

/**
 * Instances to series by geometry, not by file name or number: planes of one patient, frame of reference, orientation,
 * matrix and kind of signal, in order along their normal and in time. One series number may hold several.
 */
export function assembleSeries(instances: readonly DicomInstance[]): Assembled {
  const findings: Finding[] = [];
  const fresh = withoutDuplicates(instances, findings);
  const groups = new Map<string, Plane[]>();
  for (const instance of fresh) {
    for (const plane of planesOfInstance(instance)) {
      const key = `${plane.apart} ${plane.columns}×${plane.rows} ${plane.pixel?.map((p) => p.toPrecision(4)).join('×')} ${plane.position && plane.axes ? 'placed' : 'loose'}`;
      const group = groups.get(key);
      if (group) group.push(plane);
      else groups.set(key, [plane]);
    }
  }
  const made: Series[] = [];
  for (const group of groups.values()) {
    const placed = group[0].position && group[0].axes && group[0].pixel;
    if (!placed) made.push(stackOf(group));
    else for (const stack of byDirection(group)) made.push(...volumesOf(stack));
  }
  return { series: withOwnNames(made, findings), findings, refused: [] };
}

function withoutDuplicates(instances: readonly DicomInstance[], findings: Finding[]): DicomInstance[] {
  const seen = new Set<string>();
  const repeated = new Map<string, number>();
  const fresh = instances.filter((i) => {
    const sop = textOf(i.attributes, '00080018') ?? '';
    if (sop === '' || !seen.has(sop)) {
      seen.add(sop);
      return true;
    }
    const uid = textOf(i.attributes, '0020000E') ?? '';
    repeated.set(uid, (repeated.get(uid) ?? 0) + 1);
    return false;
  });
  for (const [uid, count] of repeated)
    findings.push(seriesFinding('G-01-duplicates', 'warn', uid, { count }));
  return fresh;
}

/** Planes of one direction each; jitter below {@link SAME_DIRECTION} is one direction. */
function byDirection(planes: readonly Plane[]): Plane[][] {
  const stacks: Plane[][] = [];
  for (const plane of planes) {
    const home = stacks.find(([first]) =>
      [0, 1].every((a) => dot(first.axes![a], plane.axes![a]) > 1 - SAME_DIRECTION ** 2 * 50),
    );
    if (home) home.push(plane);
    else stacks.push([plane]);
  }
  return stacks;
}

function volumesOf(planes: readonly Plane[]): Series[] {
  const uid = uidOf(planes[0]);
  const places = placesOf(planes);
  const timed = phasesOf(places);
  if (!timed) {
    const crowded = places.find((p) => p.length > 1)!;
    const finding = seriesFinding('G-01', 'block', uid, { count: crowded.length });
    const first = places.map((p) => p[0]);
    const { affine, findings } = latticeOf(first, uid);
    return [seriesOf([first], affine, undefined, [finding, ...findings])];
  }
  const { affine, findings } = latticeOf(timed.phases[0], uid);
  if (timed.incomplete > 0)
    findings.push(seriesFinding('G-03-phase', 'fail', uid, { count: timed.incomplete }));
  if (timed.source)
    findings.push(seriesFinding('R-time', 'info', uid, { attribute: ATTRIBUTE[timed.source] }));
  if (timed.phases.length > 1 && !timed.times)
    findings.push(seriesFinding('R-time-unknown', 'na', uid, { count: timed.phases.length }));
  return [seriesOf(timed.phases, affine, timed.times, findings)];
}

const ATTRIBUTE: Readonly<Record<TimeSource, string>> = {
  temporalPosition: 'TemporalPositionIdentifier (0020,0100)',
  trigger: 'TriggerTime (0018,1060)',
  acquisition: 'AcquisitionTime (0008,0032)',
  acquisitionNumber: 'AcquisitionNumber (0020,0012)',
  content: 'ContentTime (0008,0033)',
  instanceNumber: 'InstanceNumber (0020,0013)',
};

/** Pictures without a usable place: in the order of their numbers, no millimetres. */
function stackOf(planes: readonly Plane[]): Series {
  const uid = uidOf(planes[0]);
  const ordered = [...planes].sort((a, b) => a.instanceNumber - b.instanceNumber || a.frame - b.frame);
  const { position, axes } = planes[0];
  const what = [
    !position && 'ImagePositionPatient',
    !axes && 'ImageOrientationPatient',
    !planes[0].pixel && 'PixelSpacing',
  ]
    .filter(Boolean)
    .join(', ');
  return seriesOf([ordered], undefined, undefined, [seriesFinding('G-02', 'fail', uid, { what })]);
}

function seriesOf(
  phases: readonly (readonly Plane[])[],
  affine: Affine | undefined,
  times: readonly number[] | undefined,
  findings: readonly Finding[],
): Series {
  const [first] = phases[0];
  const a = first.instance.attributes;
  const uid = uidOf(first);
  const all = phases.flat();
  const files = [...new Set(all.map((p) => p.instance.file))];
  const fileIndex = new Map(files.map((f, i) => [f, i]));
  const own: Finding[] = [...findings, ...imageFindings(all, uid)];
  const { unit, factor } = unitOf(all, own, uid);
  const planes = all.map((p): FrameRef => {
    const padding = paddingOf(p.instance.attributes);
    return {
      file: fileIndex.get(p.instance.file)!,
      frame: p.frame,
      ...(p.tile && { tile: p.tile }),
      slope: p.slope * factor,
      intercept: p.intercept * factor,
      ...(padding && { padding }),
    };
  });
  const centre = numbersOf(a, '00281050')[0];
  const width = numbersOf(a, '00281051')[0];
  const windowed = Number.isFinite(centre) && Number.isFinite(width) && width > 0 && factor === 1;
  return {
    uid,
    format: 'dicom',
    modality: textOf(a, '00080060') ?? '',
    description: textOf(a, '0008103E') ?? '',
    size: [first.columns, first.rows, phases[0].length, phases.length],
    affine,
    spacing: affine && spacingOf(affine),
    times,
    unit,
    inverted: textOf(a, '00280004') === 'MONOCHROME1',
    samples: numberOf(a, '00280002') ?? 1,
    frameOfReference: textOf(a, '00200052') ?? '',
    files,
    planes,
    ...(windowed && { window: [centre, width] as const }),
    findings: own,
  };
}

/** What single attributes of the images say about trust. */
function imageFindings(planes: readonly Plane[], uid: string): Finding[] {
  const a = planes[0].instance.attributes;
  const out: Finding[] = [];
  if (planes.some((p) => textOf(p.instance.attributes, '00282110') === '01'))
    out.push(seriesFinding('G-10', 'warn', uid));
  const type = textsOf(a, '00080008');
  if (type.length > 0 && (type[0] === 'DERIVED' || type[1] === 'SECONDARY'))
    out.push(seriesFinding('G-11', 'warn', uid, { type: type.slice(0, 3).join('\\') }));
  const own = numberOf(a, '2005100E');
  if (own !== undefined && own > 0 && own !== 1)
    out.push(seriesFinding('M-08-philips', 'info', uid, { slope: Number(own.toPrecision(5)) }));
  if (textOf(a, '00280301') === 'YES') out.push(seriesFinding('G-12', 'warn', uid));
  return out;
}

function unitOf(
  planes: readonly Plane[],
  findings: Finding[],
  uid: string,
): { unit: IntensityUnit; factor: number } {
  const a = planes[0].instance.attributes;
  const modality = textOf(a, '00080060');
  const rescaled = planes.every((p) => p.hasRescale);
  if (modality === 'CT') {
    const type = textOf(a, '00281054');
    if (!rescaled) findings.push(seriesFinding('G-08', 'warn', uid));
    return {
      unit: rescaled && (type === undefined || type === '' || type === 'HU') ? 'HU' : 'arbitrary',
      factor: 1,
    };
  }
  if (modality === 'RTDOSE')
    return { unit: textOf(a, '30040002') === 'RELATIVE' ? 'percent' : 'Gy', factor: 1 };
  if (modality !== 'PT') return { unit: 'arbitrary', factor: 1 };
  const stored = textOf(a, '00541001') ?? '';
  const unit = { BQML: 'Bq/mL', CNTS: 'CNTS', GML: 'GML' }[stored] ?? 'arbitrary';
  if (!rescaled) findings.push(seriesFinding('G-08', 'warn', uid));
  const suv = suvFactor(a);
  if ('factor' in suv) {
    const facts = { weight: suv.weight, dose: suv.doseMBq };
    if (stored !== 'GML') findings.push(seriesFinding('P-SUV', 'info', uid, facts, 'P-03'));
    return { unit: 'SUVbw', factor: suv.factor };
  }
  findings.push(seriesFinding('P-noSUV', 'block', uid, { what: suv.why, unit }, suv.rule));
  return { unit, factor: 1 };
}

/** Closed range of stored values that are padding, in whichever order the file gives its ends. */
function paddingOf(a: Attributes): readonly [number, number] | undefined {
  const value = signedPadding(a, '00280120');
  if (value === undefined) return undefined;
  const limit = signedPadding(a, '00280121') ?? value;
  return [Math.min(value, limit), Math.max(value, limit)];
}

/** "US or SS": the sign of the pixels decides. */
function signedPadding(a: Attributes, tag: string): number | undefined {
  const v = numberOf(a, tag);
  if (v === undefined) return undefined;
  const bits = numberOf(a, '00280100') ?? 16;
  return numberOf(a, '00280103') === 1 && bits === 16 && v > 32767 ? v - 65536 : v;
}

const uidOf = (p: Plane): string => textOf(p.instance.attributes, '0020000E') ?? '';

/** Series of one number get names of their own, and the split is told. */
function withOwnNames(series: readonly Series[], findings: Finding[]): Series[] {
  const count = new Map<string, number>();
  for (const s of series) count.set(s.uid, (count.get(s.uid) ?? 0) + 1);
  for (const [uid, n] of count) if (n > 1) findings.push(seriesFinding('R-split', 'info', uid, { count: n }));
  const used = new Map<string, number>();
  return series.map((s) => {
    const n = (used.get(s.uid) ?? 0) + 1;
    used.set(s.uid, n);
    if (n === 1) return s;
    const uid = `${s.uid}#${n}`;
    return { ...s, uid, findings: s.findings.map((f) => ({ ...f, subject: uid })) };
  });
}
