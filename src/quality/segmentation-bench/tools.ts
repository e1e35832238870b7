import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { Localised } from '../../core/localised.ts';
import type { ParameterValues } from '../../core/parameters.ts';
import { maskOf } from '../../regions/segment/crop.ts';
import type { MethodId } from '../../regions/segment/method.ts';
import { METHODS } from '../../regions/segment/registry.ts';
import { segment } from '../../regions/segment/segment.ts';
import type { BenchCase } from './cases.ts';

/** Anything that makes a region of a case; null when it has no answer. */
export interface BenchTool {
  readonly id: string;
  readonly label: Localised;
  readonly segment: (c: BenchCase) => Uint8Array | null;
}

/** What a person would set on these phantoms: two tissues. The rest stays as offered. */
const SETTINGS: Partial<Record<MethodId, ParameterValues>> = {
  'k-means': { classes: 2, features: ['smoothed'] },
  'fuzzy-c-means': { classes: 2, features: ['smoothed'] },
  'gaussian-mixture': { classes: 2, features: ['smoothed'] },
};

/** Every method that outlines a lesion; a digital biopsy samples it instead. */
export const methodTools = (kernels: KernelModule | null, job: JobContext): readonly BenchTool[] =>
  METHODS.filter((m) => m.id !== 'digital-biopsy').map(({ id, label, takes }) => ({
    id,
    label,
    segment: ({ volume, seed, scribbles, start }) => {
      const found = segment(
        volume,
        {
          method: id,
          parameters: SETTINGS[id] ?? {},
          ...(takes.includes('scribbles') && { scribbles }),
          ...(takes.includes('seeds') && { seeds: [seed] }),
          ...(takes.includes('region') && { start }),
        },
        kernels,
        job.checkCancelled ? { checkCancelled: job.checkCancelled } : {},
      );
      if (found.outcome !== 'done' || found.proposed === null) return null;
      return maskOf(found, found.proposed, volume.grid, id, [0, 0, 0]).data;
    },
  }));
