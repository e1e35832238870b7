import type { Size3, Vec3 } from '../core/geometry.ts';
import { maskRows, type MaskRows } from './mask-rows.ts';

/** One figure about a stage of the image chain, under the tag of the IBSI 1 tables. Null: not worked out or no voxels. */
export interface Diagnostic {
  readonly stage: string;
  readonly name: string;
  readonly tag: string;
  readonly value: number | null;
}

export interface IntensitySummary {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** Mean, minimum and maximum over finite values, of one array or of many handed in one after another. */
export class RunningSummary {
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  addAll(values: ArrayLike<number>, mask?: Uint8Array): void {
    let [count, sum, min, max] = [0, 0, this.#min, this.#max];
    for (let i = 0; i < values.length; i++) {
      if (mask !== undefined && mask[i] === 0) continue;
      const v = values[i]!;
      if (v - v !== 0) continue; // NaN or infinite
      count++;
      sum += v;
      if (v < min) min = v;
      if (v > max) max = v;
    }
    this.#count += count;
    this.#min = min;
    this.#max = max;
    this.#sum += sum;
  }

  /** The values under a mask whose rows are known. */
  addRows(values: Float64Array, mask: Uint8Array, rows: MaskRows): void {
    let [min, max] = [this.#min, this.#max];
    for (let r = 0; r < rows.count; r++) {
      const [first, last, voxels] = [rows.first(r), rows.last(r), rows.voxelsOf(r)];
      let sum = 0;
      let [low, high] = [min, max];
      const unbroken = voxels === last - first + 1;
      for (let i = first; i <= last; i++) {
        if (!unbroken && mask[i] === 0) continue;
        const v = values[i]!;
        sum += v;
        if (v < low) low = v;
        if (v > high) high = v;
      }
      if (sum - sum === 0) {
        this.#count += voxels;
        this.#sum += sum;
        [min, max] = [low, high];
      } else {
        // Some value is NaN or infinite.
        [this.#min, this.#max] = [min, max];
        this.addAll(values.subarray(first, last + 1), mask.subarray(first, last + 1));
        [min, max] = [this.#min, this.#max];
      }
    }
    [this.#min, this.#max] = [min, max];
  }

  get result(): IntensitySummary | null {
    const count = this.#count;
    return count === 0 ? null : { count, mean: this.#sum / count, min: this.#min, max: this.#max };
  }
}

/** Number of voxels of a mask and the edges of its bounding box; null when it is empty. */
export const extentOf = (mask: Uint8Array, size: Size3): MaskRows['extent'] =>
  maskRows(mask, size, null).extent;

const AXES = ['x', 'y', 'z'] as const;

/** Rows on an image: its size, voxel edges, and intensities where these were asked for. */
export function imageDiagnostics(
  stage: string,
  suffix: string,
  size: Size3,
  spacing: Vec3,
  intensities: IntensitySummary | null,
): Diagnostic[] {
  return [
    ...AXES.map((a, i) => ({
      stage,
      name: `Image dimension ${a}`,
      tag: `img_dim_${a}_${suffix}`,
      value: size[i]!,
    })),
    ...AXES.map((a, i) => ({
      stage,
      name: `Voxel dimension ${a}`,
      tag: `vox_dim_${a}_${suffix}`,
      value: spacing[i]!,
    })),
    { stage, name: 'Mean intensity', tag: `mean_int_${suffix}`, value: intensities?.mean ?? null },
    { stage, name: 'Minimum intensity', tag: `min_int_${suffix}`, value: intensities?.min ?? null },
    { stage, name: 'Maximum intensity', tag: `max_int_${suffix}`, value: intensities?.max ?? null },
  ];
}

export interface RegionExtent {
  readonly count: number;
  readonly box: Size3;
}

/** Rows on a region: sizes of image and bounding boxes, voxel counts, intensities in the intensity mask. */
export function regionDiagnostics(
  stage: string,
  suffix: string,
  size: Size3,
  intensity: RegionExtent | null,
  morphological: RegionExtent | null,
  values: IntensitySummary | null,
): Diagnostic[] {
  const box = (kind: string, tag: string, e: RegionExtent | null): Diagnostic[] =>
    AXES.map((a, i) => ({
      stage,
      name: `${kind} mask bounding box dimension ${a}`,
      tag: `${tag}_mask_bb_dim_${a}_${suffix}`,
      value: e === null ? null : e.box[i]!,
    }));
  return [
    ...AXES.map((a, i) => ({
      stage,
      name: `Int. mask dimension ${a}`,
      tag: `int_mask_dim_${a}_${suffix}`,
      value: size[i]!,
    })),
    ...box('Int.', 'int', intensity),
    ...box('Morph.', 'morph', morphological),
    {
      stage,
      name: 'Int. mask voxel count',
      tag: `int_mask_vox_count_${suffix}`,
      value: intensity?.count ?? 0,
    },
    {
      stage,
      name: 'Morph. mask voxel count',
      tag: `morph_mask_vox_count_${suffix}`,
      value: morphological?.count ?? 0,
    },
    {
      stage,
      name: 'Int. mask mean intensity',
      tag: `int_mask_mean_int_${suffix}`,
      value: values?.mean ?? null,
    },
    {
      stage,
      name: 'Int. mask minimum intensity',
      tag: `int_mask_min_int_${suffix}`,
      value: values?.min ?? null,
    },
    {
      stage,
      name: 'Int. mask maximum intensity',
      tag: `int_mask_max_int_${suffix}`,
      value: values?.max ?? null,
    },
  ];
}
