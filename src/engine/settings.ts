import { parseSettings } from '../radiomics/settings-file.ts';

/**
 * Settings from the text of a YAML file; empty text gives the defaults.
 * @throws RefusedInput `settings_invalid` naming the key and what is allowed.
 */
export const readSettings = async (yaml: string): Promise<ReturnType<typeof parseSettings>> =>
  parseSettings(yaml);
