import { firstVolume, type SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { isMap, isProjection } from '../image-type.ts';
import { median, plain } from '../measuring.ts';
import { noiseOf } from '../pixels.ts';
import type { Measurement } from '../rule.ts';
import { bodyBlocks } from './body-blocks.ts';
import { smoothField } from './smooth-field.ts';

/** Blocks that a field is estimated from, at least. */
const FEWEST = 300;
/** Mean of a block over the noise in it, at least: below that noise blurs the tissues more than a field does. */
const LEAST_SNR = 6;
/** A field as large as `SHOWS` sharpened the histograms of made bodies by 0.13 nats or more; without that it is a guess. */
const SHOWS = 1.5;
const LEAST_GAIN = 0.1;
/** Fields that explain the image equally well may differ by this factor in range; beyond it the image does not say. */
const AGREED = 1.25;

/**
 * Range of the smooth multiplicative field in the body: 99th over 1st percentile, so that no single corner decides.
 * Not assessable where the image does not tell a field from its tissues.
 */
function fieldRange(c: SeriesContext): Measurement {
  const volume = firstVolume(c);
  if (!volume) return { na: 'pixels' };
  // Maps and projections hold no signal of the coil.
  const type = c.headers.text('00080008');
  if (volume.unit !== 'arbitrary' || isMap(type) || isProjection(type)) return null;
  const blocks = bodyBlocks(volume);
  if (!blocks || blocks.logs.length < FEWEST) return { na: 'structure' };
  const noise = noiseOf(volume) / Math.sqrt(blocks.voxels);
  if (Math.exp(median(blocks.logs)) < LEAST_SNR * noise) return { na: 'structure' };
  const field = smoothField(blocks);
  if (!field) return { na: 'structure' };
  const { range, gain, rival } = field;
  if (Math.max(range / rival, rival / range) > AGREED) return { na: 'structure' };
  return range > SHOWS && gain < LEAST_GAIN ? { na: 'structure' } : plain(range);
}

/** Measurements of M-14 and M-15. */
export const SHADING_MEASURES: Readonly<Record<string, Measure>> = {
  bias_field_range: fieldRange,
  not_normalised: ({ series, reference, answers }) => {
    if (series.unit !== 'arbitrary' || !reference) return null;
    return plain(answers.normalised === 1 ? 0 : 1);
  },
};
