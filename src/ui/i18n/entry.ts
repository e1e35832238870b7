/** A text, or its plural forms (CLDR categories), chosen by the fact `count`. */
export type Entry =
  string | { readonly one?: string; readonly few?: string; readonly many?: string; readonly other: string };
