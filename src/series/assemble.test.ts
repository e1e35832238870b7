import { describe, expect, it } from 'vitest';
import { cross, dot, toPatient } from '../core/geometry.ts';
import type { DicomInstance } from '../core/instance.ts';
import { assembleSeries } from './assemble.ts';
import { alarms, attributes, ctSlice, ctStack, instance, type Changes } from './instances.testing.ts';

/** All that is found, of the series and beside them. */
function found(instances: readonly DicomInstance[]): string[] {
  const { series, findings } = assembleSeries(instances);
  return alarms([...findings, ...series.flatMap((s) => s.findings)]);
}

describe('geometry of a stack', () => {
  it('takes steps from positions and pixel spacing: rows first, as the standard writes them', () => {
    const { series, findings, refused } = assembleSeries(ctStack(5));
    expect(series).toHaveLength(1);
    const [s] = series;
    expect(s.size).toEqual([4, 3, 5, 1]);
    // PixelSpacing 0.5\0.8 is the distance of rows, then of columns (PS3.3 10.7.1.1).
    expect(s.affine).toEqual({
      origin: [-10, -20, 0],
      matrix: [
        [0.8, 0, 0],
        [0, 0.5, 0],
        [0, 0, 1],
      ],
    });
    expect(s.spacing).toEqual([0.8, 0.5, 1]);
    expect([s.unit, s.times, s.uid, s.samples, s.inverted]).toEqual(['HU', undefined, '1.2.3', 1, false]);
    expect([findings, refused, alarms(s.findings)]).toEqual([[], [], []]);
  });

  it('orders slices along the normal whatever the order of files and numbers', () => {
    const shuffled = [3, 0, 4, 1, 2].map((z) => ctSlice(z, { '00200013': String(9 - z) }));
    const [s] = assembleSeries(shuffled).series;
    expect(s.planes.map((p) => s.files[p.file])).toEqual([0, 1, 2, 3, 4].map((z) => `ct${z}.dcm`));
    expect(s.affine?.origin).toEqual([-10, -20, 0]);
  });

  it.each([
    ['sagittal', '0\\1\\0\\0\\0\\-1', (k: number) => `${2 * k}\\0\\0`],
    ['coronal', '1\\0\\0\\0\\0\\-1', (k: number) => `0\\${2 * k}\\0`],
    ['feet first', '-1\\0\\0\\0\\1\\0', (k: number) => `0\\0\\${2 * k}`],
    ['oblique', '0.6\\0.8\\0\\0\\0\\-1', (k: number) => `${1.6 * k}\\${-1.2 * k}\\0`],
  ])('puts the third step along +normal: %s', (_name, cosines, at) => {
    const stack = ctStack(4, (k) => ({ '00200037': cosines, '00200032': at(k), '00180050': '2' }));
    const [s] = assembleSeries(stack).series;
    const { matrix } = s.affine!;
    expect(dot(cross(matrix[0], matrix[1]), matrix[2])).toBeGreaterThan(0);
    expect(Math.hypot(...matrix[2])).toBeCloseTo(2, 12);
    // Every file lies where the affine says.
    s.planes.forEach((p, k) => {
      const z = Number(s.files[p.file].slice(2, -4));
      const stated = at(z).split('\\').map(Number);
      toPatient(s.affine!, 0, 0, k).forEach((v, i) => expect(v).toBeCloseTo(stated[i], 9));
    });
    expect(alarms(s.findings)).toEqual(['G-06 warn'].slice(0, 2 / 0.5 > 2 ? 1 : 0));
  });

  it('keeps the shear of a tilted gantry in the third step', () => {
    const step = Math.tan((15 * Math.PI) / 180);
    const [s] = assembleSeries(ctStack(6, (z) => ({ '00200032': `0\\${z * step}\\${z}` }))).series;
    expect(s.affine!.matrix[2][1]).toBeCloseTo(step, 12);
    expect(s.affine!.matrix[2][2]).toBeCloseTo(1, 12);
    expect(s.findings.find((f) => f.id === 'G-04')?.facts).toEqual({ degrees: 15 });
  });

  it('averages directions that jitter by less than the rounding of their decimals', () => {
    const tilt = (z: number): string => `1\\${z % 2 ? 4e-4 : 0}\\0\\${z % 2 ? -4e-4 : 0}\\1\\0`;
    const { series } = assembleSeries(ctStack(4, (z) => ({ '00200037': tilt(z) })));
    expect(series).toHaveLength(1);
    expect(series[0].affine!.matrix[0][1]).toBeCloseTo(0.8 * 2e-4, 8);
  });

  it('draws one slice as thick as its file says, and says so', () => {
    const [s] = assembleSeries([ctSlice(0, { '00180050': '3' })]).series;
    expect(s.affine?.matrix[2]).toEqual([0, 0, 3]);
    expect(s.findings.map((f) => f.id)).toEqual(['R-thickness']);
    const [thin] = assembleSeries([ctSlice(0, { '00180050': undefined })]).series;
    expect(thin.findings.map((f) => `${f.id} ${f.severity}`)).toEqual(['R-no-thickness na']);
  });
});

describe('each defect raises its rule and no other', () => {
  const tilt3 = Math.tan((3 * Math.PI) / 180);
  const defects: [string, DicomInstance[], string[]][] = [
    ['clean twin', ctStack(8), []],
    ['same file twice', [...ctStack(8), ctSlice(2)], ['G-01 warn']],
    ['one identifier for all images', ctStack(8, () => ({ '00080018': '1.2.3.4' })), ['G-01 fail']],
    [
      'two images at one place',
      [...ctStack(8), ctSlice(3, { '00080018': '9', '00200013': '4' })],
      ['G-01 block'],
    ],
    [
      'two patients',
      ctStack(8, (z) => (z < 4 ? {} : { '00100020': 'P2', '00100010': 'Phantom^Two' })),
      ['G-01 fail'],
    ],
    ['no position', ctStack(8, () => ({ '00200032': undefined })), ['G-02 fail']],
    [
      'directions not at right angles',
      ctStack(8, () => ({ '00200037': '1\\0\\0\\0.1\\1\\0' })),
      ['G-02 fail'],
    ],
    ['slice 4 lost', ctStack(8).filter((_, z) => z !== 4), ['G-03 block']],
    [
      'one position off by 6 %',
      ctStack(8, (z) => ({ '00200032': `-10\\-20\\${z === 3 ? 3.06 : z}` })),
      ['G-03 fail'],
    ],
    [
      'one position off by 2 %',
      ctStack(8, (z) => ({ '00200032': `-10\\-20\\${z === 3 ? 3.02 : z}` })),
      ['G-03 warn'],
    ],
    ['rounding noise', ctStack(8, (z) => ({ '00200032': `-10\\-20\\${z + 1e-4 * (z % 2)}` })), []],
    ['tilt 3°', ctStack(8, (z) => ({ '00200032': `-10\\${z * tilt3}\\${z}` })), ['G-04 fail']],
    ['tilt 0.5°', ctStack(8, (z) => ({ '00200032': `-10\\${z * 0.00873}\\${z}` })), ['G-04 warn']],
    ['gap of 5 %', ctStack(8, () => ({ '00180050': '0.95' })), ['G-05 warn']],
    ['gap of 25 %', ctStack(8, () => ({ '00180050': '0.8' })), ['G-05 fail']],
    ['overlap', ctStack(8, () => ({ '00180050': '2' })), []],
    ['voxels 2.5 times longer', ctStack(8, () => ({ '00280030': '0.4\\0.4' })), ['G-06 warn']],
    ['voxels 10 times longer', ctStack(8, () => ({ '00280030': '0.1\\0.1' })), ['G-06 fail']],
    ['no rescale', ctStack(8, () => ({ '00281053': undefined })), ['G-08 fail']],
    ['slope zero', ctStack(8, () => ({ '00281053': '0' })), ['G-08 fail']],
    [
      'table instead of rescale',
      ctStack(8, () => ({ '00283000': [attributes({ '00283002': [256, 0, 16] })] })),
      ['G-08 fail'],
    ],
    ['signed and unsigned', ctStack(8, (z) => ({ '00280103': [z % 2] })), ['G-08 warn']],
    ['lossy', ctStack(8, () => ({ '00282110': '01' })), ['G-10 warn']],
    ['lossy 20:1', ctStack(8, () => ({ '00282110': '01', '00282112': '20' })), ['G-10 fail']],
    ['derived', ctStack(8, () => ({ '00080008': 'DERIVED\\PRIMARY\\AXIAL' })), ['G-11 warn']],
    ['reformatted', ctStack(8, () => ({ '00080008': 'DERIVED\\SECONDARY\\MPR' })), ['G-11 warn']],
    ['projected', ctStack(8, () => ({ '00080008': 'DERIVED\\SECONDARY\\MIP' })), ['G-11 block']],
    ['text burned in', ctStack(8, () => ({ '00280301': 'YES' })), ['G-12 warn']],
  ];
  it.each(defects)('%s', (_name, instances, expected) => {
    expect(found(instances)).toEqual(expected);
  });

  it('lists the places of missing slices', () => {
    const [s] = assembleSeries(ctStack(12).filter((_, z) => ![4, 7, 8].includes(z))).series;
    expect(s.findings.find((f) => f.id === 'G-03')?.facts).toEqual({ positions: '4.0, 7.0, 8.0', count: 3 });
  });

  it('keeps different images that share an identifier', () => {
    const { series } = assembleSeries(ctStack(8, () => ({ '00080018': '1.2.3.4' })));
    expect(series[0].size[2]).toBe(8);
  });
});

describe('what cannot be one image is parted', () => {
  const parts = (instances: readonly DicomInstance[]) =>
    assembleSeries(instances).series.map((s) => `${s.uid} ${s.size.join('×')}`);
  const second = (over: Changes) => [
    ...ctStack(3),
    ...ctStack(3, (z) => ({ '00080018': `8.${z}`, '00200013': String(10 + z), ...over })),
  ];

  it.each([
    ['frame of reference', { '00200052': '1.2.8' }],
    ['description', { '0008103E': 'second' }],
    ['image type', { '00080008': 'ORIGINAL\\PRIMARY\\LOCALIZER' }],
    ['photometric interpretation', { '00280004': 'MONOCHROME1' }],
    ['echo time', { '00180081': '20' }],
    ['kernel at the same places', { '00181210': 'B60f' }],
    ['tube voltage at the same places', { '00180060': '80' }],
    ['series time at the same places', { '00080031': '120000' }],
    ['place in the plane', { '00200032': undefined }],
  ])('%s', (what, over) => {
    const made =
      what === 'place in the plane'
        ? [...ctStack(3), ...ctStack(3, (z) => ({ '00080018': `8.${z}`, '00200032': `90\\-20\\${z}` }))]
        : second(over);
    expect(parts(made)).toEqual(['1.2.3 4×3×3×1', '1.2.3#2 4×3×3×1']);
  });

  it('matrix and orientation', () => {
    expect(parts(ctStack(6, (z) => (z < 3 ? {} : { '00280010': [5] })))).toEqual([
      '1.2.3 4×3×3×1',
      '1.2.3#2 4×5×3×1',
    ]);
    const turned = (z: number): Changes =>
      z < 3 ? {} : { '00200037': '0\\1\\0\\0\\0\\-1', '00200032': `${z}\\0\\0` };
    expect(parts(ctStack(6, turned))).toEqual(['1.2.3 4×3×3×1', '1.2.3#2 4×3×3×1']);
  });

  it('says so, and tells the parts by what differs', () => {
    const { series, findings } = assembleSeries(second({ '00181210': 'B60f' }));
    expect(findings.map((f) => f.id)).toEqual(['R-split']);
    expect(series.map((s) => s.description)).toEqual(['chest · B30f', 'chest · B60f']);
    expect(series[1].findings.every((f) => f.subject === '1.2.3#2')).toBe(true);
  });
});

describe('bad headers', () => {
  it('refuses a claim of two thousand million frames without making any', () => {
    const { series, refused } = assembleSeries([ctSlice(0, { '00280008': '2000000000' })]);
    expect(series).toEqual([]);
    expect(refused.map((r) => r.kind)).toEqual(['too_large']);
  });

  it('does not take numbers that are no place for a place', () => {
    for (const place of ['NaN\\0\\0', '1e300\\0\\0', '1\\2', '']) {
      const [s] = assembleSeries([ctSlice(0, { '00200032': place })]).series;
      expect(s.affine).toBeUndefined();
    }
    const [s] = assembleSeries([ctSlice(0, { '00280030': '0\\0' })]).series;
    expect(s.affine).toBeUndefined();
  });

  it('opens an instance that has hardly any attribute', () => {
    const { series } = assembleSeries([instance('x', { '00280010': [2], '00280011': [2] })]);
    expect(series[0].size).toEqual([2, 2, 1, 1]);
  });

  it('gives thousands of directions a series and a name each', () => {
    const many = Array.from({ length: 2000 }, (_, i) => {
      const t = (i / 2000) * 2 * Math.PI;
      const cosines = `${Math.cos(t)}\\${Math.sin(t)}\\0\\${-Math.sin(t)}\\${Math.cos(t)}\\0`;
      return ctSlice(i, { '00200037': cosines });
    });
    const { series } = assembleSeries(many);
    // Directions 0.18° apart: one of their cosines differs by 2e-3 or more, which is more than jitter.
    expect(series).toHaveLength(2000);
    expect(new Set(series.map((s) => s.uid)).size).toBe(2000);
  });
});
