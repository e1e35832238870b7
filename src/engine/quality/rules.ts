/** What the engine's calls about rules need, in one piece that is loaded later. */
export { profileFromJson, profileToJson } from '../../quality/rules/profile.ts';
export { RULES } from '../../quality/rules/registry.ts';
export { assess } from './assess.ts';
export { protocolOf } from './headers.ts';
