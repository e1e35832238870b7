import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-fit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Printed {
  readonly results: { id: string; parameters: Record<string, number | null>; status: string; r2: number }[];
  readonly refused: { case?: string; file?: string; kind: string; message: string }[];
}

function fit(model: string, content: unknown): { status: number | null; printed: Printed; stderr: string } {
  const path = join(folder, 'curves.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  const { status, stdout, stderr } = kinetex('fit', '--curves', path, '--model', model, '--json');
  return { status, printed: JSON.parse(stdout) as Printed, stderr };
}

/** A straight ramp as input; its Tofts curve in closed form: K·m·(t/k − (1 − e^{−kt})/k²), t in minutes. */
const time = Array.from({ length: 80 }, (_, i) => 3 * i);
const ramp = time.map((s) => (2 * s) / 60);
const tofts = (ktrans: number, ve: number) =>
  time.map((s) => {
    const [t, k] = [s / 60, ktrans / ve];
    return 2 * ktrans * (t / k - (1 - Math.exp(-k * t)) / (k * k));
  });

describe('kinetex fit --curves', () => {
  it('gives parameters under the names and units of the file', () => {
    const cases = [
      { id: 'a', time, aif: ramp, tissue: tofts(0.2, 0.3), parameters: { Ktrans: 0.2, ve: 0.3 } },
      {
        id: 'b',
        time: time.map((s) => s / 60),
        units: { time: 'min', K_trans: '1/s', ve: '%' },
        aif: ramp,
        tissue: tofts(0.2, 0.3),
        parameters: { K_trans: 0, ve: 0 },
      },
    ];
    const { status, printed } = fit('tofts', { schema: 'kinetics-reference/1', cases });
    expect(status).toBe(0);
    const [a, b] = printed.results;
    expect(a.parameters.Ktrans).toBeCloseTo(0.2, 7);
    expect(a.parameters.ve).toBeCloseTo(0.3, 7);
    expect(a.parameters.kep).toBeCloseTo(2 / 3, 6);
    expect(a).toMatchObject({ id: 'a', status: 'converged' });
    expect(b.parameters.K_trans).toBeCloseTo(0.2 / 60, 8);
    expect(b.parameters.ve).toBeCloseTo(30, 5);
  });

  it('takes a delay as given, or fits it', () => {
    const late = [...Array<number>(4).fill(0), ...tofts(0.2, 0.3)].slice(0, time.length);
    const cases = [
      { id: 'given', time, aif: ramp, tissue: late, delay: 12, parameters: { Ktrans: 0.2 } },
      {
        id: 'fitted',
        time,
        aif: ramp,
        tissue: late,
        delay: 12,
        fit_delay: true,
        parameters: { Ktrans: 0.2 },
      },
    ];
    const { results } = fit('tofts', { cases }).printed;
    for (const r of results) expect(r.parameters.Ktrans).toBeCloseTo(0.2, 4);
    expect(results[0].parameters).not.toHaveProperty('delay');
    expect(results[1].parameters.delay).toBeCloseTo(12, 2);
  });

  it('refuses a bad case by name and fits the rest', () => {
    const good = { id: 'good', time, aif: ramp, tissue: tofts(0.2, 0.3) };
    const cases = [
      good,
      { ...good, id: 'short input', aif: ramp.slice(5) },
      { ...good, id: 'backwards', time: [...time].reverse() },
      { ...good, id: 'hole', tissue: [null, ...ramp.slice(1)] },
      { id: 'one frame', time: [0], aif: [0], tissue: [0] },
      { ...good, id: 'odd unit', units: { Ktrans: 'furlong' }, parameters: { Ktrans: 1 } },
      'nothing',
    ];
    const { status, printed, stderr } = fit('tofts', { cases });
    expect(status).toBe(3);
    expect(printed.results.map((r) => r.id)).toEqual(['good']);
    expect(printed.refused.map((r) => r.case)).toEqual([
      'short input',
      'backwards',
      'hole',
      'one frame',
      'odd unit',
      'case 7',
    ]);
    expect(stderr).toContain('short input');
    expect(printed.refused[1].message).toContain('rising times');
  });

  it('refuses what holds no curves, and unknown models', () => {
    expect(fit('tofts', '{]').status).toBe(3);
    expect(fit('tofts', { cases: [] }).status).toBe(3);
    expect(kinetex('fit', '--curves', join(folder, 'curves.json'), '--model', 'magic').status).toBe(2);
    expect(kinetex('fit', '--curves', join(folder, 'absent.json'), '--model', 'tofts').status).toBe(2);
  });
});

describe.skipIf(!HAS_SHARED)('published curves from the terminal', () => {
  it.each([
    ['tofts', 'tofts.json', 30],
    ['extended-tofts', 'extended_tofts.json', 18],
    ['patlak', 'patlak.json', 12],
    ['two-compartment-uptake', 'two_compartment_uptake.json', 33],
    ['two-compartment-exchange', 'two_compartment_exchange.json', 30],
  ])('%s', (model, file, count) => {
    const path = join(SHARED, 'reference/kinetics', file);
    const { cases, tolerance } = JSON.parse(readFileSync(path, 'utf8')) as {
      cases: { id: string; delay: number; fit_delay: boolean; parameters: Record<string, number> }[];
      tolerance: Record<string, { abs: number; rel: number }>;
    };
    const { status, stdout } = kinetex('fit', '--curves', path, '--model', model, '--json');
    expect(status).toBe(0);
    const { results } = JSON.parse(stdout) as Printed;
    expect(results.length).toBe(count);
    for (const [i, c] of cases.entries()) {
      const wanted = c.fit_delay ? { ...c.parameters, delay: c.delay } : c.parameters;
      for (const [name, value] of Object.entries(wanted)) {
        const { abs, rel } = tolerance[name];
        expect(Math.abs(results[i].parameters[name]! - value), `${c.id} ${name}`).toBeLessThanOrEqual(
          abs + rel * Math.abs(value),
        );
      }
    }
  });
});
