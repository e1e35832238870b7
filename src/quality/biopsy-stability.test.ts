import { expect, it } from 'vitest';
import { Random } from '../core/random.ts';
import { DEFAULT_SETTINGS } from '../radiomics/settings.ts';
import { imageOf } from '../regions/segment/input.testing.ts';
import { segment } from '../regions/segment/segment.ts';
import { biopsyStability } from './biopsy-stability.ts';

const settings = { ...DEFAULT_SETTINGS, families: ['intensity_statistics'] };
const size = [30, 30, 30] as const;

function stabilityOf(value: (x: number) => number) {
  const image = imageOf(size, value);
  const found = segment(image, {
    method: 'digital-biopsy',
    seeds: [[15, 15, 15]],
    parameters: { jitter: 6 },
  });
  if (found.outcome !== 'done') throw new Error(found.reason);
  return biopsyStability(image, found.placements!, settings, null).features;
}
const of = (features: ReturnType<typeof stabilityOf>, tag: string) => features.find((f) => f.tag === tag)!;

it('features of a homogeneous phantom vary by 0 over ten placements (SPEC R25)', () => {
  const mean = of(
    stabilityOf(() => 42),
    'stat_mean',
  );
  expect(mean.values).toHaveLength(10);
  expect(mean).toMatchObject({ variation: 0, verdict: 'pass' });
});

it('on a ramp the mean moves with the placement and the spread does not', () => {
  const random = new Random(3);
  const features = stabilityOf((x) => 10 * (x - 14) + 0.01 * random.normal());
  expect(of(features, 'stat_mean').verdict).toBe('warn');
  expect(of(features, 'stat_var').variation).toBeLessThan(0.01);
});
