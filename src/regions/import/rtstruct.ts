import { itemsOf, numberOf, numbersOf, textOf, type Attributes } from '../../core/dicom.ts';
import type { Finding } from '../../core/finding.ts';
import type { Vec3 } from '../../core/geometry.ts';
import type { DicomInstance } from '../../core/instance.ts';
import type { Authorship, Contour, RegionSource } from '../../core/region.ts';
import { regionFinding } from '../texts.ts';
import { authorshipOf } from './authorship.ts';
import { colourOf } from './colours.ts';

/** Coordinates farther from the origin than this are no positions in a patient, mm. */
const FARTHEST = 1e5;

interface Roi {
  readonly number: number;
  readonly name: string;
  readonly frameOfReference: string;
  readonly authorship?: Authorship;
}

/**
 * Regions of an RT Structure Set (PS3.3 C.8.8.5, C.8.8.6): one each ROI, its closed planar contours in patient mm.
 * Points, open lines and contours whose numbers are broken are left out with a finding. Contours whose ROI the file
 * does not describe are kept under their number.
 */
export function readRtstruct({ attributes: a, file }: DicomInstance): RegionSource[] {
  const drawnAs = new Map<number, Attributes[]>();
  for (const item of itemsOf(a, '30060039')) {
    const number = numberOf(item, '30060084');
    if (number === undefined) continue;
    const same = drawnAs.get(number);
    if (same) same.push(item);
    else drawnAs.set(number, [item]);
  }
  const described = itemsOf(a, '30060020').map((roi, i): Roi => {
    const number = numberOf(roi, '30060022') ?? i + 1;
    const name = textOf(roi, '30060026') || `ROI ${number}`;
    const how = authorshipOf(textOf(roi, '30060036'), '');
    return {
      number,
      name,
      frameOfReference: textOf(roi, '30060024') ?? '',
      ...(how && { authorship: how }),
    };
  });
  const nameless = [...drawnAs.keys()]
    .filter((number) => !described.some((roi) => roi.number === number))
    .map((number): Roi => ({ number, name: `ROI ${number}`, frameOfReference: '' }));
  return [...described, ...nameless].map(({ number, name, frameOfReference, authorship }, i) => {
    const drawn = drawnAs.get(number) ?? [];
    const { contours, findings } = readContours(drawn, name);
    const series = referencedSeries(a, frameOfReference);
    return {
      id: `${file}#${number}`,
      name,
      colour: colourStated(drawn) ?? colourOf(i),
      origin: 'rtstruct',
      file,
      frameOfReference,
      ...(series && { referencedSeries: series }),
      ...(authorship && { authorship }),
      shape: { kind: 'contours', contours },
      findings,
    };
  });
}

function readContours(
  drawn: readonly Attributes[],
  name: string,
): { contours: Contour[]; findings: Finding[] } {
  const contours: Contour[] = [];
  const left = new Map<string, number>();
  const leave = (why: string) => left.set(why, (left.get(why) ?? 0) + 1);
  let miscounted = 0;
  for (const item of drawn.flatMap((d) => itemsOf(d, '30060040'))) {
    const type = textOf(item, '30060042') || '?';
    const points = pointsOf(item);
    const stated = numberOf(item, '30060046');
    if (type !== 'CLOSED_PLANAR' && type !== 'CLOSEDPLANAR_XOR') leave(type);
    else if (!points || points.length < 3) leave('broken');
    else {
      if (stated !== undefined && stated !== points.length) miscounted++;
      const sop = itemsOf(item, '30060016')[0];
      const referencedSop = sop && textOf(sop, '00081155');
      contours.push({ points, ...(referencedSop && { referencedSop }) });
    }
  }
  const findings: Finding[] = [];
  if (left.size > 0) {
    const count = [...left.values()].reduce((x, y) => x + y, 0);
    findings.push(regionFinding('R-contours', 'warn', name, { count, kinds: [...left.keys()].join(', ') }));
  }
  if (miscounted > 0) findings.push(regionFinding('R-contour-counts', 'warn', name, { count: miscounted }));
  return { contours, findings };
}

function pointsOf(item: Attributes): Vec3[] | undefined {
  const numbers = numbersOf(item, '30060050');
  if (numbers.length % 3 !== 0 || !numbers.every((v) => Math.abs(v) <= FARTHEST)) return undefined;
  const points: Vec3[] = [];
  for (let i = 0; i < numbers.length; i += 3) points.push([numbers[i], numbers[i + 1], numbers[i + 2]]);
  return points;
}

function colourStated([drawn]: readonly Attributes[]): Vec3 | undefined {
  const [red, green, blue, ...more] = drawn ? numbersOf(drawn, '3006002A') : [];
  const isColour = more.length === 0 && [red, green, blue].every((c) => c >= 0 && c <= 255);
  return isColour ? [red, green, blue] : undefined;
}

/** SeriesInstanceUID of the images that the ROI's frame of reference names, else the first that is named at all. */
function referencedSeries(a: Attributes, frameOfReference: string): string | undefined {
  const frames = itemsOf(a, '30060010');
  const frame = frames.find((f) => textOf(f, '00200052') === frameOfReference) ?? frames[0];
  const study = frame && itemsOf(frame, '30060012')[0];
  const series = study && itemsOf(study, '30060014')[0];
  return series && textOf(series, '0020000E');
}
