import { describe, expect, it } from 'vitest';
import type { DecodedPixels } from '../core/instance.ts';
import { assembleSeries } from './assemble.ts';
import { slices, type Changes } from './instances.testing.ts';
import { startVolume } from './volume.ts';

const decoded = (values: DecodedPixels['values'], more: Partial<DecodedPixels> = {}): DecodedPixels => ({
  ...{ columns: 4, rows: 3, frames: 1, samples: 1, warnings: [], values },
  ...more,
});
const series = (n: number, changes: (k: number) => Changes = () => ({})) =>
  assembleSeries(slices(n, changes)).series[0];

describe('a volume from planes', () => {
  it('holds rescaled values at i + nx·(j + ny·k), in whatever order the planes come', () => {
    const s = series(2, (k) => ({ '00281053': String(k + 2), '00281052': '-1' }));
    const { volume, put } = startVolume(s);
    for (const k of [1, 0])
      put(k, s.planes[k], decoded(Uint16Array.from({ length: 12 }, (_, i) => 100 * k + i)));
    const expected = [0, 1].flatMap((k) => Array.from({ length: 12 }, (_, i) => (100 * k + i) * (k + 2) - 1));
    expect([...volume.data]).toEqual(expected);
    expect(volume).toMatchObject({ unit: 'HU', modality: 'CT', grid: { size: [4, 3, 2] } });
  });

  it('marks padding by the stored value, ends included, before rescale', () => {
    const s = series(1, () => ({ '00280120': [10], '00280121': [12], '00281052': '0', '00281053': '10' }));
    const { volume, put } = startVolume(s);
    put(0, s.planes[0], decoded(Uint16Array.from([9, 10, 11, 12, 13, 0, 1, 100, 0, 0, 0, 0])));
    expect([...volume.data.subarray(0, 8)]).toEqual([90, NaN, NaN, NaN, 130, 0, 10, 1000]);
  });

  it('takes the frame that the plane names', () => {
    const s = series(1);
    const { volume, put } = startVolume(s);
    const values = Uint16Array.from({ length: 24 }, (_, i) => i);
    put(0, { ...s.planes[0], frame: 1, intercept: 0 }, decoded(values, { frames: 2 }));
    expect([...volume.data]).toEqual([...values.subarray(12)]);
  });

  it('cuts a mosaic tile from its place', () => {
    const s = series(1);
    const { volume, put } = startVolume(s);
    // 2 × 2 tiles of 4 × 3 pixels; each pixel says 10·row + column
    const values = Uint16Array.from({ length: 48 }, (_, i) => 10 * Math.floor(i / 8) + (i % 8));
    put(0, { ...s.planes[0], tile: [1, 1], intercept: 0 }, decoded(values, { columns: 8, rows: 6 }));
    expect([...volume.data]).toEqual([34, 35, 36, 37, 44, 45, 46, 47, 54, 55, 56, 57]);
  });

  it('shows colour as the mean of its samples', () => {
    const s = series(1);
    const { volume, put } = startVolume(s);
    const values = Uint8Array.from({ length: 36 }, (_, i) => [30, 60, 120][i % 3]);
    put(0, { ...s.planes[0], intercept: 0 }, decoded(values, { samples: 3 }));
    expect(new Set(volume.data)).toEqual(new Set([70]));
  });
});
