/** How the planes lie: one, three, three with readings beside them, or two series side by side. */
export const LAYOUTS = ['one', 'three', 'four', 'pair'] as const;
export type Layout = (typeof LAYOUTS)[number];

export const isLayout = (text: string | null): text is Layout => LAYOUTS.some((layout) => layout === text);

/** The layout that a press of the key asks for. */
export const nextLayout = (layout: Layout): Layout =>
  LAYOUTS[(LAYOUTS.indexOf(layout) + 1) % LAYOUTS.length]!;
