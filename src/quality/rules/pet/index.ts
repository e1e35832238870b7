import type { RuleGroup } from '../evaluate.ts';
import { PET_MEASURES } from './measures.ts';
import { PET_RULES } from './rules.ts';

/** Rules of positron emission tomography (SPEC §2.4). */
export const petRules: RuleGroup = { rules: PET_RULES, measures: PET_MEASURES };
