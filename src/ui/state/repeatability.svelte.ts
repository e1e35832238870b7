import type { Refusal } from '../../core/refusal.ts';
import type { Engine } from '../../engine/api.ts';
import type { PerturbationStudy } from '../../engine/repeatability/request.ts';
import type { Carried } from '../../quality/carried.ts';
import type { PerturbationRanges } from '../../quality/perturbations/perturbation.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import type { IccForm } from '../../statistics/agreement/icc.ts';
import type {
  Measurement,
  RepeatabilityReport,
  UnreadableTable,
} from '../../statistics/verdict/repeated-table.ts';
import { t } from '../i18n/language.svelte.ts';
import type { Extraction } from './extraction.svelte.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import { Readers } from './readers.svelte.ts';
import type { Session } from './session.svelte.ts';
import { asRefusal } from './trouble.ts';
import type { Numbers } from './verdicts.svelte.ts';

/** Where the repeats come from: small changes made here, two readers' regions, or a table that the person brings. */
export type RepeatSource = 'perturbations' | 'readers' | 'table';

/** Settings of a study of repeatability, and what came of the last one. */
export class Repeatability {
  source = $state<RepeatSource>('perturbations');
  readonly readers: Readers;
  ranges = $state.raw<PerturbationRanges | null>(null);
  runs = $state(30);
  seed = $state(1);
  limitPercent = $state(15);
  icc = $state<IccForm>('ICC(2,1)');
  /** Name of the column of true values of a brought table. */
  truth = $state('');
  /** The long table that the report was made from. */
  text = $state.raw<string | null>(null);
  report = $state.raw<RepeatabilityReport | null>(null);
  /** What was perturbed; null for a table. */
  study = $state.raw<PerturbationStudy | null>(null);
  /** Regions that the study measured, for the rules that judge them; none for a table. */
  numbers = $state.raw<readonly Numbers[]>([]);
  /** What its features were extracted with; null for a table. */
  settings = $state.raw<ExtractionSettings | null>(null);
  /** What a brought table says of the rules on its numbers; null for numbers that were made here. */
  carried = $state.raw<Carried | null>(null);
  /** Why a brought table cannot be read. */
  problem = $state.raw<UnreadableTable | null>(null);
  trouble = $state.raw<Refusal | null>(null);
  running = $state(false);
  /** Feature whose measurements are drawn, and these. */
  chosen = $state<string | null>(null);
  measured = $state.raw<readonly Measurement[]>([]);

  constructor(
    readonly engine: Engine,
    readonly jobs: Jobs,
    readonly session: Session,
    readonly extraction: Extraction,
  ) {
    this.readers = new Readers(engine, session);
  }

  /** Largest CoV and bias of a robust feature under this source; null: none is asked for. */
  get limit(): number | null {
    return this.source === 'readers' ? this.readers.limitPercent : this.limitPercent;
  }

  clear(): void {
    this.readers.clear();
    this.text = null;
    this.report = null;
    this.study = null;
    this.numbers = [];
    this.carried = null;
    this.problem = null;
    this.trouble = null;
    this.chosen = null;
  }

  async prepare(): Promise<void> {
    this.ranges ??= await this.engine.perturbationDefaults();
  }

  /** Perturbs the regions that are chosen for features, on the series on screen. */
  async run(): Promise<void> {
    const { study, seriesUid, phase } = this.session;
    const regions = this.extraction.chosen.map((r) => r.id);
    if (!study || seriesUid === null || regions.length === 0 || this.running || !this.ranges) return;
    const { ranges, runs, seed } = this;
    const { settings } = this.extraction;
    const { revisions } = this.session.workbench;
    const numbers = regions.map((region) => ({
      series: seriesUid,
      region,
      revision: revisions.get(region) ?? 0,
    }));
    this.running = true;
    this.trouble = null;
    try {
      const made = await this.jobs.run(
        () => t('jobs.perturb'),
        (options) =>
          this.engine.perturbationStudy(
            {
              study,
              series: seriesUid,
              phase,
              regions,
              settings,
              ranges,
              runs,
              seed,
              statistics: { icc: this.icc, limitPercent: this.limitPercent },
            },
            options,
          ),
      );
      this.study = made;
      this.numbers = numbers;
      this.settings = settings;
      this.readers.made = null;
      await this.#take(made.csv);
    } catch (error) {
      if (!wasStopped(error)) this.trouble = asRefusal(error, '');
    } finally {
      this.running = false;
    }
  }

  /** Measures the regions of both readers, pair by pair. */
  async runReaders(): Promise<void> {
    const { study, phase, seriesUid } = this.session;
    const { pairs } = this.readers;
    if (!study || pairs.length === 0 || this.running) return;
    const { settings } = this.extraction;
    const { revisions } = this.session.workbench;
    const numbers = pairs.flatMap(({ series, first, second }) =>
      [first, second].map((region) => ({ series, region, revision: revisions.get(region) ?? 0 })),
    );
    this.running = true;
    this.trouble = null;
    try {
      const made = await this.jobs.run(
        () => t('jobs.readers'),
        (options) =>
          this.engine.readerStudy(
            {
              study,
              pairs,
              // Other series than the one on screen are measured in their first phase.
              phase: pairs.every((p) => p.series === seriesUid) ? phase : 0,
              settings,
              statistics: { icc: this.icc, limitPercent: this.readers.limitPercent },
            },
            options,
          ),
      );
      this.study = null;
      this.numbers = numbers;
      this.settings = settings;
      this.readers.made = made;
      await this.#take(made.csv);
    } catch (error) {
      if (!wasStopped(error)) this.trouble = asRefusal(error, '');
    } finally {
      this.running = false;
    }
  }

  /** Reads a table of measurements that the person brings. */
  async open(text: string): Promise<void> {
    this.study = null;
    this.numbers = [];
    this.readers.made = null;
    await this.#take(text);
  }

  /** The same measurements under other limits. */
  async judge(): Promise<void> {
    if (this.text !== null) await this.#take(this.text);
  }

  async choose(feature: string): Promise<void> {
    this.chosen = feature;
    const statistics = await this.engine.statistics();
    if (this.text !== null && this.chosen === feature)
      this.measured = statistics.measurements(this.text, feature);
  }

  async #take(text: string): Promise<void> {
    const statistics = await this.engine.statistics();
    const brought = this.study === null && this.readers.made === null;
    const truth = brought ? this.truth.trim() : '';
    const report = statistics.repeatability(text, {
      icc: this.icc,
      limitPercent: this.readers.made ? this.readers.limitPercent : this.limitPercent,
      ...(truth !== '' && { truth }),
    });
    this.problem = 'problem' in report ? report : null;
    this.report = 'problem' in report ? null : report;
    this.carried = brought ? statistics.carried(text) : null;
    this.text = text;
    const first = this.report?.features[0]?.name;
    const kept = this.report?.features.some((f) => f.name === this.chosen) ? this.chosen : first;
    if (kept) await this.choose(kept);
  }
}
