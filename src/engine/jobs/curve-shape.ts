import { framesBeforeArrival } from '../../kinetics/dynamic/arrival.ts';
import { gatherCurves, meanCurve } from '../../kinetics/dynamic/gather.ts';
import { MODEL_FREE_STATUSES, modelFree, type ModelFreeMaps } from '../../kinetics/model-free/model-free.ts';
import type { ShapeSettings, ShapeStatus } from '../kinetics/request.ts';
import type { Job } from './job.ts';

interface CurveShapeInput {
  readonly phases: readonly (Float32Array | Float64Array)[];
  readonly mask: Uint8Array;
  readonly seconds: Float64Array;
  readonly settings: ShapeSettings;
}

export interface CurveShapes {
  readonly shapes: ModelFreeMaps;
  /** Place in the volume of each value of the maps. */
  readonly voxels: Uint32Array<ArrayBuffer>;
  readonly baselineFrames: number;
  readonly early: number;
  readonly counts: Readonly<Record<ShapeStatus, number>>;
}

/** Early phase of a signal enhancement ratio: the frame nearest to two minutes after the agent arrives. */
const EARLY = 120;

/** Maps of the shape of the curves of a region: no model, no input, no T1. */
export const curveShapeJob: Job<CurveShapeInput, CurveShapes> = {
  run({ phases, mask, seconds, settings }) {
    const { voxels, curves, frames } = gatherCurves(phases, mask);
    const mean = meanCurve({ voxels, curves, frames });
    const baseline = settings.baselineFrames ?? (mean ? framesBeforeArrival(mean) : 1);
    const from = seconds[Math.min(baseline, frames - 1)] + EARLY;
    let nearest = Math.min(baseline, frames - 1);
    for (let f = baseline; f < frames - 1; f++)
      if (Math.abs(seconds[f] - from) < Math.abs(seconds[nearest] - from)) nearest = f;
    const early = settings.early ?? nearest;
    const data = new Float32Array(curves.length);
    for (let v = 0; v < voxels.length; v++)
      for (let f = 0; f < frames; f++) data[f * voxels.length + v] = curves[v * frames + f];
    const shapes = modelFree(data, seconds, {
      kind: 'signal',
      baseline,
      early,
      ...(settings.late !== null && { late: settings.late }),
    });
    const counts: Record<ShapeStatus, number> = {
      valid: 0,
      no_baseline: 0,
      not_finite: 0,
      no_enhancement: 0,
    };
    for (const s of shapes.status) counts[MODEL_FREE_STATUSES[s]]++;
    return { value: { shapes, voxels, baselineFrames: baseline, early, counts } };
  },
};
