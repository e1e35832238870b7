/** Brings what has just come up into view; what is seen already stays where it is. */
export function intoView(element: HTMLElement): void {
  requestAnimationFrame(() => element.scrollIntoView({ block: 'nearest' }));
}
