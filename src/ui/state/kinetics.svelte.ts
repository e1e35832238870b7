import { SvelteMap } from 'svelte/reactivity';
import type { RegionSource } from '../../core/region.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import type { Engine } from '../../engine/api.ts';
import type { KineticMap, KineticResult, KineticSettings } from '../../engine/kinetics/request.ts';
import { t } from '../i18n/language.svelte.ts';
import { dynamicSeries, regionsFor } from '../kinetics/choice.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import type { Session } from './session.svelte.ts';
import { asRefusal } from './trouble.ts';

/** How a map is shown, as the person set it. */
export interface Shown {
  readonly id: string;
  readonly errors: boolean;
}

/** Settings of the next fit, the maps of the last one, and which of them is on the image. */
export class Kinetics {
  /** Settings and region that the person changed, by series; the rest is proposed from the headers. */
  readonly #edited = new SvelteMap<string, KineticSettings>();
  readonly #regions = new SvelteMap<string, string | null>();
  result = $state.raw<KineticResult | null>(null);
  /** Region that the last result was fitted in. */
  fittedRegion = $state.raw<string | null>(null);
  /** Maps of a fit under way, as far as they are filled. */
  filling = $state.raw<readonly KineticMap[]>([]);
  running = $state(false);
  share = $state<number | null>(null);
  trouble = $state.raw<Refusal | null>(null);
  shown = $state.raw<Shown | null>(null);
  #stop: AbortController | null = null;

  readonly candidates = $derived.by<readonly Series[]>(() => dynamicSeries(this.session.study));
  /** The dynamic series on screen, or that of the last result, or the first. */
  readonly series = $derived<Series | null>(
    this.candidates.find((s) => s.uid === this.session.seriesUid) ??
      this.candidates.find((s) => s.uid === this.result?.series) ??
      this.candidates[0] ??
      null,
  );
  readonly settings = $derived.by<KineticSettings | null>(() => {
    const { study } = this.session;
    if (!study || !this.series) return null;
    return this.#edited.get(this.series.uid) ?? this.engine.proposeKinetics(study, this.series.uid);
  });
  readonly regions = $derived.by<readonly RegionSource[]>(() =>
    this.series ? regionsFor(this.session.regions, this.series) : [],
  );
  readonly region = $derived.by<string | null>(() => {
    const { series, settings } = this;
    if (!series || !settings) return null;
    const chosen = this.#regions.get(series.uid);
    if (chosen !== undefined && (chosen === null || this.regions.some((r) => r.id === chosen))) return chosen;
    const artery = settings.input.kind === 'region' ? settings.input.region : null;
    return this.regions.find((r) => r.id !== artery)?.id ?? null;
  });
  readonly maps = $derived<readonly KineticMap[]>(this.running ? this.filling : (this.result?.maps ?? []));
  readonly shownMap = $derived.by<KineticMap | null>(() => {
    if (!this.shown) return null;
    const { id, errors } = this.shown;
    const list = errors && !this.running ? (this.result?.errorMaps ?? []) : this.maps;
    return list.find((m) => m.id === id) ?? null;
  });
  constructor(
    readonly engine: Engine,
    readonly jobs: Jobs,
    readonly session: Session,
  ) {}

  change(part: Partial<KineticSettings>): void {
    if (this.series && this.settings) this.#edited.set(this.series.uid, { ...this.settings, ...part });
  }

  /** Takes the times of the frames; null: as the files say. */
  setTimes(seconds: readonly number[] | null): void {
    if (!this.series || !this.settings) return;
    const { seconds: _before, ...rest } = this.settings;
    this.#edited.set(this.series.uid, seconds ? { ...rest, seconds } : rest);
  }

  chooseRegion(id: string | null): void {
    if (this.series) this.#regions.set(this.series.uid, id);
  }

  /** Lays a map over the image. */
  show(id: string, errors: boolean): void {
    this.shown = { id, errors };
    const map = this.shownMap;
    if (!map) return;
    const { volume, unit } = map;
    const [low, high] = map.range.map((v) => Number(v.toPrecision(2)));
    // Rounding must not close a narrow range.
    const range = low! < high! ? ([low!, high!] as const) : map.range;
    // The status is known wherever a fit was tried: a voxel without a value there has failed.
    const sought = this.maps.find((m) => m.id === 'status')?.volume.data;
    const name = errors ? `± ${id}` : id;
    this.session.showMap({ volume, unit, range, name, ...(sought && { sought }) });
  }

  hide(): void {
    this.shown = null;
    this.session.overlay = null;
  }

  clear(): void {
    this.stop();
    this.result = null;
    this.filling = [];
    this.shown = null;
    this.trouble = null;
    this.#edited.clear();
    this.#regions.clear();
  }

  /** Fits the chosen region. Stopping keeps what is done; a refusal keeps the maps of the fit before. */
  async run(): Promise<void> {
    const { series, settings, region } = this;
    const { study } = this.session;
    if (!study || !series || !settings || this.running) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.running = true;
    this.share = null;
    this.trouble = null;
    this.filling = [];
    try {
      const result = await this.jobs.run(
        () => t('jobs.kinetics'),
        ({ signal, onProgress }) =>
          this.engine.kinetics(
            { study, series: series.uid, region, settings },
            {
              signal: AbortSignal.any([signal, stop.signal]),
              onProgress: (share) => {
                this.share = share;
                onProgress(share);
              },
              onMaps: (maps) => {
                if (stop.signal.aborted) return;
                this.filling = maps;
                this.#showSome(maps);
              },
            },
          ),
      );
      // The study may have been closed meanwhile.
      if (this.session.study?.id !== study.id) return;
      this.result = result;
      this.fittedRegion = region;
      this.filling = result.maps;
      this.#showSome(result.maps);
    } catch (error) {
      if (!wasStopped(error)) this.trouble = asRefusal(error, series.description || series.modality);
    } finally {
      this.running = false;
      this.share = null;
      this.filling = [];
    }
  }

  /** Shows the chosen map of a new fit, when it has it, else the first. */
  #showSome(maps: readonly KineticMap[]): void {
    const { id, errors } = this.shown ?? { id: '', errors: false };
    const first = maps.find((m) => m.id === id) ?? maps[0];
    if (first) this.show(first.id, errors && !this.running);
  }

  stop(): void {
    this.#stop?.abort();
  }

  /** Makes a map a series of the study and brings it on screen. False when the study was closed meanwhile. */
  async measure(map: KineticMap, label: string): Promise<boolean> {
    const { study } = this.session;
    const { result } = this;
    if (!study || !result) return false;
    const grown = await this.engine.addMap(study, result.series, map, label);
    const added = grown === study ? await this.#equalTo(map) : grown.series.at(-1);
    if (!added || this.session.study?.id !== study.id) return false;
    this.session.study = grown;
    // The map is the image now; it need not lie over itself.
    this.session.overlay = null;
    await this.session.show(added.uid);
    return true;
  }

  /** The series that this map was made before. */
  async #equalTo(map: KineticMap): Promise<Series | undefined> {
    const { study } = this.session;
    const made = study?.series.filter((s) => s.uid.startsWith(`${this.result?.series}/${map.id}/`)) ?? [];
    for (const series of made) {
      const { data } = await this.engine.volume(study!, series.uid);
      if (data.every((v, i) => Object.is(v, map.volume.data[i]))) return series;
    }
    return undefined;
  }
}
