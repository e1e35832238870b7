import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { median, needs, plain } from '../measuring.ts';
import { pixelFacts } from '../pixels.ts';
import type { Measurement } from '../rule.ts';

function step({ series: { size, times } }: SeriesContext): Measurement {
  if (size[3] < 2) return null;
  if (!times) return needs('00080032');
  return plain(median(times.slice(1).map((t, i) => t - times[i]!)));
}

/** Rise of the mean of the body above its start that counts as arrival, HU. */
const ARRIVAL = 2;

/** Phases before the brightest thousandth of the body first rises by more than noise. */
function baselines({ series, volumes }: SeriesContext): Measurement {
  if (series.size[3] < 2) return null;
  if (volumes.size < series.size[3]) return { na: 'pixels' };
  const all = [...volumes.values()];
  const { threshold } = pixelFacts(all[0]!);
  const data = all.map((v) => v.data);
  // The voxels that rise most between the first phase and the highest mean show the arrival first.
  const first = data[0]!;
  const rise = new Float32Array(first.length);
  for (const d of data)
    for (let i = 0; i < d.length; i++)
      if (first[i]! > threshold) rise[i] = Math.max(rise[i]!, d[i]! - first[i]!);
  const sorted = rise.filter((r) => r > 0).sort();
  const level = sorted[Math.floor(0.99 * sorted.length)];
  if (level === undefined || level < 10 * ARRIVAL) return { na: 'structure' };
  const means = data.map((d) => {
    let n = 0;
    let sum = 0;
    for (let i = 0; i < d.length; i++) {
      if (rise[i]! < level) continue;
      n++;
      sum += d[i]!;
    }
    return sum / n;
  });
  const top = Math.max(...means);
  const arrived = means.findIndex((m) => m > means[0]! + 0.1 * (top - means[0]!));
  return plain(arrived < 0 ? means.length : arrived);
}

/** Measurements of C-17. */
export const PERFUSION_MEASURES: Readonly<Record<string, Measure>> = {
  perfusion_step: step,
  perfusion_baselines: baselines,
};
