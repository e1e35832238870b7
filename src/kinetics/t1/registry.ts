import { fixed } from './fixed-t1.ts';
import { inversionRecovery } from './inversion-recovery.ts';
import { linearFlipAngles } from './linear-flip-angles.ts';
import type { T1Method } from './method.ts';
import { nonlinearFlipAngles } from './nonlinear-flip-angles.ts';
import { saturationRecovery } from './saturation-recovery.ts';
import { twoFlipAngles } from './two-flip-angles.ts';
import { weightedFlipAngles } from './weighted-flip-angles.ts';

/** Every way to T1, the one to prefer first. A new one adds a file, one import and one entry. */
export const T1_METHODS: readonly T1Method[] = [
  nonlinearFlipAngles,
  weightedFlipAngles,
  linearFlipAngles,
  twoFlipAngles,
  inversionRecovery,
  saturationRecovery,
  fixed,
];
