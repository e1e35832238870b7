import type { Volume } from '../../core/volume.ts';
import { corrected } from '../../kinetics/motion/correct.ts';
import { MotionMeter, type FrameMotion, type IndexBox } from '../../kinetics/motion/measure.ts';
import type { Job } from './job.ts';

interface MeasureMotionInput {
  readonly reference: Volume;
  /** Frames in order of time: each search starts from the frame before too. */
  readonly frames: readonly Volume[];
  readonly region?: IndexBox;
  /** Gives the frames back as they lie on the reference. */
  readonly correct: boolean;
}

export interface MeasuredMotion {
  readonly motions: readonly FrameMotion[];
  /** Empty when nothing was to be corrected. A frame whose motion can not be measured comes back as it was. */
  readonly frames: readonly Volume[];
}

/** Rigid motion of frames against a reference, and the frames without it. */
export const measureMotionJob: Job<MeasureMotionInput, MeasuredMotion> = {
  run({ reference, frames, region, correct }, { onProgress }) {
    const meter = new MotionMeter(reference, region);
    const motions: FrameMotion[] = [];
    const out: Volume[] = [];
    for (const [n, frame] of frames.entries()) {
      const motion = meter.measure(
        frame,
        motions.slice(-1).map((m) => m.rigid),
      );
      motions.push(motion);
      if (correct) out.push(motion.status === 'measured' ? corrected(frame, motion.rigid) : frame);
      onProgress?.((n + 1) / frames.length);
    }
    const buffers = out.map((v) => v.data.buffer);
    const transfer = buffers.filter((b): b is ArrayBuffer => b instanceof ArrayBuffer);
    return { value: { motions, frames: out }, transfer };
  },
};
