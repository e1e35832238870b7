import { getContext, setContext } from 'svelte';
import type { Engine } from '../../engine/api.ts';
import { Equipment } from './equipment.svelte.ts';
import { Extraction } from './extraction.svelte.ts';
import { Kinetics } from './kinetics.svelte.ts';
import type { MapOverlay } from '../viewer/map-overlay.ts';
import { numbersOf } from './extraction.svelte.ts';
import { isHidden } from './gate.ts';
import type { Numbers } from './verdicts.svelte.ts';
import { Jobs } from './jobs.svelte.ts';
import { Learning } from './learning.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { SelfTest } from './self-test.svelte.ts';
import { Measurements } from '../viewer/measurements.svelte.ts';
import { Companion } from './companion.svelte.ts';
import { Repeatability } from './repeatability.svelte.ts';
import { Quality } from './quality.svelte.ts';
import { Reporting } from './reporting.svelte.ts';
import { Session } from './session.svelte.ts';

export type Stage =
  'equipment' | 'acquire' | 'regions' | 'features' | 'kinetics' | 'repeatability' | 'report' | 'self-test';

/** Where something is looked into: a stage, what is on screen there, and what of it is brought into sight. */
export interface Place {
  readonly stage: Stage;
  /** UID of the series that is put on screen. */
  readonly series?: string;
  /** Id of the region whose numbers are shown. */
  readonly region?: string;
  /** Id of the device whose book is shown. */
  readonly device?: string;
  /** Feature whose repeats are drawn. */
  readonly feature?: string;
  /** `rule:G-06`, `finding:R-DUPLICATE`, `region:ID`: see reveal.ts. */
  readonly find?: string;
}

/** What is asked for in a dialog over the page. */
export type Overlay =
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'privacy' }
  | { readonly kind: 'tags'; readonly file: string };

/** The stores of the page, one a concern, made once around the engine. */
export class Workspace {
  readonly jobs = new Jobs();
  readonly preferences = new Preferences();
  readonly session: Session;
  readonly extraction: Extraction;
  readonly equipment: Equipment;
  readonly kinetics: Kinetics;
  readonly quality: Quality;
  readonly selfTest: SelfTest;
  readonly reporting: Reporting;
  readonly repeatability: Repeatability;
  readonly learning = new Learning();
  readonly measurements = new Measurements();
  readonly companion: Companion;
  stage = $state<Stage>('acquire');
  overlay = $state.raw<Overlay | null>(null);
  /** What was asked to be brought into sight last; a new object each time. */
  asked = $state.raw<{ readonly find: string } | null>(null);

  constructor(readonly engine: Engine) {
    this.session = new Session(engine, this.jobs);
    this.extraction = new Extraction(engine, this.jobs, this.session);
    this.equipment = new Equipment(engine, this.jobs, this.session);
    this.kinetics = new Kinetics(engine, this.jobs, this.session);
    this.quality = new Quality(engine, this.jobs, this.session, () => this.numbers);
    this.companion = new Companion(engine, this.jobs, this.session);
    this.selfTest = new SelfTest(engine, this.jobs);
    this.repeatability = new Repeatability(engine, this.jobs, this.session, this.extraction);
    const { jobs, session, extraction, kinetics, quality, selfTest } = this;
    this.reporting = new Reporting(engine, jobs, session, extraction, kinetics, selfTest, quality);
  }

  /** Everything on the page that is a number taken from an image: what the rules must have judged. */
  get numbers(): readonly Numbers[] {
    const { extraction, kinetics, quality, repeatability, session, companion } = this;
    const onScreen = [session.seriesUid, session.overlayOf, companion.uid].flatMap((uid) =>
      uid !== null && quality.verdicts.isMap(uid) ? [{ series: uid, region: null }] : [],
    );
    const measured = extraction.outcomes.filter((o) => o.table !== null).map(numbersOf);
    return [...measured, ...kinetics.numbers, ...repeatability.numbers, ...onScreen];
  }

  /** May an image be seen? A map is numbers as much as a table is; grey values of a scanner show what is wrong with it. */
  isHidden(uid: string): boolean {
    const { verdicts } = this.quality;
    return verdicts.isMap(uid) && isHidden(verdicts.of({ series: uid, region: null }));
  }

  /** The map over the image, unless a rule hides its numbers. */
  get shownMap(): MapOverlay | null {
    const { session, kinetics, quality } = this;
    const { overlay, overlayOf } = session;
    if (!overlay || overlayOf === null) return overlay;
    if (session.overlayIsImage) return this.isHidden(overlayOf) ? null : overlay;
    const made = kinetics.running ? null : (kinetics.shapes ?? kinetics.result);
    const numbers =
      made?.series === overlayOf ? kinetics.numbersOf(made) : { series: overlayOf, region: null };
    return isHidden(quality.verdicts.of(numbers)) ? null : overlay;
  }

  /** Goes to where something is looked into. */
  open({ stage, series, region, device, feature, find }: Place): void {
    const { session, extraction, equipment, repeatability, preferences } = this;
    this.stage = stage;
    preferences.rightOpen = true;
    if (find?.startsWith('refused:')) preferences.leftOpen = true;
    if (series !== undefined && series !== session.seriesUid) void session.show(series);
    if (region !== undefined) extraction.shown = region;
    if (device !== undefined) equipment.device = device;
    if (feature !== undefined) void repeatability.choose(feature);
    this.asked = find === undefined ? null : { find };
  }

  closeStudy(): void {
    this.session.close();
    this.extraction.clear();
    this.equipment.clear();
    this.kinetics.clear();
    this.quality.clear();
    this.companion.clear();
    this.measurements.clear();
    this.reporting.clearAll();
    this.repeatability.clear();
    this.stage = 'acquire';
  }
}

const KEY = Symbol('workspace');

export const provideWorkspace = (workspace: Workspace): Workspace => setContext(KEY, workspace);
export const useWorkspace = (): Workspace => getContext<Workspace>(KEY);
