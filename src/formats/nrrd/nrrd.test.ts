import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { RefusedInput } from '../../core/refusal.ts';
import { readNrrd } from './read.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

function nrrd(lines: readonly string[], data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const head = ascii(`NRRD0005\n# made by the test\n${lines.join('\n')}\n\n`);
  const file = new Uint8Array(head.length + data.length);
  file.set(head);
  file.set(data, head.length);
  return file;
}

const GEOMETRY = [
  'space: left-posterior-superior',
  'space directions: (2,0,0) (0,3,0) (0,0,4)',
  'space origin: (1,2,3)',
];
const cube = (extra: readonly string[], type = 'short') => [
  `type: ${type}`,
  'dimension: 3',
  'sizes: 2 2 1',
  ...extra,
];
const shorts = (...v: number[]): Uint8Array => new Uint8Array(Int16Array.from(v).buffer);

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof RefusedInput) return error.kind;
    throw error;
  }
  return 'accepted';
};

describe('readNrrd: values', () => {
  const raw = shorts(1, -2, 300, 32767);
  const swapped = Uint8Array.from({ length: 8 }, (_, i) => raw[i ^ 1]);
  // `printf '\x01\x00\xfe\xff\x2c\x01\xff\x7f' | bzip2 | xxd -p`
  const bz2 = Uint8Array.from(
    Buffer.from(
      '425a68393141592653592c2e2a8a000000d080e000000400008001a000221868300521d430bb9229c2848161715450',
      'hex',
    ),
  );
  it.each([
    ['raw', ['encoding: raw', 'endian: little'], raw],
    ['raw, big-endian', ['encoding: raw', 'endian: big'], swapped],
    ['gzip', ['encoding: gz', 'endian: little'], gzipSync(raw)],
    ['bzip2', ['encoding: bzip2', 'endian: little'], bz2],
    ['text', ['encoding: txt'], ascii('1 -2\n300, 32767\n')],
    ['hexadecimal', ['encoding: hex', 'endian: little'], ascii('0100 FEff\n2c01ff7f')],
    [
      'after lines and bytes',
      ['encoding: raw', 'endian: little', 'line skip: 2', 'byteskip: 1'],
      Uint8Array.from([65, 10, 10, 9, ...raw]),
    ],
    [
      'gzip after bytes',
      ['encoding: gzip', 'endian: little', 'byte skip: 3'],
      gzipSync(Uint8Array.from([1, 2, 3, ...raw])),
    ],
    ['at the end', ['encoding: raw', 'endian: little', 'byte skip: -1'], Uint8Array.from([7, 7, 7, ...raw])],
  ])('%s', (_, lines, data) => {
    expect([...readNrrd(nrrd(cube([...GEOMETRY, ...lines]), data), 'a.nrrd').data]).toEqual([
      1, -2, 300, 32767,
    ]);
  });

  it('keeps 32-bit integers, 64-bit integers and doubles exact', () => {
    const one = (type: string, data: ArrayBufferView) =>
      readNrrd(
        nrrd(
          [`type: ${type}`, 'dimension: 1', 'sizes: 1', 'endian: little', 'encoding: raw'],
          new Uint8Array(data.buffer),
        ),
        'a',
      ).data[0];
    expect(one('unsigned int', Uint32Array.of(4294967295))).toBe(4294967295);
    expect(one('long long', BigInt64Array.of(-9007199254740991n))).toBe(-9007199254740991);
    expect(one('double', Float64Array.of(0.1))).toBe(0.1);
    expect(one('float', Float32Array.of(0.1))).toBe(Math.fround(0.1));
    expect(one('signed char', Int8Array.of(-5))).toBe(-5);
  });

  it('text: not-a-number, infinity and 64-bit integers', () => {
    const lines = (type: string) => [`type: ${type}`, 'dimension: 1', 'sizes: 3', 'encoding: text'];
    expect([...readNrrd(nrrd(lines('float'), ascii('nan -inf 1e2')), 'a').data]).toEqual([
      NaN,
      -Infinity,
      100,
    ]);
    expect([...readNrrd(nrrd(lines('int64'), ascii('-1 0 9007199254740991')), 'a').data]).toEqual([
      -1, 0, 9007199254740991,
    ]);
    expect(refusal(() => readNrrd(nrrd(lines('uchar'), ascii('1 2 256')), 'a'))).toBe('bad_nrrd');
    expect(refusal(() => readNrrd(nrrd(lines('uchar'), ascii('1 2 x')), 'a'))).toBe('bad_nrrd');
    expect(refusal(() => readNrrd(nrrd(lines('uchar'), ascii('10 20')), 'a'))).toBe('truncated');
  });
});

describe('readNrrd: axes', () => {
  const read = (lines: readonly string[], n: number) =>
    readNrrd(
      nrrd(
        ['type: uchar', 'encoding: raw', ...lines],
        Uint8Array.from({ length: n }, (_, i) => i),
      ),
      'a.nrrd',
    );

  it.each([
    ['left-posterior-superior', [1, 2, 3], [2, 0, 0], [0, 3, 0]],
    ['RAS', [-1, -2, 3], [-2, 0, 0], [0, -3, 0]],
    ['left-anterior-superior', [1, -2, 3], [2, 0, 0], [0, -3, 0]],
    ['right-anterior-superior-time', [-1, -2, 3], [-2, 0, 0], [0, -3, 0]],
  ])('space %s', (space, origin, x, y) => {
    const image = read(['dimension: 3', 'sizes: 2 2 2', `space: ${space}`, ...GEOMETRY.slice(1)], 8);
    const plain = (v: readonly number[]) => v.map((c) => c + 0);
    expect(plain(image.affine.origin)).toEqual(origin);
    expect(image.affine.matrix.slice(0, 2).map(plain)).toEqual([x, y]);
    expect(image.warnings).toEqual([]);
  });

  it('warns of a space without anatomy and of spacing alone', () => {
    expect(
      read(['dimension: 3', 'sizes: 2 2 2', 'space: scanner-xyz', ...GEOMETRY.slice(1)], 8).warnings,
    ).toHaveLength(1);
    const image = read(['dimension: 3', 'sizes: 2 2 2', 'spacings: 0.5 2 3'], 8);
    expect(image.affine.matrix).toEqual([
      [0.5, 0, 0],
      [0, 2, 0],
      [0, 0, 3],
    ]);
    expect(image.warnings).toHaveLength(1);
  });

  it('puts an axis outside space last, wherever it stands', () => {
    const space = ['dimension: 4', 'space: LPS', 'space origin: (0,0,0)'];
    const last = read([...space, 'sizes: 2 2 1 3', 'space directions: (1,0,0) (0,1,0) (0,0,1) none'], 12);
    expect([last.size, last.count, [...last.data]]).toEqual([
      [2, 2, 1],
      3,
      Array.from({ length: 12 }, (_, i) => i),
    ]);
    const first = read([...space, 'sizes: 3 2 2 1', 'space directions: none (1,0,0) (0,1,0) (0,0,1)'], 12);
    expect([first.size, first.count]).toEqual([[2, 2, 1], 3]);
    expect([...first.data]).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
    const middle = read([...space, 'sizes: 2 3 2 1', 'space directions: (1,0,0) none (0,1,0) (0,0,1)'], 12);
    expect([...middle.data]).toEqual([0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]);
    const kinds = read(['dimension: 4', 'sizes: 3 2 2 1', 'kinds: vector domain domain domain'], 12);
    expect([kinds.size, kinds.count]).toEqual([[2, 2, 1], 3]);
  });

  it('gives seconds between volumes from a time axis or frame labels', () => {
    const space = [
      'dimension: 4',
      'sizes: 1 1 1 3',
      'space: LPS',
      'space directions: (1,0,0) (0,1,0) (0,0,1) none',
    ];
    expect(read(space, 3).timeStep).toBeUndefined();
    const labels = ['MultiVolume.FrameLabels:=0,2500,5000', 'MultiVolume.FrameIdentifyingDICOMTagUnits:=ms'];
    expect(read([...space, ...labels], 3).timeStep).toBe(2.5);
    const uneven = ['MultiVolume.FrameLabels:=0,2500,9000', labels[1]];
    expect(read([...space, ...uneven], 3).timeStep).toBeUndefined();
    const time = [
      'dimension: 4',
      'sizes: 1 1 1 3',
      'kinds: domain domain domain time',
      'spacings: 1 1 1 250',
      'units: "mm" "mm" "mm" "ms"',
    ];
    expect(read(time, 3).timeStep).toBe(0.25);
  });

  it('gives a flat image a third step at right angles', () => {
    const image = read(
      [
        'dimension: 2',
        'sizes: 2 2',
        'space: LPS',
        'space directions: (0,2,0) (0,0,3)',
        'space origin: (0,0,0)',
      ],
      4,
    );
    expect(image.affine.matrix[2]).toEqual([1, 0, 0]);
    expect(image.size).toEqual([2, 2, 1]);
  });
});

describe('readNrrd: detached data and hostile headers', () => {
  const head = (name: string) =>
    ascii(
      `NRRD0004\n${cube([...GEOMETRY, 'encoding: raw', 'endian: little']).join('\n')}\ndata file: ${name}`,
    );
  const files = new Map([
    ['a.raw', shorts(1, 2, 3, 4)],
    ['p01.raw', shorts(1, 2)],
    ['p02.raw', shorts(3, 4)],
  ]);
  const read = (name: string) => readNrrd(head(name), 'a.nhdr', (wanted) => files.get(wanted));

  it.each(['a.raw', './a.raw', 'p%02d.raw 1 2 1', 'LIST\np01.raw\np02.raw', 'LIST 2\np01.raw\np02.raw\n'])(
    'data file: %s',
    (name) => {
      expect([...read(name).data]).toEqual([1, 2, 3, 4]);
    },
  );

  it.each([
    'b.raw',
    '../a.raw',
    '/etc/passwd',
    'x/../../a.raw',
    'C:\\a.raw',
    'http://a/a.raw',
    'file:a.raw',
    'LIST\n../p01.raw\np02.raw',
  ])('is not looked for: %s', (name) => {
    const asked: string[] = [];
    const kind = refusal(() => readNrrd(head(name), 'a.nhdr', (wanted) => (asked.push(wanted), undefined)));
    expect(kind).toBe('detached_data_missing');
    expect(asked.filter((a) => a !== 'b.raw')).toEqual([]);
  });

  it('refuses detached data longer than the header says when it skips nothing', () => {
    files.set('long.raw', shorts(9, 1, 2, 3, 4));
    expect(refusal(() => read('long.raw'))).toBe('bad_nrrd');
  });

  const raw = ['encoding: raw', 'endian: little'];
  it.each([
    ['not a number in sizes', ['type: short', 'dimension: 1', 'sizes: x', ...raw], 'bad_nrrd'],
    ['sizes fewer than axes', ['type: short', 'dimension: 3', 'sizes: 2 2', ...raw], 'bad_nrrd'],
    ['zero size', ['type: short', 'dimension: 1', 'sizes: 0', ...raw], 'bad_nrrd'],
    ['100 axes', ['type: short', 'dimension: 100', `sizes: ${'1 '.repeat(100).trim()}`, ...raw], 'bad_nrrd'],
    ['8 PB', ['type: double', 'dimension: 3', 'sizes: 100000 100000 100000', ...raw], 'too_large'],
    ['more than there is', ['type: double', 'dimension: 2', 'sizes: 1000 1000', ...raw], 'truncated'],
    [
      'more than gzip can hold',
      ['type: double', 'dimension: 2', 'sizes: 10000 1000', 'encoding: gzip', 'endian: little'],
      'truncated',
    ],
    [
      'text shorter than its count',
      ['type: int', 'dimension: 2', 'sizes: 9999 9999', 'encoding: text'],
      'truncated',
    ],
    ['block type', ['type: block', 'dimension: 1', 'sizes: 1', ...raw], 'unsupported_encoding'],
    [
      'unknown encoding',
      ['type: short', 'dimension: 1', 'sizes: 1', 'encoding: zstd'],
      'unsupported_encoding',
    ],
    ['no type', ['dimension: 1', 'sizes: 1', ...raw], 'missing_attributes'],
    ['no byte order', ['type: short', 'dimension: 1', 'sizes: 1', 'encoding: raw'], 'missing_attributes'],
    [
      'direction NaN',
      cube([...raw, 'space: LPS', 'space directions: (nan,0,0) (0,1,0) (0,0,1)']),
      'bad_nrrd',
    ],
    [
      'flat directions',
      cube([...raw, 'space: LPS', 'space directions: (1,0,0) (2,0,0) (0,0,1)']),
      'bad_nrrd',
    ],
    ['negative skip', cube([...raw, 'byte skip: -5']), 'bad_nrrd'],
    ['line without colon', cube([...raw, 'nonsense']), 'bad_nrrd'],
  ])('refuses: %s', (_, lines, kind) => {
    expect(refusal(() => readNrrd(nrrd(lines, new Uint8Array(16)), 'a.nrrd'))).toBe(kind);
  });

  it('refuses a header that never ends and one that is none', () => {
    expect(refusal(() => readNrrd(ascii('NRRD0005\n' + '# x\n'.repeat(1000)), 'a'))).toBe('bad_nrrd');
    expect(refusal(() => readNrrd(ascii('NRRDabcd'), 'a'))).toBe('bad_nrrd');
  });
});
