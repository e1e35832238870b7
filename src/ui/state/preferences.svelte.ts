import { recall, remember, setKeepNothing } from './remembered.ts';

export type Theme = 'dark' | 'light';

/** How the page looks on this machine. */
export class Preferences {
  #theme = $state<Theme>(recall('theme') === 'light' ? 'light' : 'dark');
  #lecture = $state(recall('lecture') === 'true');
  #incognito = $state(recall('incognito') === 'true');
  #panelWidth = $state(clampWidth(Number(recall('panel-width') ?? 448)));
  /** Columns beside the viewer; folded ones leave a strip. */
  leftOpen = $state(true);
  rightOpen = $state(true);

  get theme(): Theme {
    return this.#theme;
  }
  set theme(next: Theme) {
    this.#theme = next;
    remember('theme', next);
    this.apply();
  }

  /** Larger type and one panel, for a room that reads from afar. */
  get lecture(): boolean {
    return this.#lecture;
  }
  set lecture(on: boolean) {
    this.#lecture = on;
    this.leftOpen = !on;
    remember('lecture', String(on));
    this.apply();
  }

  get incognito(): boolean {
    return this.#incognito;
  }
  set incognito(on: boolean) {
    this.#incognito = on;
    setKeepNothing(on);
  }

  get panelWidth(): number {
    return this.#panelWidth;
  }
  set panelWidth(px: number) {
    this.#panelWidth = clampWidth(px);
    remember('panel-width', String(this.#panelWidth));
  }

  apply(): void {
    const root = document.documentElement;
    root.dataset['theme'] = this.#theme;
    if (this.#lecture) root.dataset['lecture'] = '';
    else delete root.dataset['lecture'];
  }
}

function clampWidth(px: number): number {
  return Number.isFinite(px) ? Math.min(900, Math.max(320, Math.round(px))) : 448;
}
