import { n4 } from '../bias-field/index.ts';
import { isotropic } from '../isotropic/index.ts';
import { histogramMatching } from '../normalise/histogram-matching/index.ts';
import { nyul } from '../normalise/nyul/index.ts';
import { referenceTissue } from '../normalise/reference-tissue/index.ts';
import { whiteStripe } from '../normalise/white-stripe/index.ts';
import { zScore } from '../normalise/z-score/index.ts';
import type { PreprocessingStep } from './step.ts';

/** Every step of preprocessing, in the order in which they are best taken. A new one is a room and a line here. */
export const STEPS: readonly PreprocessingStep[] = [
  n4,
  isotropic,
  whiteStripe,
  nyul,
  zScore,
  referenceTissue,
  histogramMatching,
];
