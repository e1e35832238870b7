import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-gate-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** A profile that every image breaks: no voxel has a ratio of edges below 1. */
const profile = (severity: 'warn' | 'fail' | 'block'): string =>
  put(
    `${severity}.json`,
    JSON.stringify({
      kind: 'kinetex rule profile',
      name: `strict ${severity}`,
      rules: [{ id: 'G-06', on: true, checks: [{ quantity: 'voxel_anisotropy', [severity]: 0.5 }] }],
    }),
  );
const because = ['--override', 'read by hand', '--role', 'physicist'];
const settings = put('few.yaml', 'families: [morphology, intensity_statistics]\n');
const HEX = /^[0-9a-f]{64}$/;
const lines = (path: string) => readFileSync(path, 'utf8').trim().split('\n');

describe('kinetex perturb --qc', () => {
  const files: string[] = [];
  const opened = join(folder, 'opened.csv');
  beforeAll(() => {
    const made = kinetex('phantom', 'spiculated-lesion', '--out', folder);
    expect(made.status, made.stderr).toBe(0);
    const lesion = join(folder, 'spiculated-lesion');
    files.push('--image', join(lesion, 'images'), '--mask', join(lesion, 'Lesion.nii.gz'));
    files.push('--settings', settings, '--runs', '3', '--seed', '7');
  }, 60_000);
  const run = (...more: string[]) => kinetex('perturb', ...files, ...more);

  it('says that nobody judged where it was not asked', { timeout: 60_000 }, () => {
    const table = join(folder, 'plain.csv');
    const { status, stdout, stderr } = run('--table', table);
    expect(status, stderr).toBe(0);
    const made = JSON.parse(stdout) as { settingsHash: string; qc?: object };
    expect(made).toMatchObject({ settingsHash: expect.stringMatching(HEX), qcHash: '', verdict: null });
    expect(made.qc).toBeUndefined();
    expect(lines(table)[0]).toMatch(/^subject,perturbation,.*,settings_hash,qc_hash,verdict$/);
    expect(lines(table)[1]).toMatch(new RegExp(`,${made.settingsHash},,not judged$`));
  });

  it('a block leaves no number behind; an override goes into every row', { timeout: 120_000 }, () => {
    const [table, robust] = [join(folder, 'closed.csv'), join(folder, 'closed.json')];
    const closed = run('--qc', profile('block'), '--table', table, '--robust', robust);
    expect(closed.status).toBe(3);
    expect(closed.stderr).toMatch(/^Numbers are withheld/m);
    expect(JSON.parse(closed.stdout)).toMatchObject({
      perturbations: [],
      report: { features: [] },
      verdict: { severity: 'block' },
      qc: [{ withheld: true, severity: 'block' }],
    });
    expect([existsSync(table), existsSync(robust)]).toEqual([false, false]);
    const open = run('--qc', profile('block'), ...because, '--table', opened, '--robust', robust);
    expect(open.status, open.stderr).toBe(0);
    const made = JSON.parse(open.stdout) as {
      settingsHash: string;
      qcHash: string;
      report: { features: object[] };
    };
    expect(made).toMatchObject({
      verdict: { severity: 'block', override: { reason: 'read by hand', role: 'physicist' } },
      qc: [{ withheld: false }],
    });
    expect(made.report.features.length).toBeGreaterThan(20);
    for (const row of lines(opened).slice(1))
      expect(row).toMatch(
        new RegExp(`,${made.settingsHash},${made.qcHash},"block; .*override: read by hand \\(physicist\\)"$`),
      );
    expect(JSON.parse(readFileSync(robust, 'utf8'))).toMatchObject({
      qcHash: made.qcHash,
      verdict: expect.stringMatching(/^block; .*override: read by hand \(physicist\)$/),
    });
  });

  it('gives the hashes that extract gives for the same region and settings', { timeout: 60_000 }, () => {
    const { stdout } = kinetex('extract', ...files.slice(0, 6), '--csv', '--qc', profile('warn'));
    const [head, row] = stdout.split('\r\n').map((line) => line.split(','));
    const made = JSON.parse(run('--qc', profile('warn')).stdout) as { settingsHash: string; qcHash: string };
    expect([made.settingsHash, made.qcHash]).toEqual(
      ['settings_hash', 'qc_hash'].map((name) => row![head!.indexOf(name)]),
    );
  });

  it('a table that was opened with a reason goes on with it; its closed rows do not', () => {
    const text = readFileSync(opened, 'utf8');
    const on = kinetex('repeatability', opened, '--robust', join(folder, 'on.json'));
    expect(on.status, on.stderr).toBe(0);
    const { qcHash, settingsHash } = JSON.parse(on.stdout) as { qcHash: string; settingsHash: string };
    expect([qcHash, settingsHash]).toEqual([expect.stringMatching(HEX), expect.stringMatching(HEX)]);
    expect(JSON.parse(on.stdout)).toMatchObject({
      verdict: { severity: 'block', override: { reason: 'read by hand' } },
      qc: { leftOut: 0, notJudged: 0, sources: [{ rows: 3, qcHash }] },
    });
    expect(JSON.parse(readFileSync(join(folder, 'on.json'), 'utf8'))).toMatchObject({ qcHash });
    const without = put('without.csv', text.replaceAll('; override: read by hand (physicist)', ''));
    const refused = kinetex('repeatability', without);
    expect(refused.status).toBe(3);
    expect(JSON.parse(refused.stdout)).toMatchObject({ features: [], refused: [{ kind: 'withheld' }] });
    expect(refused.stderr).toMatch(/a rule blocks every row \(3\)/);
  });

  it.each([
    [['--override', 'why', '--role', 'physicist'], /--override goes with --qc/],
    [['--qc', '--override', 'why'], /go together/],
  ])('%j is no request', (more, said) => {
    const { status, stderr } = run(...more);
    expect([status, stderr]).toEqual([2, expect.stringMatching(said)]);
  });
});

describe('kinetex readers --qc', () => {
  const files: string[] = [];
  beforeAll(() => {
    const made = kinetex('phantom', 'sphere-set', '--out', folder);
    expect(made.status, made.stderr).toBe(0);
    const set = join(folder, 'sphere-set');
    const masks = readdirSync(set)
      .filter((f) => f.endsWith('.nii.gz'))
      .slice(0, 2);
    files.push('--image', join(set, 'images'), '--first', join(set, masks[0]!));
    files.push('--second', join(set, masks[0]!), '--settings', settings);
  }, 60_000);

  it(
    'a block on either reader leaves no number behind; an override goes with all',
    { timeout: 120_000 },
    () => {
      const table = join(folder, 'readers.csv');
      const closed = kinetex('readers', ...files, '--qc', profile('block'), '--table', table);
      expect(closed.status, closed.stderr).toBe(3);
      expect(closed.stderr).toMatch(/^Numbers are withheld/m);
      expect(JSON.parse(closed.stdout)).toMatchObject({
        pairs: [],
        report: { features: [] },
        qc: [{ withheld: true }, { withheld: true }],
      });
      expect(existsSync(table)).toBe(false);
      const open = kinetex('readers', ...files, '--qc', profile('block'), ...because, '--table', table);
      expect(open.status, open.stderr).toBe(0);
      expect(JSON.parse(open.stdout)).toMatchObject({
        verdict: { severity: 'block', override: { reason: 'read by hand' } },
        qcHash: expect.stringMatching(HEX),
        settingsHash: expect.stringMatching(HEX),
        pairs: [{}],
      });
      const rows = lines(table).slice(1);
      expect(rows).toHaveLength(2);
      for (const row of rows) expect(row).toMatch(/,[0-9a-f]{64},[0-9a-f]{64},"block; .*\(physicist\)"$/);
    },
  );
});

describe('tables that say what the rules found', () => {
  const row = (s: number, r: number, verdict: string) =>
    `S${s},${r},${100 * s + r},${'5'.repeat(64)},${'c'.repeat(64)},"${verdict}"`;
  const HEAD = 'subject,replicate,morph_volume,settings_hash,qc_hash,verdict';
  const WARN = 'warn; G-06 warn; profile p';

  it('repeatability: rows under a block are left out with a sentence, the others carry on', () => {
    const rows = [1, 2, 3, 4, 5].flatMap((s) =>
      [1, 2].map((r) => row(s, r, s === 5 ? 'block; G-03 block; profile p' : WARN)),
    );
    const { status, stdout, stderr } = kinetex('repeatability', put('rows.csv', [HEAD, ...rows].join('\n')));
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warn {2}R-carried-blocked .*: 2 \(rows/m);
    expect(JSON.parse(stdout)).toMatchObject({
      subjects: ['S1', 'S2', 'S3', 'S4'],
      features: [{ name: 'morph_volume' }],
      verdict: { severity: 'warn', profile: 'p' },
      settingsHash: '5'.repeat(64),
      qcHash: 'c'.repeat(64),
      qc: { leftOut: 2, notJudged: 0 },
    });
  });

  it('statistics: the same, and a table that says nothing is not assessed', () => {
    const said = put(
      'said.csv',
      ['a,b,verdict', `1,2,${WARN}`, `2,4,${WARN}`, `3,5,${WARN}`, '900,1,block; G-03 block; profile p'].join(
        '\n',
      ),
    );
    const plain = put('plain-columns.csv', 'a,b\n1,2\n2,4\n3,5\n');
    const { status, stdout, stderr } = kinetex('statistics', 'ccc', said, plain);
    expect(status, stderr).toBe(0);
    const [one, other] = (JSON.parse(stdout) as { results: { value: object; qc: object | string }[] })
      .results;
    expect(one!.value).toEqual(other!.value);
    expect(one!.qc).toMatchObject({ leftOut: 1 });
    expect(other).toMatchObject({ qc: 'not assessed', verdict: null, qcHash: '', settingsHash: '' });
    expect(stderr).toMatch(/R-carried-blocked {2}.*said\.csv: /);
  });
});

describe('kinetex fit --curves', () => {
  const time = Array.from({ length: 40 }, (_, i) => 5 * i);
  const aif = time.map((t) => (t < 20 ? 0 : 5 * Math.exp(-(t - 20) / 60)));
  const tissue = time.map((_, i) => aif.slice(0, i + 1).reduce((a, b) => a + b, 0) / 60);
  const run = (cases: readonly object[], head: object = {}) => {
    const path = put('curves.json', JSON.stringify({ ...head, cases }));
    const { status, stdout, stderr } = kinetex('fit', '--curves', path, '--model', 'tofts');
    return { status, stderr, made: JSON.parse(stdout) as { results: object[]; refused: object[] } };
  };
  const curve = { time, aif, tissue };

  it('is not assessed where the file says nothing', () => {
    const { status, made } = run([{ id: 'a', ...curve }]);
    expect(status).toBe(0);
    expect(made).toMatchObject({ qc: 'not assessed', verdict: null, qcHash: '' });
    expect(made.results[0]).not.toHaveProperty('verdict');
  });

  it('carries what cases say, and refuses a case under a block', () => {
    const { status, made, stderr } = run(
      [
        { id: 'a', ...curve },
        { id: 'b', ...curve, verdict: 'fail; G-06 fail; profile p' },
        { id: 'c', ...curve, verdict: 'block; G-03 block; profile p' },
      ],
      { verdict: 'pass; profile p', qc_hash: 'c0de', settings_hash: '5e77' },
    );
    expect(status).toBe(3);
    expect(made).toMatchObject({
      results: [
        { id: 'a', verdict: 'pass; profile p', qcHash: 'c0de', settingsHash: '5e77' },
        { id: 'b', verdict: 'fail; G-06 fail; profile p' },
      ],
      refused: [{ case: 'c', message: expect.stringMatching(/A rule blocks the numbers of c/) }],
      verdict: { severity: 'fail' },
      qc: { leftOut: 1 },
    });
    expect(stderr).toMatch(/R-carried-no-reason/);
  });
});
