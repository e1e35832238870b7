import { SvelteMap } from 'svelte/reactivity';
import type { Refusal } from '../../core/refusal.ts';
import type { Engine, FeatureRow, FeatureTable } from '../../engine/api.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import type { RobustList } from '../../statistics/verdict/repeated-table.ts';
import { DEFAULT_PRESET } from '../features/presets.ts';
import { fits } from '../series-list/choice.ts';
import { t } from '../i18n/language.svelte.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import type { Session } from './session.svelte.ts';
import { asRefusal } from './trouble.ts';
import type { Numbers } from './verdicts.svelte.ts';

/** What came of one region: its table, or why there is none. */
export interface Outcome {
  readonly region: string;
  readonly name: string;
  readonly colour: readonly [number, number, number];
  /** Series and phase that were measured. */
  readonly series: string;
  readonly phase: number;
  /** How often the region had been changed by then. */
  readonly revision: number;
  readonly table: FeatureTable | null;
  readonly refusal: Refusal | null;
}

/** What the numbers of an outcome are of, for the rules that judge them. */
export const numbersOf = ({ series, region, revision, table }: Outcome): Numbers => ({
  series,
  region,
  revision,
  ...(table && { table }),
});

/** Settings of the next extraction and what came of the last one. */
export class Extraction {
  settings = $state.raw<ExtractionSettings>(DEFAULT_PRESET.settings);
  /** What the person ticked or unticked; the rest as `#byDefault` says. */
  readonly wishes = new SvelteMap<string, boolean>();
  outcomes = $state.raw<readonly Outcome[]>([]);
  /** Region whose table is shown. */
  shown = $state<string | null>(null);
  /** Feature that is explained instead of the table. */
  explained = $state.raw<FeatureRow | null>(null);
  /** Features to show and export alone; null: all. */
  robust = $state.raw<RobustList | null>(null);
  running = $state(false);
  share = $state<number | null>(null);
  #stop: AbortController | null = null;

  readonly #placed = $derived.by(() =>
    this.session.regions.filter((r) => this.session.placements.get(r.id)?.state === 'placed'),
  );
  readonly chosen = $derived(this.#placed.filter((r, i) => this.wishes.get(r.id) ?? this.#byDefault(i)));
  readonly current = $derived(this.outcomes.find((o) => o.region === this.shown) ?? this.outcomes[0] ?? null);

  constructor(
    readonly engine: Engine,
    readonly jobs: Jobs,
    readonly session: Session,
  ) {}

  /** A few regions are all measured; of many (a plan with its organs) only the first, until the person says more. */
  #byDefault(at: number): boolean {
    const { regions, series } = this.session;
    return at === 0 || !series || regions.filter((r) => fits(r, series, regions)).length <= 3;
  }

  clear(): void {
    this.stop();
    this.outcomes = [];
    this.shown = null;
    this.explained = null;
    this.wishes.clear();
  }

  /** Measures the chosen regions on the series on screen, one after the other. One that fails stops no other. */
  async run(): Promise<void> {
    const { study, seriesUid: series, phase } = this.session;
    const regions = this.chosen;
    if (!study || series === null || regions.length === 0 || this.running) return;
    const settings = this.settings;
    const outcomes: Outcome[] = [];
    const stop = new AbortController();
    this.#stop = stop;
    this.running = true;
    this.explained = null;
    this.share = null;
    try {
      await this.jobs.run(
        () => t('jobs.extract'),
        async ({ signal, onProgress }) => {
          const either = AbortSignal.any([signal, stop.signal]);
          for (const [at, region] of regions.entries()) {
            const report = (share: number) => {
              this.share = (at + share) / regions.length;
              onProgress(this.share);
            };
            const placement = this.session.placements.get(region.id);
            const resample = placement?.state === 'placed' && placement.resampled;
            const revision = this.session.workbench.revisions.get(region.id) ?? 0;
            let table: FeatureTable | null = null;
            let refusal: Refusal | null = null;
            try {
              table = await this.engine.extract(
                { study, series, phase, region: region.id, settings, resample },
                { signal: either, onProgress: report },
              );
            } catch (error) {
              if (wasStopped(error) || either.aborted) return;
              refusal = asRefusal(error, region.name);
            }
            outcomes.push({
              region: region.id,
              name: region.name,
              colour: region.colour,
              series,
              phase,
              revision,
              table,
              refusal,
            });
            report(1);
          }
        },
      );
    } finally {
      this.running = false;
      this.share = null;
      if (outcomes.length > 0) {
        this.outcomes = outcomes;
        if (!outcomes.some((o) => o.region === this.shown)) this.shown = outcomes[0]!.region;
      }
    }
  }

  stop(): void {
    this.#stop?.abort();
  }
}
