import { assessSeriesJob } from './assess-series.ts';
import { compareRegionsJob } from './compare-regions.ts';
import { curveShapeJob } from './curve-shape.ts';
import { detectInputJob } from './detect-input.ts';
import { dynamicCurvesJob } from './dynamic-curves.ts';
import { editRegionJob } from './edit-region.ts';
import { extractJob } from './extract.ts';
import { findPhantomJob } from './find-phantom.ts';
import { fitCurvesJob } from './fit-curves.ts';
import { fitVoxelsJob } from './fit-voxels.ts';
import { inspectCurveJob } from './inspect-curve.ts';
import { histogramJob, matrixJob, regionSliceJob } from './lesson.ts';
import { measureMotionJob } from './measure-motion.ts';
import { perturbedFeaturesJob } from './perturbed-features.ts';
import { phantomFilesJob } from './phantom-files.ts';
import { placeRegionJob } from './place-region.ts';
import { preprocessJob } from './preprocess.ts';
import { attributesJob, decodeFileJob, readFileJob } from './read-file.ts';
import { referenceObjectJob } from './reference-object.ts';
import { regionFilesJob, reportFilesJob } from './region-files.ts';
import { sampleStudyJob } from './sample-study.ts';
import { biopsyStabilityJob, segmentationBenchJob, segmentJob } from './segment.ts';
import { selfTestJob } from './self-test.ts';
import { t1MapJob } from './t1-map.ts';
import { writeReportJob } from './write-report.ts';
import type { Job } from './job.ts';

/** Everything the engine can run in a worker. */
export const JOBS = {
  'read-file': readFileJob,
  'decode-file': decodeFileJob,
  attributes: attributesJob,
  'place-region': placeRegionJob,
  'edit-region': editRegionJob,
  'compare-regions': compareRegionsJob,
  extract: extractJob,
  'perturbed-features': perturbedFeaturesJob,
  'assess-series': assessSeriesJob,
  'detect-input': detectInputJob,
  'dynamic-curves': dynamicCurvesJob,
  'curve-shape': curveShapeJob,
  'measure-motion': measureMotionJob,
  't1-map': t1MapJob,
  'fit-voxels': fitVoxelsJob,
  'inspect-curve': inspectCurveJob,
  'fit-curves': fitCurvesJob,
  'find-phantom': findPhantomJob,
  'phantom-files': phantomFilesJob,
  preprocess: preprocessJob,
  'region-files': regionFilesJob,
  'report-files': reportFilesJob,
  'write-report': writeReportJob,
  'region-slice': regionSliceJob,
  matrix: matrixJob,
  histogram: histogramJob,
  segment: segmentJob,
  'biopsy-stability': biopsyStabilityJob,
  'segmentation-bench': segmentationBenchJob,
  'sample-study': sampleStudyJob,
  'reference-object': referenceObjectJob,
  'self-test': selfTestJob,
} as const satisfies Record<string, Job<never, unknown>>;

export type JobName = keyof typeof JOBS;
export type JobInput<K extends JobName> = Parameters<(typeof JOBS)[K]['run']>[0];
export type JobOutput<K extends JobName> = Awaited<ReturnType<(typeof JOBS)[K]['run']>>['value'];
