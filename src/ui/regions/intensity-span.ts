import type { VolumeData } from '../../core/volume.ts';

const SAMPLES = 50_000;

/** The intensities between which nearly all of an image lies, from voxels at even steps; undefined for a flat image. */
export function intensitySpan(data: VolumeData): readonly [number, number] | undefined {
  const step = Math.max(1, Math.floor(data.length / SAMPLES));
  const seen: number[] = [];
  for (let i = 0; i < data.length; i += step) if (Number.isFinite(data[i])) seen.push(data[i]!);
  const sorted = Float64Array.from(seen).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, high] = [at(0.0005), at(0.9995)];
  return high > low ? [low, high] : undefined;
}
