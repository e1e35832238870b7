import type { Size3 } from '../../core/geometry.ts';
import { framesBeforeArrival } from '../../kinetics/dynamic/arrival.ts';
import { detectInput, type DetectedInput } from '../../kinetics/aif/detect.ts';
import { convertBlock } from '../../kinetics/signal/conversion.ts';
import { relativeEnhancement } from '../../kinetics/signal/relative-enhancement.ts';
import type { Job } from './job.ts';

interface DetectInputInput {
  readonly phases: readonly (Float32Array | Float64Array)[];
  readonly size: Size3;
  readonly seconds: Float64Array;
}

/** Looks for arterial voxels in the whole of a dynamic series, by their relative enhancement. */
export const detectInputJob: Job<DetectInputInput, DetectedInput> = {
  run({ phases, size, seconds }) {
    const frames = phases.length;
    const voxels = phases[0].length;
    const data = new Float32Array(frames * voxels);
    phases.forEach((phase, f) => data.set(phase, f * voxels));
    // Blood comes before tissue: of the frames before the mean of all rises, the last may hold some.
    const means = phases.map((phase) => {
      let sum = 0;
      for (const v of phase) if (Number.isFinite(v)) sum += v;
      return sum / voxels;
    });
    const before = Math.max(1, framesBeforeArrival(means) - 1);
    const enhancement = convertBlock(
      relativeEnhancement,
      {},
      { data, frames, voxels },
      1,
      Array.from({ length: before }, (_, f) => f),
    );
    return { value: detectInput({ data: enhancement.data, frames, voxels, size, times: seconds }) };
  },
};
