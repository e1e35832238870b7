import { refusedCase } from '../../core/refusal-cases.ts';
import { RefusedInput } from '../../core/refusal.ts';

/** Curves of the voxels of a region: value of frame f of voxel v at `v · frames + f`. */
export interface CurveBlock {
  readonly frames: number;
  /** Place of each voxel in its volume. */
  readonly voxels: Uint32Array<ArrayBuffer>;
  readonly curves: Float32Array<ArrayBuffer>;
}

/**
 * Takes the curves of the voxels of a mask out of the phases of a dynamic series.
 * @param phases intensities of each phase, all on the mask's grid.
 * @throws RefusedInput when the phases are not of one size or the mask is empty.
 */
export function gatherCurves(phases: readonly (Float32Array | Float64Array)[], mask: Uint8Array): CurveBlock {
  const frames = phases.length;
  const odd = phases.findIndex((p) => p.length !== mask.length);
  if (odd >= 0)
    throw new RefusedInput('inconsistent_attributes', {
      what: `phase ${odd + 1}`,
      expected: `${mask.length} voxels`,
      received: phases[odd].length,
    });
  let count = 0;
  for (const inside of mask) if (inside) count++;
  if (count === 0) throw refusedCase('nothing_to_fit');
  const voxels = new Uint32Array(count);
  for (let i = 0, n = 0; i < mask.length; i++) if (mask[i]) voxels[n++] = i;
  const curves = new Float32Array(count * frames);
  for (let f = 0; f < frames; f++) {
    const phase = phases[f];
    for (let v = 0, at = f; v < count; v++, at += frames) curves[at] = phase[voxels[v]];
  }
  return { frames, voxels, curves };
}

/** Mean curve of a block; voxels with a value that is no number are left out. Undefined when none is left. */
export function meanCurve({ frames, voxels, curves }: CurveBlock): Float64Array | undefined {
  const sum = new Float64Array(frames);
  let count = 0;
  for (let v = 0; v < voxels.length; v++) {
    const curve = curves.subarray(v * frames, (v + 1) * frames);
    if (!curve.every(Number.isFinite)) continue;
    count++;
    for (let f = 0; f < frames; f++) sum[f] += curve[f];
  }
  return count > 0 ? sum.map((s) => s / count) : undefined;
}
