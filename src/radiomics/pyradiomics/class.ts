import type { KernelModule } from '../../core/kernel-module.ts';
import type { AbsenceReason } from '../family.ts';
import type { RegionSample } from '../region-sample.ts';
import type { ExtractionSettings } from '../settings.ts';

export interface ClassContext {
  /**
   * The prepared region. For textures its morphological mask is the re-segmented one, whose bounding box the original
   * crops to, and in the 2D approach its third axis stands across the slices.
   */
  readonly sample: RegionSample;
  /** Are neighbours sought within slices only (force2D)? */
  readonly planar: boolean;
  readonly settings: ExtractionSettings;
  readonly kernels: KernelModule | null;
}

/** Values by feature name, NaN where the original has none; or why the whole class has none. */
export type ClassValues = Readonly<Record<string, number>> | AbsenceReason;
