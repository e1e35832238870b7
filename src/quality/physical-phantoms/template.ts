import type { Vec3 } from '../../core/geometry.ts';
import type { Localised } from '../../core/localised.ts';
import type { Check, Mark } from '../rules/rule.ts';

/** How far a measured mean may lie from the truth of its insert: in its unit, in per cent of it, or a closed range. */
export type Tolerance =
  | { readonly kind: 'absolute'; readonly value: number }
  | { readonly kind: 'percent'; readonly value: number }
  | { readonly kind: 'range'; readonly low: number; readonly high: number };

/**
 * What a region of a phantom serves for. `material`: it holds something else than the body, of known truth, and shows how
 * the phantom lies; `ramp` and `wire-ramp`: what shows the thickness of a slice; the others are places in the body or
 * outside it.
 */
export type RegionUse =
  | 'material'
  | 'centre'
  | 'edge'
  | 'low-contrast'
  | 'low-contrast-surround'
  | 'large'
  | 'ghost-along'
  | 'ghost-across'
  | 'ramp'
  | 'wire-ramp'
  | 'background';

/**
 * A region of a phantom: a sphere, or a rod along the phantom's axis. Positions are millimetres from the middle of the
 * phantom: x to the right of the picture, y down, z along the axis, as a phantom lies that is set up straight.
 */
export interface Insert {
  readonly id: string;
  readonly label: Localised;
  readonly use: RegionUse;
  readonly shape: 'sphere' | 'rod';
  readonly centre: Vec3;
  /** Of the material, mm; a rod may be an ellipse. Measured is the inner part, see {@link PhantomTemplate.inner}. */
  readonly radii: readonly [number, number];
  /** Half its length along the axis, mm; of a sphere its radius. */
  readonly halfLength: number;
  /** In the unit of the template; null where the person has to enter it. */
  readonly truth: number | null;
  readonly tolerance: Tolerance | null;
  /** Of a ramp: mm to the right for each mm along the axis. */
  readonly slope?: number;
  /** Of a row of wires: mm along the axis from one to the next. */
  readonly pitch?: number;
}

/** What is computed from the regions of a phantom; {@link Metric.quantity} is its id. */
export interface Metric extends Check {
  readonly formula: string;
  readonly source: string;
  readonly mark: Mark;
}

/** A physical phantom as data: every number is a default that a person may change. */
export interface PhantomTemplate {
  readonly id: string;
  /** Grows when positions, truths or limits of the built-in template change. */
  readonly version: number;
  readonly label: Localised;
  readonly description: Localised;
  /** DICOM modality codes that it is made for; empty: any. */
  readonly modalities: readonly string[];
  /** What the image must show, such as CT numbers or a map of T1. */
  readonly quantity: Localised;
  /** Of truths and tolerances. */
  readonly unit: string;
  /** Of the image where it is another one, as for bone density in HU. */
  readonly imageUnit?: string;
  /** An interval scale has an arbitrary zero (HU): per cents have no meaning there. */
  readonly scale: 'ratio' | 'interval';
  readonly body: {
    readonly shape: 'cylinder' | 'ellipsoid';
    readonly radii: readonly [number, number];
    readonly halfLength: number;
    /** Value of the material around the inserts, in the unit of the truths; null when not known. */
    readonly value: number | null;
  };
  /** Share of the radius and length of an insert that is measured: its rim is blurred. */
  readonly inner: number;
  readonly inserts: readonly Insert[];
  readonly metrics: readonly Metric[];
  /** Where positions and truths come from, and how that is known. */
  readonly source: string;
  readonly mark: Mark;
}

/** Inserts of known truth, which rows, linearity and the search for the phantom's turn are about. */
export const materialsOf = (template: PhantomTemplate): readonly Insert[] =>
  template.inserts.filter((i) => i.use === 'material');

/** Factor from the unit of an image to the unit of a template; 1 where they are the same or one says nothing. */
export function unitFactor(image: string, template: string): number {
  return FACTORS[`${image}>${template}`] ?? 1;
}

const FACTORS: Readonly<Record<string, number>> = {
  's>ms': 1000,
  'ms>s': 0.001,
  'mm²/s>10⁻⁶ mm²/s': 1e6,
  '10⁻³ mm²/s>10⁻⁶ mm²/s': 1000,
};
