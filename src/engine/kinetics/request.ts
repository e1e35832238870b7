import type { Finding } from '../../core/finding.ts';
import type { Localised } from '../../core/localised.ts';
import type { Volume } from '../../core/volume.ts';
import type { FitResult, FitStatus } from '../../kinetics/fit/fit-curve.ts';
import type { BootstrapIntervals } from '../../kinetics/fit/residual-bootstrap.ts';
import type { FrameMotion } from '../../kinetics/motion/measure.ts';
import type { Bounds } from '../../kinetics/fit/fit-plan.ts';
import type { ModelId, QuantityId } from '../../kinetics/models/model.ts';
import type { ModelFreeId } from '../../kinetics/model-free/definitions.ts';
import type { MODEL_FREE_STATUSES, Unavailable } from '../../kinetics/model-free/model-free.ts';
import type { T1Status } from '../../kinetics/t1/t1-estimate.ts';
import type { HeardVerdict } from '../quality/heard-verdict.ts';
import type { Study } from '../study/study.ts';

/** Where the arterial input comes from. */
export type InputChoice =
  /** A population curve; `arrival` in s after the first frame (null: where the tissue's own rise begins). */
  | {
      readonly kind: 'population';
      readonly id: string;
      readonly dose: number;
      readonly arrival: number | null;
    }
  | { readonly kind: 'region'; readonly region: string }
  | { readonly kind: 'automatic' }
  | { readonly kind: 'table'; readonly name: string; readonly text: string };

/** How signal becomes concentration. `null`: as the files say. */
export type SignalChoice =
  | {
      readonly kind: 'spoiled-gradient-echo';
      /** s */
      readonly repetitionTime: number | null;
      /** degrees */
      readonly flipAngle: number | null;
      /** 1/(s·mmol/L) */
      readonly relaxivity: number;
    }
  | { readonly kind: 'ct-enhancement'; /** HU per mmol/L */ readonly enhancementPerMillimolar: number }
  /** Intensities are concentrations in mmol/L. */
  | { readonly kind: 'none' };

/** T1 before contrast, s. A map is a series on the same grid whose values are in ms or s. */
export interface NativeT1 {
  readonly tissue:
    | { readonly kind: 'fixed'; readonly seconds: number }
    | { readonly kind: 'map'; readonly series: string; readonly unit: 'ms' | 's' };
  /** Of blood, s: for an input that is measured in the image. */
  readonly blood: number;
}

/** A map of true over nominal flip angle on the grid of the series, as factors (1) or in per cent (100). */
export interface B1Map {
  readonly series: string;
  readonly unit: 'factor' | '%';
}

export interface KineticSettings {
  readonly model: ModelId;
  readonly input: InputChoice;
  /** Cells' share of blood: Cp = Cb/(1 − Hct). */
  readonly haematocrit: number;
  /** s; a number is taken as given, bounds are fitted within. */
  readonly delay: number | Bounds;
  readonly signal: SignalChoice;
  readonly t1: NativeT1;
  /** Absent: flip angles are taken as they were asked for. */
  readonly b1?: B1Map;
  /** Brings every frame rigidly onto the first before anything is read from them. */
  readonly correctMotion?: boolean;
  /** Frames before contrast; null: found. */
  readonly baselineFrames: number | null;
  /** Times of the frames, s, where the files are silent or wrong. */
  readonly seconds?: readonly number[];
}

export interface KineticRequest {
  readonly study: Study;
  readonly series: string;
  /** Voxels to fit: a region of the study, or all that stands out from the noise. */
  readonly region: string | null;
  readonly settings: KineticSettings;
  /** Forces where voxels are fitted; without a GPU that can, Wasm does it and the result says so. */
  readonly backend?: 'wasm' | 'webgpu';
}

/** One map: a quantity on the grid of the series, NaN outside the region and where there is no answer. */
export interface KineticMap {
  readonly id: string;
  readonly name: Localised;
  readonly unit: string;
  readonly volume: Volume;
  /** Range to show: 0 or the 2nd percentile, to the 98th. */
  readonly range: readonly [number, number];
}

/** The input as it was used. */
export interface UsedInput {
  readonly origin: Localised;
  readonly seconds: Float64Array;
  /** mmol/L in plasma. */
  readonly plasma: Float64Array;
  /** Voxels it was measured in, as places in the volume; empty for a population curve or a table. */
  readonly voxels: Uint32Array;
  /** Voxels that passed the criteria of the automatic search, best first. */
  readonly candidates?: Uint32Array;
}

export interface KineticResult {
  readonly model: ModelId;
  readonly settings: KineticSettings;
  readonly software: { readonly name: 'kinetex'; readonly version: string; readonly kernels: string };
  readonly series: string;
  readonly regionName: string;
  /** Frames, s from the first. */
  readonly seconds: Float64Array;
  readonly baselineFrames: number;
  readonly input: UsedInput;
  /** Concentrations of the voxels that were fitted: voxel v, frame f at `v · frames + f`. */
  readonly voxels: Uint32Array;
  readonly curves: Float32Array;
  /** Mean curve of the region and its fit. */
  readonly mean: {
    readonly curve: Float64Array;
    readonly fit: FitResult;
    readonly fitted: Float64Array;
    /** Residual bootstrap of the mean curve; absent when too few of its draws had an answer. */
    readonly bootstrap?: BootstrapIntervals;
  } | null;
  /** Motion that was measured and corrected; absent when the frames were taken as they are. */
  readonly motion?: readonly FrameMotion[];
  readonly maps: readonly KineticMap[];
  readonly errorMaps: readonly KineticMap[];
  /** Voxels by what became of them; `unconverted` had no concentration. */
  readonly counts: Readonly<Record<FitStatus | 'unconverted' | 'not_done', number>>;
  readonly findings: readonly Finding[];
  /** Where the voxels were fitted: Wasm in float64, a GPU in float32. */
  readonly backend: 'wasm' | 'webgpu';
  readonly milliseconds: number;
  /** False when the person stopped it: maps hold what was done. */
  readonly complete: boolean;
  /** What the rules said before it was made; set by the engine. */
  readonly verdict?: HeardVerdict;
}

/** One curve asked of the inspector: every model's answer on it. */
export interface InspectedFit {
  readonly model: ModelId;
  readonly fit: FitResult;
  readonly fitted: Float64Array;
  readonly bootstrap?: BootstrapIntervals;
}

export interface CurveQuestion {
  readonly seconds: Float64Array;
  readonly input: UsedInput;
  /** mmol/L */
  readonly curve: Float64Array;
  readonly delay: number | Bounds;
  readonly models: readonly ModelId[];
  /** Draws of a residual bootstrap; none when absent. */
  readonly bootstrap?: number;
  /** Parameters set by hand instead of fitted, for teaching; one model. */
  readonly byHand?: Readonly<Partial<Record<QuantityId, number>>>;
}

/** What became of a voxel of curve-shape maps. */
export type ShapeStatus = (typeof MODEL_FREE_STATUSES)[number];

/** Maps of curve shape need no model; null is found from the curves and times. */
export interface ShapeSettings {
  readonly baselineFrames: number | null;
  /** Frames, from 0, of the early and the late phase. */
  readonly early: number | null;
  readonly late: number | null;
  /** Least signal before contrast, share of the 98th percentile, where no region is given; 0 or absent: any signal. */
  readonly threshold?: number;
  readonly seconds?: readonly number[];
}

export interface ShapeRequest {
  readonly study: Study;
  readonly series: string;
  /** Null: every voxel with a signal. */
  readonly region: string | null;
  readonly settings: ShapeSettings;
}

export interface ShapeResult {
  readonly settings: ShapeSettings;
  readonly software: KineticResult['software'];
  readonly series: string;
  readonly regionName: string;
  readonly seconds: Float64Array;
  readonly maps: readonly KineticMap[];
  /** Maps that this series cannot have, and why. */
  readonly unavailable: Readonly<Partial<Record<ModelFreeId, Unavailable>>>;
  readonly counts: Readonly<Record<ShapeStatus, number>>;
  readonly milliseconds: number;
  /** What the rules said before it was made; set by the engine. */
  readonly verdict?: HeardVerdict;
}

/** What the images of a T1 measurement differ in; s and degrees. */
export type T1Protocol =
  | {
      readonly kind: 'flip-angles';
      readonly repetitionTime: number;
      readonly flipAngles: readonly number[];
      readonly method: FlipAngleMethod;
    }
  | {
      readonly kind: 'inversion-recovery';
      readonly repetitionTime: number;
      readonly delays: readonly number[];
    }
  | {
      readonly kind: 'saturation-recovery';
      readonly repetitionTime: number;
      readonly delays: readonly number[];
    };

/** Least squares on the signals, or the line of DESPOT1 with equal or with right weights. */
export type FlipAngleMethod = 'nonlinear' | 'linear' | 'weighted';
export type T1MethodId = FlipAngleMethod | 'inversion-recovery' | 'saturation-recovery';

export interface T1Request {
  readonly study: Study;
  /** One series of several weightings, or one series each. */
  readonly series: readonly string[];
  /** Null: all that stands out from the noise. */
  readonly region: string | null;
  /** Absent: non-linear for several flip angles, inversion recovery for several inversion times. */
  readonly method?: T1MethodId;
  /** Corrects flip angles; recovery needs none. */
  readonly b1?: B1Map;
}

export interface MotionRequest {
  readonly study: Study;
  readonly series: string;
  /** Follows the surroundings of a region; null: the whole patient. */
  readonly region: string | null;
}

/** How far the patient moved between frames, against the first. */
export interface MotionResult {
  readonly series: string;
  readonly regionName: string | null;
  readonly motions: readonly FrameMotion[];
  readonly findings: readonly Finding[];
}

export interface ModelChoiceRequest extends Omit<KineticRequest, 'settings'> {
  readonly settings: KineticSettings;
  /** Models that compete; absent: all that the frames can carry. */
  readonly models?: readonly ModelId[];
}

/** Which model explains each voxel best by AICc. */
export interface ModelChoice {
  readonly models: readonly ModelId[];
  /** Voxels in which each has the lowest AICc; a voxel that no model explains is counted nowhere. */
  readonly voxels: Readonly<Partial<Record<ModelId, number>>>;
  /** The fit of the model that wins most voxels, with the map of choices (number of the model in `models`) in front. */
  readonly result: KineticResult;
}

export interface T1Result {
  readonly protocol: T1Protocol;
  /** T1 in ms, its standard error, and S0. */
  readonly maps: readonly KineticMap[];
  readonly counts: Readonly<Record<T1Status, number>>;
  /** What the rules said before it was made; set by the engine. */
  readonly verdict?: HeardVerdict;
}
