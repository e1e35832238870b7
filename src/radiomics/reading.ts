import type { FeatureDefinition } from './family.ts';

/** One text in English, Russian and Chinese. */
export type Words = readonly [en: string, ru: string, zh: string];

/** What a region looks like where a feature is high, and where it is low; by tag. */
export type Readings = Readonly<Record<string, readonly [high: Words, low: Words]>>;

const localised = ([en, ru, zh]: Words) => ({ en, ru, zh });

/** Definitions with what high and low values look like. */
export const withReadings = (
  definitions: readonly FeatureDefinition[],
  readings: Readings,
): readonly FeatureDefinition[] =>
  definitions.map((definition) => {
    const found = readings[definition.tag];
    if (!found) return definition;
    return { ...definition, reading: { high: localised(found[0]), low: localised(found[1]) } };
  });
