/**
 * Puts TeX of our own registry into an element as MathML. Temml builds DOM nodes, no markup strings; it is loaded
 * when first wanted. `wanted` is asked after loading: the element may be gone by then.
 */
export async function typeset(tex: string, element: HTMLElement, wanted: () => boolean): Promise<void> {
  const { default: temml } = await import('temml');
  if (wanted()) temml.render(tex, element, { displayMode: true, throwOnError: true });
}

/** Loads the typesetter while nothing else runs, so that formulas are there when the net is not. */
export function prepareTypesetting(): void {
  const later = window.requestIdleCallback ?? ((f: () => void) => setTimeout(f, 1000));
  later(() => void import('temml').catch(() => undefined));
}
