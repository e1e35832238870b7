import { textOf } from '../core/dicom.ts';
import type { Finding } from '../core/finding.ts';
import type { Plane } from './plane.ts';
import { philipsNumber } from './private-element.ts';
import { seriesFinding } from './texts.ts';

/** What brings the planes of a series onto one scale. */
export interface CommonScale {
  /** Multiplies the rescaled values of a plane. */
  readonly factorOf: (plane: Plane) => number;
  readonly findings: readonly Finding[];
}

/**
 * Philips scales each picture for display: shown value = signal · rescale slope · scale slope (2005,100E) (Chenevert et
 * al. 2014, doi:10.1593/tlo.13811). Two pictures are comparable when that product is the same in both; where it is not,
 * each plane is multiplied by the first one's product over its own, so that all are on the scale of the first.
 */
export function commonScaleOf(planes: readonly Plane[], uid: string): CommonScale {
  const products = new Map<Plane, number>();
  const [first] = planes;
  const isMr = textOf(first.instance.attributes, '00080060') === 'MR';
  for (const p of isMr ? planes : []) {
    const own = philipsNumber(p.attributes, '0E');
    if (own !== undefined && own > 0 && p.slope !== 0) products.set(p, own * p.slope);
  }
  const none = { factorOf: () => 1 };
  if (products.size === 0) return { ...none, findings: [] };
  if (products.size < planes.length)
    return { ...none, findings: [seriesFinding('M-08-partly', 'fail', uid, { count: products.size })] };
  const reference = products.get(first)!;
  const varies = planes.some((p) => Math.abs(products.get(p)! / reference - 1) > 1e-5);
  if (varies)
    return {
      factorOf: (p) => reference / products.get(p)!,
      findings: [seriesFinding('M-08-corrected', 'info', uid)],
    };
  const slope = Number((reference / first.slope).toPrecision(7));
  if (slope === 1) return { ...none, findings: [] };
  return { ...none, findings: [seriesFinding('M-08-philips', 'info', uid, { slope })] };
}
