import type { Grid } from '../../../core/geometry.ts';

/** True volume transfer constants (1/min), one row of patches each; true ve, one column of patches each. */
export const KTRANS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.35] as const;
export const VE = [0.01, 0.05, 0.1, 0.2, 0.5] as const;

/** Pixels along the edge of a patch. */
export const PATCH = 10;

/**
 * Signal-to-noise ratio of tissue before contrast on each slice: the ladder. Noise has the same deviation everywhere on
 * a slice.
 */
export const SNR = [Infinity, 100, 50, 20, 10, 5] as const;

/** What a row of patches holds: tissue without contrast on top, then a row for each Ktrans, blood at the bottom. */
export const TISSUE_ROWS = { reference: 0, first: 1, blood: 1 + KTRANS.length } as const;

export const GRID: Grid = {
  size: [PATCH * VE.length, PATCH * (KTRANS.length + 2), SNR.length],
  affine: {
    origin: [-49, -79, -12.5],
    matrix: [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 5],
    ],
  },
};

/** The scan, and what a fit must be told (QIBA layout: T1 of tissue 500 ms, of blood 1440 ms, TR 5 ms, FA 30°). */
export const SCAN = {
  /** s, s and degrees; field in tesla */
  repetitionTime: 0.005,
  echoTime: 0.001,
  flipAngle: 30,
  field: 1.5,
  /** 1/(s·mmol/L) */
  relaxivity: 4.5,
  haematocrit: 0.45,
  /** s from the first phase to the arrival of the bolus */
  arrival: 60,
  /** T1 before contrast, s */
  t1: { tissue: 0.5, blood: 1.44 },
  /** Proton density × receiver gain: the peak of blood stays below 32767, the step of storage is 0.03 % of tissue. */
  m0: 100_000,
} as const;

/** Name of the region of a patch, from its true values. */
export const patchName = (ktrans: number, ve: number): string => `Ktrans ${ktrans} ve ${ve}`;
export const BLOOD = 'Vascular input';
export const REFERENCE = 'Tissue without contrast';
