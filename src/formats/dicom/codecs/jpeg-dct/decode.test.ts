import { describe, expect, it } from 'vitest';
import { RefusedInput } from '../../../../core/refusal.ts';
import { decodeJpegDct } from './decode.ts';

/** A marker segment; its length counts itself. */
const segment = (marker: number, ...body: number[]): number[] => [0xff, marker, 0, body.length + 2, ...body];
const table = (id: number, ...steps: number[]) =>
  segment(0xdb, id, ...steps, ...Array<number>(64 - steps.length).fill(1));
/** Codes of two bits: 00 for the first symbol, 01 for the second, 10 for the third. */
const huffman = (id: number, ...symbols: number[]) =>
  segment(0xc4, id, 0, symbols.length, ...Array<number>(14).fill(0), ...symbols);

/** One component, 8 bit; first step of the quantisation 16, the others 1. Coded data are written out by hand. */
function jpeg(rows: number, columns: number, data: readonly number[], first = 16): Uint8Array {
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...table(0, first),
    ...segment(0xc0, 8, 0, rows, 0, columns, 1, 1, 0x11, 0),
    ...huffman(0x00, 0, 4), // differences of 0 and of four bits
    ...huffman(0x10, 0x00, 0x07, 0x17), // end of block; seven bits at once, and after one zero
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
    ...data,
    ...[0xff, 0xd9],
  ]);
}

describe('JPEG blocks made by hand', () => {
  it('of one level: DC 10 in steps of 16 is 160, 160 ÷ 8 + 128 = 148', () => {
    const { values, rows, columns, samples, bits } = decodeJpegDct(jpeg(8, 8, [0b01_1010_00]));
    expect({ rows, columns, samples, bits }).toEqual({ rows: 8, columns: 8, samples: 1, bits: 8 });
    expect([...values]).toEqual(Array<number>(64).fill(148));
  });

  it('of four levels: each DC is told as the difference from the one before', () => {
    // +10, 0, −10, −8 in steps of 16: 148 and 148 above, 128 and 112 below
    const data = [0b01_1010_00, 0b00_00_01_01, 0b01_00_01_01, 0b11_00_1111];
    const { values } = decodeJpegDct(jpeg(16, 16, data));
    for (let y = 0; y < 16; y++)
      for (let x = 0; x < 16; x++) expect(values[16 * y + x]).toBe(y < 8 ? 148 : x < 8 ? 128 : 112);
  });

  it.each([
    ['from left to right', [0b00_01_1100, 0b100_00_111], (x: number) => x],
    ['from top to bottom', [0b00_10_1100, 0b100_00_111], (_: number, y: number) => y],
  ])('of one wave %s', (_, data, along) => {
    const { values } = decodeJpegDct(jpeg(8, 8, data));
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) {
        // T.81 A.3.3 with one coefficient of 100
        const wave = (100 / 4) * Math.SQRT1_2 * Math.cos(((2 * along(x, y) + 1) * Math.PI) / 16);
        expect(Math.abs(values[8 * y + x] - (128 + wave))).toBeLessThanOrEqual(0.5001);
      }
    }
  });

  it('keep to 0 … 255', () => {
    const { values } = decodeJpegDct(jpeg(8, 8, [0b01_1111_00], 255));
    expect(new Set(values)).toEqual(new Set([255]));
    expect(new Set(decodeJpegDct(jpeg(8, 8, [0b01_0000_00], 255)).values)).toEqual(new Set([0]));
  });

  it.each([
    ['without coded data', jpeg(8, 8, [0b01_1010_00]).subarray(0, -3)],
    ['of no size', jpeg(0, 8, [0b01_1010_00])],
    ['with a code that is in no table', jpeg(8, 8, [0b11_1010_00])],
    ['that is no JPEG', Uint8Array.of(1, 2, 3, 4)],
  ])('are refused %s', (_, bytes) => {
    expect(() => decodeJpegDct(bytes)).toThrow(RefusedInput);
  });
});
