import { describe, expect, it } from 'vitest';

import { checkValues, type ParameterValues } from '../../core/parameters.ts';
import { cropped, maskOf } from './crop.ts';
import { imageOf, markOf } from './input.testing.ts';
import { METHOD_IDS } from './method.ts';
import { METHODS } from './registry.ts';
import { segment } from './segment.ts';

const LANGUAGES = ['en', 'ru', 'zh'] as const;

describe('the registry', () => {
  it('has a room for every id, and each says what it needs in three languages', () => {
    expect(METHODS.map((m) => m.id).sort()).toEqual([...METHOD_IDS].sort());
    for (const m of METHODS) {
      expect(m.source).not.toBe('');
      expect(m.needsOneOf.every((n) => m.takes.includes(n))).toBe(true);
      const texts = [m.label, m.help, ...m.parameters.flatMap((p) => [p.label, p.help])];
      for (const t of texts) for (const l of LANGUAGES) expect(t?.[l].length).toBeGreaterThan(0);
      expect(new Set(m.parameters.map((p) => p.id)).size).toBe(m.parameters.length);
      // Every default is within its own bounds.
      expect(() => checkValues(m.parameters)).not.toThrow();
      for (const p of m.parameters)
        if (p.kind === 'number')
          expect(() => checkValues(m.parameters, { [p.id]: p.range[1] + 1 })).toThrow('settings_invalid');
        else expect(() => checkValues(m.parameters, { [p.id]: 'nothing such' })).toThrow('settings_invalid');
    }
  });

  it('refuses parameters that no one knows, and halves of whole numbers', () => {
    const [kMeans] = METHODS;
    expect(() => checkValues(kMeans!.parameters, { colour: 3 })).toThrow('settings_invalid');
    expect(() => checkValues(kMeans!.parameters, { classes: 2.5 })).toThrow('settings_invalid');
    expect(() => checkValues(kMeans!.parameters, { classes: NaN })).toThrow('settings_invalid');
    expect(() => checkValues(kMeans!.parameters, { features: [] })).toThrow('settings_invalid');
  });
});

describe('a request', () => {
  const size = [12, 10, 8] as const;
  const image = imageOf(size, (x) => (x < 5 ? 0 : 100));

  it('works on its box alone, and comes back to the image', () => {
    const box = { from: [3, 2, 1], to: [8, 6, 5] } as const;
    const found = segment(image, { method: 'k-means', box, parameters: { classes: 2 } });
    if (found.outcome !== 'done') throw new Error(found.reason);
    expect(found.box).toEqual(box);
    expect(found.labels).toHaveLength(5 * 4 * 4);
    const mask = maskOf(found, 2, image.grid, 'bright', [255, 0, 0]);
    expect(mask.data).toEqual(
      markOf(size, (x, y, z) => Number(x >= 5 && x < 8 && y >= 2 && y < 6 && z >= 1 && z < 5)),
    );
  });

  it('crops points, strokes and the grid with it', () => {
    const scribbles = markOf(size, (x, y, z) => x + y + z);
    const box = { from: [3, 2, 1], to: [8, 6, 5] } as const;
    const part = cropped(image, {
      method: 'k-means',
      box,
      scribbles,
      seeds: [
        [4, 3, 2],
        [0, 0, 0],
      ],
    });
    expect(part.request.seeds).toEqual([[1, 1, 1]]);
    expect(part.request.scribbles![0]).toBe(6);
    expect(part.volume.grid.affine.origin).toEqual([3, 2, 1]);
    expect(part.volume.data[2]).toBe(100);
  });

  it('cuts the box to the image, and says when nothing is left', () => {
    const wide = { from: [-5, -5, -5], to: [99, 99, 99] } as const;
    expect(segment(image, { method: 'k-means', box: wide, parameters: { classes: 2 } })).toMatchObject({
      outcome: 'done',
      box: { from: [0, 0, 0], to: size },
    });
    for (const box of [
      { from: [4, 4, 4], to: [4, 8, 8] },
      { from: [20, 0, 0], to: [30, 5, 5] },
      { from: [NaN, 0, 0], to: [5, 5, 5] },
    ] as const)
      expect(segment(image, { method: 'k-means', box })).toMatchObject({
        outcome: 'none',
        reason: 'box_empty',
      });
  });

  it('refuses a box that memory cannot hold before it allocates anything, in words', () => {
    const grid = { ...image.grid, size: [1024, 1024, 1024] as const };
    // The data are a stand-in: a method that read them would fail.
    const huge = { ...image, grid, data: new Float32Array(0) };
    const found = segment(huge, { method: 'markov-random-field' });
    expect(found).toMatchObject({ outcome: 'none', reason: 'too_large', facts: { voxels: 2 ** 30 } });
    if (found.outcome === 'none') for (const l of LANGUAGES) expect(found.text[l]).not.toContain('{');
  });

  it('refuses strokes of another image, and says when no voxel takes part', () => {
    expect(() => segment(image, { method: 'k-means', scribbles: new Uint8Array(7) })).toThrow(
      'region_grid_differs',
    );
    expect(segment(image, { method: 'k-means', within: new Uint8Array(960) })).toMatchObject({
      reason: 'nothing_active',
    });
  });

  it.each(METHODS.map((m) => m.id))('%s stops when it is cancelled, and leaves its input alone', (method) => {
    const scribbles = markOf(size, (x, y) => (y === 1 ? 2 : x > 6 && y > 4 ? 1 : 0));
    const start = markOf(size, (x, y, z) => Number(x > 4 && x < 9 && y > 2 && y < 7 && z > 1 && z < 6));
    const within = new Uint8Array(960).fill(1);
    const before = [image.data, scribbles, start].map((a) => a.slice());
    const clustering = ['k-means', 'fuzzy-c-means', 'gaussian-mixture'].includes(method);
    const parameters: ParameterValues = clustering ? { classes: 2 } : {};
    const noisy = { ...image, data: image.data.map((v, i) => v + (i % 7)) };
    const request = { method, parameters, scribbles, start, within, seeds: [[6, 5, 3]] as const };
    expect(segment(noisy, request)).toMatchObject({ outcome: 'done' });
    expect([image.data, scribbles, start]).toEqual(before);
    const stop = () => {
      throw new Error('stopped');
    };
    // One minimum cut of two classes is a single step; a worker is ended in the midst of it.
    if (method !== 'markov-random-field')
      expect(() => segment(noisy, request, null, { checkCancelled: stop })).toThrow('stopped');
  });
});
