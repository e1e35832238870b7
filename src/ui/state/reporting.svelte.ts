import { SvelteMap } from 'svelte/reactivity';
import type { Engine } from '../../engine/api.ts';
import type { Report } from '../../engine/report/request.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Answered, Answers } from '../../report/checklists/item.ts';
import type { MetricsConditions } from '../../report/checklists/metrics.ts';
import { locale, t } from '../i18n/language.svelte.ts';
import { numbersOf, type Extraction } from './extraction.svelte.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import type { Kinetics } from './kinetics.svelte.ts';
import type { Quality } from './quality.svelte.ts';
import type { SelfTest } from './self-test.svelte.ts';
import type { Session } from './session.svelte.ts';
import { asRefusal } from './trouble.ts';
import type { Numbers } from './verdicts.svelte.ts';

/** What the person chose and wrote for the report, kept while the page is open, and the last report. */
export class Reporting {
  identified = $state(false);
  pictures = $state(true);
  kineticMaps = $state(true);
  metricsIn = $state(true);
  clearIn = $state(false);
  /** Items of the IBSI guideline, by number. */
  readonly entered = new SvelteMap<number, string>();
  readonly metrics = new SvelteMap<number, Answered>();
  readonly clear = new SvelteMap<number, Answered>();
  conditions = $state.raw<MetricsConditions | null>(null);
  made = $state.raw<Report | null>(null);
  /** What was said of the numbers when the report was made. */
  madeUnder = $state('');
  /** Answers that the last report gave itself and nobody changed: the next one gives its own. */
  #drafted: readonly Answered[] = [];
  running = $state(false);
  trouble = $state.raw<Refusal | null>(null);

  constructor(
    readonly engine: Engine,
    readonly jobs: Jobs,
    readonly session: Session,
    readonly extraction: Extraction,
    readonly kinetics: Kinetics,
    readonly selfTest: SelfTest,
    readonly quality: Quality,
  ) {}

  /** Everything with a number that the report would hold, for the rules that judge it. */
  get numbers(): readonly Numbers[] {
    const { result } = this.kinetics;
    const measured = this.extraction.outcomes.filter((o) => o.table !== null).map(numbersOf);
    return this.kineticMaps && result ? [...measured, this.kinetics.numbersOf(result)] : measured;
  }

  /** What the rules and the person say of all this now: a report that was made under another word is out of date. */
  get said(): string {
    const { verdicts } = this.quality;
    return JSON.stringify(this.numbers.map((n) => verdicts.of(n)));
  }

  clearAll(): void {
    for (const map of [this.entered, this.metrics, this.clear]) map.clear();
    this.made = null;
    this.trouble = null;
  }

  async make(): Promise<void> {
    const { study } = this.session;
    const outcomes = this.extraction.outcomes.filter((o) => o.table !== null);
    const series = outcomes[0]?.series ?? this.session.seriesUid;
    if (!study || series === null || series === undefined || this.running) return;
    this.running = true;
    this.trouble = null;
    try {
      const { verdicts, bySeries } = this.quality;
      const said = this.said;
      const assessment = bySeries.get(series);
      const { result } = this.kinetics;
      const lists = await this.engine.reportChecklists();
      const request = (metrics: Answers, clear: Answers) => ({
        study,
        series,
        // What the page shows of the rules, under its profile and answers, is what the report says.
        ...(assessment && { assessment }),
        checklist: this.quality.checklistOf(series),
        // Numbers that the rules have not been heard on yet are in no report.
        tables: outcomes.flatMap((o) => {
          const verdict = verdicts.of(numbersOf(o));
          return verdict ? [{ region: o.region, table: o.table!, verdict }] : [];
        }),
        kinetics: this.kineticMaps && result && verdicts.of(this.kinetics.numbersOf(result)) ? result : null,
        ...(result && { kineticVerdict: verdicts.of(this.kinetics.numbersOf(result)) }),
        selfTest: this.selfTest.report,
        pictures: this.pictures,
        entered: Object.fromEntries(this.entered),
        metrics: this.metricsIn
          ? { answers: metrics, conditions: this.conditions ?? lists.usualConditions }
          : null,
        clear: this.clearIn ? clear : null,
      });
      const make = (metrics: Answers, clear: Answers) =>
        this.jobs.run(
          () => t('jobs.report'),
          (options) =>
            this.engine.report(request(metrics, clear), {
              ...options,
              language: locale.language,
              identified: this.identified,
            }),
        );
      const given = (answers: Iterable<[number, Answered]>): Answers =>
        Object.fromEntries([...answers].filter(([, answer]) => !this.#drafted.includes(answer)));
      const own = [given(this.metrics), given(this.clear)] as const;
      let made = await make(...own);
      const drafts = lists.draftAnswers(made.content);
      // What the report itself proves is answered by it, wherever the person said nothing else.
      const withDrafts = [
        { ...drafts.metrics, ...own[0] },
        { ...drafts.clear, ...own[1] },
      ] as const;
      if (this.metricsIn || this.clearIn) made = await make(...withDrafts);
      for (const [map, answers] of [
        [this.metrics, drafts.metrics],
        [this.clear, drafts.clear],
      ] as const) {
        for (const [number, answer] of [...map]) if (this.#drafted.includes(answer)) map.delete(number);
        for (const [number, answer] of Object.entries<Answered>(answers))
          if (!map.has(Number(number))) map.set(Number(number), answer);
      }
      this.#drafted = [...Object.values(drafts.metrics), ...Object.values(drafts.clear)];
      this.made = made;
      this.madeUnder = said;
    } catch (error) {
      if (!wasStopped(error)) this.trouble = asRefusal(error, '');
    } finally {
      this.running = false;
    }
  }
}
