import type { Mask, Volume } from '../../core/volume.ts';
import { binnedHistogram, type BinnedHistogram } from '../../radiomics/binned-histogram.ts';
import {
  discretisedSlice,
  regionSlice,
  teachingSlice,
  type RegionSlice,
} from '../../radiomics/region-slice.ts';
import { FAMILIES } from '../../radiomics/registry.ts';
import type { DiscretisationSettings, ExtractionSettings } from '../../radiomics/settings.ts';
import { sliceMatrix } from '../../radiomics/slice-matrix.ts';
import type { MatrixPicture, NoPicture } from '../api.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

/** Most grey levels that a matrix is drawn with. */
const MOST_LEVELS = 256;

interface SliceInput {
  /** Null: the teaching image. */
  readonly region: { readonly volume: Volume; readonly mask: Mask; readonly slice: number } | null;
  readonly settings: ExtractionSettings;
}

/** The image chain around a region, and one slice of it. */
export const regionSliceJob: Job<SliceInput, RegionSlice> = {
  async run({ region, settings }) {
    if (region === null) return { value: teachingSlice() };
    const { volume, mask, slice } = region;
    return { value: regionSlice(volume, mask, settings, slice, await loadKernels()) };
  },
};

interface MatrixInput {
  /** Without the intensities of the whole region, which may be many. */
  readonly slice: Pick<RegionSlice, 'sample' | 'extremes'>;
  readonly settings: ExtractionSettings;
  readonly discretisation: DiscretisationSettings;
  readonly family: string;
  readonly direction: number | null;
}

/** The matrix of one slice. @throws RangeError for a family without a matrix. */
export const matrixJob: Job<MatrixInput, MatrixPicture | NoPicture> = {
  run({ slice, settings, discretisation, family, direction }) {
    const view = FAMILIES.find((f) => f.id === family)?.matrix;
    if (!view) throw new RangeError(`no matrix of ${family}`);
    if (slice.sample === null) return { value: 'slice_empty' };
    const sample = discretisedSlice(slice, discretisation);
    if (!sample?.discretised) return { value: 'no_levels' };
    const { levels, bins, lower, width } = sample.discretised;
    if (bins > MOST_LEVELS) return { value: 'too_many_levels' };
    const matrix = sliceMatrix(view, sample, settings.texture, view.directed ? direction : null);
    const { size, spacing, unit, image } = sample;
    const value: MatrixPicture = {
      size: [size[0], size[1]],
      spacing: [spacing[0], spacing[1]],
      unit,
      image,
      levels,
      lower,
      width,
      matrix,
    };
    return { value };
  },
};

interface HistogramInput {
  readonly name: string;
  readonly values: Float64Array;
  readonly unit: string;
  readonly settings: ExtractionSettings;
  readonly discretisation: DiscretisationSettings;
}

/** A region's intensities with its bins; null for a region without any. */
export const histogramJob: Job<HistogramInput, BinnedHistogram | null> = {
  run({ name, values, unit, settings, discretisation }) {
    if (values.length === 0) return { value: null };
    const lower = settings.resegmentation.range?.[0] ?? null;
    return { value: binnedHistogram(name, values, unit, discretisation, lower) };
  },
};
