import { determinant } from '../../../core/geometry.ts';
import { firstVolume, type SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import type { Headers } from '../headers.ts';
import { answered, differing, needs, percent, plain } from '../measuring.ts';
import type { Measurement } from '../rule.ts';

const DOSE = '00540016>00181074';
const HALF_LIFE = '00540016>00181075';
const STARTED = ['00540016>00181078', '00540016>00181072'] as const;
const DRUG = '00540016>00180031';

/** Did reading refuse an SUV for this reason? Private factors of makers are known there. */
const refused = (c: SeriesContext, id: string, fact?: string): boolean =>
  c.reading.some((f) => f.id === id && f.severity !== 'info' && (fact === undefined || fact in f.facts));

/** Files that already hold SUV need no dose. */
const isStored = ({ headers }: SeriesContext): boolean => headers.text('00541001') === 'GML';

function corrections({ headers }: SeriesContext): Measurement {
  if (!headers.has('00280051')) return needs('00280051');
  const present = headers.texts('00280051');
  const missing = ['ATTN', 'DECY'].filter((c) => !present.includes(c));
  return plain(missing.length, missing.join(', '));
}

function units(c: SeriesContext): Measurement {
  const text = c.headers.text('00541001');
  if (text === undefined) return needs('00541001');
  return plain(text === 'BQML' || text === 'GML' ? 0 : refused(c, 'P-03') || text !== 'CNTS' ? 1 : 0, text);
}

function dose(c: SeriesContext): Measurement {
  if (isStored(c)) return null;
  const bq = c.headers.number(DOSE);
  return bq === undefined ? needs('00181074') : plain(bq / 1e6);
}

const F18 = 6586.2; // s
/** A half-life this near that of fluorine-18 is meant to be it; the next (carbon-11, gallium-68) are far off. */
const NEAR_F18 = 1500;

function halfLife(c: SeriesContext): Measurement {
  if (isStored(c)) return null;
  const seconds = c.headers.number(HALF_LIFE);
  if (seconds === undefined) return needs('00181075');
  const off = Math.abs(seconds - F18);
  const named = /18\^?F|F-?18|FDG|fluor/i.test(c.headers.text(DRUG) ?? '');
  return named || off < NEAR_F18 ? plain(off, `${seconds} s`) : null;
}

/** Minutes from injection to the time that decay is corrected to, as reading worked them out. */
function uptakeOf(
  c: Pick<SeriesContext, 'series'> & { readonly reading?: SeriesContext['reading'] },
): number | undefined {
  const found = (c.reading ?? c.series.findings).find((f) => f.id === 'P-SUV' && 'minutes' in f.facts);
  const minutes = found?.facts.minutes;
  return typeof minutes === 'number' ? minutes : undefined;
}

function uptake(c: SeriesContext): Measurement {
  const minutes = uptakeOf(c);
  return minutes === undefined ? needs('00181072', '00080031') : plain(minutes);
}

function uptakeDifference(c: SeriesContext): Measurement {
  if (!c.reference) return { na: 'cohort' };
  const [own, theirs] = [uptakeOf(c), uptakeOf(c.reference)];
  return own === undefined || theirs === undefined ? needs('00181072') : plain(Math.abs(own - theirs));
}

function seriesAfterAcquisition({ headers }: SeriesContext): Measurement {
  const missing = headers.missing('00080031', '00080032');
  if (missing.length > 0) return needs(...missing);
  const series = secondsOfDay(headers.text('00080031')!);
  const first = Math.min(...headers.distinct('00080032').map(secondsOfDay));
  return Number.isNaN(series - first) ? needs('00080031') : plain(Math.max(0, series - first));
}

function secondsOfDay(text: string): number {
  const [, h, m, s] = /^(\d\d)(\d\d)(\d\d(?:\.\d+)?)/.exec(text) ?? [];
  return h === undefined ? NaN : Number(h) * 3600 + Number(m) * 60 + Number(s);
}

function doseDifference({ headers, reference }: SeriesContext): Measurement {
  if (!reference) return { na: 'cohort' };
  const [own, theirs] = [headers.number(DOSE), reference.headers.number(DOSE)];
  if (own === undefined || theirs === undefined) return needs('00181074');
  return plain(percent(Math.abs(own - theirs), theirs));
}

const SCANNER = [
  ['00080070', 'Manufacturer'],
  ['00081090', 'ManufacturerModelName'],
  ['00181020', 'SoftwareVersions'],
  ['00541103', 'ReconstructionMethod'],
] as const;

function scannerDifferences({ headers, reference }: SeriesContext): Measurement {
  if (!reference) return { na: 'cohort' };
  const differ = (a: Headers, b: Headers, tag: string) =>
    a.has(tag) && b.has(tag) && a.text(tag) !== b.text(tag);
  const found = SCANNER.filter(([tag]) => differ(headers, reference.headers, tag));
  return plain(found.length, found.map(([, name]) => name).join(', '));
}

/** Volume of a voxel, mL. */
const voxelOf = (c: SeriesContext): number | undefined =>
  c.series.affine && Math.abs(determinant(c.series.affine)) / 1000;

const smallest = (c: SeriesContext): { readonly name: string; readonly voxels: number } | undefined =>
  c.masks
    .map((m) => ({ name: m.name, voxels: m.data.reduce((n, v) => n + v, 0) }))
    .reduce<{ name: string; voxels: number } | undefined>(
      (a, b) => (a && a.voxels <= b.voxels ? a : b),
      undefined,
    );

function metabolic(value: (voxels: number, voxel: number) => number): Measure {
  return (c) => {
    const voxel = voxelOf(c);
    const least = smallest(c);
    if (!least) return { na: 'region' };
    if (voxel === undefined) return { na: 'geometry' };
    return plain(value(least.voxels, voxel), least.name);
  };
}

function liverVariation(c: SeriesContext): Measurement {
  const volume = firstVolume(c);
  const liver = c.masks.find((m) => /liver|печень|肝/i.test(m.name));
  if (!liver) return { na: 'region' };
  if (!volume) return { na: 'pixels' };
  let [n, sum, squares] = [0, 0, 0];
  for (let i = 0; i < liver.data.length; i++) {
    if (liver.data[i] !== 1) continue;
    const v = volume.data[i]!;
    n++;
    sum += v;
    squares += v * v;
  }
  const mean = sum / n;
  return n < 2 ? { na: 'region' } : plain(percent(Math.sqrt(Math.max(0, squares / n - mean * mean)), mean));
}

/** Measurements of P-01 to P-15. */
export const PET_MEASURES: Readonly<Record<string, Measure>> = {
  corrections_missing: corrections,
  decay_correction_unusable: ({ headers }) => {
    const text = headers.text('00541102');
    return text === undefined ? needs('00541102') : plain(text === 'START' || text === 'ADMIN' ? 0 : 1, text);
  },
  units_unusable: units,
  body_weight: (c) => {
    if (isStored(c)) return null;
    const kg = c.headers.number('00101030');
    return kg === undefined ? needs('00101030') : plain(kg);
  },
  injected_dose: dose,
  half_life_error: halfLife,
  injection_time_missing: (c) => {
    if (isStored(c) || c.headers.text('00541102') === 'ADMIN') return null;
    return STARTED.some((t) => c.headers.has(t)) ? plain(0) : needs('00181078', '00181072');
  },
  reference_time_unusable: (c) => (isStored(c) ? null : plain(refused(c, 'P-06') ? 1 : 0)),
  series_after_acquisition: seriesAfterAcquisition,
  uptake_time: uptake,
  uptake_difference: uptakeDifference,
  dose_difference: doseDifference,
  scanner_differences: scannerDifferences,
  liver_change_percent: answered('liver_change_percent'),
  liver_change: answered('liver_change'),
  glucose: answered('glucose'),
  fasting: answered('fasting'),
  pet_reconstructions: ({ headers }) => differing(headers, '00541103'),
  largest_edge: ({ series }) => (series.spacing ? plain(Math.max(...series.spacing)) : { na: 'geometry' }),
  metabolic_volume: metabolic((voxels, voxel) => voxels * voxel),
  metabolic_voxels: metabolic((voxels) => voxels),
  liver_variation: liverVariation,
  extravasation: answered('extravasation'),
};
