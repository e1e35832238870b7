import type { JobName } from './jobs.ts';

/**
 * How long each job may say nothing before its worker counts as dead, ms. Apart from the jobs themselves, so that
 * the page does not load what only workers run.
 */
export const SILENCE: Readonly<Record<JobName, number>> = {
  'read-file': 20_000,
  'decode-file': 20_000,
  attributes: 20_000,
  'place-region': 30_000,
  extract: 120_000,
  'region-slice': 60_000,
  matrix: 30_000,
  histogram: 30_000,
  'sample-study': 30_000,
  'self-test': 60_000,
};
