import { itemsOf, numberOf, textOf, textsOf, type Attributes } from '../core/dicom.ts';
import { secondsOf } from './time-of-day.ts';

export type SuvResult =
  | { readonly factor: number; readonly weight: number; readonly doseMBq: number }
  /** Rule of SPEC §2.4 that does not hold, and what stands in the file, in plain words. */
  | { readonly rule: string; readonly why: string };

/**
 * Factor from activity concentration (Bq/mL) to SUV by body weight, g/mL: weight ÷ dose decayed to the time that the
 * images are corrected to (QIBA vendor-neutral SUV). Nothing is guessed: a missing prerequisite gives its rule instead.
 */
export function suvFactor(a: Attributes): SuvResult {
  const units = textOf(a, '00541001') ?? '';
  const corrections = textsOf(a, '00280051');
  const decay = textOf(a, '00541102') ?? '';
  const weight = numberOf(a, '00101030');
  if (units === 'GML') return { factor: 1, weight: weight ?? 0, doseMBq: 0 };
  const philips = numberOf(a, '70531009');
  if (units !== 'BQML' && !(units === 'CNTS' && philips))
    return { rule: 'P-03', why: `Units (0054,1001) = ${units || 'empty'}` };
  if (!corrections.includes('ATTN') || !corrections.includes('DECY')) {
    return { rule: 'P-01', why: `CorrectedImage (0028,0051) = ${corrections.join('\\') || 'empty'}` };
  }
  if (decay !== 'START' && decay !== 'ADMIN')
    return { rule: 'P-02', why: `DecayCorrection (0054,1102) = ${decay || 'empty'}` };
  if (weight === undefined || weight < 1 || weight > 500)
    return { rule: 'P-04', why: `PatientWeight (0010,1030) = ${weight ?? 'empty'}` };
  const info = itemsOf(a, '00540016')[0];
  const dose = info && numberOf(info, '00181074');
  const halfLife = (info && numberOf(info, '00181075')) ?? undefined;
  if (!info || dose === undefined || dose <= 0)
    return { rule: 'P-05', why: `RadionuclideTotalDose (0018,1074) = ${dose ?? 'empty'}` };
  if (dose < 1e5)
    return { rule: 'P-05', why: `RadionuclideTotalDose (0018,1074) = ${dose}, which is no amount in Bq` };
  if (halfLife === undefined || halfLife <= 0)
    return { rule: 'P-05', why: `RadionuclideHalfLife (0018,1075) = ${halfLife ?? 'empty'}` };
  let delay = 0;
  if (decay === 'START') {
    const injected = secondsOf(
      textOf(a, '00080022') ?? textOf(a, '00080021'),
      textOf(info, '00181072'),
      textOf(info, '00181078'),
    );
    if (injected === undefined)
      return { rule: 'P-05', why: 'RadiopharmaceuticalStartTime (0018,1072) is empty' };
    const series = secondsOf(textOf(a, '00080021'), textOf(a, '00080031'), undefined);
    const acquired = secondsOf(textOf(a, '00080022'), textOf(a, '00080032'), textOf(a, '0008002A'));
    const ge = secondsOf(undefined, undefined, textOf(a, '0009100D'));
    // Reconstructed later, a series may carry a later time than its acquisition; its images are corrected to the earlier.
    const start =
      series !== undefined && (acquired === undefined || series <= acquired) ? series : (ge ?? acquired);
    if (start === undefined)
      return { rule: 'P-06', why: 'SeriesTime (0008,0031) and AcquisitionTime (0008,0032) are empty' };
    delay = start - injected;
    if (delay < 0) delay += 86_400;
    if (delay < 0 || delay > 20 * halfLife)
      return { rule: 'P-06', why: `${Math.round(delay / 60)} min from injection to scan` };
  }
  const decayed = dose * 2 ** (-delay / halfLife);
  const factor = ((weight * 1000) / decayed) * (units === 'CNTS' ? philips! : 1);
  return { factor, weight, doseMBq: Number((dose / 1e6).toPrecision(5)) };
}
