import type { Language } from '../../core/localised.ts';
import type { BaselineRequest, withAmendment } from '../../quality/constancy/book.ts';
import type {
  CHART_SETTINGS,
  judgeConstancy,
  judgeDevice,
  judgeLimits,
  rings,
} from '../../quality/constancy/judge.ts';
import type {
  currentRuns,
  Device,
  DeviceBook,
  LimitSet,
  PhantomRun,
  resultsOf,
  ROLES,
  RUN_KINDS,
  SignOff,
} from '../../quality/constancy/run.ts';
import type { Found } from '../../quality/physical-phantoms/find.ts';
import type { measuredPairs, PhantomMeasurement } from '../../quality/physical-phantoms/measure.ts';
import type { METRICS } from '../../quality/physical-phantoms/metrics.ts';
import type * as pose from '../../quality/physical-phantoms/pose.ts';
import type { measuredPart } from '../../quality/physical-phantoms/region-values.ts';
import type { PhantomTemplate } from '../../quality/physical-phantoms/template.ts';
import type { LimitKind } from '../../statistics/control-charts/limits.ts';
import type { RULE_SETS, RUN_RULES, RuleSet } from '../../statistics/control-charts/run-rules.ts';
import type { CallOptions } from '../call-options.ts';
import type { Study } from '../study/study.ts';

/** A template on a phase of a series. */
export interface PhantomPlace {
  readonly study: Study;
  readonly series: string;
  readonly phase?: number;
  readonly template: PhantomTemplate;
}

/** Physical phantoms: templates, finding them in an image, measuring them. */
export interface PhysicalPhantoms {
  readonly templates: readonly PhantomTemplate[];
  /** Names and formulas of every quantity, by its id. */
  readonly metrics: typeof METRICS;
  /** A template as a JSON text to edit, and back. @throws RefusedInput for what is none. */
  toJson(template: PhantomTemplate, language: Language): string;
  fromJson(text: string): PhantomTemplate;
  /** Finds the phantom and how it lies, in a worker. @throws RefusedInput `phantom_not_found` */
  find(place: PhantomPlace, options?: CallOptions): Promise<Found>;
  /** A phantom that stands straight in the middle of the image, to be moved by hand. */
  straight(place: PhantomPlace): pose.Pose;
  measure(
    place: PhantomPlace,
    at: pose.Pose,
    options?: CallOptions & {
      /** Factor from image values to the unit of the template. */
      readonly factor?: number;
      /** A second acquisition of the same, for signal to noise by difference. */
      readonly second?: { readonly series: string; readonly phase?: number };
    },
  ): Promise<PhantomMeasurement>;
  /** Numbers of a measurement that a run keeps. */
  readonly resultsOf: typeof resultsOf;
  readonly pairs: typeof measuredPairs;
  /** Moving a placed phantom by hand, and where its regions lie. */
  readonly pose: typeof pose & { readonly measuredPart: typeof measuredPart };
}

/** A run as the person gives it; the rest is filled in here. */
export type NewRun = Pick<PhantomRun, 'kind' | 'date' | 'template' | 'results' | 'operator'> &
  Partial<Pick<PhantomRun, 'notes' | 'laboratory' | 'accreditation' | 'series'>>;

export interface ImportedRuns {
  readonly devices: number;
  readonly added: number;
  readonly same: number;
  /** There under the same id but otherwise; those of this browser stayed. */
  readonly kept: number;
}

/** Runs of devices over time: kept in this browser, judged by control charts and limits, signed, exported. */
export interface Constancy {
  readonly kinds: typeof RUN_KINDS;
  readonly roles: typeof ROLES;
  readonly rules: typeof RUN_RULES;
  readonly ruleSets: typeof RULE_SETS;
  readonly usual: {
    readonly baseline: number;
    readonly least: number;
    readonly charts: typeof CHART_SETTINGS;
  };
  /** May this browser keep books? Asking makes no database. */
  kept(): Promise<boolean>;
  /** Books of all devices, and whether this browser keeps them. */
  books(): Promise<{ readonly books: readonly DeviceBook[]; readonly stored: boolean }>;
  /** The device that a series says it comes from: a hash of maker, model, station and serial number. */
  deviceOf(study: Study, series: string): Promise<Device>;
  /** A device by a name that a person typed. */
  deviceNamed(label: string, modality: string): Promise<Device>;
  /** SHA-256 of the protocol and the files of a series. */
  fingerprint(study: Study, series: string): Promise<string>;
  saveRun(device: Device, run: NewRun): Promise<DeviceBook>;
  sign(device: string, run: string, version: number, by: Omit<SignOff, 'seal'>): Promise<DeviceBook>;
  amend(
    device: string,
    run: string,
    change: Parameters<typeof withAmendment>[2],
    reason: string,
  ): Promise<DeviceBook>;
  removeRun(device: string, run: string, version: number): Promise<DeviceBook>;
  freezeBaseline(device: string, request: BaselineRequest): Promise<DeviceBook>;
  setLimits(device: string, set: LimitSet): Promise<DeviceBook>;
  removeDevice(device: string): Promise<void>;
  readonly currentRuns: typeof currentRuns;
  readonly judgeConstancy: typeof judgeConstancy;
  readonly judgeLimits: typeof judgeLimits;
  readonly judgeDevice: typeof judgeDevice;
  readonly rings: typeof rings;
  /** How probable it is that one chart of a stable device rings within so many runs. */
  falseAlarms(rules: RuleSet, runs: number, baseline: number, limits: LimitKind): number;
  toJson(books: readonly DeviceBook[]): string;
  /** Reads a file of runs without keeping it; broken seals are refused. */
  fromJson(text: string): Promise<DeviceBook[]>;
  /** Reads it and keeps what is new. */
  importJson(text: string): Promise<ImportedRuns>;
}
