/** What the Learn tab shows. */
export class Learning {
  /** The tab is open in place of settings and results. */
  open = $state(false);
  /** Family that is explained. */
  family = $state('glcm');
  /** Region that serves as the example: its id, `teaching` for the made-up image, or empty for the one at hand. */
  source = $state('');

  /** Opens the lesson on a family. */
  about(family: string): void {
    this.family = family;
    this.open = true;
  }
}
