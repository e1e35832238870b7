import { describe, expect, it } from 'vitest';
import { measurePhantom } from './measure.ts';
import { shifted } from './pose.ts';
import { rampThickness } from './ramps.ts';
import { TEMPLATES } from './registry.ts';
import { twinOf } from './twin.ts';

const templateOf = (id: string) => TEMPLATES.find((t) => t.id === id)!;

function thicknessOf(id: string, made: Parameters<typeof twinOf>[1], away = 0, stated?: number) {
  const template = templateOf(id);
  const twin = twinOf(template, { slice: 5, noise: 5, seed: 3, ...made });
  const { metrics } = measurePhantom(
    twin.phases[0]!,
    template,
    shifted(twin.pose, [0, 0, away]),
    stated === undefined ? {} : { thickness: stated },
  );
  const of = (name: string) => metrics.find((m) => m.id === name)!;
  return { thickness: of('slice-thickness'), error: of('slice-thickness-error') };
}

describe('crossed ramps', () => {
  it('cancel a turn of the phantom to first order: 5 mm stay 5.0 at 1°, while single ramps are 17 % off', () => {
    const [slope, turn] = [Math.atan(0.1), Math.PI / 180];
    const [short, long] = [5 / Math.tan(slope + turn), 5 / Math.tan(slope - turn)];
    expect(long / 50).toBeGreaterThan(1.17);
    expect(Math.abs(rampThickness(short, long) - 5)).toBeLessThan(0.01);
  });
  it.each([
    [5, 'pass', 0],
    [5, 'pass', 3],
    [3, 'fail', 0],
    [6.5, 'fail', 0],
  ])(
    'of the ACR MR show slices of %f mm, which %s; looked for %f mm beside them',
    (thickness, severity, away) => {
      const got = thicknessOf('acr-mr', { spacing: 2, thickness }, away, 5);
      expect(Math.abs(got.thickness.value! - thickness)).toBeLessThan(0.15);
      expect(got.thickness.severity).toBe(severity);
      expect(got.error.value).toBeCloseTo(got.thickness.value! - 5, 12);
    },
  );
  it('that are not in the image have no thickness, and without a stated thickness there is no error', () => {
    const got = thicknessOf('acr-mr', { spacing: 2 }, 40);
    expect(got.thickness).toMatchObject({ value: null, severity: 'na', reason: 'no_result' });
    expect(thicknessOf('acr-mr', { spacing: 2 }).error).toMatchObject({
      value: null,
      severity: 'na',
      reason: 'needs_thickness',
    });
  });
});

describe('rows of wires', () => {
  it.each([
    [2.5, 'fail'],
    [5, 'pass'],
    [8, 'fail'],
  ])('of the ACR CT show slices of %f mm to one wire; stated as 5 mm they %s', (thickness, severity) => {
    const got = thicknessOf('acr-ct', { spacing: 0.75, slice: 9, thickness }, 0, 5);
    expect(Math.abs(got.thickness.value! - thickness)).toBeLessThan(0.51);
    expect(got.error.severity).toBe(severity);
  });
  it('that a thick slice beside their middle shows up to an end of the row are not counted', () => {
    const { thickness } = thicknessOf('acr-ct', { spacing: 0.75, slice: 10, thickness: 8 }, 0, 5);
    expect(thickness).toMatchObject({ value: null, severity: 'na', reason: 'no_result' });
  });
});
