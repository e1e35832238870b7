/** How long a panel may take to be there, ms. */
const PATIENCE = 3000;

/** `rule:G-06` is what has `data-rule="G-06"`; a finding of reading may have been measured anew by the rule of its id. */
const selectorOf = (find: string): string => {
  const at = find.indexOf(':');
  const [kind, id] = [find.slice(0, at), CSS.escape(find.slice(at + 1))];
  const own = `[data-${kind}="${id}"]`;
  return kind === 'rule' || kind === 'finding' ? `[data-rule="${id}"], [data-finding="${id}"]` : own;
};

/** Opens the folds around something on the page and itself, brings it into sight and gives it the focus. */
export function reveal(find: string): () => void {
  const selector = selectorOf(find);
  const until = performance.now() + PATIENCE;
  let waiting = 0;
  const look = (): void => {
    const there = document.querySelector<HTMLElement>(selector);
    if (!there) {
      if (performance.now() < until) waiting = requestAnimationFrame(look);
      return;
    }
    for (let fold = there.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
      fold.open = true;
    const target = there.querySelector<HTMLElement>(':scope > summary') ?? there;
    if (target === there) target.tabIndex = -1;
    // The fold opens, and then there is something to scroll to.
    waiting = requestAnimationFrame(() => {
      there.scrollIntoView({ block: 'start' });
      target.focus({ preventScroll: true });
    });
  };
  waiting = requestAnimationFrame(look);
  return () => cancelAnimationFrame(waiting);
}
