import { SvelteMap } from 'svelte/reactivity';
import type { RegionSource } from '../../core/region.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import type { Engine } from '../../engine/api.ts';
import { inputSeries } from '../../engine/kinetics/input-series.ts';
import type {
  KineticMap,
  KineticRequest,
  KineticResult,
  KineticSettings,
  ModelChoice,
  MotionResult,
  ShapeResult,
  ShapeSettings,
  T1Request,
} from '../../engine/kinetics/request.ts';
import { pick, t } from '../i18n/language.svelte.ts';
import { dynamicSeries, regionsFor } from '../kinetics/choice.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import type { Session } from './session.svelte.ts';
import { asDrawn, inputVoxels } from './kinetic-view.ts';
import { asRefusal } from './trouble.ts';
import type { Numbers } from './verdicts.svelte.ts';

/** How a map is shown, as the person set it. */
export interface Shown {
  readonly id: string;
  readonly errors: boolean;
}

/** What the main button makes: the maps of one model, of the best of all, or of the shape of the curves. */
export type MapKind = 'model' | 'best' | 'curve-shape';

/** Phases below which no model can be fitted: what is left is the shape of the curves. */
const FEW_PHASES = 5;

/** A call of the engine for the series and settings on screen. */
type Work<T> = (
  request: KineticRequest & { readonly region: string | null },
  call: { readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
) => Promise<T>;

const FOUND: ShapeSettings = { baselineFrames: null, early: null, late: null, threshold: 0.2 };

/** Settings of the next fit, the maps of the last one, and which of them is on the image. */
export class Kinetics {
  /** Settings and region that the person changed, by series; the rest is proposed from the headers. */
  readonly #edited = new SvelteMap<string, KineticSettings>();
  readonly #regions = new SvelteMap<string, string | null>();
  readonly #kinds = new SvelteMap<string, MapKind>();
  readonly #shapeSettings = new SvelteMap<string, ShapeSettings>();
  result = $state.raw<KineticResult | null>(null);
  /** Maps of curve shape, when they were made last. */
  shapes = $state.raw<ShapeResult | null>(null);
  /** Which model won where, when all were fitted. */
  choice = $state.raw<ModelChoice | null>(null);
  /** A fit kept beside the present one: another model, or another visit. */
  kept = $state.raw<KineticResult | null>(null);
  motion = $state.raw<MotionResult | null>(null);
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
      this.candidates.find((s) => s.uid === (this.shapes ?? this.result)?.series) ??
      this.candidates[0] ??
      null,
  );
  readonly settings = $derived.by<KineticSettings | null>(() => {
    const { study } = this.session;
    if (!study || !this.series) return null;
    return this.#edited.get(this.series.uid) ?? this.engine.proposeKinetics(study, this.series.uid);
  });
  /** Region that each result was fitted in, and how often that had been changed by then. */
  readonly #fittedIn = new WeakMap<object, { readonly region: string | null; readonly revision: number }>();
  tab = $state<'maps' | 'curve' | 'compare'>('maps');
  readonly kind = $derived<MapKind>(
    (this.series && this.#kinds.get(this.series.uid)) ??
      (this.series && this.series.size[3] < FEW_PHASES ? 'curve-shape' : 'model'),
  );
  readonly shapeSettings = $derived<ShapeSettings>(
    (this.series && this.#shapeSettings.get(this.series.uid)) ?? FOUND,
  );
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
  readonly maps = $derived<readonly KineticMap[]>(
    this.running ? this.filling : ((this.shapes ?? this.result)?.maps ?? []),
  );
  readonly shownMap = $derived.by<KineticMap | null>(() => {
    if (!this.shown) return null;
    const { id, errors } = this.shown;
    const list = errors && !this.running ? ((this.shapes ? [] : this.result?.errorMaps) ?? []) : this.maps;
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

  /** Flip angles as they were asked for. */
  leaveB1(): void {
    if (!this.series || !this.settings) return;
    const { b1: _before, ...rest } = this.settings;
    this.#edited.set(this.series.uid, rest);
  }

  chooseKind(kind: MapKind): void {
    if (this.series) this.#kinds.set(this.series.uid, kind);
  }

  changeShapes(part: Partial<ShapeSettings>): void {
    if (this.series) this.#shapeSettings.set(this.series.uid, { ...this.shapeSettings, ...part });
  }

  chooseRegion(id: string | null): void {
    if (this.series) this.#regions.set(this.series.uid, id);
  }

  /** Lays a map over the image. */
  show(id: string, errors: boolean): void {
    this.shown = { id, errors };
    const map = this.shownMap;
    if (!map) return;
    const { unit } = map;
    const volume = this.running ? map.volume : asDrawn(map, this.maps);
    const [low, high] = map.range.map((v) => Number(v.toPrecision(2)));
    // Rounding must not close a narrow range.
    const range = low! < high! ? ([low!, high!] as const) : map.range;
    // Maps of curve shape have no sign of their own: their ids are no words to show.
    const sign = this.shapes ? pick(map.name) : id;
    const name = errors ? `± ${sign}` : sign;
    const of = this.running ? this.series : (this.shapes ?? this.result);
    this.session.showMap({ volume, unit, range, name }, of && 'uid' in of ? of.uid : (of?.series ?? ''));
  }

  /** Lays the voxels of a measured input over the image, with the candidates of the search. */
  showInput(name: string): void {
    const map = this.result?.maps[0];
    if (!map || !this.result) return;
    this.shown = null;
    const volume = inputVoxels(this.result.input, map.volume);
    this.session.showMap({ volume, unit: '', range: [0, 2], name }, this.result.series);
  }

  /** What a result is of, for the rules that judge it. */
  numbersOf(made: KineticResult | ShapeResult): Numbers {
    const { region, revision } = this.#fittedIn.get(made) ?? { region: null, revision: 0 };
    return { series: made.series, region, revision, ...('model' in made && { fit: made }) };
  }

  /** Every result that is there, the present one first. */
  get numbers(): readonly Numbers[] {
    return [this.result, this.shapes, this.kept].flatMap((made) => (made ? [this.numbersOf(made)] : []));
  }

  hide(): void {
    this.shown = null;
    this.session.overlay = null;
  }

  clear(): void {
    this.stop();
    this.result = null;
    this.shapes = null;
    this.choice = null;
    this.kept = null;
    this.motion = null;
    this.filling = [];
    this.shown = null;
    this.trouble = null;
    this.#edited.clear();
    this.#regions.clear();
    this.#kinds.clear();
    this.#shapeSettings.clear();
  }

  /** Makes what was chosen: maps of a model, of the best of all, or of curve shape. */
  run(): Promise<void> {
    if (this.kind === 'curve-shape') return this.#runShapes();
    return this.kind === 'best' ? this.#runChoice() : this.#runModel();
  }

  /** Fits the chosen region. Stopping keeps what is done; a refusal keeps the maps of the fit before. */
  #runModel(): Promise<void> {
    return this.#work(
      (request, call) =>
        this.engine.kinetics(request, {
          ...call,
          onMaps: (maps) => {
            if (call.signal.aborted) return;
            this.filling = maps;
            this.#showSome(maps);
          },
        }),
      (result, of) => {
        this.#fittedIn.set(result, of);
        this.choice = null;
        this.shapes = null;
        this.result = result;
        return result.maps;
      },
    );
  }

  #runChoice(): Promise<void> {
    return this.#work(
      (request, call) => this.engine.modelChoice(request, call),
      (choice, of) => {
        this.#fittedIn.set(choice.result, of);
        this.choice = choice;
        this.shapes = null;
        this.result = choice.result;
        this.shown = { id: 'model', errors: false };
        return choice.result.maps;
      },
    );
  }

  #runShapes(): Promise<void> {
    return this.#work(
      ({ study, series, region, settings: { seconds } }, call) =>
        this.engine.curveShapes(
          { study, series, region, settings: { ...this.shapeSettings, ...(seconds && { seconds }) } },
          call,
        ),
      (shapes, of) => {
        this.#fittedIn.set(shapes, of);
        this.shapes = shapes;
        return shapes.maps;
      },
    );
  }

  /** Measures how far the patient moved between frames. */
  measureMotion(): Promise<void> {
    return this.#side(
      ({ study, series, region }, call) => this.engine.motion({ study, series, region }, call),
      (motion) => {
        this.motion = motion;
      },
    );
  }

  /** Makes a T1 map of series of several flip angles or inversion times, and takes it for the fit. */
  makeT1(request: Omit<T1Request, 'study' | 'region'>, label: string): Promise<void> {
    return this.#side(
      async ({ study }, call) => {
        const { maps } = await this.engine.t1Maps({ study, region: null, ...request }, call);
        return this.engine.addMap(study, request.series[0]!, maps[0]!, label);
      },
      (grown) => {
        this.session.study = grown;
        const made = grown.series.at(-1)!;
        this.session.madeFrom.set(made.uid, request.series);
        const blood = this.settings?.t1.blood ?? 1.44;
        this.change({ t1: { tissue: { kind: 'map', series: made.uid, unit: 'ms' }, blood } });
      },
    );
  }

  /** Work beside the maps, which stay. */
  #side<T>(work: Work<T>, take: (result: T) => void): Promise<void> {
    const before = this.maps;
    return this.#work(
      work,
      (result) => {
        take(result);
        return null;
      },
      before,
    );
  }

  async #work<T>(
    work: Work<T>,
    take: (
      result: T,
      of: { readonly region: string | null; readonly revision: number },
    ) => readonly KineticMap[] | null,
    meanwhile: readonly KineticMap[] = [],
  ): Promise<void> {
    const { series, settings, region } = this;
    const { study } = this.session;
    if (!study || !series || !settings || this.running) return;
    const stop = new AbortController();
    const of = { region, revision: this.session.workbench.revisions.get(region ?? '') ?? 0 };
    this.#stop = stop;
    this.running = true;
    this.share = null;
    this.trouble = null;
    this.filling = meanwhile;
    try {
      const result = await this.jobs.run(
        () => t('jobs.kinetics'),
        ({ signal, onProgress }) =>
          work(
            { study, series: series.uid, region, settings },
            {
              signal: AbortSignal.any([signal, stop.signal]),
              onProgress: (share) => {
                this.share = share;
                onProgress(share);
              },
            },
          ),
      );
      // The study may have been closed meanwhile.
      if (this.session.study?.id !== study.id) return;
      this.running = false;
      const maps = take(result, of);
      if (!maps) return;
      this.fittedRegion = region;
      this.#showSome(maps);
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
    const made = this.shapes ?? this.result;
    if (!study || !made) return false;
    const grown = await this.engine.addMap(study, made.series, map, label);
    const added = grown === study ? await this.#equalTo(map) : grown.series.at(-1);
    if (!added || this.session.study?.id !== study.id) return false;
    if ('model' in made) this.session.madeFrom.set(added.uid, [made.series, ...inputSeries(made.settings)]);
    this.session.study = grown;
    // The map is the image now; it need not lie over itself.
    this.session.overlay = null;
    await this.session.show(added.uid);
    return true;
  }

  /** The series that this map was made before. */
  async #equalTo(map: KineticMap): Promise<Series | undefined> {
    const { study } = this.session;
    const made =
      study?.series.filter((s) => s.uid.startsWith(`${(this.shapes ?? this.result)?.series}/${map.id}/`)) ??
      [];
    for (const series of made) {
      const { data } = await this.engine.volume(study!, series.uid);
      if (data.every((v, i) => Object.is(v, map.volume.data[i]))) return series;
    }
    return undefined;
  }
}
