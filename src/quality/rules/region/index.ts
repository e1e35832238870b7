import type { RuleGroup } from '../evaluate.ts';
import { EXTRACTION_MEASURES } from './extraction.ts';
import { FEATURE_MEASURES } from './features.ts';
import { MASK_MEASURES } from './masks.ts';
import { PLACING_MEASURES } from './placing.ts';
import { REGION_RULES } from './rules.ts';

/** Rules of regions, of what is done to them, and of the features that come of it (SPEC §2.5). */
export const regionRules: RuleGroup = {
  rules: REGION_RULES,
  measures: { ...MASK_MEASURES, ...PLACING_MEASURES, ...EXTRACTION_MEASURES, ...FEATURE_MEASURES },
};
