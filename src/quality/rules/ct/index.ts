import type { RuleGroup } from '../evaluate.ts';
import { CT_ARTEFACT_MEASURES } from './artefacts.ts';
import { CT_HEADER_MEASURES } from './headers.ts';
import { PERFUSION_MEASURES } from './perfusion.ts';
import { CT_PIXEL_MEASURES } from './pixels.ts';
import { CT_RULES } from './rules.ts';
import { CT_STEP_MEASURES } from './slice-step.ts';

/** Rules of computed tomography (SPEC §2.2). */
export const ctRules: RuleGroup = {
  rules: CT_RULES,
  measures: {
    ...CT_HEADER_MEASURES,
    ...CT_PIXEL_MEASURES,
    ...CT_ARTEFACT_MEASURES,
    ...CT_STEP_MEASURES,
    ...PERFUSION_MEASURES,
  },
};
