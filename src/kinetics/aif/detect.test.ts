import { describe, expect, it } from 'vitest';
import { toPatient } from '../../core/geometry.ts';
import { arterialBlood, dynamicMr, PROTOCOL, TIMES } from '../../quality/phantoms/dynamic-mr/index.ts';
import { ARTERY } from '../../quality/phantoms/dynamic-mr/thigh.ts';
import { convertBlock, type SignalMethod } from '../signal/conversion.ts';
import { relativeEnhancement } from '../signal/relative-enhancement.ts';
import { spoiledGradientEcho } from '../signal/spoiled-gradient-echo.ts';
import { bolusShape } from './bolus-shape.ts';
import { CRITERION_TEXTS, detectInput, INPUT_CRITERIA } from './detect.ts';
import { automaticInput } from './detection-settings.ts';
import { connectedGroups } from './voxel-groups.ts';

const { phases, masks } = dynamicMr();
const size = phases[0]!.grid.size;
const voxels = phases[0]!.data.length;
const signal = new Float32Array(voxels * phases.length);
phases.forEach((phase, f) => signal.set(phase.data, f * voxels));
const artery = masks.find((m) => m.name === 'Artery')!;
/** The true cross-section of the artery, wall included: the phantom's mask stays 2 mm inside it. */
const inArtery = (v: number): boolean => {
  const [x, y] = toPatient(phases[0]!.grid.affine, v % size[0], Math.floor(v / size[0]) % size[1], 0);
  return Math.hypot(x - ARTERY.x, y - ARTERY.y) <= ARTERY.radius;
};
const BASELINE = [0, 1, 2, 3, 4, 5, 6];

function blockOf(method: SignalMethod, values: Record<string, number>) {
  const { data } = convertBlock(
    method,
    values,
    { data: signal, frames: phases.length, voxels },
    1 / PROTOCOL.t1.blood,
    BASELINE,
  );
  return { data, frames: phases.length, voxels, size, times: TIMES };
}

describe('finding the artery of the dynamic phantom', () => {
  const echo = {
    repetitionTime: PROTOCOL.repetitionTime,
    flipAngle: PROTOCOL.flipAngle,
    relaxivity: PROTOCOL.relaxivity,
  };
  const block = blockOf(spoiledGradientEcho, echo);

  const enhancement = blockOf(relativeEnhancement, {});

  it.each([
    ['concentration', block],
    ['relative enhancement', enhancement],
  ])('in %s: every chosen voxel lies in the artery, hardly a candidate outside', (_name, given) => {
    const found = detectInput(given);
    expect(found.chosen.length).toBe(20);
    expect(found.chosen.every(inArtery)).toBe(true);
    const inside = found.candidates.filter((c) => inArtery(c.voxel)).length;
    expect(inside / found.candidates.length).toBeGreaterThan(0.95);
    // Of the 72 voxels clear of the wall every one is a candidate.
    const candidates = new Set(found.candidates.map((c) => c.voxel));
    expect([...artery.data.keys()].filter((v) => artery.data[v] && !candidates.has(v))).toEqual([]);
  });

  it('gives the true curve of the artery within 1.5 % and the frames before the bolus', () => {
    const { mean, baselineFrames } = detectInput(block);
    expect(baselineFrames).toBeGreaterThanOrEqual(7); // the bolus comes at 32 s, between frames 7 (30 s) and 8 (35 s)
    expect(baselineFrames).toBeLessThanOrEqual(8); // at 35 s the artery has a seventh of its peak
    TIMES.forEach((t, f) =>
      expect(Math.abs(mean![f]! - arterialBlood(t))).toBeLessThan(0.01 + 0.015 * arterialBlood(t)),
    );
  });

  it('finds it through five times the noise', () => {
    const loud = dynamicMr({ seed: 3, noise: 35 }).phases;
    const data = new Float32Array(voxels * loud.length);
    loud.forEach((phase, f) => data.set(phase.data, f * voxels));
    const converted = convertBlock(
      spoiledGradientEcho,
      echo,
      { data, frames: loud.length, voxels },
      1 / 1.44,
      BASELINE,
    );
    const { chosen } = detectInput({ ...block, data: converted.data });
    expect(chosen.length).toBe(20);
    expect(chosen.every(inArtery)).toBe(true);
  });

  it('shows what each criterion left, and ranks candidates with their scores', () => {
    const { candidates, left, limits, enhancing, chosen } = detectInput(block);
    expect(enhancing).toBeGreaterThan(left.height);
    expect(left.height).toBeGreaterThanOrEqual(left.arrival);
    expect(left.arrival).toBeGreaterThan(left.width);
    expect(left.width).toBeGreaterThanOrEqual(left.noise);
    expect(candidates.length).toBe(left.noise);
    for (const c of candidates) {
      expect(c.measured.height).toBeGreaterThanOrEqual(limits.height);
      expect(c.measured.arrival).toBeLessThanOrEqual(limits.arrival);
      expect(c.measured.width).toBeLessThanOrEqual(limits.width);
      expect(c.measured.noise).toBeLessThanOrEqual(limits.noise);
      for (const s of Object.values(c.scores)) expect(s >= 0 && s <= 1).toBe(true);
      expect(c.chosen).toBe(chosen.includes(c.voxel));
      if (c.chosen) expect(c.group).toBe(0);
    }
    for (let n = 1; n < candidates.length; n++)
      expect(candidates[n]!.score).toBeLessThanOrEqual(candidates[n - 1]!.score);
  });

  it('names its criteria and settings in three languages', () => {
    for (const text of [
      ...INPUT_CRITERIA.map((c) => CRITERION_TEXTS[c]),
      ...automaticInput.parameters.map((p) => p.name),
    ])
      for (const language of ['en', 'ru', 'zh'] as const) expect(text[language].length).toBeGreaterThan(2);
  });

  it('finds nothing in nothing, and refuses what does not fit', () => {
    const flat = {
      data: new Float32Array(8 * 5),
      frames: 5,
      voxels: 8,
      size: [2, 2, 2] as const,
      times: [0, 1, 2, 3, 4],
    };
    expect(detectInput(flat)).toMatchObject({ candidates: [], chosen: [], mean: null, enhancing: 0 });
    expect(detectInput({ ...flat, data: flat.data.map(() => NaN) }).mean).toBeNull();
    for (const [bad, kind] of [
      [{ ...flat, times: [0, 1, 1, 3, 4] }, 'inconsistent_attributes'],
      [{ ...flat, times: [0, 1, 2] }, 'inconsistent_attributes'],
      [{ ...flat, size: [2, 2, 3] as const }, 'inconsistent_attributes'],
    ] as const)
      expect(() => detectInput(bad)).toThrow(expect.objectContaining({ kind }));
    expect(() => detectInput(flat, { voxels: 0 })).toThrow(
      expect.objectContaining({ kind: 'settings_invalid' }),
    );
  });
});

describe('shape of a first pass', () => {
  it('is read off a triangle by hand', () => {
    // Baseline 1, peak 11 at 20 s: a tenth (2) is crossed at 11 s, half (6) at 15 s and 30 s.
    const shape = bolusShape([1, 1, 11, 6, 1, 1], [0, 10, 20, 30, 40, 50]);
    expect(shape).toEqual({
      baseline: 1,
      height: 10,
      peakFrame: 2,
      baselineFrames: 2,
      arrival: 11,
      width: 15,
    });
  });

  it('keeps uneven steps, a curve that stays up, and one that starts at its peak', () => {
    expect(bolusShape([0, 0, 0, 4, 8, 8, 7], [0, 1, 2, 4, 10, 11, 12])).toMatchObject({
      arrival: 2.4,
      width: Infinity,
      baselineFrames: 3,
    });
    expect(bolusShape([5, 3, 1], [0, 1, 2])).toMatchObject({
      height: 0,
      peakFrame: 0,
      baselineFrames: 0,
      arrival: 0,
    });
  });
});

describe('connected voxels', () => {
  it('touch by a corner but not around the edge of the grid', () => {
    expect(connectedGroups([0, 13, 26], [3, 3, 3])).toEqual([[0, 13, 26]]);
    expect(connectedGroups([2, 3], [3, 3, 1])).toEqual([[2], [3]]);
  });
});
