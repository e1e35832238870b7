import { cross, dot, length, normalise, spacingOf, type Vec3 } from '../../../core/geometry.ts';
import type { Localised } from '../../../core/localised.ts';
import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { median, needs, percent, plain } from '../measuring.ts';
import type { Measurement } from '../rule.ts';

const ORIENTATION = '00200037';
const POSITION = '00200032';
const THICKNESS = '00180050';

/** Facts that reading found under an id, the first of it; reading is where planes become volumes. */
const readingOf = (c: SeriesContext, id: string, severity: string) =>
  c.reading.find((f) => f.id === id && f.severity === severity);

const factOf = (c: SeriesContext, id: string, severity: string, name: string): number => {
  const value = readingOf(c, id, severity)?.facts[name];
  return typeof value === 'number' ? value : 0;
};

/** Only DICOM series have planes with a place each; other files state a grid and nothing about slices. */
const hasPlanes = (c: SeriesContext): boolean => c.headers.planes > 0;

function cosineError(c: SeriesContext): Measurement {
  if (!hasPlanes(c)) return null;
  if (!c.headers.has(ORIENTATION)) return needs(ORIENTATION);
  let worst = 0;
  for (const text of c.headers.distinct(ORIENTATION)) {
    const [row, column] = axesOf(text.split('\\').map(Number));
    const error = Math.max(
      Math.abs(length(row) - 1),
      Math.abs(length(column) - 1),
      Math.abs(dot(row, column)),
    );
    worst = Number.isNaN(error) ? NaN : Math.max(worst, error);
  }
  return plain(worst);
}

const axesOf = (v: readonly number[]): readonly [Vec3, Vec3] => [
  [v[0] ?? NaN, v[1] ?? NaN, v[2] ?? NaN],
  [v[3] ?? NaN, v[4] ?? NaN, v[5] ?? NaN],
];

function directionSpread(c: SeriesContext): Measurement {
  if (!hasPlanes(c)) return null;
  if (!c.headers.has(ORIENTATION)) return needs(ORIENTATION);
  const all = c.headers.distinct(ORIENTATION).map((t) => t.split('\\').map(Number));
  let worst = 0;
  for (const v of all) v.forEach((x, i) => (worst = Math.max(worst, Math.abs(x - all[0]![i]!))));
  return plain(worst);
}

/** Places of the slices of the first phase along the normal, mm, in order; empty when they are not known. */
function placesOf(c: SeriesContext): number[] {
  const { series, headers } = c;
  const affine = series.affine;
  if (!affine || !headers.has(POSITION)) return [];
  const normal = normalise(cross(affine.matrix[0], affine.matrix[1]));
  const slices = series.size[2];
  const places = Array.from({ length: slices }, (_, k) => {
    const [x, y, z] = headers.vector(POSITION, k);
    return dot(normal, [x ?? NaN, y ?? NaN, z ?? NaN]);
  });
  return places.every(Number.isFinite) ? places : [];
}

const PLACE: Localised = {
  en: 'Place along the normal, mm',
  ru: 'Положение вдоль нормали, мм',
  zh: '沿法线位置，mm',
};
const STEP: Localised = {
  en: 'Step to the next slice, mm',
  ru: 'Шаг до следующего среза, мм',
  zh: '到下一切片的间距，mm',
};
const MEDIAN: Localised = { en: 'Median step', ru: 'Медианный шаг', zh: '中位间距' };

function spacingDeviation(c: SeriesContext): Measurement {
  if (!hasPlanes(c) || c.series.size[2] < 3) return null;
  const places = placesOf(c);
  if (places.length === 0) return c.series.affine ? null : { na: 'geometry' };
  const steps = places.slice(1).map((p, i) => p - places[i]!);
  const usual = median(steps);
  // Positions are printed with few decimals: what rounding makes is no deviation.
  const worst = steps.reduce((m, s) => Math.max(m, Math.abs(s - usual)), 0);
  return {
    value: worst <= 2e-3 ? 0 : percent(worst, Math.abs(usual)),
    evidence: {
      kind: 'curve',
      x: places.slice(0, -1),
      y: steps,
      xLabel: PLACE,
      yLabel: STEP,
      lines: [usual],
      lineLabel: MEDIAN,
      bySlice: true,
    },
  };
}

function tilt(c: SeriesContext): Measurement {
  const { affine, size } = c.series;
  if (!affine) return { na: 'geometry' };
  if (size[2] < 2) return null;
  const normal = normalise(cross(affine.matrix[0], affine.matrix[1]));
  const across = length(cross(normalise(affine.matrix[2]), normal));
  return plain((Math.asin(Math.min(1, across)) * 180) / Math.PI);
}

/** Stated tilt where images stand and are stacked straight: they were straightened, or their positions are wrong. */
function statedTilt(c: SeriesContext): Measurement {
  const stated = c.headers.number('00181120');
  const found = tilt(c);
  if (c.series.modality !== 'CT' || stated === undefined || found === null || 'na' in found) return null;
  const { matrix } = c.series.affine!;
  const upright = Math.abs(normalise(cross(matrix[0], matrix[1]))[2]) > 0.99999;
  return plain(upright ? Math.max(0, Math.abs(stated) - found.value) : 0);
}

/** Spacing against thickness, percent of the thickness; positive: gap. */
function gap(c: SeriesContext): number | Measurement {
  if (!hasPlanes(c) || c.series.size[2] < 2) return null;
  if (!c.series.affine) return { na: 'geometry' };
  const thickness = c.headers.distinct(THICKNESS).map(Number);
  if (thickness.length === 0 || !thickness.every((t) => t > 0)) return needs(THICKNESS);
  // Slices of unequal thickness are the matter of C-11.
  if (thickness.length > 1) return null;
  const { matrix } = c.series.affine;
  const normal = normalise(cross(matrix[0], matrix[1]));
  return percent(Math.abs(dot(matrix[2], normal)) - thickness[0]!, thickness[0]!);
}

const signedGap =
  (sign: 1 | -1): Measure =>
  (c) => {
    const found = gap(c);
    return typeof found === 'number' ? plain(Math.max(0, sign * found)) : found;
  };

function anisotropy({ series: { affine, size } }: SeriesContext): Measurement {
  if (!affine) return { na: 'geometry' };
  if (size[2] < 2) return null;
  const edges = spacingOf(affine);
  return plain(
    Math.max(...edges) / Math.min(...edges),
    edges.map((e) => Number(e.toPrecision(4))).join(' × ') + ' mm',
  );
}

function fieldOfView(c: SeriesContext): Measurement {
  const [diameter, second] = c.headers.vector('00181100', 0);
  const spacing = c.series.spacing;
  if (!hasPlanes(c)) return null;
  if (diameter === undefined || !(diameter > 0)) return needs('00181100');
  if (!spacing) return { na: 'geometry' };
  const [nx, ny] = c.series.size;
  const across = Math.max(nx * spacing[0], ny * spacing[1]);
  return plain(percent(Math.abs(across - Math.max(diameter, second ?? 0)), diameter));
}

function pixelOverReference(c: SeriesContext): Measurement {
  const own = c.series.spacing;
  if (!c.reference) return { na: 'cohort' };
  const theirs = c.reference.series.spacing;
  if (!own || !theirs) return { na: 'geometry' };
  return plain(
    Math.max(
      0,
      percent(Math.max(own[0], own[1]) - Math.max(theirs[0], theirs[1]), Math.max(theirs[0], theirs[1])),
    ),
  );
}

/** Measurements of G-01 to G-06 and G-13. */
export const GEOMETRY_MEASURES: Readonly<Record<string, Measure>> = {
  images_in_one_place: (c) => (hasPlanes(c) ? plain(factOf(c, 'G-01', 'block', 'count')) : null),
  repeated_identifiers: (c) => {
    if (!hasPlanes(c)) return null;
    const found = c.reading.find((f) => f.id === 'G-01-same-uid');
    return plain(typeof found?.facts.count === 'number' ? found.facts.count : 0);
  },
  planes_without_place: (c) => (hasPlanes(c) ? plain(c.series.affine ? 0 : c.headers.planes) : null),
  direction_cosine_error: cosineError,
  direction_spread: directionSpread,
  missing_slices: (c) => {
    if (!hasPlanes(c) || c.series.size[2] < 2) return null;
    const found = readingOf(c, 'G-03', 'block');
    return plain(factOf(c, 'G-03', 'block', 'count'), found && `${found.facts.positions} mm`);
  },
  slice_spacing_deviation: spacingDeviation,
  incomplete_phases: (c) => {
    if (c.series.size[3] < 2) return null;
    const found = c.reading.find((f) => f.id === 'G-03' && f.severity === 'fail' && 'count' in f.facts);
    return plain(typeof found?.facts.count === 'number' ? found.facts.count : 0);
  },
  stack_tilt: tilt,
  stated_tilt_difference: statedTilt,
  slice_gap: signedGap(1),
  slice_overlap: signedGap(-1),
  voxel_anisotropy: anisotropy,
  field_of_view_difference: fieldOfView,
  pixel_over_reference: pixelOverReference,
};
