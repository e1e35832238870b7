import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { toPatient, type Grid, type Vec3 } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { readNifti } from './read.ts';
import { writeNifti } from './write.ts';

interface Made {
  readonly littleEndian?: boolean;
  readonly axes?: readonly number[];
  readonly datatype?: number;
  readonly pixdim?: readonly number[];
  readonly magic?: string;
  readonly units?: number;
  readonly slope?: number;
  readonly inter?: number;
  readonly quaternion?: readonly number[];
  readonly sform?: readonly number[];
  readonly offset?: number;
  readonly put?: (view: DataView, at: number, littleEndian: boolean) => void;
  readonly bytes: number;
}

/** A NIfTI-1 file put together field by field after nifti1.h, apart from the writer under test. */
function made(m: Made): Uint8Array<ArrayBuffer> {
  const e = m.littleEndian ?? true;
  const pair = m.magic === 'ni1';
  const at = pair ? 348 : 352;
  const file = new Uint8Array(at + m.bytes);
  const v = new DataView(file.buffer);
  const axes = m.axes ?? [2, 2, 1];
  v.setInt32(0, 348, e);
  [axes.length, ...axes].forEach((n, i) => v.setInt16(40 + 2 * i, n, e));
  v.setInt16(70, m.datatype ?? 4, e);
  (m.pixdim ?? [1, 2, 3, 4, 5]).forEach((n, i) => v.setFloat32(76 + 4 * i, n, e));
  v.setFloat32(108, m.offset ?? (pair ? 0 : 352), e);
  v.setFloat32(112, m.slope ?? 0, e);
  v.setFloat32(116, m.inter ?? 0, e);
  v.setUint8(123, m.units ?? 2);
  if (m.quaternion) {
    v.setInt16(252, 1, e);
    m.quaternion.forEach((n, i) => v.setFloat32(256 + 4 * i, n, e));
  }
  if (m.sform) {
    v.setInt16(254, 1, e);
    m.sform.forEach((n, i) => v.setFloat32(280 + 4 * i, n, e));
  }
  [...(m.magic ?? 'n+1')].forEach((c, i) => v.setUint8(344 + i, c.charCodeAt(0)));
  m.put?.(v, at, e);
  return file;
}

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof RefusedInput) return error.kind;
    throw error;
  }
  return 'accepted';
};

const TYPES: readonly [string, number, number, (v: DataView, at: number, x: number, e: boolean) => void][] = [
  ['uint8', 2, 1, (v, at, x) => v.setUint8(at, x)],
  ['int16', 4, 2, (v, at, x, e) => v.setInt16(at, x, e)],
  ['int32', 8, 4, (v, at, x, e) => v.setInt32(at, x, e)],
  ['float32', 16, 4, (v, at, x, e) => v.setFloat32(at, x, e)],
  ['float64', 64, 8, (v, at, x, e) => v.setFloat64(at, x, e)],
  ['int8', 256, 1, (v, at, x) => v.setInt8(at, x)],
  ['uint16', 512, 2, (v, at, x, e) => v.setUint16(at, x, e)],
  ['uint32', 768, 4, (v, at, x, e) => v.setUint32(at, x, e)],
  ['int64', 1024, 8, (v, at, x, e) => v.setBigInt64(at, BigInt(x), e)],
  ['uint64', 1280, 8, (v, at, x, e) => v.setBigUint64(at, BigInt(x), e)],
];
const VALUES: Readonly<Record<string, readonly number[]>> = {
  uint8: [0, 1, 128, 255],
  int16: [-32768, -1, 258, 32767],
  int32: [-(2 ** 31), -1, 16777217, 2 ** 31 - 1],
  float32: [-1.5, 0, 0.25, 3e38],
  float64: [-1e300, 0.1, 1 / 3, 5e-324],
  int8: [-128, -1, 0, 127],
  uint16: [0, 1, 32768, 65535],
  uint32: [0, 1, 16777217, 2 ** 32 - 1],
  int64: [-(2 ** 53) + 1, -1, 2 ** 32 + 7, 2 ** 53 - 1],
  uint64: [0, 1, 2 ** 32 + 7, 2 ** 53 - 1],
};

describe('readNifti: values', () => {
  for (const littleEndian of [true, false]) {
    it.each(TYPES)(
      `%s, ${littleEndian ? 'little' : 'big'}-endian, plain and gzipped`,
      (name, datatype, width, set) => {
        const file = made({
          littleEndian,
          datatype,
          bytes: 4 * width,
          put: (v, at, e) => VALUES[name].forEach((x, i) => set(v, at + i * width, x, e)),
        });
        for (const bytes of [file, gzipSync(file)]) {
          const image = readNifti(bytes, 'a.nii');
          expect(Array.from(image.data)).toEqual(
            Array.from(name === 'float32' ? new Float32Array(VALUES[name]) : VALUES[name]),
          );
          expect(image.storedType).toBe(name);
          expect(image.integral).toBe(name === 'uint8' || name === 'uint16');
        }
      },
    );
  }

  it('rounds integers beyond 2^53 and says so', () => {
    const file = made({
      axes: [1, 1, 1],
      datatype: 1024,
      bytes: 8,
      put: (v, at) => v.setBigInt64(at, 2n ** 53n + 1n, true),
    });
    expect(readNifti(file, 'a.nii').warnings.join()).toContain('2^53');
  });

  it('applies slope and intercept in double precision', () => {
    const put = (v: DataView, at: number) =>
      [0, 1, 2, 1000].forEach((x, i) => v.setInt16(at + 2 * i, x, true));
    const image = readNifti(made({ slope: 0.5, inter: -1024, bytes: 8, put }), 'a.nii');
    expect([...image.data]).toEqual([-1024, -1023.5, -1023, -524]);
    expect(image.data).toBeInstanceOf(Float64Array);
    // A slope of zero means no scaling, whatever the intercept says.
    expect([...readNifti(made({ slope: 0, inter: 7, bytes: 8, put }), 'a.nii').data]).toEqual([
      0, 1, 2, 1000,
    ]);
  });

  it('flattens time and further axes; gives seconds from the unit', () => {
    const image = readNifti(
      made({ axes: [2, 1, 1, 3, 2], units: 2 | 16, pixdim: [1, 1, 1, 1, 2500, 1], bytes: 24 }),
      'a.nii',
    );
    expect([image.size, image.count, image.timeStep]).toEqual([[2, 1, 1], 6, 2.5]);
    expect(image.warnings.join()).toContain('flattened');
    expect(readNifti(made({ axes: [1, 1, 1, 2], units: 2, bytes: 4 }), 'a.nii').timeStep).toBeUndefined();
  });
});

describe('readNifti: orientation', () => {
  const at = (image: { affine: Grid['affine'] }, i: number, j: number, k: number): number[] =>
    toPatient(image.affine, i, j, k).map((x) => Math.round(x * 1e4) / 1e4 + 0);

  it('prefers the sform and turns RAS into LPS', () => {
    const sform = [0, 2, 0, 10, 3, 0, 0, 20, 0, 0, 4, 30];
    const image = readNifti(made({ sform, quaternion: [0, 0, 0, 0, 0, 0], bytes: 8 }), 'a.nii');
    expect(at(image, 0, 0, 0)).toEqual([-10, -20, 30]);
    expect(at(image, 1, 2, 3)).toEqual([-14, -23, 42]); // RAS (10 + 2·2, 20 + 3·1, 30 + 4·3)
    expect(image.warnings.join()).toContain('differ');
  });

  it('reads the qform with qfac', () => {
    // 90° about z: x to y, y to -x; third axis turned by qfac.
    const half = Math.SQRT1_2;
    const image = readNifti(
      made({ quaternion: [0, 0, half, 1, 2, 3], pixdim: [-1, 2, 3, 4], bytes: 8 }),
      'a.nii',
    );
    expect(at(image, 1, 0, 0)).toEqual([-1, -(2 + 2), 3]);
    expect(at(image, 0, 1, 0)).toEqual([-(1 - 3), -2, 3]);
    expect(at(image, 0, 0, 1)).toEqual([-1, -2, 3 - 4]);
  });

  it('takes the order of Analyze where nothing is said, with a warning', () => {
    const image = readNifti(made({ axes: [3, 5, 7], pixdim: [1, 2, 3, 4], bytes: 210 }), 'a.nii');
    expect(at(image, 0, 0, 0)).toEqual([-2, 6, -12]);
    expect(at(image, 2, 4, 6)).toEqual([2, -6, 12]);
    expect(image.warnings.join()).toContain('orientation');
  });

  it('converts metres', () => {
    const image = readNifti(
      made({ units: 1, sform: [0.002, 0, 0, 0.01, 0, 0.002, 0, 0, 0, 0, 0.002, 0], bytes: 8 }),
      'a.nii',
    );
    expect(at(image, 1, 0, 0)).toEqual([-12, 0, 0]);
  });

  it('falls back from a flat sform', () => {
    const image = readNifti(
      made({ sform: new Array(12).fill(0), quaternion: [0, 0, 0, 5, 6, 7], bytes: 8 }),
      'a.nii',
    );
    expect(at(image, 0, 0, 0)).toEqual([-5, -6, 7]);
  });
});

describe('readNifti: pairs, NIfTI-2 and hostile files', () => {
  it('reads a pair, gzipped or not, and asks for the missing half', () => {
    const header = made({ magic: 'ni1', bytes: 0 });
    const img = new Uint8Array(new Int16Array([1, 2, 3, 4]).buffer);
    expect([...readNifti(header, 'a.hdr', img).data]).toEqual([1, 2, 3, 4]);
    expect([...readNifti(gzipSync(header), 'a.hdr.gz', gzipSync(img)).data]).toEqual([1, 2, 3, 4]);
    expect(refusal(() => readNifti(header, 'a.hdr'))).toBe('detached_data_missing');
  });

  it('reads Analyze 7.5', () => {
    const header = made({ magic: '', offset: 0, bytes: 0 });
    const image = readNifti(header, 'a.hdr', new Uint8Array(new Int16Array([1, 2, 3, 4]).buffer));
    expect([...image.data]).toEqual([1, 2, 3, 4]);
    expect(image.warnings).toContain('Analyze 7.5');
  });

  it.each([true, false])('reads NIfTI-2, little-endian %s', (e) => {
    const file = new Uint8Array(544 + 8);
    const v = new DataView(file.buffer);
    v.setInt32(0, 540, e);
    [...'n+2'].forEach((c, i) => v.setUint8(4 + i, c.charCodeAt(0)));
    v.setInt16(12, 4, e);
    [3, 2, 2, 1].forEach((n, i) => v.setBigInt64(16 + 8 * i, BigInt(n), e));
    [1, 1, 1, 1].forEach((n, i) => v.setFloat64(104 + 8 * i, n, e));
    v.setBigInt64(168, 544n, e);
    v.setInt32(348, 1, e);
    [1, 0, 0, 5, 0, 1, 0, 6, 0, 0, 1, 7].forEach((n, i) => v.setFloat64(400 + 8 * i, n, e));
    v.setInt32(500, 2, e);
    [5, -6, 7, 8].forEach((n, i) => v.setInt16(544 + 2 * i, n, e));
    const image = readNifti(file, 'a.nii');
    expect([...image.data]).toEqual([5, -6, 7, 8]);
    expect(image.affine.origin).toEqual([-5, -6, 7]);
  });

  it.each([
    ['32767³ claimed', { axes: [32767, 32767, 32767], datatype: 16, bytes: 0 }, 'too_large'],
    ['600³ claimed', { axes: [600, 600, 600], bytes: 64 }, 'truncated'],
    ['no axis', { axes: [], bytes: 8 }, 'bad_nifti'],
    ['negative axis', { axes: [2, -2, 1], bytes: 8 }, 'bad_nifti'],
    ['offset before the header', { offset: 12, bytes: 8 }, 'bad_nifti'],
    ['offset not finite', { offset: NaN, bytes: 8 }, 'bad_nifti'],
    ['spacing not a number', { pixdim: [1, NaN, 1, 1], bytes: 8 }, 'bad_nifti'],
    ['slope infinite', { slope: Infinity, bytes: 8 }, 'bad_nifti'],
    ['complex', { datatype: 32, bytes: 32 }, 'unsupported_encoding'],
    ['colour', { datatype: 128, bytes: 12 }, 'unsupported_encoding'],
    ['one byte short', { bytes: 7 }, 'truncated'],
  ] as const)('refuses: %s', (_, spec, kind) => {
    expect(refusal(() => readNifti(made(spec), 'a.nii'))).toBe(kind);
    expect(refusal(() => readNifti(gzipSync(made(spec)), 'a.nii.gz'))).toBe(kind);
  });

  it('refuses a gzip file that is cut or changed', () => {
    const noise = made({
      axes: [40, 40, 1],
      bytes: 3200,
      put: (v, at) => {
        for (let i = 0; i < 1600; i++) v.setInt16(at + 2 * i, (i * 7919) % 4099, true);
      },
    });
    const packed = gzipSync(noise);
    expect(refusal(() => readNifti(packed.subarray(0, packed.length / 2), 'a.nii.gz'))).toBe('decode_failed');
    const changed = packed.slice();
    changed[packed.length - 8] ^= 1; // the checksum
    expect(refusal(() => readNifti(changed, 'a.nii.gz'))).toBe('decode_failed');
  });

  it('never throws anything but a refusal, whatever byte of the header is changed', () => {
    const good = made({ sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], bytes: 8 });
    for (let at = 0; at < 352; at++) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const bytes = good.slice();
        bytes[at] = value;
        refusal(() => readNifti(bytes, 'a.nii'));
      }
    }
  });
});

describe('writeNifti', () => {
  const rotated = (): Grid => {
    const [c, s] = [Math.cos(0.4), Math.sin(0.4)];
    const matrix: [Vec3, Vec3, Vec3] = [
      [0.7 * c, 0.7 * s, 0],
      [-0.8 * s, 0.8 * c, 0],
      [0, 0, -2.5],
    ];
    return { size: [3, 4, 5], affine: { origin: [-10.5, 20.25, 300], matrix } };
  };
  const flat = (g: Grid['affine']): number[] => [...g.origin, ...g.matrix.flat()];

  it('gives back grid and values', () => {
    const grid = rotated();
    const data = Float32Array.from({ length: 60 }, (_, i) => i / 7);
    const image = readNifti(writeNifti({ grid, data }, { description: 'Kinetex тест' }), 'a.nii.gz');
    expect(image.size).toEqual(grid.size);
    expect([...image.data]).toEqual([...data]);
    flat(image.affine).forEach((v, i) => expect(v).toBeCloseTo(flat(grid.affine)[i], 4));
    expect(image.warnings).toEqual([]); // sform and qform agree
  });

  it('writes labels as bytes, and volumes with their time step', () => {
    const grid = rotated();
    const labels = readNifti(writeNifti({ grid, data: new Uint8Array(60).fill(3) }), 'a.nii.gz');
    expect([labels.storedType, labels.integral, labels.data[59]]).toEqual(['uint8', true, 3]);
    const series = readNifti(
      writeNifti({ grid, data: new Float64Array(180) }, { timeStep: 4.5 }),
      'a.nii.gz',
    );
    expect([series.count, series.timeStep]).toEqual([3, 4.5]);
  });

  it('writes a qform that gives the same grid without the sform, for every signed permutation of the axes', async () => {
    const { gunzipSync } = await import('fflate');
    const units: Vec3[] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    for (const [a, b, c] of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      for (let signs = 0; signs < 8; signs++) {
        const step = (axis: number, bit: number, mm: number): Vec3 =>
          units[axis].map((x) => x * mm * (signs & bit ? -1 : 1)) as unknown as Vec3;
        const grid: Grid = {
          size: [2, 2, 2],
          affine: { origin: [1, 2, 3], matrix: [step(a, 1, 1), step(b, 2, 2), step(c, 4, 3)] },
        };
        const file = gunzipSync(writeNifti({ grid, data: new Uint8Array(8) }));
        file[254] = 0; // sform_code
        flat(readNifti(file, 'a.nii').affine).forEach((v, i) =>
          expect(v).toBeCloseTo(flat(grid.affine)[i], 5),
        );
      }
    }
  });

  it('declares no qform for a sheared grid', () => {
    const grid = rotated();
    const sheared: Grid = {
      ...grid,
      affine: { ...grid.affine, matrix: [grid.affine.matrix[0], grid.affine.matrix[1], [0, 0.6, 2.5]] },
    };
    const image = readNifti(writeNifti({ grid: sheared, data: new Uint8Array(60) }), 'a.nii.gz');
    flat(image.affine).forEach((v, i) => expect(v).toBeCloseTo(flat(sheared.affine)[i], 4));
    expect(image.warnings).toEqual([]);
  });

  it('refuses data that do not fill the grid', () => {
    expect(() => writeNifti({ grid: rotated(), data: new Uint8Array(61) })).toThrow(RangeError);
  });
});
