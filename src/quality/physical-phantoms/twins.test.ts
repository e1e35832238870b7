import { describe, expect, it } from 'vitest';
import { dot, length, subtract } from '../../core/geometry.ts';
import { findPhantom } from './find.ts';
import { measurePhantom } from './measure.ts';
import { TEMPLATES } from './registry.ts';
import { materialsOf, type PhantomTemplate } from './template.ts';
import { twinOf } from './twin.ts';

const templateOf = (id: string): PhantomTemplate => TEMPLATES.find((t) => t.id === id)!;

/** Noise as a share of the values, as a scanner of the modality would have. */
const NOISE: Record<string, number> = {
  'acr-ct': 5,
  'bone-density': 8,
  'nist-system-t1': 8,
  'nist-system-t2': 3,
  'nist-system-pd': 1,
  'qiba-diffusion': 15,
  'diffusion-inserts': 15,
  'nema-pet': 0.05,
};
/** Two poses each, of any turn, shift and a tilt that a careful set-up still has. */
const POSES = [
  { turn: 23, tilt: 1.5, 'shift-x': 11.3, 'shift-y': -7.7, 'shift-z': 4.1, seed: 5 },
  { turn: -140, tilt: -2, 'shift-x': -4.2, 'shift-y': 9.9, 'shift-z': -6.3, seed: 6 },
] as const;

describe('digital twins found blind', () => {
  const found = Object.keys(NOISE).flatMap((id) => POSES.map((pose, n) => [id, n, pose] as const));
  it.each(found)(
    '%s, pose %i: within 1 mm and 1.5°, means within the tolerance of every insert',
    (id, _, pose) => {
      const template = templateOf(id);
      const fine = id.startsWith('nist') ? { spacing: 1.5, slice: 2 } : { spacing: 2, slice: 3 };
      const gain = id === 'bone-density' ? 1.3 : 1;
      const twin = twinOf(template, { ...pose, ...fine, noise: NOISE[id]!, gain });
      const got = findPhantom(twin.phases[0]!, template)!;
      expect(got.remarks).toEqual([]);
      expect(got.likeness).toBeGreaterThan(0.9);
      // Along rods that run through the whole body nothing shows the place: the ends of the body do.
      expect(length(subtract(got.pose.centre, twin.pose.centre))).toBeLessThan(
        template.body.shape === 'cylinder' ? 2 : 1,
      );
      for (const axis of [0, 1, 2] as const) {
        const off = (Math.acos(Math.min(1, dot(got.pose.axes[axis], twin.pose.axes[axis]))) * 180) / Math.PI;
        expect(off).toBeLessThan(1.5);
      }
      const measured = measurePhantom(twin.phases[0]!, template, got.pose);
      for (const insert of materialsOf(template)) {
        const row = measured.inserts.find((r) => r.id === insert.id)!;
        expect(row.reason, insert.id).toBeUndefined();
        if (insert.tolerance && template.imageUnit === undefined)
          expect(row.severity, insert.id).toBe('pass');
      }
    },
  );
});
