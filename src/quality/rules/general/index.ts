import type { RuleGroup } from '../evaluate.ts';
import { GEOMETRY_MEASURES } from './geometry.ts';
import { IDENTITY_MEASURES } from './identity.ts';
import { PIXEL_MEASURES } from './pixels.ts';
import { REGION_MEASURES } from './regions.ts';
import { GENERAL_RULES } from './rules.ts';

/** Rules of any modality (SPEC §2.1). */
export const generalRules: RuleGroup = {
  rules: GENERAL_RULES,
  measures: { ...GEOMETRY_MEASURES, ...PIXEL_MEASURES, ...IDENTITY_MEASURES, ...REGION_MEASURES },
};
