import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type { Volume } from '../../core/volume.ts';
import { centredGrid } from '../phantoms/grid.ts';
import { edgeTransfer } from './edge-transfer.ts';
import { extentAlong } from './extent.ts';
import { findPhantom } from './find.ts';
import { measurePhantom, within } from './measure.ts';
import { metric } from './metrics.ts';
import { noisePower } from './noise-power.ts';
import { insertMoved, shifted, straight, toPatientFrom, toPhantom, turned } from './pose.ts';
import { templateFromJson, templateToJson } from './read-template.ts';
import { TEMPLATES } from './registry.ts';
import { rampThickness } from './ramps.ts';
import { sampler, shrunk } from './sample.ts';
import { unitFactor } from './template.ts';
import { twinOf } from './twin.ts';
import { ghostingRatio } from './uniformity.ts';

const templateOf = (id: string) => TEMPLATES.find((t) => t.id === id)!;
const valueOf = (measured: ReturnType<typeof measurePhantom>, id: string) =>
  measured.metrics.find((m) => m.id === id)!;

describe('every template', () => {
  it('has texts in three languages, inserts within the body or its surroundings, and metrics of known formula', () => {
    expect(new Set(TEMPLATES.map((t) => t.id)).size).toBe(TEMPLATES.length);
    for (const t of TEMPLATES) {
      expect(new Set(t.inserts.map((i) => i.id)).size, t.id).toBe(t.inserts.length);
      for (const text of [
        t.label,
        t.description,
        t.quantity,
        ...t.inserts.map((i) => i.label),
        ...t.metrics.map((m) => m.label),
      ]) {
        for (const language of ['en', 'ru', 'zh'] as const) expect(text[language].length).toBeGreaterThan(0);
      }
      for (const i of t.inserts.filter((x) => x.use === 'material')) {
        const flat = Math.hypot(i.centre[0] / t.body.radii[0], i.centre[1] / t.body.radii[1]);
        expect(flat + i.radii[0] / t.body.radii[0], `${t.id} ${i.id}`).toBeLessThan(1);
      }
    }
  });
  it('says where each truth and limit comes from, and how that is known', () => {
    for (const t of TEMPLATES) {
      expect(t.source.length, t.id).toBeGreaterThan(20);
      expect(['V', 'L', 'E']).toContain(t.mark);
      for (const m of t.metrics) expect(`${m.source}${m.formula}`.length, m.quantity).toBeGreaterThan(10);
    }
  });
  it('keeps truths, tolerances and limits that a person changed', () => {
    const whole = templateOf('acr-mr');
    const own = {
      ...templateOf('nema-pet'),
      id: 'own',
      inserts: templateOf('nema-pet').inserts.map((i) =>
        i.id === 'sphere-10'
          ? { ...i, truth: 7.9, tolerance: { kind: 'percent' as const, value: 12 } }
          : i.id === 'lung'
            ? { ...i, truth: null }
            : i,
      ),
      metrics: [
        { ...metric('hot-contrast-10'), limits: { warn: 40, fail: 35 } },
        { ...metric('suv-accuracy'), limits: { fail: [0.8, 1.2] as const } },
        { ...metric('lung-residual'), limits: {} },
      ],
    };
    const back = templateFromJson(templateToJson(own, 'ru'));
    const of = (id: string) => back.inserts.find((i) => i.id === id)!;
    expect(of('sphere-10')).toMatchObject({ truth: 7.9, tolerance: { kind: 'percent', value: 12 } });
    expect(of('lung').truth).toBeNull();
    expect(back.metrics.map((m) => [m.quantity, m.limits])).toEqual([
      ['hot-contrast-10', { warn: 40, fail: 35 }],
      ['suv-accuracy', { fail: [0.8, 1.2] }],
      ['lung-residual', {}],
    ]);
    const ramps = templateFromJson(templateToJson(whole, 'en'));
    expect(ramps.inserts.filter((i) => i.use === 'ramp').map((i) => i.slope)).toEqual([10, -10]);
    expect(ramps.metrics.find((m) => m.quantity === 'slice-thickness')!.limits).toEqual({ fail: [4.3, 5.7] });
    // A file without limits, as an earlier version wrote it, has the usual ones.
    const bare = JSON.parse(templateToJson(own, 'en')) as { metrics: { limits?: unknown }[] };
    for (const m of bare.metrics) delete m.limits;
    expect(templateFromJson(JSON.stringify(bare)).metrics[1]!.limits).toEqual(metric('suv-accuracy').limits);
    expect(() => templateFromJson(templateToJson(own, 'en').replace('"fail": 35', '"fail": "x"'))).toThrow(
      /runs_field/,
    );
  });
  it('comes back from its JSON, and a damaged one is refused', () => {
    for (const t of TEMPLATES) {
      const back = templateFromJson(templateToJson(t, 'en'));
      expect(JSON.stringify(back.inserts.map((i) => [i.id, i.centre, i.truth]))).toBe(
        JSON.stringify(t.inserts.map((i) => [i.id, i.centre, i.truth])),
      );
    }
    const text = templateToJson(TEMPLATES[0]!, 'en');
    expect(() => templateFromJson(text.slice(0, 100))).toThrow(/runs_not_json/);
    expect(() => templateFromJson('{}')).toThrow(/runs_not_ours/);
    expect(() => templateFromJson(text.replace('"rod"', '"cube"'))).toThrow(/runs_field/);
  });
});

describe('a pose', () => {
  it('turns x towards y, moves along its own axes, and undoes itself', () => {
    const pose = turned(shifted(straight([10, 0, 0]), [5, 0, 0]), 2, 90);
    expect(toPatientFrom(pose, [1, 0, 0]).map((v) => Number(v.toFixed(9)))).toEqual([15, 1, 0]);
    const back = toPhantom(pose, toPatientFrom(pose, [3, -4, 5]));
    [3, -4, 5].forEach((v, a) => expect(back[a]).toBeCloseTo(v, 9));
    expect(insertMoved(insertMoved(pose, 'a', [1, 0, 0]), 'a', [1, 2, 0]).moved['a']).toEqual([2, 2, 0]);
  });
});

describe('formulas', () => {
  it('of ghosting, ramps, tolerance and units are as worked by hand', () => {
    expect(ghostingRatio([10, 12], [6, 6], 1000)).toBeCloseTo(0.005, 12);
    expect(rampThickness(52, 48)).toBeCloseTo(4.992, 12);
    expect(within(110, 100, { kind: 'percent', value: 10 })).toBe(true);
    expect(within(110.1, 100, { kind: 'percent', value: 10 })).toBe(false);
    expect(within(-105, 0, { kind: 'range', low: -107, high: -84 })).toBe(true);
    expect(unitFactor('s', 'ms')).toBe(1000);
    expect(unitFactor('mm²/s', '10⁻⁶ mm²/s')).toBe(1e6);
  });
  it('of sampling are exact on a linear image, and blocks keep its place', () => {
    const grid = centredGrid([20, 18, 16], [1, 1.5, 2]);
    const data = new Float64Array(20 * 18 * 16);
    const volume: Volume = { grid, data, unit: 'HU', modality: 'CT' };
    const { origin, matrix } = grid.affine;
    for (let k = 0, at = 0; k < 16; k++)
      for (let j = 0; j < 18; j++)
        for (let i = 0; i < 20; i++, at++)
          data[at] =
            3 +
            2 * (origin[0] + i * matrix[0][0]) -
            (origin[1] + j * matrix[1][1]) +
            0.5 * (origin[2] + k * matrix[2][2]);
    for (const image of [volume, shrunk(volume, 4)]) {
      expect(sampler(image)([1.3, -2.2, 3.1])).toBeCloseTo(3 + 2.6 + 2.2 + 1.55, 4);
    }
    expect(sampler(volume)([40, 0, 0])).toBeNaN();
  });
});

describe('noise power', () => {
  const grid = centredGrid([64, 64, 12], [0.5, 0.5, 2]);
  const white = new Float32Array(64 * 64 * 12);
  const random = new Random(4);
  for (let i = 0; i < white.length; i++) white[i] = 20 + 3 * random.normal();
  it('of white noise is flat, σ²ΔxΔy high, and integrates to the variance', () => {
    const got = noisePower({ grid, data: white, unit: 'HU', modality: 'CT' }, [31.5, 31.5], 32, 0, 11)!;
    expect(got.integralOverVariance).toBeCloseTo(1, 9);
    for (const p of got.power.slice(3)) expect(p / (9 * 0.25)).toBeGreaterThan(0.8);
    for (const p of got.power.slice(3)) expect(p / (9 * 0.25)).toBeLessThan(1.2);
    // Flat from one step to Nyquist, 1 mm⁻¹: its mean frequency is in the middle.
    expect(got.meanFrequency).toBeCloseTo(0.53, 1);
  });
  it('is refused outside the image and without variation', () => {
    expect(noisePower({ grid, data: white, unit: 'HU', modality: 'CT' }, [5, 5], 32, 0, 11)).toBeNull();
    expect(
      noisePower({ grid, data: white.map(() => 1), unit: 'HU', modality: 'CT' }, [31.5, 31.5], 32, 0, 11),
    ).toBeNull();
  });
});

describe('a twin measured where it lies', () => {
  it('of the ACR CT shows a gain and an offset of the scanner as slope and intercept', () => {
    const template = templateOf('acr-ct');
    const twin = twinOf(template, { spacing: 1.5, gain: 1.05, offset: 12, noise: 4 });
    const measured = measurePhantom(twin.phases[0]!, template, twin.pose);
    expect(valueOf(measured, 'linearity-slope').value).toBeCloseTo(1.05, 3);
    expect(valueOf(measured, 'linearity-intercept').value).toBeCloseTo(12, 0);
    expect(valueOf(measured, 'linearity-slope').severity).toBe('fail');
    expect(valueOf(measured, 'water-ct-number')).toMatchObject({ severity: 'fail', limit: [-7, 7] });
    expect(Math.abs(valueOf(measured, 'noise').value! - 4)).toBeLessThan(0.15);
    // 6.3 HU over 4 HU of noise.
    expect(Math.abs(valueOf(measured, 'low-contrast-cnr').value! - 6.3 / 4)).toBeLessThan(0.15);
    expect(measured.inserts.find((i) => i.id === 'bone')).toMatchObject({ cov: null, bias: null });
  });
  it('of bone rods gives the line of calibration, and each density from the line of the others', () => {
    const template = templateOf('bone-density');
    const twin = twinOf(template, { gain: 1.25, offset: 3 });
    const measured = measurePhantom(twin.phases[0]!, template, twin.pose);
    expect(valueOf(measured, 'calibration-slope').value).toBeCloseTo(1.25, 6);
    expect(valueOf(measured, 'calibration-intercept').value).toBeCloseTo(3, 4);
    expect(valueOf(measured, 'calibration-bias').value).toBeLessThan(1e-3);
    const bent = {
      ...template,
      inserts: template.inserts.map((i) => (i.id === 'rod-50' ? { ...i, truth: 70 } : i)),
    };
    expect(
      valueOf(measurePhantom(twin.phases[0]!, bent, twin.pose), 'calibration-bias').value,
    ).toBeGreaterThan(15);
  });
  it('of the ACR MR has its diameters, length, uniformity and no ghosts; a slope across it lowers uniformity', () => {
    const template = templateOf('acr-mr');
    const twin = twinOf(template, { spacing: 1.5, slice: 3, noise: 5 });
    const image = twin.phases[0]!;
    const measured = measurePhantom(image, template, twin.pose);
    for (const id of ['diameter-x', 'diameter-y', 'length']) {
      expect(Math.abs(valueOf(measured, id).value!), id).toBeLessThan(id === 'length' ? 1 : 0.6);
      expect(valueOf(measured, id).severity, id).toBe('pass');
    }
    expect(valueOf(measured, 'integral-uniformity').value).toBeGreaterThan(99);
    expect(valueOf(measured, 'ghosting').value).toBeLessThan(0.001);
    const { size, affine } = image.grid;
    const shaded = Float32Array.from(
      image.data,
      (v, at) => v * (1 + 0.002 * (affine.origin[0] + 1.5 * (at % size[0]))),
    );
    const sloped = measurePhantom({ ...image, data: shaded }, template, twin.pose);
    // Means over discs whose middles reach 74 mm from the centre: 100·(1 − 0.296/2) = 85.2.
    expect(Math.abs(valueOf(sloped, 'integral-uniformity').value! - 85.2)).toBeLessThan(0.7);
    expect(valueOf(sloped, 'integral-uniformity').severity).toBe('warn');
  });
  it('twice gives the signal to noise of the difference', () => {
    const template = templateOf('uniform-cylinder');
    const [a, b] = [1, 2].map((seed) => twinOf(template, { seed, noise: 20 }));
    const measured = measurePhantom(a!.phases[0]!, template, a!.pose, { second: b!.phases[0]! });
    expect(Math.abs(valueOf(measured, 'signal-to-noise').value! - 50)).toBeLessThan(2);
  });
  it('has an edge whose transfer is that of its blur', () => {
    const template = templateOf('acr-ct');
    const twin = twinOf(template, { spacing: 1.5 });
    const acrylic = template.inserts.find((i) => i.id === 'acrylic')!;
    const { half } = edgeTransfer(twin.phases[0]!, twin.pose, acrylic)!;
    // The rim is a smooth step w = 1.5 mm wide: its line spread 6t(1 − t) passes ½ at f·w = 0.817.
    expect(Math.abs(half! - 0.817 / 1.5)).toBeLessThan(0.04);
  });
  it('says what it cannot see', () => {
    const template = templateOf('acr-ct');
    const twin = twinOf(template, { spacing: 3, slice: 8 });
    const away = shifted(twin.pose, [0, 0, 85]);
    const measured = measurePhantom(twin.phases[0]!, template, away);
    expect(measured.inserts.find((i) => i.id === 'centre')).toMatchObject({
      mean: null,
      severity: 'na',
      reason: 'outside_image',
    });
    expect(valueOf(measured, 'noise')).toMatchObject({
      value: null,
      severity: 'na',
      reason: 'needs_regions',
    });
    expect(extentAlong(sampler(twin.phases[0]!), away, 2, 80)).toBeNull();
  });
});

describe('looking for a phantom', () => {
  it('says that the object is too small, that it is cut, that its turn cannot be seen, and that there is none', () => {
    const water = templateOf('water-cylinder');
    const bone = twinOf(templateOf('bone-density'), { turn: 10 });
    expect(findPhantom(bone.phases[0]!, water)!.remarks).toEqual(['size_differs', 'turn_not_found']);
    expect(findPhantom(twinOf(water).phases[0]!, templateOf('bone-density'))!.remarks).toContain(
      'turn_not_found',
    );
    const { grid, data } = twinOf(water).phases[0]!;
    const flat = { grid, data: data.map(() => 5), unit: 'HU', modality: 'CT' };
    expect(findPhantom(flat, water)).toBeNull();
    const whole = { grid, data: data.map((_, i) => (i % 2 ? 100 : 101)), unit: 'HU', modality: 'CT' };
    expect(findPhantom(whole, water)!.remarks).toContain('cut_off');
  });
});
