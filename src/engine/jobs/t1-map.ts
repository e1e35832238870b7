import { gatherCurves } from '../../kinetics/dynamic/gather.ts';
import { fitInversionRecovery } from '../../kinetics/t1/inversion-recovery.ts';
import { fitLinearFlipAngles } from '../../kinetics/t1/linear-flip-angles.ts';
import { prepareNonlinearFlipAngles } from '../../kinetics/t1/nonlinear-flip-angles.ts';
import { fitSaturationRecovery } from '../../kinetics/t1/saturation-recovery.ts';
import { T1_STATUS, type T1Estimate, type T1Status } from '../../kinetics/t1/t1-estimate.ts';
import { fitWeightedFlipAngles } from '../../kinetics/t1/weighted-flip-angles.ts';
import type { T1Protocol } from '../kinetics/request.ts';
import type { Job } from './job.ts';

interface T1MapInput {
  readonly images: readonly (Float32Array | Float64Array)[];
  readonly mask: Uint8Array;
  readonly protocol: T1Protocol;
  /** True over nominal flip angle, one a voxel of the mask in its order. */
  readonly b1?: Float64Array;
}

export interface T1Voxels {
  readonly voxels: Uint32Array<ArrayBuffer>;
  /** ms; NaN without an answer. */
  readonly t1: Float32Array<ArrayBuffer>;
  readonly t1Error: Float32Array<ArrayBuffer>;
  readonly s0: Float32Array<ArrayBuffer>;
  readonly counts: Readonly<Record<T1Status, number>>;
}

const MILLISECONDS = 1000;

/** T1 of every voxel of a region, from images of several flip angles or inversion times. */
export const t1MapJob: Job<T1MapInput, T1Voxels> = {
  run({ images, mask, protocol, b1 }, { onProgress }) {
    const { voxels, curves, frames } = gatherCurves(images, mask);
    const fit = fitterOf(protocol);
    const [t1, t1Error, s0] = [0, 0, 0].map(() => new Float32Array(voxels.length).fill(Number.NaN));
    const counts = Object.fromEntries(T1_STATUS.map((s) => [s, 0])) as Record<T1Status, number>;
    for (let v = 0; v < voxels.length; v++) {
      const found = fit(Float64Array.from(curves.subarray(v * frames, (v + 1) * frames)), b1 ? b1[v] : 1);
      counts[found.status]++;
      if (found.status === 'ok') {
        t1[v] = found.t1 * MILLISECONDS;
        t1Error[v] = found.t1Error * MILLISECONDS;
        s0[v] = found.s0;
      }
      if (v % 256 === 0) onProgress?.(v / voxels.length);
    }
    return { value: { voxels, t1, t1Error, s0, counts }, transfer: [t1.buffer, t1Error.buffer, s0.buffer] };
  },
};

function fitterOf(protocol: T1Protocol): (signal: Float64Array, b1: number) => T1Estimate {
  if (protocol.kind === 'saturation-recovery') {
    const { delays } = protocol;
    return (signal) => fitSaturationRecovery(signal, { delays, residual: 0 });
  }
  if (protocol.kind !== 'flip-angles') {
    const { delays, repetitionTime } = protocol;
    return (signal) =>
      fitInversionRecovery(signal, { delays, repetitionTime, signs: 'magnitude', inversion: 'fitted' });
  }
  const { repetitionTime, flipAngles, method } = protocol;
  const angles = { repetitionTime, flipAngles };
  if (method === 'linear') return (signal, b1) => fitLinearFlipAngles(signal, angles, b1);
  if (method === 'weighted') return (signal, b1) => fitWeightedFlipAngles(signal, angles, b1);
  const plain = prepareNonlinearFlipAngles(angles);
  return (signal, b1) => (b1 === 1 ? plain(signal) : prepareNonlinearFlipAngles(angles, b1)(signal));
}
