import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movedFiles, MOVES } from '../../src/engine/kinetics/moved-phantom.testing.ts';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-motion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Summary {
  readonly mean: { readonly fit: { readonly rmse: number; readonly r2: number } };
  readonly motion?: readonly { readonly frame: number; readonly displacement_px?: number }[];
}

describe('kinetex fit on a phantom that moved', () => {
  const series = join(folder, 'moved');
  beforeAll(() => {
    movedFiles().forEach(({ path, content }) => {
      const at = join(folder, path);
      mkdirSync(join(at, '..'), { recursive: true });
      writeFileSync(at, content as Uint8Array);
    });
  }, 60_000);

  it('says how far, and fits better when asked to correct it', () => {
    const ask = (...more: string[]) => {
      const run = kinetex(
        ...['fit', '--series', series, '--mask', series, '--region', 'Tumour', '--aif', 'region:Artery'],
        ...['--model', 'extended-tofts', '--out', join(folder, 'out'), ...more],
      );
      expect(run.status, run.stderr).toBe(0);
      return JSON.parse(run.stdout) as Summary;
    };
    const [moved, back] = [ask(), ask('--motion', 'correct')];
    expect(back.motion).toHaveLength(40);
    expect(moved.motion).toBeUndefined();
    expect(back.mean.fit.rmse).toBeLessThan(0.5 * moved.mean.fit.rmse);
    expect(back.mean.fit.r2).toBeGreaterThan(moved.mean.fit.r2);
    const measured = kinetex('fit', '--series', series, '--model', 'motion', '--out', folder);
    expect(measured.status, measured.stderr).toBe(0);
    const over = [...MOVES.values()].filter((m) => m.far).length;
    expect(measured.stderr).toMatch(
      new RegExp(`fail {2}M-16 {2}The patient moved.*${over} frames over one pixel`),
    );
  }, 240_000);
});
