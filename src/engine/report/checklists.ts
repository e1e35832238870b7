import { CLEAR_ITEMS, clearCounts } from '../../report/checklists/clear.ts';
import { IBSI_ITEMS } from '../../report/checklists/ibsi-items.ts';
import {
  applies,
  METRICS_CONDITIONS,
  METRICS_GRADES,
  METRICS_ITEMS,
  metricsScore,
  USUAL_CONDITIONS,
} from '../../report/checklists/metrics.ts';
import { draftAnswers } from '../../report/checklists/drafts.ts';

/** Checklists as data, with what turns answers into a score. */
export const REPORT_CHECKLISTS = {
  ibsi: IBSI_ITEMS,
  metrics: METRICS_ITEMS,
  clear: CLEAR_ITEMS,
  metricsConditions: METRICS_CONDITIONS,
  metricsGrades: METRICS_GRADES,
  usualConditions: USUAL_CONDITIONS,
  metricsScore,
  applies,
  clearCounts,
  draftAnswers,
} as const;

export type ReportChecklists = typeof REPORT_CHECKLISTS;
