import type { Finding } from '../../core/finding.ts';
import type { Grid } from '../../core/geometry.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import type { FeatureRow, SelfTestReport, SelfTestRow, Study } from '../../engine/api.ts';
import type { FamilyDescription } from '../../radiomics/family.ts';

// An engine without computation, for looking at the page and for tests of its logic. Never shipped.

const same = (text: string) => ({ en: text, ru: text, zh: text });

const FAMILY_NAMES = ['intensity_statistics', 'intensity_histogram', 'glcm', 'morphology'];
const FEATURE_NAMES = [
  'mean',
  'variance',
  'skewness',
  'kurtosis',
  'median',
  'minimum',
  'contrast',
  'entropy',
];

export const FAKE_FAMILIES: readonly FamilyDescription[] = FAMILY_NAMES.map((id) => ({
  id,
  ibsi: 'UHIW',
  label: { en: id.replace('_', ' '), ru: `семейство ${id}`, zh: `特征族 ${id}` },
  aggregations: id === 'glcm' ? (['3D:avg', '3D:mrg'] as const) : (['3D'] as const),
  features: FEATURE_NAMES.map((name) => ({
    tag: `${id}_${name}`,
    ibsi: 'Q4LE',
    name: `${name.replace(/^./, (c) => c.toUpperCase())} of ${id.replace('_', ' ')}`,
    formula: String.raw`F = \frac{1}{N_v} \sum_{k=1}^{N_v} \left( X_{d,k} - \mu \right)^2`,
    unit: name === 'mean' ? 'intensity' : name === 'entropy' ? 'bit' : '1',
    range: [name === 'variance' ? 0 : null, null] as const,
    help: {
      en: 'The average of all intensities in the region.',
      ru: 'Среднее всех интенсивностей в области.',
      zh: '感兴趣区内所有强度的平均值。',
    },
  })),
}));

function grid(size: readonly [number, number, number], spacing: readonly [number, number, number]): Grid {
  return {
    size,
    affine: {
      origin: [-100, -100, -60],
      matrix: [
        [spacing[0], 0, 0],
        [0, spacing[1], 0],
        [0, 0, spacing[2]],
      ],
    },
  };
}

const finding = (severity: Finding['severity'], id: string, text: string, facts = {}): Finding => ({
  id,
  severity,
  subject: '1.2.3',
  text: same(text),
  remedy: same('Ask for a reconstruction with even spacing, or resample before measuring.'),
  facts,
  tags: ['00200032', '00180050'],
});

const HOSTILE = '<img src=x onerror="globalThis.__pwned=1">\u202egnp.scan';

const makeSeries = (uid: string, part: Partial<Series>): Series => {
  const g = grid([96, 96, 48], [0.977, 0.977, 3]);
  return {
    uid,
    format: 'dicom',
    modality: 'CT',
    description: 'Thorax, soft tissue 3.0',
    size: [96, 96, 48, 1],
    affine: g.affine,
    spacing: [0.9766, 0.9766, 3],
    times: undefined,
    unit: 'HU',
    inverted: false,
    samples: 1,
    frameOfReference: '1.9',
    files: Array.from({ length: 48 }, (_, i) => `CT/IM${String(i).padStart(4, '0')}.dcm`),
    planes: [],
    findings: [],
    ...part,
  };
};

const SERIES: readonly Series[] = [
  makeSeries('1.2.3', {
    findings: [
      finding('warn', 'G-03', 'Slice distances differ by up to {gap} mm; {count} slices are concerned.', {
        gap: 1.5,
        count: 3,
      }),
      finding('info', 'CT-02', 'Slice thickness {thickness} mm is more than three times the pixel size.', {
        thickness: 3,
      }),
      finding('pass', 'G-01', 'Orientation and order of the slices are consistent.'),
      finding('na', 'CT-07', 'The reconstruction kernel is not stated.'),
    ],
  }),
  makeSeries('1.2.4', {
    modality: 'MR',
    description: 'DCE T1 dynamic, 20 phases',
    size: [64, 64, 24, 20],
    times: Array.from({ length: 20 }, (_, i) => i * 4.2),
    unit: 'arbitrary',
  }),
  makeSeries('1.2.5', {
    modality: 'PT',
    description: HOSTILE,
    unit: 'SUVbw',
    findings: [finding('fail', 'PT-01', 'Decay time is missing.')],
  }),
  makeSeries('1.2.6', {
    modality: 'OT',
    description: '',
    affine: undefined,
    spacing: undefined,
    size: [512, 512, 1, 1],
    samples: 3,
  }),
];

const region = (
  id: string,
  name: string,
  colour: readonly [number, number, number],
  part: Partial<RegionSource> = {},
): RegionSource => ({
  id,
  name,
  colour,
  origin: 'rtstruct',
  file: 'RS.dcm',
  frameOfReference: '1.9',
  referencedSeries: '1.2.3',
  shape: { kind: 'contours', contours: [] },
  findings: [],
  ...part,
});

const REGIONS = [
  region('r1', 'GTV-1', [230, 80, 80]),
  region('r2', 'Lung left', [80, 160, 240]),
  region('r3', 'Tumour on PET', [250, 200, 60], { origin: 'seg', referencedSeries: '1.2.5' }),
];

export const fakeStudy = (): Study => ({
  id: 'fake',
  series: SERIES,
  regions: REGIONS,
  objects: [{ file: 'SR/report.dcm', kind: 'sr' }],
  refused: [
    { kind: 'truncated', file: 'CT/IM0007.dcm', facts: { expected: 524288, received: 1024 } },
    { kind: 'not_dicom', file: `readme ${HOSTILE}.txt`, facts: {} },
  ],
  findings: [finding('info', 'S-01', 'Two series share one frame of reference.')],
  files: ['CT/IM0000.dcm'],
});

function rowsOf(families: readonly FamilyDescription[]): FeatureRow[] {
  return families.flatMap((family, f) =>
    family.features.flatMap((feature, i) =>
      family.aggregations.map((aggregation, a): FeatureRow => {
        const absent = f === 1 && i === 3;
        return {
          tag: feature.tag,
          ibsi: feature.ibsi,
          family: family.id,
          name: feature.name,
          column: `original_${feature.tag}`,
          aggregation,
          unit: feature.unit,
          value: absent ? null : (-1) ** i * 10 ** (i - 3) * (3.14159265 + f + a / 10),
          ...(absent && { reason: 'flat_region' as const }),
        };
      }),
    ),
  );
}

/** A self-test of both backends with one value wrong on each. */
export function fakeSelfTest(): SelfTestReport {
  const rows = (['wasm', 'reference'] as const).flatMap((backend) =>
    rowsOf(FAKE_FAMILIES).map((r, i): SelfTestRow => ({
      backend,
      family: r.family,
      tag: r.tag,
      name: r.name,
      aggregation: r.aggregation,
      expected: 2.15,
      tolerance: 0.01,
      got: i === 7 ? 2.31 : 2.153,
      pass: i !== 7,
    })),
  );
  const passed = rows.filter((r) => r.pass).length;
  return { rows, passed, failed: rows.length - passed, backends: [], milliseconds: 431 };
}
