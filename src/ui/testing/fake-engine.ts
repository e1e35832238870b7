import { RefusedInput } from '../../core/refusal.ts';
import type { Attributes } from '../../core/dicom.ts';
import type { Finding } from '../../core/finding.ts';
import type { Grid } from '../../core/geometry.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import type { Engine, FeatureRow, FeatureTable, PlacedRegion, SelfTestRow, Study } from '../../engine/api.ts';
import type { Family } from '../../radiomics/family.ts';

// An engine without computation, for looking at the page and for tests of its logic. Never shipped.

const wait = (ms: number, signal?: AbortSignal) =>
  new Promise<void>((done, fail) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      fail(new DOMException('stopped', 'AbortError'));
    });
  });

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

export const FAKE_FAMILIES: readonly Family[] = FAMILY_NAMES.map((id) => ({
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
  compute: () => [],
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

function rowsOf(families: readonly Family[]): FeatureRow[] {
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

export function createFakeEngine({ pace = 1, families = FAKE_FAMILIES } = {}): Engine {
  const cached = new Set<string>();
  const open: Engine['open'] = async (_files, options) => {
    for (let i = 1; i <= 10; i++) {
      await wait(60 * pace, options?.signal);
      options?.onProgress?.(i / 10);
      if (i === 5)
        options?.onStudy?.({ ...fakeStudy(), series: SERIES.slice(0, 2), regions: [], refused: [] });
    }
    return fakeStudy();
  };
  return {
    version: '0.1.0-fake',
    families,
    open,
    openSample: (options) => open([], options),
    close: () => undefined,
    inspect: (study) => study.findings,
    async volume(_study, uid, phase = 0, options) {
      await wait(300 * pace, options?.signal);
      const series = SERIES.find((s) => s.uid === uid)!;
      const [nx, ny, nz] = series.size;
      const data = new Float32Array(nx * ny * nz);
      for (let k = 0, at = 0; k < nz; k++) {
        for (let j = 0; j < ny; j++) {
          for (let i = 0; i < nx; i++) {
            const [x, y, z] = [(2 * i) / nx - 1, (2 * j) / ny - 1, (2 * k) / Math.max(1, nz) - 1];
            const body = x * x * 1.2 + y * y * 1.7 < 1;
            const lung = (Math.abs(x) - 0.4) ** 2 * 5 + y * y * 3 + z * z < 0.5;
            const lesion = (x - 0.4) ** 2 + y * y + z * z < 0.03;
            data[at++] = !body
              ? -1000
              : lesion
                ? 60 + phase * 5 + 30 * Math.sin(9 * i)
                : lung
                  ? -820
                  : 40 + 15 * Math.sin(i * j);
          }
        }
      }
      return {
        grid: grid([nx, ny, nz], [0.977, 0.977, 3]),
        data,
        unit: series.unit,
        modality: series.modality,
      };
    },
    async thumbnail(_study, uid) {
      await wait(20 * pace);
      const grey = new Uint8Array(96 * 96);
      const shade = Number(uid.at(-1));
      for (let i = 0; i < grey.length; i++) {
        const [x, y] = [(i % 96) / 48 - 1, Math.floor(i / 96) / 48 - 1];
        grey[i] =
          x * x * 1.2 + y * y * 1.7 < 1
            ? (Math.abs(x) - 0.4) ** 2 * 5 + y * y * 3 < 0.5
              ? 30
              : 90 + 20 * shade
            : 0;
      }
      return { columns: 96, rows: 96, grey };
    },
    async attributes(): Promise<Attributes> {
      await wait(50 * pace);
      return {
        '00080005': { vr: 'CS', length: 10, text: 'ISO_IR 192' },
        '00080060': { vr: 'CS', length: 2, text: 'CT' },
        '00081140': {
          vr: 'SQ',
          length: 100,
          items: [
            { '00081150': { vr: 'UI', length: 26, text: '1.2.840.10008.5.1.4.1.1.2\0' } },
            { '00081155': { vr: 'UI', length: 5, text: '1.2.3' } },
          ],
        },
        '00100010': { vr: 'PN', length: 64, text: `${HOSTILE}\u0000\u200b` },
        '00180050': { vr: 'DS', length: 4, text: '3.0' },
        '00204000': { vr: 'LT', length: 900, text: 'A long comment. '.repeat(60) },
        '00280010': { vr: 'US', length: 2, numbers: [512] },
        '00291010': { vr: 'UN', length: 8, bytes: new Uint8Array([0, 1, 2, 250]) },
        '7FE00010': { vr: 'OW', length: 524288 },
      };
    },
    async placeRegion(_study, id, uid, options): Promise<PlacedRegion> {
      await wait(80 * pace, options?.signal);
      const source = REGIONS.find((r) => r.id === id)!;
      const series = SERIES.find((s) => s.uid === uid)!;
      if (id === 'r3' && !options?.resample)
        throw new RefusedInput('region_grid_differs', { region: source.name });
      const [nx, ny, nz] = series.size;
      const data = new Uint8Array(nx * ny * nz);
      let voxels = 0;
      for (let at = 0; at < data.length; at++) {
        const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
        const [x, y, z] = [(2 * i) / nx - 1, (2 * j) / ny - 1, (2 * k) / Math.max(1, nz) - 1];
        const c = id === 'r2' ? -0.4 : 0.4;
        if ((x - c) ** 2 + y * y + z * z < (id === 'r2' ? 0.15 : 0.03)) {
          data[at] = 1;
          voxels++;
        }
      }
      return {
        source,
        mask: { grid: grid([nx, ny, nz], [0.977, 0.977, 3]), data, name: source.name, colour: source.colour },
        voxels,
        placement: options?.resample ? 'resampled' : 'rasterised',
        findings: id === 'r2' ? [finding('warn', 'R-04', 'The region touches the border of the image.')] : [],
      };
    },
    async extract(request, options): Promise<FeatureTable> {
      const key = JSON.stringify([request.series, request.region, request.settings]);
      const fromCache = cached.has(key);
      if (!fromCache) {
        for (let i = 1; i <= 10; i++) {
          await wait(80 * pace, options?.signal);
          options?.onProgress?.(i / 10);
        }
      }
      cached.add(key);
      return {
        settings: request.settings,
        software: { name: 'kinetex', version: '0.1.0-fake', kernels: 'ab12cd34'.repeat(8) },
        image: {
          uid: request.series,
          description: 'Thorax',
          modality: 'CT',
          unit: 'HU',
          phase: 0,
          hash: '0f'.repeat(32),
        },
        mask: { name: request.region === 'r1' ? 'GTV-1' : 'Lung left', voxels: 4321, hash: 'a7'.repeat(32) },
        diagnostics: [{ stage: 'initial', name: 'Mean intensity', tag: 'diag_mean', value: -12.5 }],
        features: rowsOf(families),
        findings: [finding('warn', 'F-02', 'Fewer than 64 voxels remain after re-segmentation.')],
        backend: 'wasm',
        milliseconds: 812,
        fromCache,
      };
    },
    matrix: async () => 'slice_empty',
    histogram: async () => null,
    backends: async () => [
      { name: 'wasm', present: true, detail: 'Wasm SIMD ×2' },
      { name: 'reference', present: true, detail: 'JavaScript float64' },
    ],
    async selfTest(options) {
      for (let i = 1; i <= 5; i++) {
        await wait(80 * pace, options?.signal);
        options?.onProgress?.(i / 5);
      }
      const rows = (['wasm', 'reference'] as const).flatMap((backend) =>
        rowsOf(families).map((r, i): SelfTestRow => ({
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
      return {
        rows,
        passed,
        failed: rows.length - passed,
        backends: [
          { name: 'wasm', present: true, detail: 'Wasm SIMD ×2' },
          { name: 'reference', present: true, detail: 'JavaScript float64' },
          { name: 'webgpu', present: false, detail: 'No adapter' },
        ],
        milliseconds: 431,
      };
    },
    exportCsv: (tables) => tables.map((x) => x.mask.name).join('\n'),
    exportJson: (tables) => JSON.stringify(tables),
    explain: (refusal) => ({
      sentence: same(`The file ends early (${refusal.kind}): 524288 bytes were announced, 1024 are there.`),
      remedy: same('Copy the file again from its source.'),
    }),
    explainAbsence: () => same('All intensities in the region are equal.'),
    cache: {
      state: async () => ({ available: true, entries: cached.size, bytes: cached.size * 48_000 }),
      eraseAll: async () => (cached.clear(), true),
      setIncognito: async () => undefined,
    },
  };
}
