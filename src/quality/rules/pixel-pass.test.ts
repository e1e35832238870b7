import { expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type { Volume } from '../../core/volume.ts';
import { loadKernels } from '../../../tests/kernels.ts';
import { BLOCK } from './pixel-pass.ts';
import { pixelFacts } from './pixels.ts';

const kernels = await loadKernels();

const volume = (data: Volume['data'], unit: string): Volume => ({
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
  modality: unit === 'HU' ? 'CT' : 'MR',
});

it('least, largest, foreground and bins of ten HU by hand', () => {
  const data = Float32Array.of(-1300, -1200, -1196, -1195, NaN, -500, -499, 0, 40, 40);
  for (const k of [null, kernels]) {
    const { bins, ...facts } = pixelFacts(volume(data.slice(), 'HU'), k);
    expect(facts).toEqual({
      min: -1300,
      max: 40,
      blockMax: Float64Array.of(40),
      threshold: -500,
      foreground: 4,
      foregroundMean: -419 / 4,
      atMax: 2,
    });
    // −1300 lies below the first bin; bin 0 is [−1200, −1195), bin 140 starts at −500, bin 248 at 40.
    const filled = [...bins!.counts].flatMap((n, b) => (n > 0 ? [[b, n]] : []));
    expect(filled).toEqual([
      [0, 2],
      [1, 1],
      [140, 2],
      [240, 1],
      [248, 2],
    ]);
  }
});

it('values above the last bin of HU stand in the last', () => {
  for (const k of [null, kernels]) {
    const { bins, blockMax } = pixelFacts(volume(Float32Array.of(1299, 1300, 31743, Infinity), 'HU'), k);
    expect(bins!.counts[499]).toBe(4);
    expect(blockMax[0]).toBe(Infinity);
  }
});

/** Uneven lengths, so that the ends of vectors and of blocks are met too. */
const LENGTHS = [1, 2, 3, 5, 7, 9, 31, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 13];

it.each(['HU', 'arbitrary'])('kernels give what the reference gives: %s', (unit) => {
  const random = new Random(5);
  for (const n of LENGTHS) {
    const whole = Float32Array.from({ length: n }, () => Math.round(600 * random.normal()));
    const made = {
      whole,
      fractions: whole.map((v) => v / 7),
      holes: whole.map((v, i) => (i % 5 === 0 ? NaN : v)),
      none: whole.map(() => NaN),
      flat: whole.map(() => 17),
    };
    for (const [name, data] of Object.entries(made)) {
      const plain = pixelFacts(volume(data, unit), null);
      const fast = pixelFacts(volume(data, unit), kernels);
      // The order of adding differs: equal for whole numbers, to rounding for others.
      const { foregroundMean: a, ...rest } = plain;
      const { foregroundMean: b, ...others } = fast;
      expect(others, `${name} ${n}`).toEqual(rest);
      if (name === 'fractions')
        expect(
          Math.abs(a - b) / (Math.abs(a) || 1) < 1e-12 || a === b || (Number.isNaN(a) && Number.isNaN(b)),
        ).toBe(true);
      else expect(b).toBe(a);
    }
  }
});

it('float64 voxels go the plain way, whose threshold is exact', () => {
  const data = Float64Array.of(-500 - 1e-9, -500, -500 + 1e-9, 3);
  expect(pixelFacts(volume(data, 'HU'), kernels)).toMatchObject({ foreground: 2, max: 3, min: -500 - 1e-9 });
});
