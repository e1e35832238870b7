import type { FileSource } from '../api.ts';
import type { Grid } from '../../core/geometry.ts';
import type { JobInput, JobName } from './jobs.ts';

/** A worker that says nothing for this long, beyond what its work may take, counts as dead. */
const BASE = 5000; // ms

/** The slowest machine that we wait for: bytes, and voxels, that it gets through in a millisecond. */
const BYTES = 10_000;
const VOXELS = 2_000;

const sizeOf = ({ content }: FileSource) =>
  content instanceof Uint8Array ? content.byteLength : content.size;
const voxelsOf = ({ size }: Grid) => size[0] * size[1] * size[2];

/**
 * How long each job may say nothing, ms: five seconds and what its input is worth. A kernel does not look up from its
 * work, so a beat cannot be asked of it; a job that reports progress starts the count anew. Apart from the jobs
 * themselves, so that the page does not load what only workers run.
 */
const SILENCE: { readonly [K in JobName]: (input: JobInput<K>) => number } = {
  'read-file': ({ source, companions }) =>
    BASE + (sizeOf(source) + companions.reduce((sum, c) => sum + sizeOf(c), 0)) / BYTES,
  'decode-file': ({ source }) => BASE + sizeOf(source) / BYTES,
  attributes: ({ source }) => BASE + sizeOf(source) / BYTES,
  'place-region': ({ target }) => BASE + voxelsOf(target.grid) / VOXELS,
  // Distances over a large region are one long step.
  'edit-region': ({ grid }) => 20_000 + voxelsOf(grid) / 1000,
  'compare-regions': ({ a }) => 60_000 + voxelsOf(a.grid) / VOXELS,
  // Moran's I and Geary's C of a large region are one long step.
  extract: ({ volume }) => 60_000 + voxelsOf(volume.grid) / VOXELS,
  // It reports after each run; Moran's I and Geary's C are one long step there too.
  'perturbed-features': ({ cut }) => 60_000 + voxelsOf(cut.volume.grid) / VOXELS,
  // Some rules go through all voxels of all phases before they speak again.
  'assess-series': ({ series: { size } }) => 10_000 + (size[0] * size[1] * size[2] * size[3]) / VOXELS,
  'dynamic-curves': ({ phases, mask }) => BASE + (phases.length * mask.length) / VOXELS,
  'detect-input': ({ phases, size }) => 10_000 + (phases.length * size[0] * size[1] * size[2]) / 200,
  'curve-shape': ({ phases, mask }) => 10_000 + (phases.length * mask.length) / 200,
  // Both report after each frame, or are one step of a second.
  'measure-motion': ({ reference }) => 30_000 + voxelsOf(reference.grid) / 100,
  // It reports between its steps, each a pass over an image of a few million voxels at most.
  'find-phantom': ({ volume }) => 30_000 + voxelsOf(volume.grid) / 500,
  'phantom-files': () => 60_000,
  'reference-object': () => 60_000,
  't1-map': () => 30_000,
  'fit-voxels': () => 30_000, // it reports as it goes
  'inspect-curve': () => 20_000,
  'fit-curves': () => 30_000, // it reports after each curve
  // A round of the field search, or one pass over the image, is one step.
  preprocess: ({ volume, references }) => 60_000 + ((1 + references.length) * voxelsOf(volume.grid)) / 500,
  // They report after each region; the file itself is one long step.
  'region-files': ({ target }) => 30_000 + voxelsOf(target.grid) / VOXELS,
  'report-files': ({ request }) => 30_000 + voxelsOf(request.target.grid) / VOXELS,
  'write-report': () => 60_000,
  'region-slice': () => 60_000,
  matrix: () => 30_000,
  histogram: () => 30_000,
  // Steps report, but a cut, or one tree on a large box, is one step.
  segment: ({ volume }) => 60_000 + voxelsOf(volume.grid) / 20,
  'biopsy-stability': ({ volume }) => 60_000 + voxelsOf(volume.grid) / VOXELS,
  'segmentation-bench': () => 120_000,
  'sample-study': () => 30_000,
  'self-test': () => 60_000,
};

export function silenceOf<K extends JobName>(name: K, input: JobInput<K>): number {
  return SILENCE[name](input);
}
