import type { PreprocessingRecord } from '../../core/preprocessing.ts';
import type { Volume } from '../../core/volume.ts';
import type { StepEvidence } from '../../imaging/preprocess/evidence.ts';
import type { AskedStep } from '../../imaging/preprocess/run.ts';
import type { Study } from '../study/study.ts';

export interface PreprocessRequest {
  readonly study: Study;
  readonly series: string;
  readonly phase?: number;
  readonly steps: readonly AskedStep[];
  /** Region of the study that the numbers come from; absent: the body. */
  readonly region?: string | null;
  /** UIDs of the series that a common scale is taken from. */
  readonly references?: readonly string[];
}

/** An image after its steps, with what shows that they did what they should. */
export interface Preprocessed {
  readonly source: string;
  readonly volume: Volume;
  readonly record: PreprocessingRecord;
  readonly evidence: readonly StepEvidence[];
  readonly milliseconds: number;
}
