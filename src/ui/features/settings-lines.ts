import type { ExtractionSettings } from '../../radiomics/settings.ts';

/** Settings as `[path, value]` lines in the words of the settings files, for reading and for reports; without what the profile does not read. */
export function settingsLines(settings: ExtractionSettings): [string, string][] {
  const lines: [string, string][] = [];
  const walk = (path: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) walk(path ? `${path}.${key}` : key, inner);
    } else {
      lines.push([
        path,
        Array.isArray(value) ? `[${value.map((v) => v ?? 'null').join(', ')}]` : String(value),
      ]);
    }
  };
  const { pyradiomics, ...common } = settings;
  walk('', settings.profile === 'pyradiomics' ? { ...common, pyradiomics } : common);
  return lines;
}
