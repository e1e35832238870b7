/** What the engine's calls about rules need, in one piece that is loaded later. */
export { profileFromJson, profileToJson } from '../../quality/rules/profile.ts';
export { RULES } from '../../quality/rules/registry.ts';
export { assess } from './assess.ts';
export { protocolOf, protocolsOf, referenceFrom } from './headers.ts';
export { referenceFromJson, referenceToJson } from '../../quality/rules/reference-protocol.ts';
export { protocolCsv } from '../../report/protocol-table/csv.ts';
