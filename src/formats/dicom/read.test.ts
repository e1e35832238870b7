import { describe, expect, it } from 'vitest';
import { itemsOf, numberOf, numbersOf, textOf } from '../../core/dicom.ts';
import { RefusedInput } from '../../core/refusal.ts';
import {
  concat,
  dataSet,
  fragments,
  image,
  part10,
  SYNTAX,
  words,
  type MadeElement,
} from './build.testing.ts';
import { decodePixels } from './decode.ts';
import { encodeRle } from './encode.testing.ts';
import { isDicom, readDicom } from './read.ts';

const BASE = { rows: 2, columns: 2, pixels: words([1, 2, 3, 4]) };
const read = (bytes: Uint8Array) => readDicom(bytes, 'made.dcm');
const withElements = (more: readonly MadeElement[], syntax: string = SYNTAX.explicit) =>
  read(image({ ...BASE, syntax, more }));

function refusal(bytes: Uint8Array): string {
  try {
    return `read as ${read(bytes).kind}`;
  } catch (error) {
    if (error instanceof RefusedInput) return error.kind;
    throw error;
  }
}

const NESTED: readonly MadeElement[] = [
  [
    '00081140',
    'SQ',
    [
      [
        ['00081150', 'UI', '1.2.3'],
        ['00400275', 'SQ', [[['00400007', 'LO', 'inside']]]],
      ],
      [['00081150', 'UI', '4.5']],
    ],
  ],
  ['00180050', 'DS', '2.5'],
  ['00181310', 'US', [0, 256, 192, 0]],
  ['00200032', 'DS', '-1.5\\2e1\\+3'],
];

describe('readDicom', () => {
  it.each([SYNTAX.implicit, SYNTAX.explicit, SYNTAX.bigEndian, SYNTAX.deflated])(
    'reads text, numbers and sequences in %s',
    (syntax) => {
      const pixels = words([1, 2, 3, 4], syntax !== SYNTAX.bigEndian);
      const {
        attributes: a,
        kind,
        transferSyntax,
        warnings,
      } = read(image({ ...BASE, pixels, syntax, more: NESTED }));
      expect([kind, transferSyntax, warnings]).toEqual(['image', syntax, []]);
      expect(numberOf(a, '00280010')).toBe(2);
      expect(numbersOf(a, '00181310')).toEqual([0, 256, 192, 0]);
      expect(numbersOf(a, '00200032')).toEqual([-1.5, 20, 3]);
      expect(textOf(a, '00100010')).toBe('Test^Case');
      const [first, second] = itemsOf(a, '00081140');
      expect(textOf(second, '00081150')).toBe('4.5');
      expect(textOf(itemsOf(first, '00400275')[0], '00400007')).toBe('inside');
      expect(a['7FE00010']).toEqual({ vr: syntax === SYNTAX.implicit ? 'OB' : 'OW', length: 8 });
    },
  );

  it('reads what stands behind elements of 64-bit representations, such as the extended offset table', async () => {
    const frame = encodeRle(words([5, 6, 7, 8]), 1, 2);
    const bytes = image({
      ...BASE,
      syntax: SYNTAX.rle,
      pixels: [frame],
      more: [
        ['00080301', 'UV', Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0)],
        ['00080302', 'SV', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255)],
        ['7FE00001', 'OV', new Uint8Array(8)],
        ['7FE00002', 'OV', Uint8Array.of(frame.length & 255, frame.length >> 8, 0, 0, 0, 0, 0, 0)],
      ],
    });
    const instance = read(bytes);
    expect(instance.kind).toBe('image');
    expect(instance.attributes['7FE00001']).toMatchObject({ vr: 'OV', length: 8 });
    expect(instance.attributes['00080301']).toEqual({ vr: 'UV', length: 8, numbers: [7] });
    expect(instance.attributes['00080302']).toEqual({ vr: 'SV', length: 8, numbers: [-1] });
    expect([...(await decodePixels(bytes, instance)).values]).toEqual([5, 6, 7, 8]);
  });

  it('reads standard elements that went through an archive as UN', () => {
    const { attributes: a } = withElements([
      ['00180050', 'UN', '2.5 '],
      ['00280120', 'UN', words([77])],
      ['00291010', 'UN', words([1, 2])],
    ]);
    expect(numberOf(a, '00180050')).toBe(2.5);
    expect(numberOf(a, '00280120')).toBe(77);
    expect(a['00291010'].bytes).toEqual(words([1, 2])); // private: nobody knows what it is
  });

  it('reads without preamble, without meta group, and without either', () => {
    const whole = image(BASE);
    expect(read(whole.slice(132)).warnings).toContain('no preamble');
    for (const syntax of [SYNTAX.explicit, SYNTAX.implicit, SYNTAX.bigEndian]) {
      const pixels = words([1, 2, 3, 4], syntax !== SYNTAX.bigEndian);
      const bare: readonly MadeElement[] = [
        ['00080016', 'UI', '1.2.840.10008.5.1.4.1.1.4'],
        ['00280002', 'US', [1]],
        ['00280010', 'US', [2]],
        ['00280011', 'US', [2]],
        ['00280100', 'US', [16]],
        ['7FE00010', 'OW', pixels],
      ];
      const { kind, attributes, transferSyntax } = read(dataSet(bare, syntax));
      expect([kind, numberOf(attributes, '00280010'), transferSyntax]).toEqual(['image', 2, syntax]);
    }
  });

  it('sees through a wrong transfer syntax', () => {
    const explicit = image(BASE);
    const lie = concat(explicit);
    const at = Buffer.from(lie).indexOf(SYNTAX.explicit);
    lie.set(Buffer.from('1.2.840.10008.1.2\0\0'), at);
    const got = read(lie);
    expect(numberOf(got.attributes, '00280010')).toBe(2);
    expect(got.warnings.join()).toContain('explicit');
  });

  it('keeps large values by their length alone, and small ones as they are', () => {
    const { attributes: a } = withElements([
      ['00091010', 'OB', new Uint8Array(70_000)],
      ['00091011', 'OB', Uint8Array.of(1, 2)],
    ]);
    expect(a['00091010']).toEqual({ vr: 'OB', length: 70_000 });
    expect(a['00091011']).toEqual({ vr: 'OB', length: 2, bytes: Uint8Array.of(1, 2) });
  });

  it('gives attributes without prototype', () => {
    const { attributes } = withElements(NESTED);
    expect(Object.getPrototypeOf(attributes)).toBeNull();
    expect(Object.getPrototypeOf(itemsOf(attributes, '00081140')[0])).toBeNull();
  });

  it('keeps the file meta group', () => {
    const { attributes: a } = withElements([]);
    expect([textOf(a, '00020010'), textOf(a, '00020003')]).toEqual([SYNTAX.explicit, '1.2.3.4']);
    expect(a['00020000'].vr).toBe('UL');
  });

  it('takes linear time on text made to be slow', () => {
    const many = (s: string) => s.repeat(200_000);
    const names: readonly MadeElement[] = [
      ['00081030', 'UT', `${many(' ')}x`],
      ['00100010', 'UN', `${many('=')}a`],
      ['00104000', 'UT', `x${many('= ')}`],
      ['00180050', 'UT', `${many('1')}x`],
    ];
    const start = performance.now();
    const { attributes } = withElements(names);
    for (const [tag] of names) numbersOf(attributes, tag);
    // Quadratic time would be half a minute and more; a busy machine is not.
    expect(performance.now() - start).toBeLessThan(3000);
    const meta = concat(
      new Uint8Array(128),
      Uint8Array.from('DICM', (c) => c.charCodeAt(0)),
      dataSet([['00020010', 'UT', many('1.2')]], SYNTAX.explicit),
      dataSet([['00080005', 'CS', '']], SYNTAX.explicit),
    );
    expect(read(meta).transferSyntax.length).toBeLessThan(70);
  });

  it('remarks when an element stands there twice', () => {
    const twice = part10(
      [
        ['00280002', 'US', [1]],
        ['00280010', 'US', [2]],
        ['00280010', 'US', [9]],
        ['00280011', 'US', [2]],
        ['00280100', 'US', [16]],
        ['7FE00010', 'OW', words([1, 2, 3, 4])],
      ],
      SYNTAX.explicit,
    );
    expect(read(twice).warnings.join()).toContain('(0028,0010)');
    expect(withElements(NESTED).warnings).toEqual([]);
  });
});

describe('what is no image, or broken', () => {
  const object = (sopClass: string) => {
    const { kind, objectKind } = read(part10([['00080016', 'UI', sopClass]], SYNTAX.explicit));
    return `${kind} ${objectKind}`;
  };

  it('names objects by their class', () => {
    expect(object('1.2.840.10008.5.1.4.1.1.481.3')).toBe('object rtstruct');
    expect(object('1.2.840.10008.5.1.4.1.1.88.11')).toBe('object sr');
    expect(object('1.2.840.10008.5.1.4.1.1.88.59')).toBe('object ko');
    expect(object('1.2.840.10008.5.1.4.1.1.104.1')).toBe('object pdf');
    expect(object('1.2.3.4')).toBe('object no_pixel_data');
    expect(object('')).toBe('object data_set_without_sop_class');
  });

  it('refuses by kind', () => {
    const whole = image(BASE);
    expect(refusal(new Uint8Array(0))).toBe('empty_file');
    expect(refusal(Uint8Array.from('plain text, not DICOM at all', (c) => c.charCodeAt(0)))).toBe(
      'not_dicom',
    );
    expect(refusal(whole.slice(0, 132))).toBe('empty_dataset');
    expect(refusal(whole.slice(0, whole.length - 3))).toBe('truncated');
    expect(refusal(whole.slice(0, 200))).toBe('truncated');
    expect(refusal(whole.slice(0, whole.length - 40))).not.toMatch('read as image');
    expect(refusal(image({ ...BASE, without: ['00280010'] }))).toBe('missing_attributes');
    expect(refusal(image({ ...BASE, pixels: new Uint8Array(0) }))).toBe('missing_pixel_data');
  });

  it('refuses a deflated data set that is cut, wherever it is cut', () => {
    const more: readonly MadeElement[] = Array.from({ length: 200 }, (_, i) => [
      `0009${(0x1000 + i).toString(16)}`,
      'LO',
      `value ${i * 7919}`,
    ]);
    const whole = image({ ...BASE, syntax: SYNTAX.deflated, more });
    for (const share of [0.5, 0.7, 0.9, 0.97]) {
      const cut = whole.slice(0, Math.floor(whole.length * share));
      expect(['truncated', 'decode_failed']).toContain(refusal(cut));
    }
  });

  it('refuses nesting beyond 64, also where the stack would not hold it', () => {
    const nest = (depth: number): MadeElement => {
      let inner: MadeElement = ['00400007', 'LO', 'end'];
      for (let i = 0; i < depth; i++) inner = ['0040A730', 'SQ', [[inner]]];
      return inner;
    };
    expect(withElements([nest(60)]).kind).toBe('image');
    expect(refusal(image({ ...BASE, more: [nest(100)] }))).toBe('nesting_too_deep');
    // Undefined lengths, twenty bytes a level, none of them closed.
    const level = Uint8Array.of(
      0x40,
      0,
      0x30,
      0xa7,
      0x53,
      0x51,
      0,
      0,
      255,
      255,
      255,
      255,
      0xfe,
      0xff,
      0,
      0xe0,
      255,
      255,
      255,
      255,
    );
    const deep = concat(image(BASE).slice(0, -20), ...new Array<Uint8Array>(100_000).fill(level));
    expect(['nesting_too_deep', 'truncated', 'malformed']).toContain(refusal(deep));
  });

  it('refuses lengths that reach past the file', () => {
    const long = image({ ...BASE, more: [['00091010', 'UN', new Uint8Array(10), 0xfffffff0]] });
    expect(refusal(long)).toBe('truncated');
    const sequence = image({ ...BASE, more: [['00081140', 'SQ', [], 0x7fffffff]] });
    expect(['truncated', 'malformed']).toContain(refusal(sequence));
  });

  it('refuses encapsulated pixels whose fragments reach past the file', async () => {
    const pixels = fragments([new Uint8Array(64)]);
    pixels.set([0xf0, 0xff, 0xff, 0xff], 12); // length of the first fragment
    const bytes = image({ ...BASE, syntax: SYNTAX.rle, more: [['7FE00010', 'OB', pixels, 0xffffffff]] });
    await expect(decodePixels(bytes, read(bytes))).rejects.toMatchObject({ kind: 'truncated' });
  });
});

describe('isDicom', () => {
  it('knows a DICOM file by its first bytes', () => {
    expect(isDicom(image(BASE).subarray(0, 200))).toBe(true);
    expect(isDicom(dataSet([['00080016', 'UI', '1.2']], SYNTAX.explicit))).toBe(true);
    for (const other of ['', 'PK\x03\x04', 'NRRD0005\n# comment', '\x5c\x01\x00\x00'.padEnd(352, '\0')]) {
      expect(isDicom(Uint8Array.from(other, (c) => c.charCodeAt(0)))).toBe(false);
    }
  });
});
