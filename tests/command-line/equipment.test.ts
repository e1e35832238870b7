import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-equipment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text?: string): string => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};

interface Measured {
  inserts: {
    id: string;
    truth: number | null;
    mean: number | null;
    difference: number;
    bias: number | null;
  }[];
  metrics: { id: string; value: number | null; severity: string; reason?: string }[];
  refused: { file: string; kind: string; message: string }[];
}

describe('kinetex phantom-measure', () => {
  const map = join(folder, 'map/diffusion-inserts-twin/image.nii.gz');
  const water = join(folder, 'water/water-cylinder-twin/images');
  beforeAll(() => {
    // A scanner that reads every diffusion a tenth too high; and water at 4 HU.
    const twins = [
      ['diffusion-inserts-twin', 'map', 'gain=1.1'],
      ['water-cylinder-twin', 'water', 'offset=4'],
    ];
    for (const [id, to, set] of twins)
      expect(kinetex('phantom', id, '--out', join(folder, to), '--set', set).status).toBe(0);
  });
  const measure = (...args: string[]) => {
    const run = kinetex('phantom-measure', ...args);
    return { ...run, out: (run.stdout ? JSON.parse(run.stdout) : null) as Measured };
  };

  it('finds the phantom and tells the error that was played, in per cent of the truth', () => {
    const { status, stderr, out } = measure('--image', map, '--template', 'diffusion-inserts');
    expect(status, stderr).toBe(0);
    expect(out.inserts.map((i) => i.truth)).toEqual([830, 600, 400, 250, 125]);
    for (const { truth, mean, bias } of out.inserts) {
      expect(mean).toBeCloseTo(1.1 * truth!, 3);
      expect(bias).toBeCloseTo(10, 4);
    }
    const metric = Object.fromEntries(out.metrics.map((m) => [m.id, m]));
    expect(metric['mean-bias']!.value).toBeCloseTo(10, 4);
    expect(metric['linearity-slope']).toMatchObject({ severity: 'fail', limit: [0.95, 1.05] });
    expect(metric['linearity-slope']!.value).toBeCloseTo(1.1, 6);
    expect(out.refused).toEqual([]);
  });

  it('a truth of zero has a difference and no per cent', () => {
    const { status, out } = measure('--image', map, '--template', 'diffusion-inserts', '--truth', 'vial-1=0');
    expect(status).toBe(0);
    const [first] = out.inserts;
    expect(first).toMatchObject({ id: 'vial-1', truth: 0, bias: null });
    expect(first!.difference).toBe(first!.mean);
    expect(out.inserts.slice(1).every((i) => Number.isFinite(i.bias))).toBe(true);
    expect(out.metrics.every((m) => m.value === null || Number.isFinite(m.value))).toBe(true);
  });

  it('saves a run, adds the next one to it, and overwrites no file that is none', () => {
    const runs = file('runs.json');
    for (const day of ['2026-01-05', '2026-01-12']) {
      const more = ['--save', runs, '--date', day, '--device', 'CT 1', '--role', 'engineer'];
      const { status, stderr, out } = measure('--image', water, '--template', 'water-cylinder', ...more);
      expect(status, stderr).toBe(0);
      expect(stderr).toContain(`run of ${day} saved`);
      expect(out.metrics[0]).toMatchObject({ id: 'water-ct-number', severity: 'pass' });
      expect(out.metrics[0]!.value).toBeCloseTo(4, 6);
    }
    const [device, ...others] = (JSON.parse(readFileSync(runs, 'utf8')) as { devices: Saved[] }).devices;
    expect(others).toEqual([]);
    expect(device!.device).toMatchObject({ label: 'CT 1', modality: 'CT' });
    expect(device!.runs.map((r) => [r.date, r.operator, r.kind])).toEqual([
      ['2026-01-05', 'engineer', 'constancy'],
      ['2026-01-12', 'engineer', 'constancy'],
    ]);
    const broken = file('broken.json', '{"kind": ');
    const { status, out } = measure('--image', water, '--template', 'water-cylinder', '--save', broken);
    expect(status).toBe(3);
    expect(out.refused).toMatchObject([{ file: broken, message: expect.stringContaining('no whole JSON') }]);
    expect(readFileSync(broken, 'utf8')).toBe('{"kind": ');
  });

  it('names what is wrong with its arguments', () => {
    const bad: (readonly [string[], string])[] = [
      [['--image', file('none'), '--template', 'water-cylinder'], 'does not exist'],
      [['--image', water, '--template', 'nonesuch'], 'acr-ct, water-cylinder'],
      [['--image', water, '--template', file('none.json')], 'cannot be read'],
      [['--image', map, '--template', 'diffusion-inserts', '--truth', 'vial-9=1'], 'vial-1, vial-2'],
      [['--image', map, '--template', 'diffusion-inserts', '--truth', 'vial-1=x'], '--truth x is no number'],
      [['--image', water, '--template', 'water-cylinder', '--factor', ''], '--factor'],
      [
        ['--image', water, '--template', 'water-cylinder', '--save', file('a.json'), '--role', 'king'],
        '--role is one of: physicist',
      ],
      [['--image', water], '--template'],
    ];
    for (const [args, said] of bad) {
      const { status, stderr, stdout } = measure(...args);
      expect([status, stdout], args.join(' ')).toEqual([2, '']);
      expect(stderr).toContain(said);
    }
  });

  it('refuses a template that is none by the name of its file', () => {
    const template = file('template.json', '[1, 2]');
    const { status, stderr, out } = measure('--image', water, '--template', template);
    expect(status).toBe(3);
    expect(out.refused).toMatchObject([{ file: template }]);
    expect(stderr).toContain(`refused ${template}`);
  });
});

interface Saved {
  device: { label: string; modality: string };
  runs: { date: string; operator: string; kind: string }[];
}

describe('kinetex constancy', () => {
  // Runs of a quantity about 10: the first five have mean 10 and SD 1.
  const FIRST = [9, 11, 10, 9, 11];
  const [mean, sd] = [10, 1];
  const day = (n: number) => `2026-01-${String(n + 1).padStart(2, '0')}`;
  const run = (value: number | null, n: number) => ({
    id: `run:${n}`,
    version: 1,
    kind: 'constancy',
    date: day(n),
    template: { id: 'water-cylinder', version: 1 },
    results: [{ id: 'noise', value, unit: 'HU' }],
    operator: 'physicist',
    notes: '',
    laboratory: '',
    accreditation: '',
    software: { name: 'kinetex', version: '0.1.0' },
    series: '',
    amends: '',
    signed: null,
  });
  const baseline = {
    template: 'water-cylinder',
    version: 1,
    date: day(4),
    role: 'physicist',
    reason: 'first five',
    runs: [0, 1, 2, 3, 4].map((n) => `run:${n}`),
    after: day(5),
    values: { noise: { mean, sd, n: 5 } },
  };
  const runsFile = (name: string, values: readonly (number | null)[], frozen = true) =>
    file(
      name,
      JSON.stringify({
        kind: 'kinetex equipment runs',
        version: 1,
        software: '0.1.0',
        devices: [
          {
            device: { id: 'device:1', label: '=CT, 1', modality: 'CT' },
            runs: values.map(run),
            baselines: frozen ? [baseline] : [],
            limits: [],
          },
        ],
      }),
    );
  interface Chart {
    result: string;
    severity: string;
    lines: number[];
    runs: { value: number; rung: string[] }[];
  }
  interface Judged {
    devices: {
      severity: string;
      runs: number;
      constancy: { severity: string; baseline: unknown; since: number; charts: Chart[] }[];
    }[];
    refused: { file: string; kind: string; message: string }[];
  }
  const judged = (...args: string[]) => {
    const made = kinetex('constancy', ...args);
    return { ...made, out: (made.stdout ? JSON.parse(made.stdout) : null) as Judged };
  };

  it('a stable device passes; one run four deviations off fails by the rule of 3 SD', () => {
    expect(FIRST.reduce((a, b) => a + b, 0) / 5).toBe(mean);
    expect(FIRST.reduce((a, v) => a + (v - mean) ** 2, 0) / 4).toBe(sd ** 2);
    const stable = judged(
      '--runs',
      runsFile('stable.json', [...FIRST, 10.2, 9.9, 10.1]),
      '--limits',
      'plain',
    );
    expect(stable.status, stable.stderr).toBe(0);
    expect(stable.out.devices[0]).toMatchObject({ runs: 8, severity: 'pass' });
    const off = judged('--runs', runsFile('off.json', [...FIRST, 10.2, mean + 4 * sd]), '--limits', 'plain');
    expect(off.status).toBe(0);
    const [chart] = off.out.devices[0]!.constancy[0]!.charts;
    expect(chart).toMatchObject({ result: 'noise', severity: 'fail' });
    expect(chart!.lines[2]).toBeCloseTo(3 * sd, 12);
    expect(chart!.runs.map((r) => r.rung)).toEqual([[], ['1-3s']]);
    expect(off.stderr).toContain('noise fail');
  });

  it('widens the lines for a baseline of five runs unless told otherwise', () => {
    const { out } = judged('--runs', runsFile('wide.json', [...FIRST, mean + 4 * sd]));
    const [chart] = out.devices[0]!.constancy[0]!.charts;
    // t of 4 degrees of freedom at Φ(3) = 0.99865 is 6.6206; times √(1 + 1/5).
    expect(chart!.lines[2]! / sd).toBeCloseTo(6.6206 * Math.sqrt(1.2), 2);
    expect(chart!.runs[0]!.rung).toEqual([]);
  });

  it('one run alone is no chart, and neither are runs without a baseline', () => {
    for (const values of [[10], [...FIRST]]) {
      const { status, out, stderr } = judged('--runs', runsFile('few.json', values, false));
      expect(status).toBe(0);
      expect(out.devices[0]).toMatchObject({ runs: values.length, severity: 'na' });
      expect(out.devices[0]!.constancy).toMatchObject([
        { severity: 'na', baseline: null, since: 0, charts: [] },
      ]);
      expect(stderr).toContain('0 runs since the baseline');
    }
  });

  it('a run without the number is no point on the chart', () => {
    const { out } = judged('--runs', runsFile('gap.json', [...FIRST, null, 10.1]));
    expect(out.devices[0]!.constancy[0]!.charts[0]!.runs.map((r) => r.value)).toEqual([10.1]);
  });

  it('prints a table whose cells no spreadsheet takes for a formula', () => {
    const { status, stdout } = kinetex(
      'constancy',
      '--runs',
      runsFile('csv.json', [...FIRST, 10.5]),
      '--csv',
    );
    expect(status).toBe(0);
    const [head, row, ...more] = stdout.trim().split('\n');
    expect(head!.startsWith('device,template,result,unit,date,value,mean,sd,baseline_n')).toBe(true);
    expect(row!.startsWith(`"'=CT, 1",water-cylinder,noise,HU,${day(5)},10.5,10,`)).toBe(true);
    expect(more).toEqual([]);
  });

  it('refuses what is no file of runs with one sentence, as data', () => {
    const cases: (readonly [string, string, string])[] = [
      ['cut.json', '{"kind": "kinetex equip', 'no whole JSON'],
      ['other.json', '{"kind": "something"}', 'kinetex equipment runs'],
      ['list.json', '[]', 'kinetex equipment runs'],
      ['newer.json', '{"kind": "kinetex equipment runs", "version": 9}', '9'],
      ['day.json', readFileSync(runsFile('x.json', [10], false), 'utf8').replace(day(0), 'soon'), 'date'],
    ];
    for (const [name, text, said] of cases) {
      const path = file(name, text);
      const { status, stderr, out } = judged('--runs', path);
      expect(status, name).toBe(3);
      expect(out.refused, name).toMatchObject([{ file: path, kind: 'settings_invalid' }]);
      expect(out.refused[0]!.message, name).toContain(said);
      expect(stderr).toContain(`refused ${path}`);
      expect(kinetex('constancy', '--runs', path, '--csv')).toMatchObject({ status: 3, stdout: '' });
    }
  });

  it('names what is wrong with its arguments', () => {
    const good = runsFile('good.json', [10], false);
    const bad: (readonly [string[], string])[] = [
      [['--runs', file('missing.json')], 'cannot be read'],
      [['--runs', good, '--rules', 'mine'], 'western-electric or westgard'],
      [['--runs', good, '--limits', 'narrow'], 'prediction or plain'],
      [[good], 'unknown argument'],
      [[], '--runs'],
    ];
    for (const [args, said] of bad) {
      const { status, stderr, stdout } = judged(...args);
      expect([status, stdout], args.join(' ')).toEqual([2, '']);
      expect(stderr).toContain(said);
    }
  });
});
