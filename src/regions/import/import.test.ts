import { describe, expect, it } from 'vitest';
import type { Attributes, DicomElement } from '../../core/dicom.ts';
import type { Grid } from '../../core/geometry.ts';
import type { DecodedPixels, DicomInstance, ImageFile } from '../../core/instance.ts';
import type { RegionSource } from '../../core/region.ts';
import { colourOf, fromScaledCielab, unusedColour } from './colours.ts';
import { readLabelmap } from './labelmap.ts';
import { readRtstruct } from './rtstruct.ts';
import { readSeg } from './seg.ts';

type Value = string | number[] | Attributes[];

/** A data set from tags and values: text, numbers or items. */
function dataSet(values: Readonly<Record<string, Value | undefined>>): Attributes {
  const out: Record<string, DicomElement> = Object.create(null);
  for (const [tag, v] of Object.entries(values)) {
    if (typeof v === 'string') out[tag] = { vr: 'LO', length: v.length, text: v };
    else if (v && v.length > 0 && typeof v[0] !== 'number')
      out[tag] = { vr: 'SQ', length: 0, items: v as Attributes[] };
    else if (v) out[tag] = { vr: 'US', length: 0, numbers: v as number[] };
  }
  return out;
}

const instance = (attributes: Attributes): DicomInstance => ({
  format: 'dicom',
  file: 'x.dcm',
  kind: 'object',
  transferSyntax: '',
  attributes,
  warnings: [],
});
const ids = (r: RegionSource) => r.findings.map((f) => `${f.id} ${f.severity}`);

describe('RT structure sets', () => {
  const TRIANGLE = '0\\0\\5\\10\\0\\5\\0\\10\\5';
  const contour = (type: string, points: string, count?: string) =>
    dataSet({ '30060042': type, '30060046': count, '30060050': points });
  const roi = (number: string, name: string, frame = '1.2') =>
    dataSet({ '30060022': number, '30060026': name, '30060024': frame });
  const drawn = (number: string, contours: Attributes[], colour?: string) =>
    dataSet({ '30060084': number, '3006002A': colour, '30060040': contours });
  const frame = (uid: string, series: string) =>
    dataSet({ '00200052': uid, '30060012': [dataSet({ '30060014': [dataSet({ '0020000E': series })] })] });
  const read = (rois: Attributes[], contours: Attributes[], frames: Attributes[] = []) =>
    readRtstruct(instance(dataSet({ '30060020': rois, '30060039': contours, '30060010': frames })));

  it('give name, number, colour, frame and contours of each ROI', () => {
    const [a, b] = read(
      [roi('7', 'GTV <b>'), roi('3', '')],
      [drawn('3', [contour('CLOSED_PLANAR', TRIANGLE, '3')]), drawn('7', [], '10\\20\\30')],
      [frame('9.9', '5.5'), frame('1.2', '6.6')],
    );
    expect(a).toMatchObject({
      id: 'x.dcm#7',
      name: 'GTV <b>',
      colour: [10, 20, 30],
      frameOfReference: '1.2',
      referencedSeries: '6.6',
    });
    expect(a.shape).toEqual({ kind: 'contours', contours: [] });
    expect(b).toMatchObject({ name: 'ROI 3', colour: colourOf(1), findings: [] });
    expect(b.shape).toEqual({
      kind: 'contours',
      contours: [
        {
          points: [
            [0, 0, 5],
            [10, 0, 5],
            [0, 10, 5],
          ],
        },
      ],
    });
  });

  it('leave out points, open lines and broken numbers, and say so', () => {
    const [r] = read(
      [roi('1', 'r')],
      [
        drawn('1', [
          contour('POINT', '1\\2\\3'),
          contour('OPEN_PLANAR', TRIANGLE),
          contour('CLOSED_PLANAR', '0\\0\\5\\10\\0\\5\\0\\10'),
          contour('CLOSED_PLANAR', '0\\0\\5\\10\\abc\\5\\0\\10\\5'),
          contour('CLOSED_PLANAR', '0\\0\\1e30\\10\\0\\5\\0\\10\\5'),
          contour('CLOSED_PLANAR', '0\\0\\5\\10\\0\\5'),
          contour('CLOSEDPLANAR_XOR', TRIANGLE),
        ]),
      ],
    );
    expect(r.shape).toMatchObject({ contours: [{}] });
    expect(ids(r)).toEqual(['R-contours warn']);
    expect(r.findings[0].facts).toMatchObject({ count: 6, kinds: 'POINT, OPEN_PLANAR, broken' });
  });

  it('keep contours whose count of points is wrong, with a finding', () => {
    const [r] = read([roi('1', 'r')], [drawn('1', [contour('CLOSED_PLANAR', TRIANGLE, '4')])]);
    expect(r.shape).toMatchObject({ contours: [{}] });
    expect(ids(r)).toEqual(['R-contour-counts warn']);
  });

  it('keep contours of an ROI that is not described, and join those that are split', () => {
    const one = [contour('CLOSED_PLANAR', TRIANGLE)];
    const regions = read([roi('1', 'r')], [drawn('1', one), drawn('4', one), drawn('1', one)]);
    expect(regions.map((r) => [r.name, r.shape.kind === 'contours' && r.shape.contours.length])).toEqual([
      ['r', 2],
      ['ROI 4', 1],
    ]);
  });
});

describe('DICOM segmentations', () => {
  const SPACING = 0.625;
  interface Spec {
    type?: string;
    /** Slice index and segment of each frame. */
    frames: readonly (readonly [slice: number, segment?: number])[];
    segments?: Attributes[];
    values: readonly number[];
    place?: (slice: number) => string;
    stated?: string;
  }
  const segment = (number: string, label: string, lab?: number[]) =>
    dataSet({ '00620004': number, '00620005': label, '0062000D': lab });

  function read({
    type = 'BINARY',
    frames,
    segments = [segment('1', 'a'), segment('2', 'b')],
    values,
    place,
    stated,
  }: Spec) {
    const at = place ?? ((slice: number) => `-10\\5\\${(slice * SPACING).toFixed(3)}`);
    const attributes = dataSet({
      '00620001': type,
      '0062000E': [200],
      '00620002': segments,
      '00200052': '1.2',
      '00081115': [dataSet({ '0020000E': '6.6' })],
      '52009229': [
        dataSet({
          '00209116': [dataSet({ '00200037': '1\\0\\0\\0\\1\\0' })],
          '00289110': [dataSet({ '00280030': '2\\3', '00180088': stated })],
        }),
      ],
      '52009230': frames.map(([slice, number]) =>
        dataSet({
          '00209113': [dataSet({ '00200032': at(slice) })],
          ...(number !== undefined && { '0062000A': [dataSet({ '0062000B': [number] })] }),
        }),
      ),
    });
    const pixels: DecodedPixels = {
      columns: 3,
      rows: 2,
      frames: frames.length,
      samples: 1,
      values: Uint8Array.from(values),
      warnings: [],
    };
    return readSeg(instance(attributes), pixels);
  }

  /** Voxels of a region as x,y,z in mm: independent of the box it is kept in. */
  function places({ shape }: RegionSource): string[] {
    if (shape.kind !== 'voxels') return [];
    const { size, affine } = shape.grid;
    const out: string[] = [];
    shape.data.forEach((v, p) => {
      const [i, j, k] = [p % size[0], Math.floor(p / size[0]) % size[1], Math.floor(p / size[0] / size[1])];
      const mm = [0, 1, 2].map(
        (c) => affine.origin[c] + i * affine.matrix[0][c] + j * affine.matrix[1][c] + k * affine.matrix[2][c],
      );
      if (v) out.push(mm.map((c) => Number(c.toFixed(3))).join());
    });
    return out;
  }

  it('binary: frames in any order, of several segments, some slices without one', () => {
    const [a, b] = read({
      frames: [
        [4, 1],
        [0, 2],
        [1, 1],
      ],
      values: [0, 0, 1, 0, 0, 0, /**/ 1, 1, 0, 0, 0, 1, /**/ 0, 0, 0, 1, 0, 0],
    });
    // PixelSpacing is row distance (2 mm, along y) before column distance (3 mm, along x).
    expect(places(a)).toEqual(['-10,7,0.625', '-4,5,2.5']);
    expect(places(b)).toEqual(['-10,5,0', '-7,5,0', '-4,7,0']);
    expect(a).toMatchObject({
      name: 'a',
      frameOfReference: '1.2',
      referencedSeries: '6.6',
      origin: 'seg',
      findings: [],
    });
    expect((b.shape as { grid: Grid }).grid.size).toEqual([3, 2, 1]);
  });

  it('keeps every frame on its slice over many slices with rounded positions', () => {
    const n = 100;
    const frames = Array.from({ length: n }, (_, i) => [i, 1] as const);
    const values = frames.flatMap((_, i) => [i % 2, 0, 0, 0, 0, 1]);
    const [r] = read({ frames, values, place: (slice) => `-10\\5\\${(slice * SPACING).toFixed(2)}` });
    const grid = (r.shape as { grid: Grid }).grid;
    expect(grid.size).toEqual([3, 2, n]);
    expect(grid.affine.matrix[2][2]).toBeCloseTo(SPACING, 3);
    expect(places(r)).toHaveLength(n + n / 2);
  });

  it('slices too far apart take the stated distance as the step', () => {
    const spec = {
      frames: [
        [0, 1],
        [4, 1],
      ] as const,
      values: [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
    };
    const steps = [undefined, '0.625', '0.4'].map(
      (stated) => (read({ ...spec, ...(stated && { stated }) })[0].shape as { grid: Grid }).grid.size[2],
    );
    expect(steps).toEqual([2, 5, 2]);
  });

  it('fractional: from half of the maximum, with a remark', () => {
    const [r] = read({
      type: 'FRACTIONAL',
      frames: [[0, 1]],
      segments: [segment('1', 'a')],
      values: [99, 100, 200, 0, 1, 0],
    });
    expect(places(r)).toEqual(['-7,5,0', '-4,5,0']);
    expect(ids(r)).toEqual(['R-fractional info']);
  });

  it('label map: values name the segments, 0 is background', () => {
    const regions = read({
      type: 'LABELMAP',
      frames: [[0], [1]],
      segments: [segment('0', 'background'), segment('2', 'b'), segment('5', 'e')],
      values: [0, 2, 2, 5, 0, 0, 0, 0, 2, 0, 0, 9],
    });
    expect(regions.map((r) => [r.name, places(r).length])).toEqual([
      ['b', 3],
      ['e', 1],
    ]);
  });

  it.each([
    ['no position', { place: () => '' }, 'ImagePositionPatient'],
    [
      'uneven slices',
      {
        frames: [
          [0, 1],
          [1, 1],
          [2.4, 1],
        ] as const,
        values: Array(18).fill(1) as number[],
      },
      'SliceSpacing',
    ],
    [
      'a frame beside the others',
      {
        frames: [
          [0, 1],
          [1, 1],
        ] as const,
        values: Array(12).fill(1) as number[],
        place: (s: number) => `${s === 1 ? 0 : -10}\\5\\${s === 1 ? 0.003 : 0}`,
      },
      'ImagePositionPatient',
    ],
    [
      'frames of no segment',
      { frames: [[0], [1]] as const, values: Array(12).fill(1) as number[] },
      'ReferencedSegmentNumber',
    ],
    ['no segments', { segments: [] as Attributes[] }, 'SegmentSequence'],
    [
      'slices without end',
      {
        frames: [
          [0, 1],
          [1e6, 1],
        ] as const,
        values: Array(12).fill(1) as number[],
        stated: '0.625',
      },
      'too_large',
    ],
  ])('refuses %s', (_, spec, what) => {
    expect(() => read({ frames: [[0, 1]], values: [1, 1, 1, 1, 1, 1], ...spec })).toThrow(what);
  });

  it('a segment without a frame is an empty region, and the others stay', () => {
    const [a, b] = read({ frames: [[0, 1]], values: [1, 0, 0, 0, 0, 0] });
    expect([places(a), places(b), b.name]).toEqual([['-10,5,0'], [], 'b']);
  });

  it('segments that overlap share their voxels', () => {
    const regions = read({
      frames: [
        [0, 1],
        [0, 2],
      ],
      values: [1, 1, 0, 0, 0, 0, /**/ 0, 1, 1, 0, 0, 0],
    });
    expect(regions.map(places)).toEqual([
      ['-10,5,0', '-7,5,0'],
      ['-7,5,0', '-4,5,0'],
    ]);
  });

  it('a hundred segments, each over the next and every tenth empty, are a hundred regions', () => {
    const numbers = Array.from({ length: 100 }, (_, n) => n + 1);
    const drawn = numbers.filter((n) => n % 10 !== 0);
    const regions = read({
      segments: numbers.map((n) => segment(String(n), `s${n}`)),
      frames: drawn.map((n) => [0, n] as const),
      // Two voxels side by side, the second shared with the next segment.
      values: drawn.flatMap((n) => [0, 1, 2, 3, 4, 5].map((i) => Number(i === n % 2 || i === 1 + (n % 2)))),
    });
    expect(regions).toHaveLength(100);
    expect(regions.map((r) => places(r).length)).toEqual(numbers.map((n) => (n % 10 === 0 ? 0 : 2)));
    expect(places(regions[0])).toEqual(['-7,5,0', '-4,5,0']);
    expect(places(regions[1])).toEqual(['-10,5,0', '-7,5,0']);
  });

  it('refuses slide coordinates by their name', () => {
    const frame = dataSet({ '0048021A': [dataSet({ '0040072A': '1' })] });
    const attributes = dataSet({ '00620002': [segment('1', 'a')], '52009230': [frame] });
    const pixels: DecodedPixels = {
      columns: 1,
      rows: 1,
      frames: 1,
      samples: 1,
      values: Uint8Array.of(1),
      warnings: [],
    };
    expect(() => readSeg(instance(attributes), pixels)).toThrow('PlanePositionSlide');
  });

  it('colours are those of the file', () => {
    // Scaled CIELab (D50) of sRGB red is L* 54.29, a* 80.81, b* 69.89; of white 100, 0, 0.
    const scaled = (l: number, a: number, b: number) =>
      [(l / 100) * 65535, ((a + 128) / 255) * 65535, ((b + 128) / 255) * 65535].map(Math.round);
    expect(fromScaledCielab(scaled(54.29, 80.81, 69.89))).toEqual([255, 0, 0]);
    expect(fromScaledCielab(scaled(100, 0, 0))).toEqual([255, 255, 255]);
    expect(fromScaledCielab(scaled(0, 0, 0))).toEqual([0, 0, 0]);
    expect(fromScaledCielab([1, 2])).toBeUndefined();
    const [r] = read({
      frames: [[0, 1]],
      segments: [segment('1', 'a', scaled(100, 0, 0))],
      values: [1, 0, 0, 0, 0, 0],
    });
    expect(r.colour).toEqual([255, 255, 255]);
  });
});

describe('label maps', () => {
  const image = (values: number[], more: Partial<ImageFile> = {}): ImageFile => ({
    format: 'nifti',
    file: 'folder/lesions.nii.gz',
    size: [4, 2, 1],
    count: 1,
    affine: {
      origin: [1, 2, 3],
      matrix: [
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 2],
      ],
    },
    data: Float32Array.from(values),
    storedType: 'int16',
    warnings: [],
    integral: values.every((v) => Number.isInteger(v) && v >= 0),
    ...more,
  });
  const summary = (regions: RegionSource[]) =>
    regions.map(
      ({ name, shape }) =>
        shape.kind === 'voxels' && [
          name,
          shape.grid.size.join('×'),
          shape.grid.affine.origin.join(),
          [...shape.data].join(''),
        ],
    );

  it('give one region a label, each in the box that holds it', () => {
    const regions = readLabelmap(image([0, 7, 7, 0, 0, 0, 7, 2]));
    expect(summary(regions)).toEqual([
      ['lesions 2', '1×1×1', '7,4,3', '1'],
      ['lesions 7', '2×2×1', '3,2,3', '1101'],
    ]);
    expect(regions.map((r) => r.id)).toEqual(['folder/lesions.nii.gz#2', 'folder/lesions.nii.gz#7']);
    expect(regions[0].colour).not.toEqual(regions[1].colour);
  });

  it('of one label have the name of the file', () => {
    expect(readLabelmap(image([0, 0, 0, 0, 0, 0, 0, 1])).map((r) => r.name)).toEqual(['lesions']);
    expect(readLabelmap(image(Array(8).fill(0) as number[]))).toEqual([]);
  });

  it('with layers give the labels of each', () => {
    const regions = readLabelmap(image([1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 3], { count: 2 }));
    expect(summary(regions)).toEqual([
      ['lesions 1 [1]', '2×1×1', '1,2,3', '11'],
      ['lesions 1 [2]', '2×1×1', '3,2,3', '11'],
      ['lesions 3 [2]', '1×1×1', '7,4,3', '1'],
    ]);
    expect(new Set(regions.map((r) => r.id)).size).toBe(3);
  });

  it('have the names and colours that the file states', () => {
    const labels = [
      { volume: 0, value: 2, name: 'liver', colour: [1, 2, 3] as const },
      { volume: 1, value: 7, name: 'another layer' },
    ];
    const regions = readLabelmap(image([0, 7, 7, 0, 0, 0, 7, 2], { labels }));
    expect(regions.map((r) => r.name)).toEqual(['liver', 'lesions 7']);
    expect(regions.map((r) => r.colour)).toEqual([[1, 2, 3], colourOf(1)]);
  });

  it('of parts of one are taken from one half, with a remark; NaN is outside', () => {
    const regions = readLabelmap(image([0, 0.49, 0.5, 1, 0, NaN, 0, 0]));
    expect(summary(regions)).toEqual([['lesions', '2×1×1', '5,2,3', '11']]);
    expect(ids(regions[0])).toEqual(['R-fractional info']);
    expect(readLabelmap(image([0, NaN, 1, 1, 0, 0, 0, 0])).flatMap(ids)).toEqual([]);
  });

  it.each([[-1], [2.5], [70000]])('holding %d are none, and say so', (value) => {
    const [region, ...more] = readLabelmap(image([0, 1, value, 0, 0, 0, 0, 0], { integral: false }));
    expect(more).toEqual([]);
    expect(ids(region)).toEqual(['R-labels block']);
    expect(region.findings[0].facts).toMatchObject({ value: String(value) });
    expect(region.shape).toMatchObject({ data: Uint8Array.of(0) });
  });

  it('keep named segments without a voxel, and say what is too large for memory', () => {
    const labels = [
      { volume: 0, value: 2, name: 'liver' },
      { volume: 0, value: 3, name: 'nothing yet' },
    ];
    const regions = readLabelmap(image([0, 2, 2, 0, 0, 0, 0, 0], { labels }));
    expect(regions.map((r) => [r.name, r.shape.kind === 'voxels' && r.shape.data.includes(1)])).toEqual([
      ['liver', true],
      ['nothing yet', false],
    ]);
    const [large, ...more] = readLabelmap(image([1, 0, 0, 0, 0, 0, 0, 1]), 7);
    expect([ids(large), more]).toEqual([['R-too-large block'], []]);
    expect(large.findings[0].facts).toMatchObject({ size: 8, limit: 7 });
  });

  it('of very many labels keep the first 256 and say so', () => {
    const data = Float32Array.from({ length: 400 }, (_, i) => i);
    const regions = readLabelmap(image([], { size: [400, 1, 1], data, integral: true }));
    expect(regions).toHaveLength(256);
    expect(regions[0].findings[0]).toMatchObject({ id: 'R-labels-many', facts: { count: 399, kept: 256 } });
  });
});

it('a new region gets the colour that is least like those in use', () => {
  expect(unusedColour([])).toEqual(colourOf(0));
  // Red, amber and light blue, as the sample brings them: the green is farthest from all three.
  const brought = [
    [255, 90, 90],
    [255, 200, 60],
    [80, 180, 255],
  ] as const;
  expect(unusedColour(brought)).toEqual([0, 158, 115]);
  const used = [...brought.map((c) => c)] as (readonly [number, number, number])[];
  const given = Array.from({ length: 7 }, () => {
    const next = unusedColour(used);
    used.push(next);
    return next.join();
  });
  expect(new Set(given).size).toBe(7);
});
