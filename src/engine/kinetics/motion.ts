import type { CallOptions, Engine } from '../api.ts';
import { length, scale, type Vec3 } from '../../core/geometry.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import type { FrameMotion, IndexBox } from '../../kinetics/motion/measure.ts';
import { judgeMotion } from '../../kinetics/motion/verdict.ts';
import type { MeasuredMotion } from '../jobs/measure-motion.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf } from '../study/volume.ts';
import { phasesOf } from './phases.ts';
import type { MotionRequest, MotionResult } from './request.ts';

/**
 * How far the patient moved between the frames of a dynamic series, against its first frame, with the verdict of rule
 * M-16. With a region, its surroundings are followed and the displacement is that of its corners.
 */
export async function runMotion(
  { runner, placeRegion }: { readonly runner: JobRunner; readonly placeRegion: Engine['placeRegion'] },
  { study, series: uid, region }: MotionRequest,
  { signal, onProgress }: CallOptions = {},
): Promise<MotionResult> {
  const call = signal ? { signal } : {};
  const series = seriesOf(study, uid);
  const phases = await phasesOf(runner, study, series, { ...call, onProgress: (s) => onProgress?.(0.2 * s) });
  const placed = region === null ? undefined : (await placeRegion(study, region, uid, call)).mask;
  const box = placed && boxOf(placed);
  const { motions } = await measured(runner, phases, box, false, {
    ...call,
    onProgress: (s) => onProgress?.(0.2 + 0.8 * s),
  });
  const radius = placed && box && radiusOf(placed, box);
  return {
    series: uid,
    regionName: placed?.name ?? null,
    motions,
    findings: judgeMotion(motions, uid, radius),
  };
}

/** The frames brought onto the first; places whose tissue left the picture are NaN. */
export async function withoutMotion(
  runner: JobRunner,
  phases: readonly Volume[],
  call: CallOptions,
): Promise<{ phases: Volume[]; motions: readonly FrameMotion[] }> {
  const { motions, frames } = await measured(runner, phases, undefined, true, call);
  return { motions, phases: [phases[0], ...frames.slice(1)] };
}

/** Every worker takes a run of frames that follow each other. */
async function measured(
  runner: JobRunner,
  phases: readonly Volume[],
  region: IndexBox | undefined,
  correct: boolean,
  { signal, onProgress }: CallOptions,
): Promise<MeasuredMotion> {
  const runs = Math.max(1, Math.min(runner.size, Math.floor(phases.length / 4)));
  const shares = new Float64Array(runs);
  const parts = await Promise.all(
    Array.from({ length: runs }, (_, n) =>
      runner.run(
        'measure-motion',
        {
          reference: phases[0],
          frames: phases.slice(
            Math.floor((n * phases.length) / runs),
            Math.floor(((n + 1) * phases.length) / runs),
          ),
          ...(region && { region }),
          correct,
        },
        {
          ...(signal && { signal }),
          onProgress: (share) => {
            shares[n] = share;
            onProgress?.(shares.reduce((a, b) => a + b, 0) / runs);
          },
        },
      ),
    ),
  );
  return { motions: parts.flatMap((p) => p.motions), frames: parts.flatMap((p) => p.frames) };
}

/** The box of a region's voxels; undefined for an empty one. */
function boxOf({ data, grid }: Mask): IndexBox | undefined {
  const [nx, ny] = grid.size;
  const from: [number, number, number] = [Infinity, Infinity, Infinity];
  const to: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let v = 0; v < data.length; v++) {
    if (!data[v]) continue;
    [v % nx, Math.floor(v / nx) % ny, Math.floor(v / (nx * ny))].forEach((i, a) => {
      from[a] = Math.min(from[a], i);
      to[a] = Math.max(to[a], i);
    });
  }
  return from[0] === Infinity ? undefined : { from, to };
}

/** Half the shortest side of the box, mm. */
function radiusOf({ grid }: Mask, { from, to }: IndexBox): number {
  const sides = ([0, 1, 2] as const).map((a) =>
    length(scale(grid.affine.matrix[a], to[a] - from[a] + 1) satisfies Vec3),
  );
  return Math.min(...sides) / 2;
}
