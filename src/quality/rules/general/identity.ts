import type { Localised } from '../../../core/localised.ts';
import { compareProtocols, type ProtocolDifference } from '../protocol.ts';
import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import type { Headers } from '../headers.ts';
import { answered, needs, plain } from '../measuring.ts';
import type { Measurement } from '../rule.ts';

/** Planes whose text of a tag passes a test; null without planes. */
const planesWith =
  (tag: string, test: (text: string) => boolean, absent: 'needed' | 'none'): Measure =>
  ({ headers }) => {
    if (headers.planes === 0) return null;
    if (!headers.has(tag)) return absent === 'needed' ? needs(tag) : plain(0);
    const found = headers.distinct(tag).filter(test);
    return plain(
      count(headers, (p) => found.includes(headers.at(tag, p) ?? '')),
      found.slice(0, 3).join(', '),
    );
  };

function count(headers: Headers, test: (plane: number) => boolean): number {
  let n = 0;
  for (let p = 0; p < headers.planes; p++) if (test(p)) n++;
  return n;
}

const CALIBRATED = ['CT', 'PT'];

function withoutRescale({ headers, series }: SeriesContext): Measurement {
  if (headers.planes === 0 || !CALIBRATED.includes(series.modality)) return null;
  const slopes = headers.numbers('00281053');
  const intercepts = headers.numbers('00281052');
  return plain(count(headers, (p) => !(Math.abs(slopes[p]!) > 0) || Number.isNaN(intercepts[p]!)));
}

/** BitsStored within BitsAllocated, HighBit its last bit, sign 0 or 1 (PS3.3 C.7.6.3). */
function bitsInConflict({ headers }: SeriesContext): Measurement {
  if (headers.planes === 0) return null;
  const missing = headers.missing('00280100', '00280101', '00280102', '00280103');
  if (missing.length > 0) return needs(...missing);
  const [allocated, stored, high, sign] = ['00280100', '00280101', '00280102', '00280103'].map((t) =>
    headers.numbers(t),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  return plain(
    count(
      headers,
      (p) =>
        !(stored[p]! >= 1 && stored[p]! <= allocated[p]!) ||
        !(high[p]! >= stored[p]! - 1 && high[p]! < allocated[p]!) ||
        (sign[p] !== 0 && sign[p] !== 1),
    ),
  );
}

function lossyRatio({ headers }: SeriesContext): Measurement {
  if (headers.planes === 0) return null;
  if (headers.text('00282110') !== '01') return plain(0);
  // One ratio a step of compression: what counts is their product.
  const steps = headers.texts('00282112').map(Number);
  return steps.length === 0 || steps.some((s) => !(s > 0))
    ? needs('00282112')
    : plain(steps.reduce((a, b) => a * b, 1));
}

/** Words of ImageType that mark projections, reformats and pictures of the screen. */
const PICTURES =
  /MIP|MINIP|PROJECTION|MPR|REFORMAT|SCREEN|LOCALIZER|CSA MPR|CSAPARALLEL|VOLUME RENDERING|MONTAGE/i;

function daysSinceCalibration({ headers }: SeriesContext): Measurement {
  if (headers.planes === 0) return null;
  const missing = headers.missing('00181200', '00080020');
  if (missing.length > 0) return needs(...missing);
  const dates = headers.texts('00181200').map(dayOf);
  const scan = dayOf(headers.text('00080020')!);
  const last = Math.max(...dates);
  return Number.isFinite(last) && Number.isFinite(scan) ? plain(scan - last) : needs('00181200');
}

/** Days of a DICOM date since 1970; NaN when it is none. */
export function dayOf(text: string): number {
  const [, y, m, d] = /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim()) ?? [];
  return y === undefined ? NaN : Date.UTC(Number(y), Number(m) - 1, Number(d)) / 86_400_000;
}

const SETTING: Localised = { en: 'Setting', ru: 'Параметр', zh: '参数' };
const HERE: Localised = { en: 'Here', ru: 'Здесь', zh: '本序列' };
const REFERENCE: Localised = { en: 'Reference', ru: 'Эталон', zh: '参考' };

const differences =
  (kind: ProtocolDifference['kind']): Measure =>
  (c) => {
    if (c.headers.planes === 0) return null;
    if (!c.reference) return { na: 'cohort' };
    const found = compareProtocols(c, c.reference).filter((d) => d.kind === kind);
    return {
      value: found.length,
      detail: found.map((d) => d.name).join(', '),
      evidence: {
        kind: 'table',
        columns: [SETTING, HERE, REFERENCE],
        rows: found.map((d) => [d.label, d.here, d.there]),
      },
    };
  };

/** Measurements of G-08, G-10 to G-12 and G-14 to G-17. */
export const IDENTITY_MEASURES: Readonly<Record<string, Measure>> = {
  planes_without_rescale: withoutRescale,
  bits_in_conflict: bitsInConflict,
  lossy_planes: planesWith('00282110', (t) => t === '01', 'none'),
  lossy_ratio: lossyRatio,
  derived_planes: planesWith('00080008', (t) => /^DERIVED|\\SECONDARY(\\|$)/.test(t), 'needed'),
  projected_planes: planesWith('00080008', (t) => PICTURES.test(t), 'needed'),
  burned_in_planes: planesWith('00280301', (t) => t === 'YES', 'needed'),
  hard_differences: differences('hard'),
  soft_differences: differences('soft'),
  other_frames: ({ series, others }) => {
    if (others.length === 0) return null;
    const apart = others.filter((o) => o.series.frameOfReference !== series.frameOfReference);
    return plain(
      apart.length,
      apart
        .map((o) => o.series.description)
        .slice(0, 4)
        .join(', '),
    );
  },
  days_since_calibration: daysSinceCalibration,
  days_to_reference_standard: answered('days_to_reference_standard'),
};
