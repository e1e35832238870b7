import type { Volume } from '../../core/volume.ts';
import { findPhantom, type Found } from '../../quality/physical-phantoms/find.ts';
import type { PhantomTemplate } from '../../quality/physical-phantoms/template.ts';
import type { Job } from './job.ts';

/** Looks for a physical phantom in an image. */
export const findPhantomJob: Job<
  { readonly volume: Volume; readonly template: PhantomTemplate },
  Found | null
> = {
  run: ({ volume, template }, context) => ({ value: findPhantom(volume, template, context) }),
};
