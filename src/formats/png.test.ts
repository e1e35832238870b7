import { unzlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { crc32, writePng } from './png.ts';

describe('a PNG file', () => {
  it('has the check value of CRC-32', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  it('holds its size, its pixels, and the IEND chunk that every PNG ends with', () => {
    const rgb = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const png = writePng({ columns: 3, rows: 2, rgb });
    const view = new DataView(png.buffer);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([3, 2]);
    const length = view.getUint32(33);
    const lines = unzlibSync(png.subarray(41, 41 + length));
    expect([...lines]).toEqual([0, ...rgb.subarray(0, 9), 0, ...rgb.subarray(9)]);
    const end = [...png.subarray(-12)].map((b) => b.toString(16).padStart(2, '0')).join('');
    expect(end).toBe('0000000049454e44ae426082');
  });
});
