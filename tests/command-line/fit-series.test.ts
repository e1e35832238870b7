import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../src/engine/node.ts';
import { gunzip } from '../../src/formats/gzip.ts';
import { readNifti } from '../../src/formats/nifti/read.ts';
import { makeSampleStudy } from '../../src/quality/phantoms/sample-study.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-series-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Values of a map that the command wrote. */
function mapOf(out: string, id: string) {
  const file = join(out, `${id}.nii.gz`);
  return readNifti(gunzip(new Uint8Array(readFileSync(file)), 2 ** 28).bytes, file);
}

describe('kinetex fit --series on the sample study', () => {
  const sample = join(folder, 'sample');
  const out = join(folder, 'maps');
  let uid: string;
  beforeAll(() => {
    for (const { path, bytes } of makeSampleStudy()) {
      mkdirSync(join(sample, path, '..'), { recursive: true });
      writeFileSync(join(sample, path), bytes);
    }
    const listed = JSON.parse(kinetex('inspect', sample, '--json').stdout) as {
      series: { uid: string; size: number[] }[];
    };
    uid = listed.series.find((s) => s.size[3] > 1)!.uid;
  }, 60_000);

  it('writes maps, their errors, curves and a summary', () => {
    const run = kinetex(
      ...['fit', '--series', sample, '--uid', uid, '--mask', sample, '--region', 'Tumour'],
      ...['--aif', 'region:Artery', '--t10', '1.2', '--haematocrit', '0.45'],
      ...['--model', 'extended-tofts', '--out', out, '--json'],
    );
    expect(run.status, run.stderr).toBe(0);
    const summary = JSON.parse(run.stdout) as {
      counts: Record<string, number>;
      files: Record<string, string>;
      mean: { fit: { parameters: Record<string, number> } };
    };
    expect(readdirSync(out)).toEqual(
      expect.arrayContaining(['Ktrans.nii.gz', 've_error.nii.gz', 'curves.csv', 'summary.json']),
    );
    expect(summary.files.Ktrans).toBe('Ktrans.nii.gz');
    expect(summary.counts.converged).toBeGreaterThan(3000);
    const ktrans = mapOf(out, 'Ktrans');
    expect(ktrans.size).toEqual([96, 96, 12]);
    const inside = Array.from(ktrans.data).filter(Number.isFinite);
    expect(inside.length).toBe(summary.counts.converged + summary.counts.at_bound);
  }, 60_000);

  it('says what is missing', () => {
    const ask = (...more: string[]) =>
      kinetex('fit', '--series', sample, '--uid', uid, '--model', 'tofts', '--out', out, ...more);
    expect(ask('--mask', sample, '--region', 'Tumour', '--aif', 'magic').stderr).toContain('parker');
    expect(ask('--delay', 'soon').status).toBe(2);
    expect(kinetex('fit', '--series', sample, '--model', 'tofts').status).toBe(2);
  }, 60_000);
});

describe.skipIf(!HAS_SHARED)('the dynamic breast study, from its DICOM files', () => {
  const study = join(SHARED, 'samples/dce_breast_ucsf_br_06');
  const dynamic = join(study, 'image_dce_3dfgre_orig');

  it("gives the makers' own maps of percent enhancement and signal enhancement ratio", async () => {
    const out = join(folder, 'breast');
    const run = kinetex('fit', '--series', dynamic, '--model', 'curve-shape', '--out', out, '--json');
    expect(run.status, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      seconds: [0, 407, 761],
      settings: { baselineFrames: 1, early: 1 },
    });
    const engine = createNodeEngine();
    const theirs = async (name: string) => {
      const path = join(study, name);
      const files = readdirSync(path).map((f) => ({
        path: f,
        content: new Uint8Array(readFileSync(join(path, f))),
      }));
      const opened = await engine.open(files);
      return engine.volume(opened, opened.series[0].uid);
    };
    const [pe, ser] = [await theirs('image_dce_pe1'), await theirs('image_dce_ser')];
    const ourPe = mapOf(out, 'percent-enhancement');
    const ourSer = mapOf(out, 'signal-enhancement-ratio');
    expect(ourPe.size).toEqual(pe.grid.size);
    ourPe.affine.origin.forEach((v, i) => expect(v).toBeCloseTo(pe.grid.affine.origin[i], 2));
    let [shown, same, ratios, close] = [0, 0, 0, 0];
    pe.data.forEach((v, i) => {
      if (v === 0) return;
      shown++;
      if (Math.trunc(ourPe.data[i] + 1e-4) === v) same++;
    });
    ser.data.forEach((v, i) => {
      if (v === 0) return;
      ratios++;
      if (Math.abs(ourSer.data[i] - v) <= 0.0011) close++;
    });
    console.log(`percent enhancement: ${same} of ${shown} equal; ratio: ${close} of ${ratios} within 0.0011`);
    expect(shown).toBe(151_027);
    expect(same).toBe(151_027);
    expect(ratios).toBe(41_596);
    expect(close / ratios).toBeGreaterThan(0.9995);
  }, 120_000);

  it('has too few phases for a model, and says so', () => {
    const run = kinetex('fit', '--series', dynamic, '--model', 'extended-tofts', '--out', join(folder, 'no'));
    expect(run.status).toBe(3);
    expect(run.stderr).toContain('at least 6 phases');
    expect(run.stderr).toContain('curve shape');
  }, 60_000);
});
