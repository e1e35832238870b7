import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Severity } from '../../core/finding.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import type { Engine, PlacedRegion } from '../../engine/api.ts';
import type { KineticResult } from '../../engine/kinetics/request.ts';
import type { Assessment, AssessRequest } from '../../engine/quality/request.ts';
import { BUILT_IN, verdictOf } from '../../engine/quality/verdict.ts';
import type { Verdict } from '../../quality/gate.ts';
import type { ReferenceProtocol } from '../../quality/rules/reference-protocol.ts';
import type { RuleProfile } from '../../quality/rules/profile.ts';
import type { RuleResult } from '../../quality/rules/rule.ts';
import { t } from '../i18n/language.svelte.ts';
import { fits } from '../series-list/choice.ts';
import {
  recallAnswers,
  recallRole,
  rememberAnswers,
  rememberRole,
  type ChecklistAnswers,
} from './checklist.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import { recall, remember } from './remembered.ts';
import type { Session } from './session.svelte.ts';
import { asRefusal } from './trouble.ts';
import { Verdicts, type Assessed, type Numbers } from './verdicts.svelte.ts';

/** Calm after the last change before the rules run again, ms. */
const CALM = 400;

/** What the rules of acquisition say about the series on screen, under which profile and which answers. */
export class Quality {
  /** Limits and switches that the rules run with. */
  profile = $state.raw<RuleProfile>(BUILT_IN);
  running = $state(false);
  share = $state<number | null>(null);
  /** All series are being checked. */
  checkingAll = $state(false);
  trouble = $state.raw<Refusal | null>(null);
  /** Series whose protocol is compared with that of the series on screen. */
  reference = $state<string | null>(null);
  /** The protocol that a site holds its series against, kept in this browser. */
  protocol = $state.raw<ReferenceProtocol | null>(null);
  /** Do the rules that compare take the kept protocol where no series is chosen? */
  byProtocol = $state(recall('judge-by-protocol') === 'true');
  /** The last assessment of each series. */
  readonly bySeries = new SvelteMap<string, Assessment>();

  readonly assessment = $derived.by<Assessment | null>(() => {
    const uid = this.session.seriesUid;
    return uid === null ? null : (this.bySeries.get(uid) ?? null);
  });
  /** Results of the series on screen; none before the rules have run. */
  readonly results = $derived<readonly RuleResult[]>(this.assessment?.results ?? []);
  /** Rules and remarks of reading of the series on screen together; null before the rules have run. */
  readonly verdict = $derived.by<Verdict | null>(() => {
    const uid = this.session.seriesUid;
    return uid === null ? null : this.verdictFor(uid);
  });
  /** What the person answered about the series on screen. */
  readonly answers = $derived.by<ChecklistAnswers>(() => {
    const uid = this.session.seriesUid;
    return uid === null ? {} : (this.#answers.get(uid) ?? recallAnswers(uid));
  });

  readonly #answers = new SvelteMap<string, ChecklistAnswers>();
  readonly #roles = new SvelteMap<string, string>();
  /** By everything that the rules look at. */
  readonly #made = new SvelteMap<string, Assessed>();
  /** What is said of the numbers on the page. */
  readonly verdicts: Verdicts;
  #stop: AbortController | null = null;
  /** What the check that runs now looks at. */
  #looking = '';
  #stopAll: AbortController | null = null;

  constructor(
    readonly engine: Engine,
    readonly jobs: Jobs,
    readonly session: Session,
    /** Every number that is on the page now. */
    readonly numbers: () => readonly Numbers[],
  ) {
    this.verdicts = new Verdicts(session, () => this.profile, numbers);
    $effect.root(() => {
      $effect(() => this.#follow());
      $effect(() => this.#catchUp());
    });
    void this.#recallProfile();
    void this.#recallProtocol();
  }

  /** The verdict of a series, on screen or not; null before the rules have run on it. */
  verdictFor(uid: string): Verdict | null {
    const made = this.bySeries.get(uid);
    return made ? verdictOf([...made.results, ...made.reading], made.profile) : null;
  }

  /**
   * Severities of what rules and reading said of a series; null before the rules have run. What could not be assessed is
   * left out: every series has some, and a light that it dims would say nothing. The panel counts it.
   */
  severities(uid: string): readonly Severity[] | null {
    const made = this.bySeries.get(uid);
    return made
      ? [...made.results, ...made.reading].flatMap(({ severity }) => (severity === 'na' ? [] : [severity]))
      : null;
  }

  /** Runs the rules with another profile from now on, and keeps it in this browser. */
  async setProfile(profile: RuleProfile): Promise<void> {
    this.profile = profile;
    this.verdicts.gaveUp.clear();
    remember('rule-profile', profile === BUILT_IN ? '' : await this.engine.ruleProfile.toJson(profile, 'en'));
  }

  /** Keeps a protocol as the reference in this browser; null forgets it. */
  async setProtocol(protocol: ReferenceProtocol | null): Promise<void> {
    this.protocol = protocol;
    if (!protocol) this.judgeByProtocol(false);
    remember('reference-protocol', protocol ? await this.engine.referenceProtocol.toJson(protocol) : '');
  }

  /** Has every series of its modality judged by the kept protocol from now on, or not. */
  judgeByProtocol(on: boolean): void {
    this.byProtocol = on;
    remember('judge-by-protocol', String(on));
  }

  /** Answers one question about the series on screen; null: unknown. */
  answer(quantity: string, value: number | null): void {
    const uid = this.session.seriesUid;
    if (uid === null) return;
    const { [quantity]: _, ...others } = this.answers;
    const answers = value === null ? others : { ...others, [quantity]: value };
    this.#answers.set(uid, answers);
    rememberAnswers(uid, answers);
  }

  /** In what role the person answered about the series on screen; empty when it was not said. */
  get role(): string {
    const uid = this.session.seriesUid;
    return uid === null ? '' : this.#roleOf(uid);
  }

  set role(role: string) {
    const uid = this.session.seriesUid;
    if (uid === null) return;
    this.#roles.set(uid, role);
    rememberRole(uid, role);
  }

  /** What goes into a report of a series. */
  checklistOf(uid: string): { readonly answers: ChecklistAnswers; readonly role: string } {
    return { answers: { ...this.#answersOf(uid) }, role: this.#roleOf(uid) };
  }

  /** Runs the rules on a series, that on screen unless told, now, such as after a stop. */
  check(uid: string | null = this.session.seriesUid): void {
    if (uid === null) return;
    this.verdicts.gaveUp.delete(uid);
    void this.#run(uid);
  }

  /** Stops what runs; the results that are there stay. */
  stop(): void {
    this.#stop?.abort();
    this.#stopAll?.abort();
  }

  clear(): void {
    this.stop();
    this.bySeries.clear();
    this.#made.clear();
    this.verdicts.clear();
    this.#answers.clear();
    this.#roles.clear();
    this.reference = null;
    this.trouble = null;
  }

  /** Runs the rules on every series of the study, one after the other, with the regions that lie on each. */
  async checkAll(): Promise<void> {
    const { study } = this.session;
    if (!study || this.checkingAll) return;
    const stop = new AbortController();
    this.#stopAll = stop;
    this.checkingAll = true;
    this.trouble = null;
    try {
      await this.jobs.run(
        () => t('jobs.checkAll'),
        async ({ signal, onProgress }) => {
          const either = AbortSignal.any([signal, stop.signal]);
          for (const [at, series] of study.series.entries()) {
            const report = (share: number) => onProgress((at + share) / study.series.length);
            const placed =
              series.uid === this.session.seriesUid ? this.#placed() : await this.#place(series, either);
            await this.#assess(series.uid, placed, { signal: either, onProgress: report });
          }
        },
      );
    } catch (error) {
      if (!wasStopped(error) && !stop.signal.aborted) this.trouble = asRefusal(error, '');
    } finally {
      this.checkingAll = false;
    }
  }

  /** Waits until the image is there and its regions lie still, then runs the rules. */
  #follow(): (() => void) | undefined {
    const { session } = this;
    const { seriesUid, volume, opening } = session;
    const placing = [...session.placements.values()].some((p) => p.state === 'placing');
    if (seriesUid === null || !volume || opening || placing) return undefined;
    // Read here, so that a change of it runs the rules again.
    this.#keyOf(seriesUid, this.#placed());
    // Someone waits for numbers.
    const calm = untrack(() => this.#awaited.includes(seriesUid)) ? 0 : CALM;
    const timer = setTimeout(() => void this.#run(seriesUid), calm);
    return () => clearTimeout(timer);
  }

  /** Series on which numbers wait for the rules. */
  readonly #awaited = $derived.by(() =>
    this.numbers()
      .flatMap((n) => this.verdicts.waiting(n))
      .filter((uid, at, all) => all.indexOf(uid) === at),
  );

  /** Runs the rules on series that are not on screen, when numbers of them wait. */
  #catchUp(): void {
    const { seriesUid, study, opening, volumeTrouble } = this.session;
    if (this.running || opening || !study) return;
    const known = this.#awaited.filter((uid) => study.series.some((s) => s.uid === uid));
    const uid = known.find((u) => u !== seriesUid || volumeTrouble !== null);
    if (uid !== undefined) queueMicrotask(() => void this.#run(uid));
  }

  async #run(uid: string): Promise<void> {
    const series = this.session.study?.series.find((s) => s.uid === uid);
    if (!series) return;
    const here = uid === this.session.seriesUid;
    const key = here ? this.#keyOf(uid, this.#placed()) : uid;
    if (this.running && key === this.#looking) return;
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.#looking = key;
    this.running = false;
    this.trouble = null;
    const known = this.#made.get(key);
    if (known) {
      this.#take(uid, known);
      this.#settle(uid, key);
      return;
    }
    this.running = true;
    this.share = null;
    try {
      await this.jobs.run(
        () => t('jobs.rules'),
        async ({ signal, onProgress }) => {
          const either = AbortSignal.any([signal, stop.signal]);
          const placed = here ? this.#placed() : await this.#place(series, either);
          await this.#assess(uid, placed, {
            signal: either,
            onProgress: (share) => {
              if (this.#stop === stop) this.share = share;
              onProgress(share);
            },
          });
        },
      );
    } catch (error) {
      if (!wasStopped(error) && !stop.signal.aborted) this.trouble = asRefusal(error, '');
    } finally {
      if (this.#stop === stop) {
        this.running = false;
        this.share = null;
        this.#settle(uid, key);
      }
    }
  }

  /** After a run that no other took over: numbers that wait all the same would wait for ever, so they are told. */
  #settle(uid: string, key: string): void {
    const moved = uid === this.session.seriesUid && key !== this.#keyOf(uid, this.#placed());
    if (!moved && this.#awaited.includes(uid)) this.verdicts.gaveUp.set(uid, true);
  }

  /** Assesses one series, or takes what is known already of the same series, profile, regions and answers. */
  async #assess(
    uid: string,
    placed: readonly PlacedRegion[],
    options: { signal: AbortSignal; onProgress: (share: number) => void },
  ): Promise<void> {
    const { study } = this.session;
    if (!study) return;
    const key = this.#keyOf(uid, placed);
    const { revisions } = this.session.workbench;
    const of: Omit<Assessed, 'made'> = {
      profile: this.profile,
      regions: placed.map((p) => ({ id: p.source.id, revision: revisions.get(p.source.id) ?? 0 })),
      tables: this.#tables(uid),
      fit: this.#fit(uid),
    };
    const found = this.#made.get(key) ?? {
      ...of,
      made: await this.engine.assess({ ...this.#requestOf(uid, placed), study }, options),
    };
    if (this.session.study?.id !== study.id || options.signal.aborted) return;
    this.#made.set(key, found);
    this.#take(uid, found);
  }

  #take(uid: string, found: Assessed): void {
    this.bySeries.set(uid, found.made);
    this.verdicts.take(uid, found);
  }

  #requestOf(uid: string, placed: readonly PlacedRegion[]): Omit<AssessRequest, 'study'> {
    const extractions = this.#tables(uid);
    const reference = this.#referenceFor(uid);
    const fitted = this.#fit(uid);
    return {
      series: uid,
      masks: placed.map((p) => p.mask),
      regionFacts: {
        placing: placed.map((p) => ({ region: p.mask.name, method: p.placement, findings: p.findings })),
        ...(extractions.length > 0 && { extractions }),
      },
      ...(fitted && { fitted }),
      answers: { ...this.#answersOf(uid) },
      profile: this.profile,
      ...(reference !== null && { reference }),
    };
  }

  #keyOf(uid: string, placed: readonly PlacedRegion[]): string {
    const { revisions } = this.session.workbench;
    const regions = placed.map((p) => [
      p.source.id,
      p.mask.name,
      p.placement,
      revisions.get(p.source.id) ?? 0,
    ]);
    const tables = this.#tables(uid).map((table) => [table.mask.hash, table.image.hash, table.settings]);
    const files = this.session.study?.series.find((s) => s.uid === uid)?.files.length;
    return JSON.stringify([
      uid,
      files,
      this.profile,
      regions,
      tables,
      this.#fit(uid)?.milliseconds,
      this.#fit(uid)?.maps.length,
      this.#answersOf(uid),
      this.#referenceFor(uid),
    ]);
  }

  #roleOf = (uid: string): string => this.#roles.get(uid) ?? recallRole(uid);

  #answersOf = (uid: string): ChecklistAnswers => this.#answers.get(uid) ?? recallAnswers(uid);

  /** A series is no reference for itself, nor a protocol for series of another modality. */
  #referenceFor(uid: string): string | ReferenceProtocol | null {
    const all = this.session.study?.series ?? [];
    if (this.reference !== uid && all.some((s) => s.uid === this.reference)) return this.reference;
    const modality = all.find((s) => s.uid === uid)?.modality;
    return this.byProtocol && this.protocol?.modality === modality ? this.protocol : null;
  }

  #tables = (uid: string) => this.numbers().flatMap((n) => (n.series === uid && n.table ? [n.table] : []));

  /** The last fit of a series. */
  #fit = (uid: string): KineticResult | null =>
    this.numbers().find((n) => n.series === uid && n.fit)?.fit ?? null;

  #placed = (): PlacedRegion[] =>
    [...this.session.placements.values()].flatMap((p) => (p.state === 'placed' ? [p.region] : []));

  /** Regions that lie on a series that is not on screen. One that cannot be placed is left out. */
  async #place(series: Series, signal: AbortSignal): Promise<PlacedRegion[]> {
    const { study } = this.session;
    const placed: PlacedRegion[] = [];
    for (const region of study?.regions ?? []) {
      if (!study || !fits(region, series, study.regions)) continue;
      try {
        placed.push(await this.engine.placeRegion(study, region.id, series.uid, { signal }));
      } catch (error) {
        if (wasStopped(error)) throw error;
      }
    }
    return placed;
  }

  async #recallProtocol(): Promise<void> {
    const kept = recall('reference-protocol');
    if (kept === null || kept === '') return;
    try {
      this.protocol = await this.engine.referenceProtocol.fromJson(kept);
    } catch {
      // Of an older version: there is none.
    }
  }

  async #recallProfile(): Promise<void> {
    const kept = recall('rule-profile');
    if (kept === null || kept === '') return;
    try {
      this.profile = await this.engine.ruleProfile.fromJson(kept);
    } catch {
      // Of an older version: the rules run as built.
    }
  }
}
