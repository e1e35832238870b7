import type { FitFacts, SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { plain } from '../measuring.ts';

/** A number of the last fit of this series. */
const ofFit =
  (of: (fit: FitFacts) => number | undefined): Measure =>
  ({ fit }: SeriesContext) => {
    if (!fit) return { na: 'fit' };
    const value = of(fit);
    return value === undefined ? { na: 'structure' } : plain(value);
  };

/** Measurements of M-12 and M-22. */
export const FIT_MEASURES: Readonly<Record<string, Measure>> = {
  input_peak: ofFit((f) => f.inputPeak),
  input_over_tissue: ofFit((f) => f.inputOverTissue),
  input_frames: ofFit((f) => f.inputFrames),
  input_tail: ofFit((f) => f.inputTail),
  median_r2: ofFit((f) => f.medianR2),
  failed_fits: ofFit((f) => f.failedPercent),
  residual_runs_p: ofFit((f) => f.residualRunsP),
};
