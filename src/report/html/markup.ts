/** Markup that was made here. Nothing else enters a page unescaped. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | readonly (Markup | string | number)[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '{': '&#123;',
  '=': '&#61;',
};

/** A text as text, in elements and in quoted attributes alike. Characters that reorder or hide their neighbours show. */
export const escaped = (text: string): string =>
  text
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      '\ufffd',
    )
    .replace(/[&<>"'`{=]/g, (c) => ENTITIES[c]!);

/** Template whose parts are escaped, except {@link Markup}. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let out = strings[0]!;
  parts.forEach((part, i) => {
    const list: readonly (Markup | string | number)[] = Array.isArray(part)
      ? (part as readonly Markup[])
      : [part as Markup];
    out += list.map((p) => (p instanceof Markup ? p.text : escaped(String(p)))).join('') + strings[i + 1]!;
  });
  return new Markup(out);
}

export const NOTHING = new Markup('');
