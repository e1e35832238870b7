import type { Severity } from '../../core/finding.ts';
import type { Vec3 } from '../../core/geometry.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Engine } from '../../engine/api.ts';
import type { Constancy, PhantomPlace, PhysicalPhantoms } from '../../engine/equipment/api.ts';
import type { ChartSettings } from '../../quality/constancy/judge.ts';
import type { DeviceBook } from '../../quality/constancy/run.ts';
import type { Found } from '../../quality/physical-phantoms/find.ts';
import type { PhantomMeasurement } from '../../quality/physical-phantoms/measure.ts';
import type { Pose } from '../../quality/physical-phantoms/pose.ts';
import type { PhantomTemplate } from '../../quality/physical-phantoms/template.ts';
import { worst } from '../controls/severity.ts';
import { t } from '../i18n/language.svelte.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import type { Session } from './session.svelte.ts';
import { asRefusal } from './trouble.ts';

/** The phantom on the image, and the books of the devices. */
export class Equipment {
  phantoms = $state.raw<PhysicalPhantoms | null>(null);
  constancy = $state.raw<Constancy | null>(null);
  /** The template with the truths as the person entered them. */
  template = $state.raw<PhantomTemplate | null>(null);
  /** Templates of the person's own, read from files. */
  own = $state.raw<readonly PhantomTemplate[]>([]);
  /** UID of the series that the phantom lies on. */
  series = $state<string | null>(null);
  pose = $state.raw<Pose | null>(null);
  found = $state.raw<Found | null>(null);
  measured = $state.raw<PhantomMeasurement | null>(null);
  running = $state(false);
  trouble = $state.raw<Refusal | null>(null);
  books = $state.raw<readonly DeviceBook[]>([]);
  stored = $state(true);
  device = $state('');
  settings = $state.raw<ChartSettings>({ rules: 'western-electric', limits: 'prediction' });
  booksTrouble = $state.raw<Refusal | null>(null);
  readonly book = $derived(this.books.find((b) => b.device.id === this.device) ?? this.books[0] ?? null);
  readonly verdicts = $derived(
    this.constancy ? this.books.map((b) => this.constancy!.judgeDevice(b, this.settings)) : [],
  );
  /** The worst of the devices; null before there is a run. */
  readonly severity = $derived<Severity | null>(worst(this.verdicts.map((v) => v.severity)));
  readonly allTemplates = $derived([...(this.phantoms?.templates ?? []), ...this.own]);

  constructor(
    readonly engine: Engine,
    readonly jobs: Jobs,
    readonly session: Session,
  ) {}

  /** Loads what the panel needs, once, and the books anew each time. */
  async load(): Promise<void> {
    this.phantoms ??= await this.engine.phantoms();
    this.constancy ??= await this.engine.constancy();
    this.template ??= this.#suited();
    await this.readBooks();
  }

  /** Reads the books for the light of the stage, where this browser keeps any. */
  async peek(): Promise<void> {
    const constancy = await this.engine.constancy();
    if (this.constancy || !(await constancy.kept())) return;
    this.constancy = constancy;
    await this.readBooks();
  }

  async readBooks(): Promise<void> {
    if (!this.constancy) return;
    const { books, stored } = await this.constancy.books();
    this.books = books;
    this.stored = stored;
  }

  /** The first template that is made for the modality on screen. */
  #suited(): PhantomTemplate | null {
    const modality = this.session.series?.modality ?? 'CT';
    const all = this.phantoms?.templates ?? [];
    return all.find((p) => p.modalities.includes(modality)) ?? all[0] ?? null;
  }

  choose(id: string): void {
    this.template = this.allTemplates.find((p) => p.id === id) ?? this.template;
    this.pose = null;
    this.found = null;
    this.measured = null;
    this.trouble = null;
  }

  /** Puts the phantom elsewhere: what was measured no longer holds. */
  move(pose: Pose): void {
    this.pose = pose;
    this.measured = null;
  }

  setTruth(insert: string, truth: number | null): void {
    if (!this.template) return;
    const inserts = this.template.inserts.map((i) => (i.id === insert ? { ...i, truth } : i));
    this.template = { ...this.template, inserts };
    this.measured = null;
  }

  addTemplate(text: string, file: string): void {
    try {
      const read = this.phantoms!.fromJson(text);
      this.own = [...this.own.filter((p) => p.id !== read.id), read];
      this.template = read;
      this.pose = null;
      this.measured = null;
      this.trouble = null;
    } catch (error) {
      this.trouble = asRefusal(error, file);
    }
  }

  get #place(): PhantomPlace | null {
    const { study, seriesUid, phase } = this.session;
    return study && seriesUid !== null && this.template
      ? { study, series: seriesUid, phase, template: this.template }
      : null;
  }

  find(): Promise<void> {
    return this.#work(async (place, options) => {
      const found = await this.phantoms!.find(place, options);
      this.series = place.series;
      this.found = found;
      this.move(found.pose);
      this.lookAt(found.pose);
    });
  }

  byHand(): void {
    const place = this.#place;
    if (!place || !this.phantoms) return;
    this.series = place.series;
    this.found = null;
    this.move(this.phantoms.straight(place));
    this.lookAt(this.pose!);
  }

  measure(): Promise<void> {
    return this.#work(async (place, options) => {
      if (this.pose) this.measured = await this.phantoms!.measure(place, this.pose, options);
    });
  }

  /** Brings the first region of the phantom into view. */
  lookAt(pose: Pose): void {
    const insert = this.template?.inserts[0];
    const tools = this.phantoms?.pose;
    if (insert && tools) {
      const [, , z] = tools.centreOf(pose, insert);
      this.session.lookAt = tools.toPatientFrom(pose, [0, 0, z] as Vec3);
    }
  }

  async #work(
    work: (
      place: PhantomPlace,
      options: { signal: AbortSignal; onProgress: (share: number) => void },
    ) => Promise<void>,
  ): Promise<void> {
    const place = this.#place;
    if (!place || this.running) return;
    this.running = true;
    this.trouble = null;
    try {
      await this.jobs.run(
        () => t('equipment.working'),
        (options) => work(place, options),
      );
    } catch (error) {
      if (!wasStopped(error)) this.trouble = asRefusal(error, this.session.series?.description ?? '');
    } finally {
      this.running = false;
    }
  }

  /** A change of the books: they are read anew; what went wrong stands beside them. */
  async change(what: (constancy: Constancy) => Promise<unknown>, subject = ''): Promise<boolean> {
    if (!this.constancy) return false;
    this.booksTrouble = null;
    try {
      await what(this.constancy);
      return true;
    } catch (error) {
      this.booksTrouble = asRefusal(error, subject);
      return false;
    } finally {
      await this.readBooks();
    }
  }

  clear(): void {
    this.pose = null;
    this.found = null;
    this.measured = null;
    this.series = null;
    this.trouble = null;
  }
}
