/**
 * Puts TeX of our own registry into an element as MathML. Temml builds DOM nodes, no markup strings; it is loaded
 * when first wanted. `wanted` is asked after loading: the element may be gone by then.
 */
export async function typeset(tex: string, element: HTMLElement, wanted: () => boolean): Promise<void> {
  const { default: temml } = await import('temml');
  if (wanted()) temml.render(tex, element, { displayMode: true, throwOnError: true });
}
