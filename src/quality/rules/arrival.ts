import type { Volume } from '../../core/volume.ts';
import { pixelFacts } from './pixels.ts';

/**
 * Phases before the agent arrives: the hundredth of the body that rises most shows it; it has arrived when the mean of
 * those voxels has gone a tenth of its way up. Undefined when nothing rises by more than `least` of the first signal.
 */
export function phasesBeforeArrival(volumes: readonly Volume[], least: number): number | undefined {
  const [first] = volumes;
  const { threshold, foregroundMean } = pixelFacts(first!);
  const start = first!.data;
  const rise = new Float32Array(start.length);
  for (const { data } of volumes)
    for (let i = 0; i < data.length; i++)
      if (start[i]! > threshold) rise[i] = Math.max(rise[i]!, data[i]! - start[i]!);
  const sorted = rise.filter((r) => r > 0).sort();
  const level = sorted[Math.floor(0.99 * sorted.length)];
  if (level === undefined || level < least * Math.abs(foregroundMean || 1)) return undefined;
  const means = volumes.map(({ data }) => {
    let n = 0;
    let sum = 0;
    for (let i = 0; i < data.length; i++) {
      if (rise[i]! < level) continue;
      n++;
      sum += data[i]!;
    }
    return sum / n;
  });
  const top = Math.max(...means);
  const arrived = means.findIndex((m) => m > means[0]! + 0.1 * (top - means[0]!));
  return arrived < 0 ? volumes.length : arrived;
}
