import { describe, expect, it } from 'vitest';
import { assembleSeries } from './assemble.ts';
import { attributes, slice, type Changes } from './instances.testing.ts';
import { mosaicOf } from './mosaic.ts';

/** A CSA header of the second version: 84 bytes an element, its items behind it, padded to four bytes. */
function csa(elements: Readonly<Record<string, readonly string[]>>): Uint8Array {
  const out: number[] = [...Buffer.from('SV10'), 4, 3, 2, 1];
  const u32 = (...values: readonly number[]) => out.push(...new Uint8Array(Uint32Array.from(values).buffer));
  const text = (s: string, n: number) => out.push(...Buffer.from(s.padEnd(n, '\0'), 'latin1'));
  u32(Object.keys(elements).length, 77);
  for (const [name, items] of Object.entries(elements)) {
    text(name, 64);
    u32(items.length);
    text('FD', 4);
    u32(4, items.length, 77);
    for (const item of items) {
      const n = item.length + 1;
      u32(n, n, 77, n);
      text(item, (n + 3) & ~3);
    }
  }
  return Uint8Array.from(out);
}

const header = (images: number, normal: readonly string[]) =>
  csa({ ImageNumb: ['1'], NumberOfImagesInMosaic: [String(images)], SliceNormalVector: normal });

/** Three slices of 4×3 pixels in a picture of 2×2 tiles. */
const mosaic = (changes: Changes = {}): Changes => ({
  '00080008': 'ORIGINAL\\PRIMARY\\M\\MOSAIC',
  '00080060': 'MR',
  '00180050': '3',
  '00180088': '4',
  '00200032': '-10\\-20\\30',
  '00280010': [6],
  '00280011': [8],
  '00280030': '1.5\\2',
  '00290010': 'SIEMENS CSA HEADER',
  '00291010': header(3, ['0', '0', '1']),
  ...changes,
});

describe('Siemens mosaics', () => {
  it('become slices, each at its place: the position is that of the large picture’s corner', () => {
    const [s] = assembleSeries([slice(0, mosaic())]).series;
    expect(s.size).toEqual([4, 3, 3, 1]);
    expect(s.planes.map((p) => p.tile)).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    // Half of the difference of 4 columns of 2 mm, and of 3 rows of 1.5 mm
    expect(s.affine!.origin).toEqual([-10 + 4, -20 + 2.25, 30]);
    expect(s.affine!.matrix).toEqual([
      [2, 0, 0],
      [0, 1.5, 0],
      [0, 0, 4],
    ]);
  });

  it('follow the normal of their header, also against row × column', () => {
    const [s] = assembleSeries([slice(0, mosaic({ '00291010': header(3, ['0', '0', '-1']) }))]).series;
    expect(s.planes.map((p) => p.tile)).toEqual([
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(s.affine!.origin[2]).toBe(30 - 8);
  });

  it.each<[string, Changes]>([
    ['no number of images', { '00291010': csa({}) }],
    ['more images than pixels', { '00291010': header(4096, ['0', '0', '1']) }],
    ['images without end', { '00291010': header(1e9, ['0', '0', '1']) }],
    ['a header that is cut', { '00291010': header(3, ['0', '0', '1']).subarray(0, 100) }],
    ['a header of one byte', { '00291010': Uint8Array.of(83) }],
    ['no mosaic in its type', { '00080008': 'ORIGINAL\\PRIMARY\\M' }],
  ])('are not seen in pictures with %s', (_, changes) => {
    expect(mosaicOf(slice(0, mosaic(changes)).attributes)).toBeUndefined();
  });
});

describe('United Imaging mosaics', () => {
  const of = (changes: Changes = {}) =>
    mosaicOf(
      attributes({
        '00280010': [6],
        '00280011': [8],
        '00650010': 'Image Private Header',
        '00651004': '4*3*3',
        '00651050': '3',
        '00651051': [0, 5, 10].map((z) => attributes({ '00200032': `1\\2\\${z}` })),
        ...changes,
      }),
    );

  it('list the positions of their slices', () => {
    expect(of()).toMatchObject({
      columns: 4,
      rows: 3,
      tiles: 3,
      perRow: 2,
      positions: [
        [1, 2, 0],
        [1, 2, 5],
        [1, 2, 10],
      ],
    });
  });

  it.each<[string, Changes]>([
    ['tiles wider than the picture', { '00651004': '9*3' }],
    ['tiles higher than the picture', { '00651004': '4*99999999999' }],
    ['more tiles than fit', { '00651004': '8*3' }],
    ['tiles of no size', { '00651004': '0*0' }],
    ['another number of positions', { '00651050': '4' }],
  ])('are not seen with %s', (_, changes) => {
    expect(of(changes)).toBeUndefined();
  });
});
