import type { Finding } from '../core/finding.ts';
import type { DicomInstance } from '../core/instance.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Series } from '../core/series.ts';
import { contrastsOf, type Contrasts } from './contrasts.ts';
import { withoutDuplicates } from './duplicates.ts';
import { isPlaced, latticeOf, placesOf, type PlacedPlane } from './lattice.ts';
import { seriesOverTime } from './joined.ts';
import { isFoldedMosaic } from './mosaic.ts';
import { phasesByNumber, phasesOf, type Phases, type PhaseSource } from './phases.ts';
import { framesOf, MOST_FRAMES, planesOfInstance, type Plane } from './plane.ts';
import { seriesOf, uidOf, type MadeSeries } from './made-series.ts';
import { withOwnNames } from './series-names.ts';
import { byDirection, byKind, byMeaning } from './split.ts';
import { seriesFinding } from './texts.ts';

export interface Assembled {
  readonly series: Series[];
  /** What concerns several series or none: duplicates, splits, mixed patients. */
  readonly findings: Finding[];
  readonly refused: Refusal[];
}

/**
 * Instances to series by geometry, not by file name or number: planes of one patient, frame of reference, orientation,
 * matrix and kind of signal, in order along +normal and in time. One series number may hold several. Instances whose
 * headers claim what cannot be are refused; nothing is allocated from a claim.
 */
export function assembleSeries(instances: readonly DicomInstance[]): Assembled {
  const findings: Finding[] = [];
  const refused: Refusal[] = [];
  const planes: Plane[] = [];
  for (const instance of withoutDuplicates(instances, findings)) {
    const frames = framesOf(instance.attributes);
    if (frames > MOST_FRAMES)
      refused.push({
        kind: 'too_large',
        file: instance.file,
        facts: { what: 'frames', received: frames, limit: MOST_FRAMES },
      });
    else for (const plane of planesOfInstance(instance)) planes.push(plane);
  }
  const made = byKind(planes).flatMap((group) => {
    const placed = group.filter(isPlaced);
    return placed.length < group.length ? [stackOf(group)] : byDirection(placed).flatMap((s) => volumesOf(s));
  });
  const series = withOwnNames(made, findings);
  return { series: [...series, ...seriesOverTime(made, series)], findings, refused };
}

const crowding = (planes: readonly PlacedPlane[]): number =>
  placesOf(planes).reduce((n, place) => Math.max(n, place.length), 0);

function volumesOf(planes: readonly PlacedPlane[]): MadeSeries[] {
  const places = placesOf(planes);
  if (places.some((p) => p.length > 1)) {
    const contrasts = contrastsOf(places);
    if (contrasts) return [contrastSeries(contrasts)];
    const parts = byMeaning(planes, 'before time', crowding);
    if (parts) return parts.flatMap((part) => volumesOf(part));
  }
  const phases = phasesOf(places);
  if (phases) return [volumeOf(phases)];
  const parts = byMeaning(planes, 'after time', crowding);
  if (parts) return parts.flatMap((part) => volumesOf(part));
  const numbered = phasesByNumber(places);
  return [numbered ? volumeOf(numbered) : ambiguous(places)];
}

/** A series whose phases are contrasts, such as the flip angles of a T1 map. */
function contrastSeries({ setting, values, phases }: Contrasts): MadeSeries {
  const uid = uidOf(phases[0][0]);
  const { affine, findings } = latticeOf(phases[0].filter(isPlaced), uid);
  const shown = values.map((v) => Number(v.toPrecision(4))).join(', ');
  const unit = setting === 'flipAngle' ? '°' : 'ms';
  const said = seriesFinding('R-contrasts', 'info', uid, {
    count: values.length,
    values: `${shown} ${unit}`,
  });
  return seriesOf(phases, affine, [...findings, said]);
}

/** Different images at one place and nothing to tell them apart: listed, never picked from. */
function ambiguous(places: readonly (readonly PlacedPlane[])[]): MadeSeries {
  const uid = uidOf(places[0][0]);
  const crowded = places.filter((p) => p.length > 1);
  const count = crowded.reduce((n, p) => n + p.length, 0);
  const files = crowded.flatMap((p) => p.map((plane) => leaf(plane.instance.file)));
  const shown = files.slice(0, 4).join(', ') + (files.length > 4 ? ' …' : '');
  const { affine, findings } = latticeOf(
    places.map((p) => p[0]),
    uid,
  );
  const blocked = seriesFinding('G-01', 'block', uid, { count, places: crowded.length, files: shown });
  return seriesOf([places.map((p) => p[0])], affine, [blocked, ...findings]);
}

const leaf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const ATTRIBUTE: Readonly<Record<PhaseSource | 'temporalResolution', string>> = {
  temporalPosition: 'TemporalPositionIdentifier (0020,0100)',
  scanBegin: 'DynamicScanBeginTime (2005,10A0)',
  trigger: 'TriggerTime (0018,1060)',
  acquisition: 'AcquisitionTime (0008,0032)',
  acquisitionNumber: 'AcquisitionNumber (0020,0012)',
  content: 'ContentTime (0008,0033)',
  temporalResolution: 'TemporalResolution (0020,0110)',
  instanceNumber: 'InstanceNumber (0020,0013)',
  diffusion: 'DiffusionBValue (0018,9087)',
};

function volumeOf(timed: Phases): MadeSeries {
  const phases = timed.phases.map((p) => p.filter(isPlaced));
  const uid = uidOf(phases[0][0]);
  const { affine, findings } = latticeOf(phases[0], uid);
  const { leftOut, bValues } = timed;
  const count = phases.length;
  if (leftOut.phases > 0) findings.push(seriesFinding('G-03-phase', 'fail', uid, { count: leftOut.phases }));
  if (leftOut.slices > 0) findings.push(seriesFinding('G-03-ends', 'warn', uid, { count: leftOut.slices }));
  if (bValues) {
    const values = [...new Set(bValues.map(Math.round))].slice(0, 8).join(', ');
    findings.push(seriesFinding('R-diffusion', 'info', uid, { count, values }));
  } else if (count > 1) {
    if (timed.source)
      findings.push(seriesFinding('R-time', 'info', uid, { attribute: ATTRIBUTE[timed.source] }));
    if (timed.backwards && timed.source) {
      const order = ATTRIBUTE[timed.source];
      const attribute = ATTRIBUTE[timed.backwards];
      findings.push(seriesFinding('R-times-backwards', 'warn', uid, { count, order, attribute }));
    }
    if (timed.timesFrom && timed.timesFrom !== timed.source)
      findings.push(
        seriesFinding('R-times-from', 'info', uid, { count, attribute: ATTRIBUTE[timed.timesFrom] }),
      );
    else if (!timed.timesFrom && !timed.backwards)
      findings.push(seriesFinding('R-time-unknown', 'na', uid, { count }));
  }
  return seriesOf(phases, affine, findings, timed);
}

/** Pictures without a usable place: in the order of their numbers, no millimetres. */
function stackOf(planes: readonly Plane[]): MadeSeries {
  const uid = uidOf(planes[0]);
  const ordered = [...planes].sort((a, b) => a.instanceNumber - b.instanceNumber || a.frame - b.frame);
  const { position, axes, pixel, instance } = planes[0];
  if (isFoldedMosaic(instance.attributes))
    return seriesOf([ordered], undefined, [seriesFinding('G-02-mosaic', 'fail', uid)]);
  const what = [
    !position && 'ImagePositionPatient',
    !axes && 'ImageOrientationPatient',
    !pixel && 'PixelSpacing',
  ]
    .filter(Boolean)
    .join(', ');
  return seriesOf([ordered], undefined, [seriesFinding('G-02', 'fail', uid, { what })]);
}
