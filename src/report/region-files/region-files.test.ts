import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { itemsOf, numberOf, type Attributes } from '../../core/dicom.ts';
import { voxelCount, type Grid } from '../../core/geometry.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import { decodePixels } from '../../formats/dicom/decode.ts';
import { readDicom } from '../../formats/dicom/read.ts';
import { attributesOf } from '../../formats/dicom/write/attributes-of.ts';
import { CT_IMAGE_STORAGE } from '../../formats/dicom/write/ct-image.ts';
import { gunzip } from '../../formats/gzip.ts';
import { readNifti } from '../../formats/nifti/read.ts';
import { readNrrd } from '../../formats/nrrd/read.ts';
import { readLabelmap } from '../../regions/import/labelmap.ts';
import { recognised } from '../../regions/import/own-uids.ts';
import { readRtstruct } from '../../regions/import/rtstruct.ts';
import { readSeg } from '../../regions/import/seg.ts';
import { placeRegion } from '../../regions/place/place.ts';
import { reportFiles } from '../measurements/report-files.ts';
import { regionFiles, type ExportTarget, type RegionFormat } from './region-files.ts';

// Oblique, sheared as behind a tilted gantry, and no multiple of eight pixels a frame.
const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
const GRID: Grid = {
  size: [13, 11, 7],
  affine: {
    origin: [-31.25, 12.5, 480.125],
    matrix: [
      [0.8 * c, 0.8 * s, 0],
      [-1.1 * s, 1.1 * c, 0],
      [0.9, 0.4, 3],
    ],
  },
};
const UPRIGHT: Grid = {
  size: GRID.size,
  affine: { origin: GRID.affine.origin, matrix: [GRID.affine.matrix[0], GRID.affine.matrix[1], [0, 0, 3]] },
};
const FRAME = '1.2.840.99.1';
const SERIES = '1.2.840.99.2';

/** Everything in a header by which somebody could be found. */
const IDENTIFYING = {
  InstanceCreationDate: '20190203',
  StudyDate: '20190204',
  SeriesDate: '20190205',
  AcquisitionDate: '20190206',
  ContentDate: '20190207',
  StudyTime: '081122',
  AccessionNumber: 'ACC77123',
  InstitutionName: 'Clinica Example',
  ReferringPhysicianName: 'Referrer^Rita',
  StudyDescription: 'Staging Quixote',
  SeriesDescription: 'Thorax for Dulcinea',
  OperatorsName: 'Panza^Sancho',
  PatientName: 'Quixote^Alonso',
  PatientID: 'LM-1605',
  PatientBirthDate: '15470929',
  PatientComments: 'tilts at windmills',
  DeviceSerialNumber: 'SN-ROCINANTE',
  StudyID: 'ST9981',
  StudyInstanceUID: '1.2.840.99.3',
  SeriesInstanceUID: SERIES,
  FrameOfReferenceUID: FRAME,
  SOPInstanceUID: '1.2.840.99.4.1',
} as const;
const attributes: Attributes = attributesOf({ ...IDENTIFYING, PatientSex: 'M' });
const planes = Array.from({ length: GRID.size[2] }, (_, k) => ({
  sopClassUid: CT_IMAGE_STORAGE,
  sopUid: `1.2.840.99.4.${k + 1}`,
}));
const TARGET: ExportTarget = {
  grid: GRID,
  frameOfReference: FRAME,
  uid: SERIES,
  attributes,
  source: { seriesUid: SERIES, planes },
};
const RELEASE = {
  identified: false,
  now: { date: '20260301', time: '101112' },
  maker: { name: 'Kinetex', version: '1.0' },
} as const;

let made = 0;
function region(name: string, data: Uint8Array, more: Partial<RegionSource> = {}): RegionSource {
  return {
    id: `r${++made}`,
    name,
    colour: [230, 159, made % 256],
    origin: 'drawn',
    file: '',
    frameOfReference: FRAME,
    shape: { kind: 'voxels', grid: GRID, data },
    findings: [],
    ...more,
  };
}

/** A mask by a rule of x, y, z. */
const mask = (rule: (x: number, y: number, z: number) => boolean, { size }: Grid = GRID): Uint8Array =>
  Uint8Array.from({ length: voxelCount(size) }, (_, p) =>
    rule(p % size[0], Math.floor(p / size[0]) % size[1], Math.floor(p / size[0] / size[1])) ? 1 : 0,
  );

const shell = mask((x, y, z) => z > 0 && z < 6 && Math.abs(Math.hypot(x - 6, y - 5) - 3) < 1.1);
const diagonal = mask((x, y, z) => z > 1 && (x + y) % 2 === 0 && x > 7);
const core = mask((x, y, z) => z >= 2 && z <= 4 && Math.hypot(x - 6, y - 5) < 2.6);

async function read(format: RegionFormat, bytes: Uint8Array<ArrayBuffer>): Promise<RegionSource[]> {
  if (format === 'nifti') return readLabelmap(readNifti(bytes, 'regions.nii.gz'));
  if (format === 'nrrd') return readLabelmap(readNrrd(bytes, 'regions.seg.nrrd'));
  const instance = readDicom(bytes, 'x.dcm');
  expect(instance.warnings).toEqual([]);
  if (format === 'rtstruct') return readRtstruct(instance);
  return readSeg(instance, await decodePixels(bytes, instance));
}

/** What is read back, on the image's grid, by the image's side. */
async function back(format: RegionFormat, bytes: Uint8Array<ArrayBuffer>, target = TARGET) {
  const series = { uid: target.uid, frameOfReference: target.frameOfReference } as Series;
  return recognised(await read(format, bytes), [series]).map((r) =>
    placeRegion(r, target, { resample: false }),
  );
}

const exported = (regions: readonly RegionSource[], format: RegionFormat, more: object = {}) =>
  regionFiles({ regions, target: TARGET, format, release: RELEASE, ...more });

describe('regions come back from what is written', () => {
  it.each(['seg', 'rtstruct', 'nrrd'] as const)(
    '%s: voxels, names, colours, overlap and all',
    async (format) => {
      const regions = [region('Опухоль', shell), region('rim', diagonal), region('core', core)];
      const { files, findings, refused } = exported(regions, format);
      expect([findings.map((f) => f.id), refused, files.length]).toEqual([[], [], 1]);
      const placed = await back(format, files[0].bytes);
      expect(placed.map((p) => p.mask.name)).toEqual(['Опухоль', 'rim', 'core']);
      expect(placed.map((p) => p.mask.colour)).toEqual(regions.map((r) => r.colour));
      expect(placed.map((p) => p.mask.data)).toEqual([shell, diagonal, core]);
      expect(placed.flatMap((p) => p.findings)).toEqual([]);
    },
  );

  it('nifti: a label map; a file for each where regions overlap, and that is said', async () => {
    const apart = exported(
      [
        region('a', shell),
        region(
          'b',
          mask((x) => x > 11),
        ),
      ],
      'nifti',
    );
    expect(apart.findings).toEqual([]);
    const both = (await back('nifti', apart.files[0].bytes)).map((p) => p.mask.data);
    expect(both).toEqual([shell, mask((x) => x > 11)]);
    const { files, findings } = exported(
      [region('a', shell), region('b', core), region('c', diagonal)],
      'nifti',
    );
    expect(findings.map((f) => f.id)).toEqual(['R-overlap']);
    expect(files.map((f) => f.name)).toEqual(['region-1.nii.gz', 'region-2.nii.gz', 'region-3.nii.gz']);
    for (const [at, data] of [shell, core, diagonal].entries())
      expect((await back('nifti', files[at].bytes))[0].mask.data).toEqual(data);
    expect(exported([region('a', shell)], 'nifti', { separate: true }).files[0].name).toBe('region-1.nii.gz');
  });

  it.each(['seg', 'rtstruct'] as const)('%s: one slice only, of a tilted stack', async (format) => {
    const one = mask((x, y, z) => z === 4 && x > 3 && y < 6);
    const { files } = exported([region('one', one)], format);
    expect((await back(format, files[0].bytes))[0].mask.data).toEqual(one);
  });

  it('a hundred segments', async () => {
    const regions = Array.from({ length: 100 }, (_, n) =>
      region(
        `s${n}`,
        mask((x, y, z) => x + 13 * y + 143 * z === 10 * n),
      ),
    );
    for (const format of ['seg', 'rtstruct', 'nifti', 'nrrd'] as const) {
      const placed = await back(format, exported(regions, format).files[0].bytes);
      expect(placed).toHaveLength(100);
      expect(placed.every((p, n) => p.mask.data.indexOf(1) === 10 * n)).toBe(true);
    }
  });

  it('more regions than a byte has labels: a file for each', () => {
    const regions = Array.from({ length: 257 }, (_, n) =>
      region(
        `s${n}`,
        mask((x, y, z) => x + 13 * y + 143 * z === n),
      ),
    );
    const { files, findings } = exported(regions, 'nifti');
    expect([files.length, findings.filter((f) => f.id === 'R-many').length]).toEqual([257, 1]);
  });

  it('an outline of so many points that its text needs a 32-bit length', async () => {
    const grid = { size: [150, 150, 1] as const, affine: UPRIGHT.affine };
    const net = mask((x, y) => x % 3 !== 1 || y % 3 !== 1, grid);
    const target = { ...TARGET, grid, source: { seriesUid: SERIES, planes: planes.slice(0, 1) } };
    const one = region('net', net, { shape: { kind: 'voxels', grid, data: net } });
    const [{ bytes }] = regionFiles({ regions: [one], target, format: 'rtstruct', release: RELEASE }).files;
    expect(readDicom(bytes, 'x').transferSyntax).toBe('1.2.840.10008.1.2');
    const [placed] = await back('rtstruct', bytes, target);
    expect([placed.mask.data, placed.findings]).toEqual([net, []]);
    if (process.env.KEEP_NET) writeFileSync(process.env.KEEP_NET, bytes);
  });

  it('an image that is no DICOM has no references, and takes its regions back', async () => {
    const target = { grid: UPRIGHT, frameOfReference: '', uid: 'image.nii', attributes: {} };
    const one = region('one', core, {
      frameOfReference: '',
      shape: { kind: 'voxels', grid: UPRIGHT, data: core },
    });
    for (const format of ['seg', 'rtstruct'] as const) {
      const { files } = regionFiles({ regions: [one], target, format, release: RELEASE });
      const [placed] = await back(format, files[0].bytes, target);
      expect([placed.mask.data, placed.findings]).toEqual([core, []]);
    }
  });

  it('frames of one instance are referred to by their numbers', () => {
    const enhanced = planes.map((_, k) => ({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2.1',
      sopUid: '1.2.840.99.4.1',
      frame: k + 1,
    }));
    const target = { ...TARGET, source: { seriesUid: SERIES, planes: enhanced } };
    const request = { regions: [region('core', core)], target, release: { ...RELEASE, identified: true } };
    const [seg, structures] = (['seg', 'rtstruct'] as const).map((format) => {
      const { attributes: a } = readDicom(regionFiles({ ...request, format }).files[0].bytes, 'x');
      return a;
    });
    const frames = itemsOf(seg, '52009230').map((group) => {
      const [derivation] = itemsOf(group, '00089124');
      return numberOf(itemsOf(derivation, '00082112')[0], '00081160');
    });
    expect(frames).toEqual([3, 4, 5]);
    expect(itemsOf(itemsOf(seg, '00081115')[0], '0008114A')).toHaveLength(1);
    const contours = itemsOf(itemsOf(structures, '30060039')[0], '30060040');
    expect(contours.map((c) => numberOf(itemsOf(c, '30060016')[0], '00081160'))).toEqual([3, 4, 5]);
  });

  it('says who drew a region: hand, hand with a tool, program', async () => {
    const ways = [
      { how: 'MANUAL', tool: '' },
      { how: 'SEMIAUTOMATIC', tool: 'region growing' },
      { how: 'AUTOMATIC', tool: 'Otsu' },
    ] as const;
    const regions = ways.map((authorship) => region(authorship.how, core, { authorship }));
    const seg = await read('seg', exported(regions, 'seg').files[0].bytes);
    expect(seg.map((r) => r.authorship)).toEqual(ways);
    const structures = await read('rtstruct', exported(regions, 'rtstruct').files[0].bytes);
    expect(structures.map((r) => r.authorship?.how)).toEqual(ways.map((w) => w.how));
  });
});

describe('what is not written is said, and the others are', () => {
  const good = region('good', core);

  it('an empty region', async () => {
    const { files, findings } = exported([region('empty', new Uint8Array(1001)), good], 'seg');
    expect(findings.map((f) => `${f.id} ${f.severity} ${f.subject}`)).toEqual(['V-01 block empty']);
    expect((await back('seg', files[0].bytes)).map((p) => p.mask.name)).toEqual(['good']);
    expect(exported([region('empty', new Uint8Array(1001))], 'seg').files).toEqual([]);
  });

  it('a region of another frame of reference', () => {
    const { files, findings } = exported(
      [region('far', core, { frameOfReference: '9.9' }), good],
      'rtstruct',
    );
    expect(findings.map((f) => `${f.id} ${f.severity} ${f.subject}`)).toEqual(['V-01 block far']);
    expect(files[0].holds.map((h) => h.region)).toEqual(['good']);
  });

  it('a region on another grid, unless it may be resampled', () => {
    const grid = { size: GRID.size, affine: { ...GRID.affine, origin: [-31, 12.3, 481] as const } };
    const other = region('other', core, { shape: { kind: 'voxels', grid, data: core } });
    const { files, refused } = exported([other, good], 'seg');
    expect(refused).toMatchObject([{ kind: 'region_grid_differs', file: 'other' }]);
    expect(files[0].holds.map((h) => h.region)).toEqual(['good']);
    const resampled = exported([other, good], 'seg', { resample: true });
    expect(resampled.files[0].holds).toHaveLength(2);
  });

  it('an image whose rows and columns are not square to one another can be no SEG', () => {
    const [x, y, z] = GRID.affine.matrix;
    const grid = {
      size: GRID.size,
      affine: { origin: GRID.affine.origin, matrix: [x, [y[0] + 0.3, y[1], 0], z] as const },
    };
    const one = region('one', core, { shape: { kind: 'voxels', grid, data: core } });
    expect(() =>
      regionFiles({ regions: [one], target: { ...TARGET, grid }, format: 'seg', release: RELEASE }),
    ).toThrow('unsupported_encoding');
  });
});

describe('nothing that identifies leaves', () => {
  /** Every text of a file, packed parts unpacked; DICOM texts and UIDs are plain bytes. */
  const textOf = (bytes: Uint8Array<ArrayBuffer>): string => {
    const plain = bytes[0] === 0x1f ? gunzip(bytes, 2 ** 24).bytes : bytes;
    return new TextDecoder('latin1').decode(plain).toLowerCase();
  };
  const words = Object.values(IDENTIFYING)
    .flatMap((value) => [value, ...value.split(/[\^ ]/)])
    .concat(planes.map((p) => p.sopUid))
    .filter((word) => word.length > 3 && word !== 'for')
    .map((word) => word.toLowerCase());
  const regions = [region('GTV Quixote', shell), region('of LM-1605', diagonal), region('core', core)];
  const files = (identified: boolean) => {
    const release = { ...RELEASE, identified };
    const table = { region: regions[0].id, settings: {}, features: [] };
    const report = reportFiles({ regions, target: TARGET, release, modality: 'CT' }, [table]);
    return [
      ...(['seg', 'rtstruct', 'nifti', 'nrrd'] as const).flatMap(
        (format) => exported(regions, format, { release }).files,
      ),
      ...report.files,
    ];
  };

  it('no value of the source, in the files or their names; the preamble is empty', () => {
    const all = files(false);
    expect(all.map((f) => f.name)).toContain('measurements.dcm');
    for (const { name, bytes } of all) {
      const text = textOf(bytes);
      const found = words.filter((word) => text.includes(word) || name.toLowerCase().includes(word));
      expect({ name, found }).toEqual({ name, found: [] });
      if (name.endsWith('.dcm')) expect(bytes.subarray(0, 128).every((b) => b === 0)).toBe(true);
    }
  });

  it('regions named after the patient leave under numbers, and that is said', () => {
    const { files: written, findings } = exported(regions, 'seg');
    expect(written[0].holds.map((h) => h.region)).toEqual(['Region 1', 'Region 2', 'core']);
    expect(findings.map((f) => f.id)).toEqual(['R-renamed', 'R-renamed']);
  });

  it('equal content leaves equal, other content under other UIDs, and both name the same image', () => {
    const uids = (data: Uint8Array) => {
      const { attributes: a } = readDicom(
        exported([region('r', data, { colour: [1, 2, 3] })], 'seg').files[0].bytes,
        'x',
      );
      return ['00080018', '0020000E', '0020000D', '00200052'].map((tag) => a[tag].text);
    };
    expect(uids(core)).toEqual(uids(core));
    const [first, other] = [uids(core), uids(shell)];
    expect(first.slice(2)).toEqual(other.slice(2));
    expect(first[0]).not.toBe(other[0]);
    expect(first[1]).not.toBe(other[1]);
  });

  it('asked for, patient, study and UIDs are those of the image, and nothing else of it', () => {
    for (const { name, bytes } of files(true).filter((f) => f.name.endsWith('.dcm'))) {
      const { attributes: a } = readDicom(bytes, name);
      expect(a['00100010'].text?.trim()).toBe('Quixote^Alonso');
      expect(a['0020000D'].text?.replace(/\0/, '')).toBe('1.2.840.99.3');
      expect(a['00080012'].text).toBe('20260301');
      expect(a['00120062']).toBeUndefined();
      const text = textOf(bytes);
      for (const kept of ['sancho', 'windmills', 'rocinante', 'dulcinea', 'clinica'])
        expect({ name, kept, there: text.includes(kept) }).toEqual({ name, kept, there: false });
    }
  });
});
