import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { fillNormal, gaussianField } from './gaussian-field.ts';

describe('fillNormal', () => {
  it('has the moments of a standard normal', () => {
    const x = new Float32Array(200_001);
    fillNormal(new Random(3), x);
    const moment = (power: number) => x.reduce((sum, v) => sum + v ** power, 0) / x.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.012);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.015);
    expect(Math.abs(moment(3))).toBeLessThan(0.04);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.1);
    expect(x.at(-1)).not.toBe(0);
  });
});

describe('gaussianField', () => {
  const size = [96, 80, 64] as const;
  const spacing = [1, 1, 2] as const;
  const width = 2;
  const field = gaussianField(new Random(11), size, spacing, width);
  const at = (i: number, j: number, k: number) => field[i + size[0] * (j + size[1] * k)]!;

  it('has mean 0 and variance 1, also at its faces', () => {
    const mean = field.reduce((s, v) => s + v, 0) / field.length;
    const variance = field.reduce((s, v) => s + v * v, 0) / field.length;
    // About size³ / (2·width·√π)³ independent pieces: 2,800 here, so 0.02 is one standard error of the mean.
    expect(Math.abs(mean)).toBeLessThan(0.08);
    expect(Math.abs(variance - 1)).toBeLessThan(0.1);
    let face = 0;
    for (let j = 0; j < size[1]; j++) for (let k = 0; k < size[2]; k++) face += at(0, j, k) ** 2;
    expect(face / (size[1] * size[2])).toBeGreaterThan(0.7);
  });

  it('has the correlation exp(−d²/4w²), the same in mm along every axis', () => {
    for (const d of [2, 4]) {
      for (const axis of [0, 1, 2] as const) {
        const lag = d / spacing[axis];
        let sum = 0;
        let count = 0;
        for (let k = 0; k < size[2] - (axis === 2 ? lag : 0); k++) {
          for (let j = 0; j < size[1] - (axis === 1 ? lag : 0); j++) {
            for (let i = 0; i < size[0] - (axis === 0 ? lag : 0); i++) {
              const other = [i, j, k] as [number, number, number];
              other[axis] += lag;
              sum += at(i, j, k) * at(...other);
              count++;
            }
          }
        }
        expect(Math.abs(sum / count - Math.exp(-(d * d) / (4 * width * width)))).toBeLessThan(0.07);
      }
    }
  });
});
