import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { differing, median, needs, plain } from '../measuring.ts';
import type { Measurement } from '../rule.ts';

const TR = '00180080';
const TE = '00180081';
const TI = '00180082';
const FA = '00181314';
const FIELD = '00180087';

/** Field strength in tesla; older scanners state gauss (15000 for 1.5 T), which no tesla value reaches. */
const tesla = (field: number): number => (field > 100 ? field / 10_000 : field);
const NAMES: Readonly<Record<string, string>> = { [TR]: 'TR', [TE]: 'TE', [TI]: 'TI', [FA]: 'FlipAngle' };

/** Phases are weightings of diffusion or contrasts of a T1 measurement, not times. */
const isWeighted = ({ series: { bValues, protocol } }: SeriesContext): boolean =>
  bValues !== undefined ||
  [protocol?.flipAngle, protocol?.inversionTime].some((v) => v !== undefined && new Set(v).size > 1);

/**
 * Echo-planar images without an agent are of function, not of an agent's way: rules of DCE do not concern them. By
 * ScanningSequence, EchoPlanarPulseSequence, or Philips' ScanningTechnique (2001,1020), such as FEEPI.
 */
const isFunctional = ({ headers }: SeriesContext): boolean =>
  !headers.has('00180010') &&
  (headers.texts('00180020').includes('EP') ||
    headers.text('00189018') === 'YES' ||
    /EPI/.test(headers.text('20011020') ?? ''));

/** Phases in time: three or more that the files give times for, of one contrast. */
export const isDynamic = (c: SeriesContext): boolean =>
  c.series.size[3] > 2 && c.series.times !== undefined && !isWeighted(c) && !isFunctional(c);

const dynamic =
  (measure: Measure): Measure =>
  (c) =>
    isDynamic(c) ? measure(c) : null;

function sequenceKinds({ headers }: SeriesContext): Measurement {
  const tags = ['00180020', '00180021', '00180023'];
  if (headers.missing(...tags).length === tags.length) return needs(...tags);
  const kinds = new Set<string>();
  for (let p = 0; p < headers.planes; p++) kinds.add(tags.map((t) => headers.at(t, p) ?? '').join(' '));
  return plain(kinds.size - 1, [...kinds].slice(0, 3).join('; '));
}

function notSpoiled({ headers }: SeriesContext): Measurement {
  const missing = headers.missing('00180020', '00180021', '00180023');
  if (missing.length > 0) return needs(...missing);
  const fits =
    headers.texts('00180020').includes('GR') &&
    headers.texts('00180021').includes('SP') &&
    headers.text('00180023') === '3D';
  return plain(fits ? 0 : 1, ['00180020', '00180021', '00180023'].map((t) => headers.text(t)).join(' '));
}

function timingMissing({ headers }: SeriesContext): Measurement {
  const missing = headers.missing(TR, TE, FA);
  return missing.length === 3
    ? needs(TR, TE, FA)
    : plain(missing.length, missing.map((t) => NAMES[t]).join(', '));
}

/** Settings that differ between the planes of one phase. */
function timingChanges(c: SeriesContext): Measurement {
  const { headers, series } = c;
  const slices = series.size[2];
  const changed = [TR, TE, TI, FA].filter((tag) => {
    if (headers.distinct(tag).length < 2) return false;
    const values = headers.numbers(tag);
    for (let p = 0; p < headers.planes; p++) {
      const first = values[Math.floor(p / slices) * slices]!;
      if (Math.abs(values[p]! - first) > 1e-3 * Math.abs(first)) return true;
    }
    return false;
  });
  return plain(changed.length, changed.map((t) => NAMES[t]).join(', '));
}

/** Settings that differ between phases in time. */
function phaseSettings({ headers, series }: SeriesContext): Measurement {
  const slices = series.size[2];
  const changed = [TR, TE, FA].filter((tag) => {
    if (headers.distinct(tag).length < 2) return false;
    const values = headers.numbers(tag);
    for (let p = slices; p < headers.planes; p += slices)
      if (Math.abs(values[p]! - values[0]!) > 1e-3 * Math.abs(values[0]!)) return true;
    return false;
  });
  return plain(changed.length, changed.map((t) => NAMES[t]).join(', '));
}

/** How far each stated number is from where it should be; what is not stated is named. */
const number =
  (tag: string, value: (n: number) => number = (n) => n): Measure =>
  ({ headers }) => {
    const found = headers.number(tag);
    return found === undefined ? needs(tag) : plain(value(found));
  };

function coilDiffers({ headers, reference }: SeriesContext): Measurement {
  if (!reference) return { na: 'cohort' };
  const [own, theirs] = [headers.text('00181250'), reference.headers.text('00181250')];
  if (own === undefined || theirs === undefined) return needs('00181250');
  return plain(own === theirs ? 0 : 1, `${own}, ${theirs}`);
}

const stepOf = ({ series: { times } }: SeriesContext): number =>
  median(times!.slice(1).map((t, i) => t - times![i]!));

/** Largest number of flip angles that another series of the study has at this place. */
function flipAngles(c: SeriesContext): Measurement {
  if (c.answers.t1_map === 1) return plain(Infinity);
  if (c.others.length === 0) return { na: 'cohort' };
  const angles = new Set(
    c.others
      .filter(
        ({ series }) => series.modality === 'MR' && series.frameOfReference === c.series.frameOfReference,
      )
      .flatMap(({ series }) => series.protocol?.flipAngle ?? []),
  );
  return plain(angles.size, [...angles].map((a) => `${a}°`).join(', '));
}

function b1Missing({ headers, answers }: SeriesContext): Measurement {
  const field = headers.number(FIELD);
  if (field === undefined) return needs(FIELD);
  return plain(tesla(field) > 2.5 && answers.b1_map !== 1 ? 1 : 0, `${tesla(field)} T`);
}

/** Millimoles of an agent of 0.5 mmol/mL (gadolinium, but gadobutrol at 1.0 and gadoxetate at 0.25) by volume and weight. */
function agentDose({ headers }: SeriesContext): Measurement {
  const millilitres = headers.number('00181041');
  const weight = headers.number('00101030');
  if (millilitres === undefined || weight === undefined || !(weight > 0))
    return needs('00181041', '00101030');
  const agent = headers.text('00180010') ?? '';
  const molar = /gadobutrol|gadovist|gadavist/i.test(agent)
    ? 1
    : /gadoxet|eovist|primovist/i.test(agent)
      ? 0.25
      : 0.5;
  return plain((millilitres * molar) / weight, `${millilitres} mL`);
}

/** Measurements of M-01 to M-11 and M-13 that headers answer. */
export const MR_HEADER_MEASURES: Readonly<Record<string, Measure>> = {
  sequence_kinds: sequenceKinds,
  dynamic_not_spoiled: dynamic(notSpoiled),
  timing_missing: timingMissing,
  timing_changes: timingChanges,
  field_unusual: number(FIELD, (t) => Math.min(Math.abs(tesla(t) - 1.5), Math.abs(tesla(t) - 3))),
  fields: ({ headers }) => differing(headers, FIELD, 'T'),
  coils: ({ headers }) => differing(headers, '00181250'),
  coil_differs: coilDiffers,
  phase_step: dynamic((c) => plain(stepOf(c))),
  dynamic_phases: dynamic(({ series }) => plain(series.size[3])),
  dynamic_minutes: dynamic(({ series: { times } }) => plain((times!.at(-1)! - times![0]!) / 60)),
  phase_settings_change: dynamic(phaseSettings),
  phase_scales: dynamic(({ headers }) =>
    headers.has('00281053') ? plain(headers.distinct('00281053').length - 1) : plain(0),
  ),
  phase_scale_unknown: dynamic(({ reading }) =>
    plain(reading.some((f) => f.id === 'M-08' && (f.severity === 'warn' || f.severity === 'fail')) ? 1 : 0),
  ),
  flip_angles_for_t1: dynamic(flipAngles),
  b1_map_missing: dynamic(b1Missing),
  dynamic_echo_time: dynamic(number(TE)),
  dynamic_repetition_time: dynamic(number(TR)),
  dynamic_flip_angle: dynamic(number(FA)),
  agent_missing: dynamic(({ headers }) => plain(headers.has('00180010') ? 0 : 1)),
  flow_rate: dynamic(number('00181046')),
  agent_dose: dynamic(agentDose),
};
