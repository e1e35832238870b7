import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Vec3 } from '../../core/geometry.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import type { Volume } from '../../core/volume.ts';
import type { RegionEntry } from '../../engine/regions/api.ts';
import type { Engine, FileSource, PlacedRegion, ReferenceObjectSettings, Study } from '../../engine/api.ts';
import { t } from '../i18n/language.svelte.ts';
import { bestSeries, fits, regionsFirst } from '../series-list/choice.ts';
import { markMoment } from './marks.ts';
import { overlayOf, type MapOverlay, type MapToShow } from '../viewer/map-overlay.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import { insideOf } from '../regions/inside.ts';
import { asRefusal } from './trouble.ts';
import { Workbench } from './workbench.svelte.ts';

/** Bytes of masks that are laid over a series unasked; further regions wait for the person. */
const MASK_BUDGET = 768 * 2 ** 20;

/** A region and how it stands to the series on screen. */
export type Placement =
  | { readonly state: 'placing' }
  | { readonly state: 'placed'; readonly region: PlacedRegion; readonly resampled: boolean }
  | { readonly state: 'refused'; readonly refusal: Refusal };

/** The study that is open, what of it is on screen, and where its regions lie. */
export class Session {
  study = $state.raw<Study | null>(null);
  /** A study is being read. */
  opening = $state(false);
  openTrouble = $state.raw<Refusal | null>(null);
  seriesUid = $state<string | null>(null);
  phase = $state(0);
  volume = $state.raw<Volume | null>(null);
  volumeTrouble = $state.raw<Refusal | null>(null);
  /** The image of the chosen series is on its way. */
  loading = $state(false);
  /** Of the series on screen, by region id. */
  readonly placements = new SvelteMap<string, Placement>();
  readonly hidden = new SvelteSet<string>();
  opacity = $state(0.45);

  /** Voxel under the crosshair of the viewer. */
  cursor = $state.raw<Vec3 | null>(null);
  /** The map over the image; drawn while the image on screen lies on its grid. */
  overlay = $state.raw<MapOverlay | null>(null);

  /** Series that each map of the study was computed from, by its UID. */
  readonly madeFrom = new SvelteMap<string, readonly string[]>();
  /** Series that the map over the image was computed from, or that lies over it itself. */
  overlayOf = $state<string | null>(null);
  /** What lies over the image is a series of the study, and not a map on its way. */
  overlayIsImage = $state(false);

  /** Patient position that the viewer is asked to show; a new object each time. */
  lookAt = $state.raw<Vec3 | null>(null);

  readonly series = $derived<Series | null>(this.study?.series.find((s) => s.uid === this.seriesUid) ?? null);
  /** Regions of the study, those of the series on screen first. */
  readonly regions = $derived.by<readonly RegionSource[]>(() => {
    const regions = this.study?.regions ?? [];
    return this.series ? regionsFirst(regions, this.series) : regions;
  });
  readonly masks = $derived(
    [...this.placements].flatMap(([id, p]) =>
      p.state === 'placed'
        ? [
            {
              mask: p.region.mask,
              visible: !this.hidden.has(id),
              opacity: this.opacity,
              revision: this.workbench.revisions.get(id) ?? 0,
            },
          ]
        : [],
    ),
  );

  /** Drawn regions, and the tool in hand. */
  readonly workbench: Workbench;

  #loading: AbortController | null = null;
  #reading: AbortController | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(
    readonly engine: Engine,
    readonly jobs: Jobs,
  ) {
    this.workbench = new Workbench(engine, (study, entries) => this.#listed(study, entries));
  }

  /** Opens files, into the open study when there is one. A second drop waits for the first. */
  open(files: readonly FileSource[]): Promise<void> {
    if (files.length === 0) return Promise.resolve();
    markMoment('files');
    this.#queue = this.#queue.then(() => {
      const into = this.study ?? undefined;
      return this.#read((options) => this.engine.open(files, { ...options, ...(into && { into }) }));
    });
    return this.#queue;
  }

  openSample(): Promise<void> {
    this.close();
    this.#queue = this.#queue.then(() => this.#read((options) => this.engine.openSample(options)));
    return this.#queue;
  }

  /** The kinetic digital reference object, made here, in place of what is open. */
  openReferenceObject(settings: ReferenceObjectSettings): Promise<void> {
    this.close();
    this.#queue = this.#queue.then(() =>
      this.#read(async (options) => this.engine.open(await this.engine.referenceObject(settings), options)),
    );
    return this.#queue;
  }

  close(): void {
    this.#reading?.abort();
    this.#loading?.abort();
    this.workbench.clear();
    if (this.study) this.engine.close(this.study);
    this.study = null;
    this.opening = false;
    this.seriesUid = null;
    this.volume = null;
    this.volumeTrouble = null;
    this.openTrouble = null;
    this.lookAt = null;
    this.cursor = null;
    this.overlay = null;
    this.madeFrom.clear();
    this.placements.clear();
    this.hidden.clear();
  }

  /** Brings a series, or another phase of it, on screen and lays the study's regions over it. */
  async show(uid: string, phase = 0): Promise<void> {
    const study = this.study;
    const series = study?.series.find((s) => s.uid === uid);
    if (!study || !series) return;
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const sameSeries = this.seriesUid === uid;
    this.seriesUid = uid;
    this.phase = phase;
    this.volumeTrouble = null;
    if (!sameSeries) {
      this.volume = null;
      this.placements.clear();
    }
    this.loading = true;
    try {
      const volume = await this.jobs.run(
        () => t('jobs.volume'),
        (options) =>
          this.engine.volume(study, uid, phase, {
            ...options,
            signal: AbortSignal.any([options.signal, loading.signal]),
          }),
      );
      if (loading.signal.aborted) return;
      this.volume = volume;
      markMoment('volume-ready');
    } catch (error) {
      if (!wasStopped(error) && this.#loading === loading) {
        this.volumeTrouble = asRefusal(error, series.description || series.modality);
      }
      return;
    } finally {
      if (this.#loading === loading) this.loading = false;
    }
    if (this.placements.size === 0) await this.#placeAll(series, loading.signal);
  }

  /** Puts a phase of the series on screen that is in memory already: the cine does. */
  showLoaded(phase: number, volume: Volume): void {
    this.#loading?.abort();
    this.phase = phase;
    this.volume = volume;
  }

  /** Lays one region over the series on screen; `resample` brings it from another grid. */
  async place(region: RegionSource, resample = false): Promise<void> {
    const study = this.study;
    const uid = this.seriesUid;
    if (!study || uid === null) return;
    if (this.#layDrawn(region, uid)) return;
    this.placements.set(region.id, { state: 'placing' });
    let placement: Placement | null;
    try {
      const placed = await this.jobs.run(
        () => t('jobs.region', { name: region.name }),
        (options) => this.engine.placeRegion(study, region.id, uid, { ...options, resample }),
      );
      placement = { state: 'placed', region: placed, resampled: resample };
    } catch (error) {
      placement = wasStopped(error) ? null : { state: 'refused', refusal: asRefusal(error, region.name) };
    }
    if (this.seriesUid !== uid || this.study?.id !== study.id) return;
    if (placement) this.placements.set(region.id, placement);
    else this.placements.delete(region.id);
    const first = [...this.placements.values()].filter((p) => p.state === 'placed').length === 1;
    if (first && placement?.state === 'placed') this.centreOn(region);
  }

  /** Series that one was computed from; none for what was opened. */
  sourcesOf(uid: string): readonly string[] {
    const known = this.madeFrom.get(uid);
    const parent = known ? undefined : this.study?.series.find((s) => uid.startsWith(`${s.uid}/`));
    return known ?? (parent ? [parent.uid] : []);
  }

  /**
   * Lays a map over the image; colours, opacity and a locked range of the map before stay.
   * @param of the series that it was computed from, or with `isImage` the series that it is
   */
  showMap(map: MapToShow, of: string, isImage = false): void {
    this.overlayOf = of;
    this.overlayIsImage = isImage;
    this.overlay = overlayOf(map, this.overlay);
  }

  /** Brings a placed region into the middle of the picture. */
  centreOn(region: RegionSource): void {
    const placement = this.placements.get(region.id);
    if (placement?.state === 'placed') this.lookAt = insideOf(placement.region.mask) ?? this.lookAt;
  }

  /** A region that is drawn on the series on screen lies there as it is, and changes in place. */
  #layDrawn(source: RegionSource, uid: string): boolean {
    const mask = this.workbench.mask(source.id, uid);
    const entry = this.workbench.entries.find((e) => e.id === source.id);
    if (!mask || entry?.voxels === undefined) return false;
    const region: PlacedRegion = {
      source,
      mask,
      voxels: entry.voxels,
      placement: 'same_grid',
      findings: [],
    };
    this.placements.set(source.id, { state: 'placed', region, resampled: false });
    return true;
  }

  /** The list of regions is another: what was drawn here comes in, what was removed or hidden goes. */
  #listed(study: Study, entries: readonly RegionEntry[]): void {
    if (this.opening || this.study?.id !== study.id) return;
    this.study = study;
    this.hidden.clear();
    for (const { id, visible } of entries) if (!visible) this.hidden.add(id);
    for (const id of [...this.placements.keys()]) {
      if (!study.regions.some((r) => r.id === id)) this.placements.delete(id);
    }
    const { seriesUid, series } = this;
    if (seriesUid === null || !series) return;
    for (const region of study.regions) {
      if (this.#layDrawn(region, seriesUid)) continue;
      // An import that was taken back into the list.
      if (region.origin === 'drawn' || this.placements.has(region.id) || !this.volume) continue;
      if (fits(region, series, study.regions)) void this.place(region);
    }
  }

  async #read(
    work: (options: {
      signal: AbortSignal;
      onProgress: (share: number) => void;
      onStudy: (study: Study) => void;
    }) => Promise<Study>,
  ): Promise<void> {
    const stop = new AbortController();
    const before = this.study;
    this.#reading = stop;
    this.opening = true;
    this.openTrouble = null;
    try {
      const study = await this.jobs.run(
        () => t('jobs.open'),
        ({ signal, onProgress }) =>
          work({
            onProgress,
            signal: AbortSignal.any([signal, stop.signal]),
            onStudy: (part) => {
              if (!stop.signal.aborted) this.study = part;
            },
          }),
      );
      if (stop.signal.aborted) {
        this.engine.close(study);
        return;
      }
      this.study = study;
      const drawn = await this.workbench.takeUp(study);
      if (stop.signal.aborted) return;
      this.study = drawn;
    } catch (error) {
      if (stop.signal.aborted) return;
      if (this.study && !before) this.engine.close(this.study);
      this.study = before;
      if (!wasStopped(error)) this.openTrouble = asRefusal(error, '');
    } finally {
      if (!stop.signal.aborted) this.opening = false;
    }
    await this.#present(before);
  }

  /** After reading: shows the best series of a new study, or lays new regions over the series on screen. */
  async #present(before: Study | null): Promise<void> {
    const study = this.study;
    if (!study) return;
    const shown = this.seriesUid === null ? undefined : study.series.find((s) => s.uid === this.seriesUid);
    const old = before?.series.find((s) => s.uid === this.seriesUid);
    if (shown && shown === old) {
      const known = before?.regions.map((r) => r.id) ?? [];
      await this.#placeAll(shown, new AbortController().signal, (r) => !known.includes(r.id));
      return;
    }
    const best = shown ?? bestSeries(study);
    if (!best) return;
    this.seriesUid = null;
    await this.show(best.uid);
  }

  async #placeAll(
    series: Series,
    signal: AbortSignal,
    which: (r: RegionSource) => boolean = () => true,
  ): Promise<void> {
    const [nx, ny, nz] = series.size;
    let left = MASK_BUDGET;
    const regions = this.study?.regions ?? [];
    for (const region of regionsFirst(regions, series)) {
      if (signal.aborted) return;
      if (!which(region) || !fits(region, series, regions)) continue;
      left -= nx * ny * nz;
      if (left < 0) return;
      await this.place(region);
    }
  }
}
