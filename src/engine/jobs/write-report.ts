import { writeReport, type ReportMaterial, type WrittenReport } from '../../report/content/write-report.ts';
import type { Job } from './job.ts';

/** A report as HTML and as data, from material that was gathered before. */
export const writeReportJob: Job<ReportMaterial, WrittenReport> = {
  run: (material) => ({ value: writeReport(material) }),
};
