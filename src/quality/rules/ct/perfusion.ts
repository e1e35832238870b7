import { phasesBeforeArrival } from '../arrival.ts';
import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { median, needs, plain } from '../measuring.ts';
import type { Measurement } from '../rule.ts';

function step({ series: { size, times } }: SeriesContext): Measurement {
  if (size[3] < 2) return null;
  if (!times) return needs('00080032');
  return plain(median(times.slice(1).map((t, i) => t - times[i]!)));
}

function baselines({ series, volumes }: SeriesContext): Measurement {
  if (series.size[3] < 2) return null;
  if (volumes.size < series.size[3]) return { na: 'pixels' };
  const found = phasesBeforeArrival([...volumes.values()], 0.5);
  return found === undefined ? { na: 'structure' } : plain(found);
}

/** Measurements of C-17. */
export const PERFUSION_MEASURES: Readonly<Record<string, Measure>> = {
  perfusion_step: step,
  perfusion_baselines: baselines,
};
