import { describe, expect, it } from 'vitest';
import type { Attributes, DicomElement } from '../../core/dicom.ts';
import { pixelModule } from './pixel-module.ts';

type Given = Readonly<Record<string, number | string | undefined>>;

const attributes = (given: Given): Attributes =>
  Object.fromEntries(
    Object.entries(given).flatMap(([tag, v]): [string, DicomElement][] => {
      if (v === undefined) return [];
      return [
        [
          tag,
          typeof v === 'string'
            ? { vr: 'CS', length: v.length, text: v }
            : { vr: 'US', length: 2, numbers: [v] },
        ],
      ];
    }),
  );

const ROWS = '00280010';
const COLUMNS = '00280011';
const SAMPLES = '00280002';
const PHOTOMETRIC = '00280004';
const FRAMES = '00280008';
const ALLOCATED = '00280100';
const STORED = '00280101';
const HIGH = '00280102';
const SIGN = '00280103';
const CT: Given = {
  [ROWS]: 3,
  [COLUMNS]: 4,
  [PHOTOMETRIC]: 'MONOCHROME2',
  [ALLOCATED]: 16,
  [STORED]: 12,
  [HIGH]: 11,
  [SIGN]: 1,
};
const of = (changes: Given) => pixelModule(attributes({ ...CT, ...changes }));

describe('the Image Pixel module', () => {
  it('is read as it stands', () => {
    expect(of({ [FRAMES]: '7' })).toEqual({
      ...{ rows: 3, columns: 4, samples: 1, frames: 7, bitsAllocated: 16, bitsStored: 12, highBit: 11 },
      ...{ signed: true, planar: false, photometric: 'MONOCHROME2' },
    });
  });

  it.each<[string, Given, object]>([
    [
      'bits stored from bits allocated',
      { [STORED]: undefined, [HIGH]: undefined },
      { bitsStored: 16, highBit: 15 },
    ],
    ['high bit from bits stored', { [HIGH]: undefined }, { highBit: 11 }],
    ['no sign', { [SIGN]: undefined }, { signed: false }],
    ['one frame', {}, { frames: 1 }],
    ['one frame for an empty number', { [FRAMES]: '' }, { frames: 1 }],
    ['one frame for none', { [FRAMES]: '0' }, { frames: 1 }],
    ['the first number of frames', { [FRAMES]: '3\\4' }, { frames: 3 }],
    ['planes of colour', { [SAMPLES]: 3, '00280006': 1 }, { samples: 3, planar: true }],
    ['no planes of grey', { [SAMPLES]: 1, '00280006': 1 }, { planar: false }],
  ])('takes %s', (_, changes, expected) => {
    expect(of(changes)).toMatchObject(expected);
  });

  it.each<[string, Given, string]>([
    ['no rows', { [ROWS]: undefined }, 'missing_attributes'],
    ['no columns', { [COLUMNS]: undefined }, 'missing_attributes'],
    ['no bits', { [ALLOCATED]: undefined }, 'missing_attributes'],
    ['neither samples nor photometric interpretation', { [PHOTOMETRIC]: undefined }, 'missing_attributes'],
    ['rows 0', { [ROWS]: 0 }, 'Rows'],
    ['rows 65536', { [ROWS]: 65_536 }, 'Rows'],
    ['columns 0', { [COLUMNS]: 0 }, 'Columns'],
    ['two samples', { [SAMPLES]: 2 }, 'SamplesPerPixel'],
    ['12 bits allocated', { [ALLOCATED]: 12 }, 'BitsAllocated'],
    ['more bits stored than allocated', { [STORED]: 17 }, 'BitsStored'],
    ['no bits stored', { [STORED]: 0 }, 'BitsStored'],
    ['a high bit outside', { [HIGH]: 16 }, 'HighBit'],
    ['a high bit below the stored ones', { [HIGH]: 10 }, 'HighBit'],
    ['a sign of two', { [SIGN]: 2 }, 'PixelRepresentation'],
    ['frames without end', { [FRAMES]: '2000000000' }, 'NumberOfFrames'],
    ['frames below none', { [FRAMES]: '-1' }, 'NumberOfFrames'],
    ['half a frame', { [FRAMES]: '1.5' }, 'NumberOfFrames'],
  ])('is refused with %s', (_, changes, named) => {
    expect(() => of(changes)).toThrow(named);
  });
});
