import { itemsOf, numberOf, numbersOf, textOf, type Attributes } from '../../core/dicom.ts';
import type { Finding } from '../../core/finding.ts';
import type { Vec3 } from '../../core/geometry.ts';
import type { DicomInstance } from '../../core/instance.ts';
import type { Contour, RegionSource } from '../../core/region.ts';
import { regionFinding } from '../texts.ts';
import { colourOf } from './colours.ts';

/**
 * Regions of an RT Structure Set (PS3.3 C.8.8.5, C.8.8.6): one each ROI, its closed planar contours in patient mm.
 * Points, open lines and contours whose numbers are broken are left out with a finding.
 */
export function readRtstruct({ attributes: a, file }: DicomInstance): RegionSource[] {
  const byNumber = new Map<number, Attributes>();
  for (const item of itemsOf(a, '30060039')) {
    const number = numberOf(item, '30060084');
    if (number !== undefined) byNumber.set(number, item);
  }
  const series = referencedSeries(a);
  return itemsOf(a, '30060020').map((roi, i) => {
    const number = numberOf(roi, '30060022') ?? i + 1;
    const name = textOf(roi, '30060026') || `ROI ${number}`;
    const drawn = byNumber.get(number);
    const { contours, findings } = drawn ? readContours(drawn, name) : { contours: [], findings: [] };
    const colour = drawn ? numbersOf(drawn, '3006002A') : [];
    return {
      id: `${file}#${number}`,
      name,
      colour: colour.length === 3 && colour.every((c) => c >= 0 && c <= 255) ? (colour as unknown as Vec3) : colourOf(i),
      origin: 'rtstruct',
      file,
      frameOfReference: textOf(roi, '30060024') ?? '',
      ...(series && { referencedSeries: series }),
      shape: { kind: 'contours', contours },
      findings,
    };
  });
}

function readContours(drawn: Attributes, name: string): { contours: Contour[]; findings: Finding[] } {
  const contours: Contour[] = [];
  const left = new Map<string, number>();
  for (const item of itemsOf(drawn, '30060040')) {
    const type = textOf(item, '30060042') ?? '';
    const points = pointsOf(item);
    if (!/^CLOSED_?PLANAR/.test(type)) left.set(type || '?', (left.get(type || '?') ?? 0) + 1);
    else if (!points || points.length < 3) left.set('broken', (left.get('broken') ?? 0) + 1);
    else {
      const sop = itemsOf(item, '30060016')[0];
      const referencedSop = sop && textOf(sop, '00081155');
      contours.push({ points, ...(referencedSop && { referencedSop }) });
    }
  }
  if (left.size === 0) return { contours, findings: [] };
  const count = [...left.values()].reduce((x, y) => x + y, 0);
  return { contours, findings: [regionFinding('R-contours', 'warn', name, { count, kinds: [...left.keys()].join(', ') })] };
}

function pointsOf(item: Attributes): Vec3[] | undefined {
  const numbers = numbersOf(item, '30060050');
  if (numbers.length % 3 !== 0 || !numbers.every(Number.isFinite)) return undefined;
  const points: Vec3[] = [];
  for (let i = 0; i < numbers.length; i += 3) points.push([numbers[i], numbers[i + 1], numbers[i + 2]]);
  return points;
}

/** SeriesInstanceUID of the images that the structure set was drawn on. */
function referencedSeries(a: Attributes): string | undefined {
  const frame = itemsOf(a, '30060010')[0];
  const study = frame && itemsOf(frame, '30060012')[0];
  const series = study && itemsOf(study, '30060014')[0];
  return series && textOf(series, '0020000E');
}
