import type { RuleGroup } from './evaluate.ts';
import { ctRules } from './ct/index.ts';
import { generalRules } from './general/index.ts';
import { mrRules } from './mr/index.ts';
import { petRules } from './pet/index.ts';
import { regionRules } from './region/index.ts';
import { PROTOCOL_TAGS } from './protocol-settings.ts';

/** Every group of rules. Adding one is a folder and a line here. */
export const RULE_GROUPS: readonly RuleGroup[] = [generalRules, ctRules, mrRules, petRules, regionRules];

export const RULES = RULE_GROUPS.flatMap((g) => g.rules);

/** Attributes that measurements read beyond the tags of their rules: paths of sequences among them. */
const FURTHER = [
  '00180082',
  '00101030',
  '00181312',
  '00080008',
  '00200032',
  '00200037',
  '00080020',
  '00080021',
  '00080022',
  '00080031',
  '00080032',
  '00189018',
  '20011020',
];

/** Every attribute that a rule may read, for {@link headerColumns}. Pixel data are read as volumes. */
export const HEADER_TAGS: readonly string[] = [
  ...new Set([...RULES.flatMap((r) => r.tags), ...PROTOCOL_TAGS, ...FURTHER]),
].filter((t) => t !== '7FE00010');
