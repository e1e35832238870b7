import { baselineMean, type MethodValues } from './conversion.ts';
import { SIGNAL_METHODS } from './registry.ts';

/** How the signals of a dynamic series become concentrations: a method with its settings, as plain data. */
export interface Conversion {
  /** Id of a signal method, or `none` where intensities are concentrations. */
  readonly method: string;
  readonly values: MethodValues;
  /** Relaxation rate before contrast, 1/s: one for all voxels, or one a voxel. */
  readonly r10: number | Float64Array;
  /** True over nominal flip angle: one for all voxels, or one a voxel; 1 when absent. */
  readonly b1?: number | Float64Array;
  /** Frames before contrast. */
  readonly baselineFrames: number;
}

/**
 * Concentrations of voxels whose curves stand one after the other (voxel v, frame f at `v · frames + f`), as curve
 * blocks are laid out. NaN where the equation has no answer; such voxels are marked, and never clipped.
 * @throws RangeError for a method that is not in the registry. @throws RefusedInput for settings out of range.
 */
export function convertVoxels(
  signals: Float32Array,
  frames: number,
  { method: id, values, r10, b1 = 1, baselineFrames }: Conversion,
): { concentrations: Float32Array<ArrayBuffer>; unconverted: Uint8Array<ArrayBuffer> } {
  const voxels = signals.length / frames;
  const concentrations = new Float32Array(signals.length);
  const unconverted = new Uint8Array(voxels);
  const method = SIGNAL_METHODS.find((m) => m.id === id);
  if (!method && id !== 'none') throw new RangeError(`no signal method ${id}`);
  const convert = method?.prepare(values);
  const before = Array.from({ length: baselineFrames }, (_, f) => f);
  const out = new Float64Array(frames);
  for (let v = 0; v < voxels; v++) {
    const curve = signals.subarray(v * frames, (v + 1) * frames);
    if (convert) {
      const rate = typeof r10 === 'number' ? r10 : r10[v];
      convert(curve, baselineMean(curve, before), rate, typeof b1 === 'number' ? b1 : b1[v], out);
      concentrations.set(out, v * frames);
    } else concentrations.set(curve, v * frames);
    for (let f = 0; f < frames && unconverted[v] === 0; f++)
      if (!Number.isFinite(concentrations[v * frames + f])) unconverted[v] = 1;
  }
  return { concentrations, unconverted };
}
