import { RefusedInput } from '../core/refusal.ts';
import type { ChainSettings } from './chain-settings.ts';

const positive = (x: number): boolean => Number.isFinite(x) && x > 0;

/**
 * Refuses settings that have no meaning or contradict each other.
 * @throws RefusedInput `settings_invalid` with the key, what it may be, and what was received.
 */
export function checkChainSettings(s: ChainSettings): void {
  const demand = (ok: boolean, key: string, expected: string, received: unknown): void => {
    if (!ok)
      throw new RefusedInput('settings_invalid', {
        key,
        expected,
        received: JSON.stringify(received) ?? 'nothing',
      });
  };
  const { interpolation: i, resegmentation: r, discretisation: d, texture } = s;
  if (i !== null) {
    i.spacing.forEach((v, a) =>
      demand(v === null || (positive(v) && v <= 1000), `interpolation.spacing[${a}]`, 'mm > 0, or null', v),
    );
    const t = i.mask_threshold;
    demand(t > 0 && t <= 1, 'interpolation.mask_threshold', 'above 0, at most 1', t);
  }
  if (r.range !== null) {
    const [low, high] = r.range;
    const numbers = (low === null || Number.isFinite(low)) && (high === null || Number.isFinite(high));
    demand(
      numbers && (low === null || high === null || low <= high),
      'resegmentation.range',
      '[lower, upper] with lower ≤ upper; null leaves a side open',
      r.range,
    );
  }
  demand(
    r.outlier_sigma === null || positive(r.outlier_sigma),
    'resegmentation.outlier_sigma',
    'above 0, or null',
    r.outlier_sigma,
  );
  if (d.method === 'FBN') {
    demand(
      Number.isInteger(d.bins) && d.bins >= 1 && d.bins <= 65535,
      'discretisation.bins',
      'whole number from 1 to 65535',
      d.bins,
    );
  }
  if (d.method === 'FBS') demand(positive(d.width), 'discretisation.width', 'above 0', d.width);
  demand(
    Number.isInteger(texture.distance) && texture.distance >= 1 && texture.distance <= 100,
    'texture.distance',
    'whole number from 1 to 100',
    texture.distance,
  );
}
