import type { MethodDefinition } from '../signal/method.ts';
import type { FlipAngleFit } from './flip-angles.ts';
import type {
  InversionEstimate,
  InversionProtocol,
  SaturationEstimate,
  SaturationProtocol,
} from './recovery-times.ts';
import type { T1Estimate } from './t1-estimate.ts';

/** A way to T1; `family` says what it measures with, and so what `fit` takes. */
export type T1Method = MethodDefinition &
  (
    | { readonly family: 'flip-angles'; readonly fit: FlipAngleFit }
    | {
        readonly family: 'inversion-recovery';
        readonly fit: (signal: ArrayLike<number>, protocol: InversionProtocol) => InversionEstimate;
      }
    | {
        readonly family: 'saturation-recovery';
        readonly fit: (signal: ArrayLike<number>, protocol: SaturationProtocol) => SaturationEstimate;
      }
    | { readonly family: 'fixed'; readonly fit: (t1: number) => T1Estimate }
  );
