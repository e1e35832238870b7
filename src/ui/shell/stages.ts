import type { Stage } from '../state/workspace.svelte.ts';

/** The stages from left to right. */
export const STAGES: readonly Stage[] = [
  'equipment',
  'acquire',
  'regions',
  'features',
  'kinetics',
  'repeatability',
  'report',
];

/** Stages of the pipeline that quality control is told by (docs/quality.md); the report and the self-test serve all. */
const CODES: Readonly<Record<Stage, string>> = {
  equipment: 'S0',
  acquire: 'S1',
  regions: 'S2',
  features: 'S3',
  kinetics: 'S3',
  repeatability: 'S5',
  report: 'S0–S5',
  'self-test': 'S3',
};

export const codeOf = (stage: Stage): string => CODES[stage];
