import { describe, expect, it } from 'vitest';
import type { Volume } from '../../core/volume.ts';
import { isDrawn, meetingOf, overlayOf, paintMap, rangeOfMap } from './map-overlay.ts';

const volume = (values: number[]): Volume => ({
  grid: {
    size: [values.length, 1, 1],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
  },
  data: Float32Array.from(values),
  unit: 'arbitrary',
  modality: '',
});
const map = (values: number[], more = {}) => ({
  volume: volume(values),
  name: 'Ktrans',
  unit: 'min⁻¹',
  ...more,
});

describe('how a map meets an image', () => {
  const here = volume([1, 2]).grid;
  const elsewhere = { ...here, affine: { ...here.affine, origin: [5, 0, 0] as const } };
  it('on its grid always; on another one only in the same frame of reference, which has to be named', () => {
    expect(meetingOf(overlayOf(map([1, 2]), null), here, '')).toBe('grid');
    expect(meetingOf(overlayOf(map([1, 2]), null), elsewhere, '1.2')).toBe('none');
    const framed = overlayOf(map([1, 2], { frameOfReference: '1.2' }), null);
    expect(meetingOf(framed, elsewhere, '1.2')).toBe('space');
    expect(meetingOf(framed, elsewhere, '1.3')).toBe('none');
    expect(meetingOf(overlayOf(map([1, 2], { frameOfReference: '' }), null), elsewhere, '')).toBe('none');
  });
});

describe('painting a map', () => {
  it('NaN is transparent, −∞ (tried, without an answer) grey, and what lies outside takes the end colours', () => {
    const values = Float32Array.of(NaN, -Infinity, -5, 0, 1, 2, 9, Infinity);
    const pixels = new Uint32Array(8).fill(7);
    paintMap(values, 8, [0, 2], 'grey', pixels);
    const [black, middle, white, grey] = [0xff000000, 0xff808080, 0xffffffff, 0xff7d7d7d];
    expect([...pixels]).toEqual([0, grey, black, black, middle, white, white, white]);
  });
  it('writes red first and alpha last', () => {
    const pixels = new Uint32Array(1);
    paintMap(Float32Array.of(0), 1, [0, 1], 'viridis', pixels);
    // Viridis begins with #440154.
    expect([...new Uint8Array(pixels.buffer)]).toEqual([0x44, 0x01, 0x54, 0xff]);
  });
  it('paints only as many as asked', () => {
    const pixels = new Uint32Array(2).fill(7);
    paintMap(Float32Array.of(1, 1), 1, [0, 1], 'grey', pixels);
    expect([...pixels]).toEqual([0xffffffff, 7]);
  });
});

describe('the range of a map', () => {
  it('runs between the 1st and the 99th percentile, rounded outwards', () => {
    // 0 to 1 in thousandths: percentiles at 0.01 and 0.99, which two digits of 0.98 keep.
    const even = Float32Array.from({ length: 1001 }, (_, i) => i / 1000);
    expect(rangeOfMap(even, 'viridis')).toEqual([0.01, 0.99]);
    expect(rangeOfMap(Float32Array.of(NaN, 1234, 5678, NaN), 'viridis')).toEqual([1200, 5700]);
  });
  it('lies evenly about zero for diverging colours', () => {
    expect(rangeOfMap(Float32Array.of(-3, 1), 'diverging')).toEqual([-3, 3]);
  });
  it('of a flat map, and of one without values, is none of zero width', () => {
    expect(rangeOfMap(Float32Array.of(4, 4), 'viridis')).toEqual([2, 6]);
    expect(rangeOfMap(Float32Array.of(NaN), 'viridis')).toEqual([-1, 1]);
  });
});

describe('a new map', () => {
  it('takes its range from its data unless one is given or was locked', () => {
    const first = overlayOf(map([0, 10]), null);
    expect(first).toMatchObject({ colourMap: 'viridis', locked: false, visible: true, unit: 'min⁻¹' });
    expect(first.range[1]).toBeCloseTo(10, 0);
    expect(overlayOf(map([0, 10], { range: [1, 2] }), null).range).toEqual([1, 2]);
    const changed = {
      ...first,
      range: [0, 4] as const,
      opacity: 0.3,
      colourMap: 'inferno' as const,
      visible: false,
    };
    const next = overlayOf(map([0, 1]), changed);
    expect(next).toMatchObject({ opacity: 0.3, colourMap: 'inferno', visible: true });
    expect(next.range).not.toEqual([0, 4]);
    expect(overlayOf(map([0, 1], { range: [1, 2] }), { ...changed, locked: true }).range).toEqual([0, 4]);
  });
  it('is not drawn while its range holds nothing', () => {
    const first = overlayOf(map([0, 10]), null);
    expect(isDrawn(first)).toBe(true);
    expect(isDrawn({ ...first, visible: false })).toBe(false);
    for (const range of [
      [1, 1],
      [2, 1],
      [NaN, 1],
      [0, Infinity],
    ] as const) {
      expect(isDrawn({ ...first, range })).toBe(false);
    }
  });
});
