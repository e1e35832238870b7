/** The three languages of the product. A text that lacks one does not compile. */
export type Language = 'en' | 'ru' | 'zh';

/** One text in every language. `{name}` marks a fact to be filled in, see {@link fill}. */
export type Localised = Readonly<Record<Language, string>>;

export type Facts = Readonly<Record<string, string | number>>;

/**
 * Puts facts into a text: `fill('{rows} rows', {rows: 3})` gives `3 rows`.
 * A mark without a fact stays visible, so that a forgotten fact is seen and not hidden.
 */
export function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (mark, name: string) =>
    Object.hasOwn(facts, name) ? String(facts[name]) : mark,
  );
}
