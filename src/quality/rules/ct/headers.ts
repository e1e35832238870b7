import type { Measure } from '../evaluate.ts';
import { differing, needs, percent, plain } from '../measuring.ts';
import type { Measurement } from '../rule.ts';
import type { SeriesContext } from '../context.ts';
import type { Headers } from '../headers.ts';
import { slicesOf } from '../region-runs.ts';
import { dot, cross, normalise } from '../../../core/geometry.ts';

const ALGORITHM = '00189315';
const KERNEL = '00181210';

/** Iterative or learned reconstruction by its attribute, or by kernels that makers name so (Siemens I30f, Br40 with a strength). */
function isIterative(headers: Headers): boolean | undefined {
  const stated = headers.text(ALGORITHM);
  if (stated !== undefined) return stated !== 'FILTER_BACK_PROJ';
  const kernel = headers.text(KERNEL);
  return kernel === undefined
    ? undefined
    : /^[IJ]\d|\\[1-5]$|ASIR|IDOSE|AIDR|FIRST|AICE|TRUEFIDELITY/i.test(kernel);
}

function reconstructionDiffers({ headers, reference }: SeriesContext): Measurement {
  if (!reference) return { na: 'cohort' };
  const [own, theirs] = [isIterative(headers), isIterative(reference.headers)];
  if (own === undefined || theirs === undefined) return needs(ALGORITHM, KERNEL);
  return plain(own === theirs ? 0 : 1);
}

const USUAL_KV = [80, 100, 120, 140];

function voltageUnusual({ headers }: SeriesContext): Measurement {
  if (!headers.has('00180060')) return needs('00180060');
  const odd = headers
    .distinct('00180060')
    .map(Number)
    .filter((kv) => !USUAL_KV.includes(kv));
  return plain(odd.length, odd.join(', '));
}

const DOSE = ['00181151', '00181152', '00189345'];

/** Slices that a region has a voxel in, of all regions; every slice without regions. */
function slicesOfInterest({ series, masks }: SeriesContext): number[] {
  if (masks.length === 0) return Array.from({ length: series.size[2] }, (_, k) => k);
  return [...new Set(masks.flatMap(slicesOf))].sort((a, b) => a - b);
}

function currentRange(c: SeriesContext): Measurement {
  const { headers } = c;
  if (!headers.has('00181151')) return needs('00181151');
  const all = headers.numbers('00181151');
  const currents = slicesOfInterest(c)
    .map((k) => all[k]!)
    .filter((x) => x > 0);
  if (currents.length === 0) return needs('00181151');
  const mean = currents.reduce((a, b) => a + b, 0) / currents.length;
  const [low, high] = [Math.min(...currents), Math.max(...currents)];
  return {
    value: percent(high - low, mean),
    detail: `${low} – ${high} mA`,
    ...(high > low && {
      evidence: {
        kind: 'curve',
        x: Array.from(all, (_, k) => k + 1).slice(0, c.series.size[2]),
        y: [...all].slice(0, c.series.size[2]),
        xLabel: { en: 'Slice', ru: 'Срез', zh: '切片' },
        yLabel: { en: 'Tube current, mA', ru: 'Ток трубки, мА', zh: '管电流，mA' },
      },
    }),
  };
}

/** Distance of slices along the normal, mm, and their thickness. */
function interval(c: SeriesContext): { readonly step: number; readonly thickness: number } | Measurement {
  const { affine, size } = c.series;
  if (size[2] < 2) return null;
  if (!affine) return { na: 'geometry' };
  const thickness = c.headers.number('00180050');
  if (thickness === undefined || !(thickness > 0)) return needs('00180050');
  const normal = normalise(cross(affine.matrix[0], affine.matrix[1]));
  return { step: Math.abs(dot(affine.matrix[2], normal)), thickness };
}

function overlap(c: SeriesContext): Measurement {
  const found = interval(c);
  if (found === null || !('step' in found)) return found;
  return plain(Math.max(0, percent(found.thickness - found.step, found.thickness)));
}

/** Kernel and voltage have rules of their own. */
const WITHIN = [
  ['00180050', 'SliceThickness'],
  ['00189311', 'SpiralPitchFactor'],
  ['00189305', 'RevolutionTime'],
  ['00181120', 'GantryDetectorTilt'],
  ['00180022', 'ScanOptions'],
] as const;

function changedWithin({ headers, series }: SeriesContext): Measurement {
  if (headers.planes === 0) return null;
  if (headers.missing(...WITHIN.map(([tag]) => tag)).length === WITHIN.length) return needs('00180050');
  const changed = WITHIN.filter(([tag]) => headers.distinct(tag).length > 1);
  const [tag, name] = changed[0] ?? [];
  return {
    value: changed.length,
    detail: changed.map(([, n]) => n).join(', '),
    ...(tag !== undefined && {
      evidence: {
        kind: 'curve',
        x: Array.from({ length: series.size[2] }, (_, k) => k + 1),
        y: [...headers.numbers(tag)].slice(0, series.size[2]),
        xLabel: { en: 'Slice', ru: 'Срез', zh: '切片' },
        yLabel: { en: name!, ru: name!, zh: name! },
      },
    }),
  };
}

function positionsDiffer({ headers, reference }: SeriesContext): Measurement {
  if (!headers.has('00185100')) return needs('00185100');
  const all = new Set([...headers.distinct('00185100'), ...(reference?.headers.distinct('00185100') ?? [])]);
  return plain(all.size - 1, [...all].join(', '));
}

/** Measurements of C-01 to C-06, C-11 and C-15. */
export const CT_HEADER_MEASURES: Readonly<Record<string, Measure>> = {
  kernels: ({ headers }) => differing(headers, KERNEL),
  reconstruction_algorithms: ({ headers }) => differing(headers, ALGORITHM),
  reconstruction_differs: reconstructionDiffers,
  tube_voltages: ({ headers }) => differing(headers, '00180060', 'kV'),
  tube_voltage_unusual: voltageUnusual,
  dose_attributes_missing: ({ headers }) =>
    headers.planes === 0 ? null : plain(headers.missing(...DOSE).length, headers.missing(...DOSE).join(', ')),
  tube_current_range: currentRange,
  slice_thickness: ({ headers }) => {
    if (!headers.has('00180050')) return needs('00180050');
    return plain(Math.max(...headers.distinct('00180050').map(Number)));
  },
  reconstruction_overlap: overlap,
  settings_changed_within: changedWithin,
  positions_differ: positionsDiffer,
  pitch: ({ headers }) => {
    const pitch = headers.number('00189311');
    return pitch === undefined ? needs('00189311') : plain(pitch);
  },
};
