import type { RuleGroup } from '../evaluate.ts';
import { FIT_MEASURES } from './fits.ts';
import { MR_HEADER_MEASURES } from './headers.ts';
import { MR_PIXEL_MEASURES } from './pixels.ts';
import { MR_RULES } from './rules.ts';
import { SHADING_MEASURES } from './shading.ts';
import { DIFFUSION_MEASURES } from './weightings.ts';

/** Rules of magnetic resonance (SPEC §2.3). */
export const mrRules: RuleGroup = {
  rules: MR_RULES,
  measures: {
    ...MR_HEADER_MEASURES,
    ...MR_PIXEL_MEASURES,
    ...SHADING_MEASURES,
    ...DIFFUSION_MEASURES,
    ...FIT_MEASURES,
  },
};
