import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of published reference values and real images beside the project; absent in a user's clone. */
export const SHARED = join(import.meta.dirname, '../../shared');
export const HAS_SHARED = existsSync(join(SHARED, 'reference'));

if (!HAS_SHARED) {
  console.warn(
    'SKIPPED: ../shared is absent, so conformance with published values and real images is not tested here.',
  );
}
