import { describe, expect, it } from 'vitest';
import { measurePhantom } from './measure.ts';
import { coldContrast, hotContrast } from './nema-contrast.ts';
import { TEMPLATES } from './registry.ts';
import type { PhantomTemplate } from './template.ts';
import { twinOf } from './twin.ts';

const templateOf = (id: string) => TEMPLATES.find((t) => t.id === id)!;
/** The phantom shortened to what the planes need, which is quicker to make. */
const short = (id: string): PhantomTemplate => {
  const whole = templateOf(id);
  const inserts = whole.inserts.map((i) => (i.id === 'lung' ? { ...i, halfLength: 28 } : i));
  return { ...whole, body: { ...whole.body, halfLength: 30 }, inserts };
};
/** What a rim that rises over a pixel, and a slice 1 mm off the middle, leave of the contrast of a sphere. */
const PIXEL = 1.5;
const left = (diameter: number): number => {
  const r = diameter / 2;
  return (Math.sqrt(r * r - 1) - 0.094 * PIXEL) ** 2 / (r * r);
};
/** The phantom as an image shows it: some inserts with other values than they were filled with. */
const shownAs = (template: PhantomTemplate, values: Readonly<Record<string, number>>): PhantomTemplate => ({
  ...template,
  inserts: template.inserts.map((i) => ({ ...i, truth: values[i.id] ?? i.truth })),
});
const DIAMETERS = [10, 13, 17, 22, 28, 37] as const;

function measured(id: string, values: Readonly<Record<string, number>>, made: Parameters<typeof twinOf>[1]) {
  const template = short(id);
  const twin = twinOf(shownAs(template, values), { spacing: PIXEL, slice: 2, ...made });
  const { metrics } = measurePhantom(twin.phases[0]!, template, twin.pose);
  return (name: string) => metrics.find((m) => m.id === name)!;
}

describe('the formulas of NEMA NU 2', () => {
  it('are as worked by hand', () => {
    expect(hotContrast(3.1, 1, 4)).toBeCloseTo(70, 12);
    expect(hotContrast(6.2, 2, 4)).toBeCloseTo(70, 12);
    expect(coldContrast(0.25, 1)).toBeCloseTo(75, 12);
  });
});

describe('a twin of the NEMA phantom', () => {
  it('whose spheres show 3.1 of the 4 that were filled has a hot contrast of 70 %, less the blurred rim', () => {
    const of = measured('nema-pet', Object.fromEntries(DIAMETERS.map((d) => [`sphere-${d}`, 3.1])), {});
    for (const d of DIAMETERS) {
      const got = of(`hot-contrast-${d}`);
      expect(Math.abs(got.value! - 70 * left(d)), String(d)).toBeLessThan(1.5);
      expect(got.severity).toBe('na');
    }
    expect(Math.abs(of('lung-residual').value!)).toBeLessThan(0.01);
  });
  it('with noise varies between discs as σ/√pixels', () => {
    const of = measured('nema-pet', { lung: 0.2 }, { spacing: 2, slice: 4, noise: 0.3, seed: 8 });
    for (const d of DIAMETERS) {
      const pixels = (Math.PI * (d / 2) ** 2) / 4;
      const expected = (100 * 0.3) / Math.sqrt(pixels);
      // 60 discs: their SD is known to 9 %; pixels cut by the rim and shared ones add to it.
      expect(of(`background-variability-${d}`).value! / expected, String(d)).toBeGreaterThan(0.75);
      expect(of(`background-variability-${d}`).value! / expected, String(d)).toBeLessThan(1.3);
    }
    expect(Math.abs(of('lung-residual').value! - 20)).toBeLessThan(3);
  });
  it('with two cold spheres that show a quarter of the background has a cold contrast of 75 %', () => {
    const of = measured('nema-pet-cold', { 'sphere-28': 0.25, 'sphere-37': 0.25 }, {});
    for (const d of [28, 37])
      expect(Math.abs(of(`cold-contrast-${d}`).value! - 75 * left(d))).toBeLessThan(1.5);
    expect(Math.abs(of('hot-contrast-22').value! - 100 * left(22))).toBeLessThan(1.5);
  });
  it('whose ratio was not entered has no contrast, and one cut off no background', () => {
    const template = short('nema-pet');
    const twin = twinOf(template, { spacing: 3, slice: 6 });
    const unknown = {
      ...template,
      inserts: template.inserts.map((i) => (i.id === 'sphere-10' ? { ...i, truth: null } : i)),
    };
    const metric = (t: PhantomTemplate, name: string, pose = twin.pose) =>
      measurePhantom(twin.phases[0]!, t, pose).metrics.find((m) => m.id === name)!;
    expect(metric(unknown, 'hot-contrast-10')).toMatchObject({ value: null, reason: 'needs_regions' });
    const away = { ...twin.pose, centre: [300, 0, 0] as const };
    expect(metric(template, 'lung-residual', away)).toMatchObject({ value: null, reason: 'outside_image' });
    expect(metric(template, 'hot-contrast-37', away)).toMatchObject({ value: null, reason: 'outside_image' });
  });
});
