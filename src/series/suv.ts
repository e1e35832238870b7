import { itemsOf, numberOf, textOf, textsOf, type Attributes } from '../core/dicom.ts';
import type { Facts } from '../core/localised.ts';
import { privateNumbers, privateTag } from './private-element.ts';
import { secondsOf } from './time-of-day.ts';

/** Why a PET series gives no SUV: the key of its sentence, which starts with the rule of SPEC §2.4. */
export type SuvProblem =
  | 'P-01'
  | 'P-02'
  | 'P-03'
  | 'P-03-type'
  | 'P-04'
  | 'P-05-dose'
  | 'P-05-half-life'
  | 'P-05-start'
  | 'P-06'
  | 'P-06-delay'
  | 'P-03-differ';

export type SuvResult =
  | {
      /** Rescaled value × factor = SUV by body weight, g/mL. */
      readonly factor: number;
      /** `stored`: the file holds SUV already; `philips`: the maker's factor; `dose`: from weight, dose and decay. */
      readonly by: 'stored' | 'philips' | 'dose';
      /** Numbers that went in: kg, MBq, minutes, seconds. */
      readonly facts: Facts;
    }
  | { readonly problem: SuvProblem; readonly facts: Facts };

const DAY = 86_400;
/** Half-life of fluorine-18, s, and how far a stated one may be off (P-05). */
const F18 = 6586.2;
const F18_TOLERANCE = 10;
/** Limits outside which a number is taken for an error of unit (P-04, P-05). */
const WEIGHT = [20, 250] as const; // kg
const DOSE = [37e6, 1000e6] as const; // Bq

const refuse = (problem: SuvProblem, facts: Facts = {}): SuvResult => ({ problem, facts });

/**
 * Factor from rescaled PET values to SUV by body weight:
 * `SUV = value · weight[g] / (dose[Bq] · 2^(−Δt / T½))`, Δt from injection to the time the images are decay corrected to
 * (QIBA vendor-neutral SUV computation); no decay when they are corrected to the time of injection (ADMIN). Nothing is
 * guessed: where a prerequisite of SPEC §2.4 (P-01 … P-06) does not hold, the reason comes back instead.
 * @param images attributes of every image of the series, as bed positions and slices may carry times of their own
 */
export function suvFactor(images: readonly Attributes[]): SuvResult {
  const [a] = images;
  const units = textOf(a, '00541001') ?? '';
  if (disagree(images)) return refuse('P-03-differ');
  const corrections = textsOf(a, '00280051');
  const missing = ['ATTN', 'DECY'].filter((c) => !corrections.includes(c));
  if (missing.length > 0) return refuse('P-01', { missing: missing.join(', ') });
  const decay = textOf(a, '00541102') ?? '';
  if (decay !== 'START' && decay !== 'ADMIN') return refuse('P-02', { decay: decay || '—' });
  if (units === 'GML') {
    const type = textOf(a, '00541006') ?? '';
    if (type !== '' && type !== 'BW') return refuse('P-03-type', { type });
    return { factor: 1, by: 'stored', facts: {} };
  }
  let toBecquerels = 1;
  if (units === 'CNTS') {
    const own = privateNumbers(a, '7053', 'Philips PET Private Group', '00')[0];
    if (own !== undefined && own > 0) return { factor: own, by: 'philips', facts: { factor: own } };
    const activity = privateNumbers(a, '7053', 'Philips PET Private Group', '09')[0];
    if (activity === undefined || !(activity > 0)) return refuse('P-03', { units });
    toBecquerels = activity;
  } else if (units !== 'BQML') return refuse('P-03', { units: units || '—' });
  return fromDose(images, decay, toBecquerels);
}

/** Attributes of the patient, dose and corrections that one series has once. */
const ONE_PER_SERIES = ['00541001', '00280051', '00541102', '00101030'];

/** One number for the series needs one weight, unit and correction in all its images. */
const disagree = (images: readonly Attributes[]): boolean =>
  ONE_PER_SERIES.some((tag) => {
    const first = textOf(images[0], tag) ?? '';
    return images.some((i) => (textOf(i, tag) ?? '') !== first);
  });

function fromDose(images: readonly Attributes[], decay: 'START' | 'ADMIN', toBecquerels: number): SuvResult {
  const [a] = images;
  const weight = numberOf(a, '00101030');
  if (weight === undefined || weight < WEIGHT[0] || weight > WEIGHT[1])
    return refuse('P-04', { weight: weight ?? '—' });
  const info = itemsOf(a, '00540016')[0];
  const dose = info && numberOf(info, '00181074');
  if (info === undefined || dose === undefined || dose < DOSE[0] || dose > DOSE[1])
    return refuse('P-05-dose', { dose: dose ?? '—' });
  const halfLife = numberOf(info, '00181075');
  if (halfLife === undefined || halfLife <= 0 || (isF18(info) && Math.abs(halfLife - F18) > F18_TOLERANCE))
    return refuse('P-05-half-life', { halfLife: halfLife ?? '—' });
  let delay = 0;
  if (decay === 'START') {
    const injected = injectionOf(a, info);
    // Without its date the time of a long-lived tracer may be of any day.
    if (injected === undefined || (!injected.dated && halfLife > DAY / 2)) return refuse('P-05-start');
    const start = referenceTimeOf(images);
    if (start === undefined) return refuse('P-06');
    delay = start - injected.seconds;
    // The time of injection has no date of its own: it was the evening before.
    if (delay < 0 && !injected.dated) delay += DAY;
    if (delay < 0 || delay > 10 * halfLife) return refuse('P-06-delay', { minutes: Math.round(delay / 60) });
  }
  const factor = (toBecquerels * weight * 1000) / (dose * 2 ** (-delay / halfLife));
  const facts = {
    weight,
    dose: Number((dose / 1e6).toPrecision(5)),
    minutes: Number((delay / 60).toPrecision(4)),
    halfLife,
    factor: Number(factor.toPrecision(7)),
  };
  return { factor, by: 'dose', facts };
}

/** Fluorine-18 by its code (SNOMED C-111A1, SCT 77004003) or by the name of the drug. */
function isF18(info: Attributes): boolean {
  const code = itemsOf(info, '00540300')[0];
  const named = `${(code && textOf(code, '00080100')) ?? ''} ${(code && textOf(code, '00080104')) ?? ''} ${textOf(info, '00180031') ?? ''}`;
  return /C-111A1|77004003|18\^?F|F-?18|\^18\^|FDG|fluor/i.test(named);
}

/** Seconds of the injection: RadiopharmaceuticalStartDateTime, or StartTime on the day of the scan. */
function injectionOf(a: Attributes, info: Attributes): { seconds: number; dated: boolean } | undefined {
  const dated = secondsOf(undefined, undefined, textOf(info, '00181078'));
  if (dated !== undefined) return { seconds: dated, dated: true };
  const day = textOf(a, '00080021') || textOf(a, '00080022');
  const seconds = secondsOf(day, textOf(info, '00181072'), undefined);
  return seconds === undefined ? undefined : { seconds, dated: false };
}

/**
 * Seconds of the time that images with DecayCorrection START are corrected to: the start of the series, unless that is
 * later than its acquisition (a later reconstruction); then GE's own scan start, or the earliest acquisition.
 */
function referenceTimeOf(images: readonly Attributes[]): number | undefined {
  const [a] = images;
  const series = secondsOf(textOf(a, '00080021'), textOf(a, '00080031'), undefined);
  let acquired: number | undefined;
  for (const i of images) {
    const t = secondsOf(
      textOf(i, '00080022') || textOf(i, '00080021'),
      textOf(i, '00080032'),
      textOf(i, '0008002A'),
    );
    if (t !== undefined && (acquired === undefined || t < acquired)) acquired = t;
  }
  if (series !== undefined && (acquired === undefined || series <= acquired)) return series;
  const tag = privateTag(a, '0009', 'GEMS_PETD_01', '0D');
  const ge = tag === undefined ? undefined : secondsOf(undefined, undefined, textOf(a, tag));
  return ge ?? acquired;
}
