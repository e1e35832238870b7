import { describe, expect, it } from 'vitest';
import type { Volume } from '../../core/volume.ts';
import {
  draggedWindow,
  greyOf,
  initialWindow,
  opensInverted,
  paintGrey,
  presetsOf,
  quantilesOf,
  windowFromRange,
} from './window.ts';

const volume = (modality: string, unit: string, data: Float32Array): Volume => ({
  grid: {
    size: [data.length, 1, 1],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
  },
  data,
  unit,
  modality,
});
const ramp = Float32Array.from({ length: 1001 }, (_, i) => i);

describe('the grey ramp', () => {
  it('hand values of soft tissue 40/400', () => {
    // −160 is the foot, 240 the head, 40 the middle: 127.5 rounds up; 100 HU: (60/400 + 0.5)·255 = 165.75.
    expect([-161, -160, 40, 100, 240, 3000].map((hu) => greyOf(hu, [40, 400]))).toEqual([
      0, 0, 128, 166, 255, 255,
    ]);
  });
  it('paints what greyOf says, black for NaN, and inverts everything but NaN', () => {
    const values = Float32Array.from([
      -1000,
      -160,
      -100,
      0,
      40,
      100,
      239,
      240,
      5000,
      NaN,
      Infinity,
      -Infinity,
    ]);
    const pixels = new Uint32Array(values.length);
    const grey = () => [...new Uint8Array(pixels.buffer)].filter((_, i) => i % 4 === 0);
    paintGrey(values, values.length, [40, 400], false, pixels);
    const expected = [...values].map((v) => (Number.isNaN(v) ? 0 : greyOf(v, [40, 400])));
    expect(grey()).toEqual(expected);
    expect([...new Uint8Array(pixels.buffer)].filter((_, i) => i % 4 === 3)).toEqual(expected.map(() => 255));
    paintGrey(values, values.length, [40, 400], true, pixels);
    expect(grey()).toEqual([...values].map((v) => (Number.isNaN(v) ? 0 : 255 - greyOf(v, [40, 400]))));
  });
  it('works for windows narrower than 1, as SUV and ADC need', () => {
    expect(greyOf(0.0005, [0.001, 0.002])).toBe(64);
  });
});

describe('quantiles', () => {
  it('interpolate between finite values', () => {
    const q = quantilesOf(Float32Array.from([NaN, 4, 1, Infinity, 3, 2, -Infinity]));
    expect([q(0), q(0.5), q(1), q(1 / 3)]).toEqual([1, 2.5, 4, 2]);
  });
  it('of nothing finite are 0', () => expect(quantilesOf(new Float32Array(5).fill(NaN))(0.5)).toBe(0));
  it('of a large volume are found from a sample', () => {
    const big = Float32Array.from({ length: 1_000_000 }, (_, i) => i % 1000);
    expect(quantilesOf(big)(0.25)).toBeCloseTo(250, -1);
  });
});

describe('presets', () => {
  it('CT has the four reading windows and opens in soft tissue or the file’s own', () => {
    const ct = volume('CT', 'HU', ramp);
    const q = quantilesOf(ramp);
    expect(presetsOf(ct, q).map((p) => p.window)).toEqual([
      [-600, 1500],
      [40, 400],
      [400, 1800],
      [40, 80],
    ]);
    expect(initialWindow(ct, q)).toEqual([40, 400]);
    expect(initialWindow(ct, q, [35, 350])).toEqual([35, 350]);
    expect(initialWindow(ct, q, [35, 0])).toEqual([40, 400]);
    expect(initialWindow(ct, q, [NaN, 10])).toEqual([40, 400]);
  });
  it('MR opens from the 1st to the 99th percentile', () => {
    const q = quantilesOf(ramp);
    expect(initialWindow(volume('MR', 'arbitrary', ramp), q)).toEqual([500, 980]);
  });
  it('PET opens inverse, from 0 to at least SUV 5, and does not trust the file’s window', () => {
    const low = Float32Array.from({ length: 1001 }, (_, i) => i / 1000);
    const pet = volume('PT', 'SUVbw', low);
    expect(opensInverted(pet)).toBe(true);
    expect(initialWindow(pet, quantilesOf(low), [16000, 32000])).toEqual([2.5, 5]);
    const [centre, width] = initialWindow(volume('PT', 'SUVbw', ramp), quantilesOf(ramp));
    expect([centre, width]).toEqual([497.5, 995]);
    expect(initialWindow(volume('PT', 'Bq/mL', ramp), quantilesOf(ramp))[0]).toBeCloseTo(497.5, 3);
  });
  it('a flat image has a window of more than zero width', () => {
    expect(windowFromRange(7, 7)[1]).toBeGreaterThan(0);
    expect(windowFromRange(0, 0)[1]).toBeGreaterThan(0);
  });
});

describe('dragging', () => {
  it('right widens, left narrows, the width stays positive; down raises the centre', () => {
    expect(draggedWindow([40, 400], 0, 30)).toEqual([80, 400]);
    expect(draggedWindow([40, 400], 200, 0)[1]).toBeCloseTo(400 * Math.E, 6);
    expect(draggedWindow([40, 400], -5000, 0)[1]).toBeGreaterThan(0);
  });
});
