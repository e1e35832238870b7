import { SvelteMap } from 'svelte/reactivity';
import type { Vec3 } from '../../core/geometry.ts';
import type { Mask } from '../../core/volume.ts';
import type { Engine, Study } from '../../engine/api.ts';
import type {
  AutosaveState,
  RegionChange,
  RegionEntry,
  Restored,
  HistoryEntry,
  MarkLayer,
  Stroke,
} from '../../engine/regions/api.ts';
import type { ShownMask } from '../viewer/draw.ts';
import { NO_GUIDES, type Guides } from '../viewer/guides.ts';
import type { ViewerTool } from '../viewer/tool.ts';

/** The drawn regions of the open study as the page shows them, and the tool in hand. */
export class Workbench {
  entries = $state.raw<readonly RegionEntry[]>([]);
  history = $state.raw<readonly HistoryEntry[]>([]);
  autosave = $state<AutosaveState>('saved');
  restored = $state.raw<Restored | null>(null);
  /** Region that tools work on. */
  selected = $state<string | null>(null);
  /** What the left button does in the viewer. */
  tool = $state.raw<ViewerTool | null>(null);
  /** Laid over the regions: previews, strokes. */
  over = $state.raw<readonly ShownMask[]>([]);
  /** In place of the regions: where two of them differ. */
  instead = $state.raw<readonly ShownMask[] | null>(null);
  /** Points and the box that a method works from. */
  guides = $state.raw<Guides>(NO_GUIDES);
  /** Grows with every change of a region's voxels in place. */
  readonly revisions = new SvelteMap<string, number>();
  /** What undo or redo did last, and the history that it left: whatever comes later makes it old. */
  #moved = $state.raw<{ readonly step: HistoryEntry; readonly history: readonly HistoryEntry[] } | null>(
    null,
  );
  /** The step that was just taken back, or done again (`done`); null once anything else has happened. */
  readonly moved = $derived(this.#moved?.history === this.history ? this.#moved.step : null);
  /** While the hand draws, history stands still. */
  drawing = false;
  readonly current = $derived(
    this.entries.find((e) => e.id === this.selected && e.kind === 'editable') ?? null,
  );
  readonly canUndo = $derived(this.history.some((step) => step.done));
  readonly canRedo = $derived(this.history.some((step) => !step.done));

  /** By their live bytes. */
  readonly #masks = new WeakMap<Uint8Array, Mask>();
  #study: Study | null = null;
  #stop: (() => void) | null = null;

  constructor(
    readonly engine: Engine,
    /** Told of the study whenever its list of regions is another. */
    private readonly onList: (study: Study, entries: readonly RegionEntry[]) => void,
  ) {}

  /** Listens to the work on a study, brings back what this browser kept of it, and gives the study with its regions. */
  async takeUp(study: Study): Promise<Study> {
    const { regions } = this.engine;
    if (this.#study?.id !== study.id) {
      this.clear();
      this.#study = study;
      this.#stop = regions.onChange(study, (change) => this.#changed(change));
    }
    this.#study = study;
    const restored = await regions.restore(study);
    if (restored.regions > 0 || restored.damaged.length > 0) this.restored ??= restored;
    this.autosave = regions.autosave(study);
    this.#read();
    return regions.study(study);
  }

  clear(): void {
    this.#stop?.();
    this.#stop = null;
    this.#study = null;
    this.entries = [];
    this.history = [];
    this.restored = null;
    this.selected = null;
    this.tool = null;
    this.over = [];
    this.instead = null;
    this.guides = NO_GUIDES;
    this.revisions.clear();
  }

  /** The live voxels of a drawn region, the same object while its name and colour stay; null for others. */
  mask(id: string, series: string): Mask | null {
    const entry = this.entries.find((e) => e.id === id);
    if (!this.#study || entry?.kind !== 'editable' || entry.series !== series) return null;
    let now: Mask;
    try {
      now = this.engine.regions.mask(this.#study, id);
    } catch {
      // It does not fit in memory: it is not shown, and the others are.
      return null;
    }
    const known = this.#masks.get(now.data);
    if (known?.name === now.name && known.colour === now.colour) return known;
    this.#masks.set(now.data, now);
    return now;
  }

  /** The drawn regions of a series that is shown beside the one of the session. */
  masksOn(series: string, opacity: number): readonly ShownMask[] {
    return this.entries.flatMap(({ id, visible }) => {
      const mask = this.mask(id, series);
      return mask ? [{ mask, visible, opacity, revision: this.revisions.get(id) ?? 0 }] : [];
    });
  }

  /** Strokes and points for methods on a series. */
  marks(series: string): readonly MarkLayer[] {
    // Every new list may bring others.
    void this.entries;
    return this.#study ? this.engine.regions.marks(this.#study, series) : [];
  }

  /** A stroke in the hand: history stands still until it is laid down. */
  held(stroke: Stroke): { move(point: Vec3): void; end(): void; cancel(): void } {
    const over = (end: () => void) => () => {
      this.drawing = false;
      end();
    };
    this.drawing = true;
    return {
      move: (point) => void stroke.move(point),
      end: over(() => stroke.end()),
      cancel: over(() => stroke.cancel()),
    };
  }

  undo(): void {
    const { number } = this.history.findLast((step) => step.done) ?? {};
    if (this.#study && !this.drawing && this.engine.regions.undo(this.#study)) this.#tell(number);
  }

  redo(): void {
    const { number } = this.history.find((step) => !step.done) ?? {};
    if (this.#study && !this.drawing && this.engine.regions.redo(this.#study)) this.#tell(number);
  }

  #tell(number: number | undefined): void {
    const step = this.history.find((s) => s.number === number);
    this.#moved = step ? { step, history: this.history } : null;
  }

  setVisible(id: string, visible: boolean): void {
    if (this.#study) this.engine.regions.change(this.#study, id, { visible });
  }

  #changed(change: RegionChange): void {
    if (change.kind === 'autosave') this.autosave = change.autosave;
    else if (change.kind === 'voxels')
      this.revisions.set(change.region, (this.revisions.get(change.region) ?? 0) + 1);
    else this.#read();
  }

  #read(): void {
    const study = this.#study;
    if (!study) return;
    this.entries = this.engine.regions.entries(study);
    this.history = this.engine.regions.history(study);
    if (!this.entries.some((e) => e.id === this.selected)) {
      this.selected = this.entries.findLast((e) => e.kind === 'editable')?.id ?? null;
    }
    this.onList(this.engine.regions.study(study), this.entries);
  }
}
