import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FileSource } from '../../src/engine/api.ts';
import {
  MADE_TIMES,
  madeConcentration,
  madeDynamic,
  SLICES,
} from '../../src/engine/kinetics/made-dynamic.testing.ts';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-bad-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, files: readonly FileSource[]): string {
  const at = join(folder, name);
  mkdirSync(at, { recursive: true });
  files.forEach(({ content }, n) => writeFileSync(join(at, `${n}.dcm`), content as Uint8Array));
  return at;
}

const fit = (series: string, ...more: string[]) =>
  kinetex(
    ...['fit', '--series', series, '--model', 'tofts', '--aif', 'parker', '--arrival', '33', '--delay', '0'],
    ...['--out', join(folder, 'out'), ...more],
  );

/** A 4D NIfTI of 2×2×1 voxels, float32, whose time step and values are given. */
function nifti(step: number, curve: readonly number[], odd: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(352 + 16 * curve.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  [4, 2, 2, 1, curve.length, 1, 1, 1].forEach((n, i) => view.setInt16(40 + 2 * i, n, true));
  view.setInt16(70, 16, true);
  view.setInt16(72, 32, true);
  [1, 1, 1, 1, step].forEach((n, i) => view.setFloat32(76 + 4 * i, n, true));
  view.setFloat32(108, 352, true);
  view.setFloat32(112, 1, true);
  view.setUint8(123, 2 + 8);
  view.setInt16(254, 1, true);
  [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0].forEach((n, i) => view.setFloat32(280 + 4 * i, n, true));
  bytes.set(new TextEncoder().encode('n+1\0'), 344);
  for (let f = 0; f < curve.length; f++)
    for (let v = 0; v < 4; v++) view.setFloat32(352 + 4 * (4 * f + v), v === 3 ? odd[f] : curve[f], true);
  return bytes;
}

describe('kinetex fit on bad input', () => {
  it('refuses one frame', () => {
    const { status, stderr, stdout } = fit(written('one', madeDynamic().slice(0, SLICES)));
    expect(status).toBe(3);
    expect(stderr).toMatch(/has 1 phase: without a phase before and one after the agent there is no curve/);
    expect(JSON.parse(stdout)).toMatchObject({ results: [], refused: [{ kind: 'settings_invalid' }] });
  });

  it('names frames that lack a slice, and fits the rest', () => {
    const at = written(
      'hole',
      madeDynamic().filter((_, n) => n !== SLICES * 20 + 1),
    );
    const { status, stderr, stdout } = fit(at);
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/fail {2}G-03 {2}1 time point/);
    expect((JSON.parse(stdout) as { seconds: number[] }).seconds).toHaveLength(39);
  });

  it.each([
    ['equal times', ['--seconds', MADE_TIMES.map((t) => Math.min(t, 228)).join()], 'must rise, but phase 40'],
    ['backward times', ['--seconds', [...MADE_TIMES].reverse().join()], 'must rise, but phase 2 is at 228 s'],
    ['a T1 of zero', ['--t10', '0'], 'T1 before contrast must be above 0, but 0 s was given'],
    ['no baseline', ['--baseline', '0'], '0 frames before the contrast were asked for'],
    ['a flip angle of zero', ['--flip-angle', '0'], 'flipAngle'],
  ] as const)('refuses %s', (_, options, sentence) => {
    const { status, stderr } = fit(written('sound', madeDynamic()), ...options);
    expect(status).toBe(3);
    expect(stderr).toContain(sentence);
  });

  it('refuses an input that is shorter than the tissue', () => {
    const table = join(folder, 'short.csv');
    writeFileSync(table, 'time_s,plasma_mM\n0,0\n30,0\n36,4\n60,1\n');
    const { status, stderr } = fit(written('sound', madeDynamic()), '--aif', table);
    expect(status).toBe(3);
    expect(stderr).toContain('ends at 60 s, but the tissue is followed until 234 s');
  });

  it('asks for the flip angle and repetition time that a file lacks, and leaves a curve with a hole empty', () => {
    const curve = madeConcentration(MADE_TIMES).map((c) => 1000 + 500 * c);
    const path = join(folder, 'dynamic.nii');
    writeFileSync(path, nifti(6, curve, curve.with(12, Number.NaN)));
    const silent = fit(path);
    expect(silent.status).toBe(3);
    expect(silent.stderr).toMatch(/(RepetitionTime|FlipAngle) is not in .*--tr, --flip-angle/);
    const run = fit(path, '--tr', '5', '--flip-angle', '20');
    expect(run.status, run.stderr).toBe(0);
    expect(run.stderr).toContain('1 voxels have signals that no concentration gives');
    const { counts } = JSON.parse(run.stdout) as { counts: Record<string, number> };
    expect(counts).toMatchObject({ unconverted: 1 });
    expect(counts.converged + counts.at_bound).toBe(3);
  });
});
