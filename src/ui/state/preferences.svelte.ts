import { isLayout, type Layout } from '../viewer/layouts.ts';
import type { PictureChoice } from '../viewer/gpu/pictures.svelte.ts';
import { recall, remember, setKeepNothing } from './remembered.ts';

export type Theme = 'dark' | 'light';

/** How the page looks on this machine. */
export class Preferences {
  #theme = $state<Theme>(recall('theme') === 'light' ? 'light' : 'dark');
  #lecture = $state(recall('lecture') === 'true');
  #incognito = $state(recall('incognito') === 'true');
  #panelWidth = $state(clampWidth(Number(recall('panel-width') ?? 448)));
  #layout = $state<Layout>(recalledLayout());
  #pictures = $state<PictureChoice>(recalledPictures());
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

  /** How the planes of the viewer lie. */
  get layout(): Layout {
    return this.#layout;
  }
  set layout(next: Layout) {
    this.#layout = next;
    remember('layout', next);
  }

  /** Who draws the pictures. */
  get pictures(): PictureChoice {
    return this.#pictures;
  }
  set pictures(next: PictureChoice) {
    this.#pictures = next;
    remember('pictures', next);
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

function recalledLayout(): Layout {
  const stored = recall('layout');
  return isLayout(stored) ? stored : 'three';
}

function recalledPictures(): PictureChoice {
  const stored = recall('pictures');
  return stored === 'canvas' || stored === 'webgpu' ? stored : 'auto';
}

function clampWidth(px: number): number {
  return Number.isFinite(px) ? Math.min(900, Math.max(320, Math.round(px))) : 448;
}
