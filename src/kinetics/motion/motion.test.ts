import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../core/geometry.ts';
import { Random } from '../../core/random.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Volume } from '../../core/volume.ts';
import { dynamicMr, TIMES } from '../../quality/phantoms/dynamic-mr/index.ts';
import { corrected } from './correct.ts';
import { motionBetween, MotionMeter } from './measure.ts';
import { judgeMotion } from './verdict.ts';
import { inverse, rotationBy, rotationVector } from './rigid.ts';

const made = dynamicMr({ noise: 0 });

/** Catmull-Rom weights at a fraction of a voxel. */
const cubic = (f: number): number[] => [
  ((2 - f) * f - 1) * f * 0.5,
  ((3 * f - 5) * f * f + 2) * 0.5,
  ((4 - 3 * f) * f + 1) * f * 0.5,
  (f - 1) * f * f * 0.5,
];

/**
 * A volume on an axis-aligned grid whose tissue has moved by `shift` (mm) and turned by `degrees` about the centre,
 * worked out voxel by voxel with cubic interpolation: nothing here is shared with the code under test but the
 * rotation matrix, which has its own test.
 */
function movedBy(volume: Volume, shift: Vec3, degrees: Vec3, noise = 0, seed = 1): Volume {
  const { size, affine } = volume.grid;
  const spacing = [affine.matrix[0][0], affine.matrix[1][1], affine.matrix[2][2]];
  const m = rotationBy(
    [degrees[0], degrees[1], degrees[2]].map((d) => (-d * Math.PI) / 180) as unknown as Vec3,
  );
  const random = new Random(seed);
  const data = new Float32Array(volume.data.length);
  const clamp = (n: number, a: number) => Math.min(size[a] - 1, Math.max(0, n));
  for (let k = 0, v = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++, v++) {
        const p = [i, j, k].map((n, a) => (n - (size[a] - 1) / 2) * spacing[a] - shift[a]);
        const at = [0, 1, 2].map(
          (a) =>
            (m[3 * a] * p[0] + m[3 * a + 1] * p[1] + m[3 * a + 2] * p[2]) / spacing[a] + (size[a] - 1) / 2,
        );
        const base = at.map(Math.floor);
        const w = at.map((x, a) => cubic(x - base[a]));
        let sum = 0;
        for (let c = 0; c < 4; c++)
          for (let b = 0; b < 4; b++)
            for (let a = 0; a < 4; a++) {
              const x = clamp(base[0] + a - 1, 0);
              const y = clamp(base[1] + b - 1, 1);
              const z = clamp(base[2] + c - 1, 2);
              sum += w[0][a] * w[1][b] * w[2][c] * volume.data[x + size[0] * (y + size[1] * z)];
            }
        data[v] = noise === 0 ? sum : Math.hypot(sum + noise * random.normal(), noise * random.normal());
      }
  return { ...volume, data };
}

const slice = (volume: Volume, k: number): Volume => {
  const { size, affine } = volume.grid;
  const plane = size[0] * size[1];
  return {
    ...volume,
    grid: { size: [size[0], size[1], 1], affine },
    data: volume.data.slice(k * plane, (k + 1) * plane),
  };
};

/** 2 mm pixels, 4 mm slices. */
const PIXEL = 2;
/** Frames before contrast, at the peak of the artery, and late. */
const [BEFORE, PEAK, LATE] = [0, TIMES.findIndex((t) => t >= 45), TIMES.length - 1];

describe('rotation vectors', () => {
  it('turn x to y by a quarter about z, and come back from their matrix', () => {
    const m = rotationBy([0, 0, Math.PI / 2]);
    expect([m[0], m[3], m[6]].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([0, 1, 0]);
    const v: Vec3 = [0.02, -0.05, 0.03];
    rotationVector(rotationBy(v)).forEach((x, a) => expect(x).toBeCloseTo(v[a], 12));
    expect(rotationVector(rotationBy([0, 0, 0]))).toEqual([0, 0, 0]);
  });
});

describe('motion between frames', () => {
  it.each([
    ['still, before contrast', BEFORE, [0, 0, 0], [0, 0, 0]],
    ['still, peak of the artery', PEAK, [0, 0, 0], [0, 0, 0]],
    ['part of a pixel', PEAK, [0.7, -0.5, 0.4], [0, 0, 0]],
    ['two pixels and a slice', LATE, [4, -2.6, 4], [0, 0, 0]],
    ['turned in the plane', LATE, [0, 0, 0], [0, 0, 3]],
    ['turned and shifted', LATE, [-3.1, 1.7, 1.5], [1, -0.8, -2]],
    ['a jump of six pixels', LATE, [12, -9, 0], [0, 0, 1]],
  ] as const)('%s is found to 0.1 pixel and 0.2°, with contrast and noise', (_, phase, shift, turn) => {
    const reference = movedBy(made.phases[BEFORE], [0, 0, 0], [0, 0, 0], 7, 11);
    const frame = movedBy(made.phases[phase], shift, turn, 7, 12);
    const [, motion] = motionBetween([reference, frame], 0);
    const off = motion.translation.map((t, a) => t - shift[a]);
    const offTurn = motion.rotation.map((t, a) => t - turn[a]);
    expect(motion.status).toBe('measured');
    for (const x of off) expect(Math.abs(x) / PIXEL).toBeLessThan(0.1);
    for (const x of offTurn) expect(Math.abs(x)).toBeLessThan(0.2);
  });

  it('is found in one slice: two shifts and a turn', () => {
    const [shift, turn] = [[2.5, -1.5, 0] as const, [0, 0, 2] as const];
    const reference = slice(movedBy(made.phases[BEFORE], [0, 0, 0], [0, 0, 0], 7, 21), 6);
    const motion = new MotionMeter(reference).measure(
      slice(movedBy(made.phases[LATE], shift, turn, 7, 22), 6),
    );
    shift.forEach((s, a) => expect(Math.abs(motion.translation[a] - s) / PIXEL).toBeLessThan(0.1));
    turn.forEach((t, a) => expect(Math.abs(motion.rotation[a] - t)).toBeLessThan(0.2));
    expect(motion.translation[2]).toBe(0);
  });

  it('is taken back: the corrected frame is the frame that never moved', () => {
    const frame = movedBy(made.phases[LATE], [-3.1, 1.7, 1.5], [0.5, -0.4, -2]);
    const motion = new MotionMeter(made.phases[BEFORE]).measure(frame);
    const back = corrected(frame, motion.rigid);
    const mask = made.masks.find((m) => m.name === 'Tumour')!.data;
    const off = (data: ArrayLike<number>) => {
      let [sum, n] = [0, 0];
      mask.forEach((inside, v) => {
        if (!inside || Number.isNaN(data[v])) return;
        sum += (data[v] - made.phases[LATE].data[v]) ** 2;
        n++;
      });
      return Math.sqrt(sum / n);
    };
    expect(off(back.data)).toBeLessThan(0.45 * off(frame.data));
    // Tissue that left the picture has no value.
    expect(back.data.some(Number.isNaN)).toBe(true);
    expect(corrected(frame, inverse(motion.rigid)).data).not.toEqual(frame.data);
    const same = corrected(frame, { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] });
    for (let v = 0; v < 5000; v++) expect(same.data[v]).toBeCloseTo(frame.data[v], 2);
  });

  it('is judged against one and two pixels, and a third of the radius of the region', () => {
    const reference = made.phases[BEFORE];
    const box = { from: [30, 30, 3], to: [60, 60, 8] } as const;
    const frames = [reference, movedBy(made.phases[BEFORE], [1, 0, 0], [0, 0, 0])];
    const judged = (shift: Vec3, radius?: number) => {
      const all = [...frames, movedBy(made.phases[LATE], shift, [0, 0, 0])];
      return judgeMotion(motionBetween(all, 0, box), 'series', radius);
    };
    const [warned] = judged([3, 0, 0]);
    expect([warned.id, warned.severity, warned.facts.frame]).toEqual(['M-16', 'warn', 3]);
    expect(Math.abs(Number(warned.facts.pixels) - 1.5)).toBeLessThan(0.15);
    expect(judged([3, 0, 0], 8)[0].severity).toBe('fail');
    expect(judged([5, 0, 0])[0].severity).toBe('fail');
    expect(judgeMotion(motionBetween(frames, 0, box), 'series')[0].severity).toBe('pass');
    const flat: Volume = { ...reference, data: new Float32Array(reference.data.length) };
    expect(judgeMotion(motionBetween([reference, flat], 0), 'series')[0].severity).toBe('na');
  });

  it('says when there is nothing to follow', () => {
    const flat: Volume = { ...made.phases[0], data: new Float32Array(made.phases[0].data.length).fill(100) };
    expect(new MotionMeter(flat).measure(made.phases[0]).status).toBe('not_measurable');
    expect(new MotionMeter(made.phases[0]).measure(flat).status).toBe('not_measurable');
    // Another picture on the same grid: upside down, so that no motion of a few pixels explains it.
    const other: Volume = { ...made.phases[0], data: made.phases[0].data.slice().reverse() };
    expect(new MotionMeter(made.phases[0]).measure(other)).toMatchObject({
      status: 'not_measurable',
      pixels: 0,
    });
  });

  it('refuses frames of another grid, and a reference that is no frame', () => {
    expect(() => motionBetween([made.phases[0], slice(made.phases[0], 0)], 0)).toThrow(RefusedInput);
    expect(() => motionBetween([made.phases[0]], 3)).toThrow(RefusedInput);
  });
});
