import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNifti } from '../../src/formats/nifti/write.ts';
import { makeSampleStudy } from '../../src/quality/phantoms/sample-study.ts';
import { twoVisits } from '../end-to-end/two-visits.ts';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-gate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const EDGE = 10;
const affine = {
  origin: [0, 0, 0],
  matrix: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 2],
  ],
} as const;

/** A gzipped NIfTI of a cube; slices of 2 mm and pixels of 1 mm make an anisotropy of 2. */
function cube(name: string, data: Float32Array | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, writeNifti({ grid: { size: [EDGE, EDGE, EDGE], affine }, data }));
  return path;
}
const at = (i: number) => [i % EDGE, Math.floor(i / EDGE) % EDGE, Math.floor(i / EDGE ** 2)] as const;
const image = cube(
  'image.nii.gz',
  Float32Array.from({ length: EDGE ** 3 }, (_, i) => (37 * at(i)[0] + 91 * at(i)[1] + 53 * at(i)[2]) % 101),
);
const mask = cube(
  'mask.nii.gz',
  Uint8Array.from({ length: EDGE ** 3 }, (_, i) => (at(i).every((p) => p > 1 && p < 8) ? 1 : 0)),
);

/** A profile in which an anisotropy above 1.5 has one consequence. */
function profile(severity: 'warn' | 'fail' | 'block', name: string = severity): string {
  const path = join(folder, `${name}.json`);
  const checks = [{ quantity: 'voxel_anisotropy', [severity]: 1.5 }];
  writeFileSync(
    path,
    JSON.stringify({ kind: 'kinetex rule profile', name, rules: [{ id: 'G-06', on: true, checks }] }),
  );
  return path;
}

const extract = (...more: string[]) => kinetex('extract', '--image', image, '--mask', mask, ...more);
interface Printed {
  features: { value: number | null }[];
  verdict: { severity: string; profile: string; override?: object } | null;
  qc?: { severity: string; withheld: boolean; rules: { id: string; severity: string; message: string }[] };
}
const read = (stdout: string) => JSON.parse(stdout) as Printed;
const because = ['--override', 'read by hand', '--role', 'physicist'];

describe('kinetex extract --qc', () => {
  it('is off unless asked for', () => {
    const { status, stdout } = extract();
    expect(status).toBe(0);
    expect(read(stdout).qc).toBeUndefined();
    expect(read(stdout).verdict).toBeNull();
    expect(extract('--csv').stdout.split('\r\n')[1]).toMatch(/,not judged$/);
  });

  it('a fail goes out under its verdict, with a warning', () => {
    const { status, stdout, stderr } = extract('--qc', profile('fail'));
    expect(status, stderr).toBe(0);
    const { features, verdict, qc } = read(stdout);
    expect(features.length).toBeGreaterThan(100);
    expect(verdict).toMatchObject({ severity: 'fail', profile: 'fail' });
    expect(qc).toMatchObject({ severity: 'fail', withheld: false });
    expect(qc!.rules.find((r) => r.id === 'G-06')).toMatchObject({
      severity: 'fail',
      message: expect.stringMatching(/\w/),
    });
    expect(stderr).toMatch(/^Warning: a rule failed/m);
    const { stdout: csv } = extract('--csv', `--qc=${profile('fail')}`);
    expect(csv.split('\r\n')[1]).toMatch(/,"fail; G-06 fail;.*profile fail"$/);
    expect(csv.split('\r\n')[0]).toBe(extract('--csv').stdout.split('\r\n')[0]);
  });

  it('a block withholds every number until a reason and a role are given', () => {
    const closed = extract('--qc', profile('block'));
    expect(closed.status).toBe(3);
    expect(closed.stderr).toMatch(/^Numbers are withheld/m);
    expect(read(closed.stdout)).toMatchObject({ features: [], diagnostics: [], qc: { withheld: true } });
    expect(extract('--csv', '--qc', profile('block')).stdout).toMatch(/^region,[^\n]*\r\n$/);
    const opened = extract('--qc', profile('block'), ...because);
    expect(opened.status, opened.stderr).toBe(0);
    const { features, verdict, qc } = read(opened.stdout);
    expect(features).toEqual(read(extract().stdout).features);
    expect(verdict).toMatchObject({
      severity: 'block',
      override: { reason: 'read by hand', role: 'physicist' },
    });
    expect(qc!.withheld).toBe(false);
    expect(extract('--csv', '--qc', profile('block'), ...because).stdout).toContain(
      'override: read by hand (physicist)',
    );
  });

  it('hashes name the settings and the result of the rules: they change with what they name', () => {
    const hashes = (...more: string[]) => {
      const [head, row] = extract('--csv', ...more)
        .stdout.split('\r\n')
        .map((line) => line.split(','));
      return ['settings_hash', 'qc_hash'].map((name) => row[head.indexOf(name)]);
    };
    const [settings, qc] = hashes('--qc', profile('fail'));
    expect([settings, qc]).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
    expect(hashes('--qc', profile('fail'))).toEqual([settings, qc]);
    expect(hashes()).toEqual([settings, '']);
    const [same, other] = hashes('--qc', profile('warn'));
    expect([same, other === qc]).toEqual([settings, false]);
  });

  it('a rule that blocks one region leaves the numbers of the others', () => {
    const two = cube(
      'two.nii.gz',
      Uint8Array.from({ length: EDGE ** 3 }, (_, i) => {
        const [x, y, z] = at(i);
        if ([x, y, z].every((p) => p > 1 && p < 8)) return 1;
        return x === 9 && y < 2 && z < 2 ? 2 : 0;
      }),
    );
    const run = (...more: string[]) => kinetex('extract', '--image', image, '--mask', two, '--qc', ...more);
    const { status, stdout, stderr } = run();
    expect(status).toBe(3);
    const made = JSON.parse(stdout) as (Printed & { mask: { voxels: number } })[];
    const [large, small] = made.toSorted((a, b) => b.mask.voxels - a.mask.voxels);
    expect([large.mask.voxels, small.mask.voxels]).toEqual([216, 4]);
    expect(large.features.length).toBeGreaterThan(100);
    expect([small.features, small.qc!.withheld, large.qc!.withheld]).toEqual([[], true, false]);
    expect(small.qc!.rules).toContainEqual(expect.objectContaining({ id: 'V-02', severity: 'block' }));
    expect(large.qc!.rules).not.toContainEqual(expect.objectContaining({ severity: 'block' }));
    expect(stderr).toMatch(/^Numbers of \S.* are withheld/m);
    const rows = run('--csv', ...because)
      .stdout.split('\r\n')
      .slice(1, -1);
    const blocked = rows.filter((row) => /,"block; /.test(row));
    expect(new Set(blocked.map((row) => row.split(',')[0])).size).toBe(1);
    expect(blocked.length).toBeGreaterThan(100);
    expect(rows.length).toBeGreaterThan(blocked.length + 100);
    expect(new Set(rows.map((row) => /,([0-9a-f]{64}),"/.exec(row)?.[1])).size).toBe(2);
  });

  it.each([
    [['--qc', '--override', 'why'], /--override "reason" and --role "role" go together/],
    [['--qc', '--override', ' ', '--role', 'physicist'], /neither is blank/],
    [['--override', 'why', '--role', 'physicist'], /--override goes with --qc/],
    [['--qc', join(folder, 'none.json')], /none\.json does not exist/],
  ])('%j is no request', (more, said) => {
    const { status, stderr } = extract(...more);
    expect(status).toBe(2);
    expect(stderr).toMatch(said);
  });

  it('refuses a profile that is none', () => {
    const path = join(folder, 'wrong.json');
    writeFileSync(path, '{"kind": "soup"}');
    const { status, stdout, stderr } = extract('--qc', path);
    expect(status).toBe(3);
    expect(stdout).not.toContain('"features"');
    expect(stderr).toMatch(/^refused .*wrong\.json: /m);
  });
});

describe('kinetex export --format sr --qc', () => {
  const report = (out: string, ...more: string[]) =>
    kinetex(
      'export',
      '--image',
      image,
      '--mask',
      mask,
      '--format',
      'sr',
      '--out',
      join(folder, out),
      ...more,
    );

  it('a block leaves no report behind; an override goes into it', { timeout: 60_000 }, () => {
    const closed = report('sr-closed', '--qc', profile('block'));
    expect(closed.status, closed.stderr).toBe(3);
    expect(JSON.parse(closed.stdout)).toMatchObject({ files: [], qc: [{ withheld: true }] });
    expect(() => readdirSync(join(folder, 'sr-closed'))).toThrow();
    const opened = report('sr-open', '--qc', profile('block'), ...because);
    expect(opened.status, opened.stderr).toBe(0);
    const { qc } = JSON.parse(opened.stdout) as { qc: { qcHash: string }[] };
    const text = readFileSync(join(folder, 'sr-open', 'measurements.dcm')).toString('latin1');
    expect(text).toContain('override: read by hand (physicist)');
    expect(text).toContain(qc[0].qcHash);
  });

  it('goes with reports of numbers alone', () => {
    const args = ['--image', image, '--mask', mask, '--format', 'seg', '--out', folder, '--qc'];
    const { status, stderr } = kinetex('export', ...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining('--qc goes with --format sr')]);
  });
});

describe('kinetex fit --series --qc', () => {
  const sample = join(folder, 'sample');
  let ask: string[];
  beforeAll(() => {
    for (const { path, bytes } of makeSampleStudy()) {
      mkdirSync(join(sample, path, '..'), { recursive: true });
      writeFileSync(join(sample, path), bytes);
    }
    const { series } = JSON.parse(kinetex('inspect', sample, '--json').stdout) as {
      series: { uid: string; size: number[] }[];
    };
    const { uid } = series.find((s) => s.size[3] > 1)!;
    ask = ['fit', '--series', sample, '--uid', uid, '--mask', sample, '--region', 'Tumour'];
    ask.push('--aif', 'region:Artery', '--t10', '1.2', '--haematocrit', '0.45', '--model', 'tofts', '--out');
  }, 60_000);

  it('a block leaves nothing behind; an override is written beside the numbers', { timeout: 120_000 }, () => {
    const out = join(folder, 'closed');
    const path = profile('block', 'strict');
    const strict = readFileSync(path, 'utf8').replace('1.5', '0.5');
    writeFileSync(path, strict);
    const closed = kinetex(...ask, out, '--qc', path);
    expect(closed.status, closed.stderr).toBe(3);
    expect(closed.stderr).toMatch(/^Numbers are withheld/m);
    expect(JSON.parse(closed.stdout)).toMatchObject({ results: [], files: {}, qc: { withheld: true } });
    expect(() => readdirSync(out)).toThrow();
    const opened = kinetex(...ask, out, '--qc', path, ...because);
    expect(opened.status, opened.stderr).toBe(0);
    const verdict = { severity: 'block', override: { reason: 'read by hand', role: 'physicist' } };
    expect(JSON.parse(opened.stdout)).toMatchObject({ verdict, qc: { withheld: false } });
    expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))).toMatchObject({ verdict });
    const [head, row] = readFileSync(join(out, 'curves.csv'), 'utf8').split('\n');
    expect(head).toBe('curve,time_s,concentration_mmol_per_L,settings_hash,qc_hash,qc');
    expect(row).toMatch(/,[0-9a-f]{64},[0-9a-f]{64},"block; .*override: read by hand \(physicist\)"$/);
    const { settingsHash, qcHash, maps } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as {
      settingsHash: string;
      qcHash: string;
      maps: { id: string; unit: string }[];
    };
    expect(row).toContain(`,${settingsHash},${qcHash},`);
    // What NIfTI has no room for lies beside every map.
    for (const { id, unit } of maps) {
      expect(readdirSync(out)).toContain(`${id}.nii.gz`);
      const beside = JSON.parse(readFileSync(join(out, `${id}.json`), 'utf8')) as object;
      expect(beside).toMatchObject({
        Quantity: id,
        Units: unit,
        Model: 'tofts',
        SettingsHash: settingsHash,
        QcHash: qcHash,
        QcVerdict: expect.stringMatching(/^block; .*override: read by hand \(physicist\)$/),
      });
    }
  });

  it('a T1 map has the verdict of the images that it is made of, and says it in the fit that takes it', () => {
    const visits = twoVisits();
    const [first, angles] = [join(visits, 'series1'), join(visits, 'angles')];
    mkdirSync(angles);
    for (const n of [3, 4, 5, 6]) renameSync(join(visits, `series${n}`), join(angles, String(n)));
    const [map, strict] = [join(visits, 't1'), profile('block', 'strict')];
    writeFileSync(strict, readFileSync(strict, 'utf8').replace('1.5', '0.5'));
    const makeT1 = (...more: string[]) =>
      kinetex('fit', '--series', angles, '--model', 't1', '--out', map, '--qc', strict, ...more);
    const closed = makeT1();
    expect([closed.status, readdirSync(visits).includes('t1')], closed.stderr).toEqual([3, false]);
    const open = makeT1(...because);
    expect(open.status, open.stderr).toBe(0);
    const { qc } = JSON.parse(open.stdout) as { qc: object[] };
    expect(qc).toMatchObject(Array(4).fill({ severity: 'block', withheld: false }));
    const fit = (...t10: string[]) => {
      const args = ['--model', 'tofts', '--out', join(visits, 'fit'), '--qc'];
      return kinetex('fit', '--series', first, ...args, ...t10);
    };
    const t10 = ['--t10', join(map, 'T1.nii.gz')];
    const plain = fit('--t10', '1.2');
    expect(plain.status, plain.stderr).toBe(0);
    expect(JSON.parse(plain.stdout)).toMatchObject({ verdict: { severity: 'fail' } });
    // The reason was given for the map, not for what is made of it.
    const withMap = fit(...t10);
    expect(withMap.status, withMap.stderr).toBe(3);
    expect(JSON.parse(withMap.stdout)).toMatchObject({
      results: [],
      qc: { severity: 'block', withheld: true },
    });
    expect(withMap.stderr).toMatch(/^block {2}G-06 {2}.*T1\.nii\.gz: Said of the map when it was made/m);
    const opened = fit(...t10, ...because);
    expect(opened.status, opened.stderr).toBe(0);
    expect(JSON.parse(opened.stdout)).toMatchObject({
      verdict: { severity: 'block', profile: 'built-in', override: { reason: 'read by hand' } },
    });
    rmSync(visits, { recursive: true });
  }, 120_000);

  it('goes with a fit of one series', () => {
    const { status, stderr } = kinetex('fit', '--curves', 'x.json', '--model', 'tofts', '--qc');
    expect(status).toBe(2);
    expect(stderr).toMatch(/--qc goes with maps of a series/);
  });
});
