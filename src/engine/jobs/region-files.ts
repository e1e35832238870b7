import {
  regionFiles,
  type RegionFiles,
  type RegionFilesRequest,
} from '../../report/region-files/region-files.ts';
import {
  reportFiles,
  type MeasuredRegion,
  type ReportFiles,
} from '../../report/measurements/report-files.ts';
import type { Job } from './job.ts';

/** Regions written as files of one format. */
export const regionFilesJob: Job<RegionFilesRequest, RegionFiles> = {
  run(request, { onProgress }) {
    const value = regionFiles(request, onProgress);
    return { value, transfer: value.files.map((f) => f.bytes.buffer) };
  },
};

/** Measurements as a structured report, with the segmentation they refer to. */
export const reportFilesJob: Job<
  {
    readonly request: Omit<RegionFilesRequest, 'format'> & { readonly modality: string };
    readonly tables: readonly MeasuredRegion[];
  },
  ReportFiles
> = {
  run({ request, tables }, { onProgress }) {
    const value = reportFiles(request, tables, onProgress);
    return { value, transfer: value.files.map((f) => f.bytes.buffer) };
  },
};
