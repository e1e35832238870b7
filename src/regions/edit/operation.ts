import type { Finding } from '../../core/finding.ts';
import type { Grid, Vec3 } from '../../core/geometry.ts';
import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { Localised } from '../../core/localised.ts';
import type { CheckedValues, Parameter } from '../../core/parameters.ts';
import type { Volume } from '../../core/volume.ts';
import type { PackedMask } from '../document/packed-mask.ts';
import type { Piece } from '../morphology/components.ts';

export type OperationId =
  | 'threshold'
  | 'growing'
  | 'islands'
  | 'margin'
  | 'ring'
  | 'smooth'
  | 'fill-holes'
  | 'combine'
  | 'fill-between';

/** What an operation must be given besides its parameters. */
export interface Needs {
  readonly image: boolean;
  /** A region with voxels to start from. */
  readonly region: boolean;
  /** A voxel that the person pointed at. */
  readonly seed: boolean;
  /** A second region. */
  readonly other: boolean;
}

/** A number that is worked out on the way, as it is shown. */
interface FactLabel {
  readonly id: string;
  readonly label: Localised;
  /** `intensity`: the unit of the image; empty for counts. */
  readonly unit: string;
}

/** One way of making or changing a region: its name, form and help. Its computation stands apart, for workers. */
export interface Operation {
  readonly id: OperationId;
  readonly label: Localised;
  /** What it does, for what, and from where. */
  readonly help: Localised;
  readonly needs: Needs;
  readonly parameters: readonly Parameter[];
  /** Those of the result's facts that a person is shown. */
  readonly facts: readonly FactLabel[];
  /** Where the result goes unless the person says otherwise: into the region, or into a new one beside it. */
  readonly into: 'same' | 'new';
}

export interface OperationInput {
  readonly grid: Grid;
  readonly image: Volume | null;
  /** The region as it is; without voxels for a new one. */
  readonly mask: PackedMask;
  readonly other: PackedMask | null;
  /** Voxel index, whole numbers. */
  readonly seed: Vec3 | null;
  readonly kernels: KernelModule | null;
  readonly context: JobContext;
}

export interface OperationResult {
  readonly mask: PackedMask;
  /** By id: what was worked out on the way, such as the threshold that Otsu's method chose. */
  readonly facts: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  /** The connected pieces that were met, the largest of them, in the order of their first voxels. */
  readonly pieces?: readonly Piece[];
}

/** The computation of an operation; */
export type Apply = (input: OperationInput, values: CheckedValues) => OperationResult;
