import type { Check } from '../rules/rule.ts';
import type { PhantomMeasurement } from '../physical-phantoms/measure.ts';
import type { PhantomTemplate } from '../physical-phantoms/template.ts';

/**
 * What a run is for: acceptance compares with the limits of the maker, at installation; periodic with legal or profile
 * limits; constancy with the baseline of the device itself.
 */
export const RUN_KINDS = ['acceptance', 'periodic', 'constancy'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

export const ROLES = ['physicist', 'physician', 'engineer', 'technologist'] as const;
export type Role = (typeof ROLES)[number];

/** One number of a run. Its id is that of a metric, or `mean:` with the id of an insert. */
export interface RunResult {
  readonly id: string;
  readonly value: number | null;
  readonly unit: string;
}

export interface SignOff {
  readonly role: Role;
  /** As the person writes it; may be empty. */
  readonly name: string;
  /** Day, `YYYY-MM-DD`. */
  readonly date: string;
  /** SHA-256 of what was signed: shows a careless change, not a forger's. Empty where the platform has no hash. */
  readonly seal: string;
}

/** A phantom measured once, as it is kept. A signed run never changes; an amendment is a new version of it. */
export interface PhantomRun {
  readonly id: string;
  /** From 1. */
  readonly version: number;
  readonly kind: RunKind;
  /** Day of the scan, `YYYY-MM-DD`. */
  readonly date: string;
  readonly template: { readonly id: string; readonly version: number };
  readonly results: readonly RunResult[];
  readonly operator: Role;
  readonly notes: string;
  /** Who performed a periodic test, and their accreditation. */
  readonly laboratory: string;
  readonly accreditation: string;
  readonly software: { readonly name: 'kinetex'; readonly version: string };
  /** SHA-256 of the protocol and files of the series; empty when typed in or not known. */
  readonly series: string;
  /** Why this version replaces the one before. */
  readonly amends: string;
  readonly signed: SignOff | null;
}

export interface Device {
  /** From the headers, hashed, or from what the person typed; never a serial number in the clear. */
  readonly id: string;
  /** As the person names it. */
  readonly label: string;
  readonly modality: string;
}

export interface BaselineValue {
  readonly mean: number;
  readonly sd: number;
  readonly n: number;
}

/** Values that constancy is judged by, frozen from runs. A later one replaces it and keeps it. */
export interface Baseline {
  readonly template: string;
  /** From 1, for each template. */
  readonly version: number;
  readonly date: string;
  readonly role: Role;
  readonly reason: string;
  /** Ids of the runs that it was made from. */
  readonly runs: readonly string[];
  /** Day of the first run that it applies to: the one after the last it was made from. */
  readonly after: string;
  readonly values: Readonly<Record<string, BaselineValue>>;
}

/** Limits of results for a kind of run on a template, entered by a person. */
export interface LimitSet {
  readonly kind: 'acceptance' | 'periodic';
  readonly template: string;
  readonly limits: Readonly<
    Record<string, { readonly raise: Check['raise']; readonly limits: Check['limits'] }>
  >;
}

/** Everything kept of one device. */
export interface DeviceBook {
  readonly device: Device;
  readonly runs: readonly PhantomRun[];
  readonly baselines: readonly Baseline[];
  readonly limits: readonly LimitSet[];
  /** Grows with every change; two tabs must not overwrite each other. */
  readonly revision: number;
}

export const newBook = (device: Device): DeviceBook => ({
  device,
  runs: [],
  baselines: [],
  limits: [],
  revision: 0,
});

/** The numbers of a measurement that a run keeps: the template's quantities, then the means of its materials. */
export function resultsOf(template: PhantomTemplate, { inserts, metrics }: PhantomMeasurement): RunResult[] {
  const materials = new Set(template.inserts.filter((i) => i.use === 'material').map((i) => i.id));
  return [
    ...metrics.map(({ id, value, unit }) => ({ id, value, unit })),
    ...inserts
      .filter((i) => materials.has(i.id))
      .map((i) => ({ id: `mean:${i.id}`, value: i.mean, unit: template.imageUnit ?? template.unit })),
  ];
}

/** The newest version of each run, by day; runs of one day in the order they were entered. */
export function currentRuns(book: DeviceBook): PhantomRun[] {
  const newest = new Map<string, PhantomRun>();
  for (const run of book.runs) {
    const known = newest.get(run.id);
    if (!known) newest.set(run.id, run);
    else if (run.version > known.version) newest.set(run.id, run);
  }
  return [...newest.values()].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** What a signature covers, as text with its fields in a fixed order. */
export const sealedText = ({ signed: _, ...run }: PhantomRun, sign: Omit<SignOff, 'seal'>): string =>
  JSON.stringify([
    run.id,
    run.version,
    run.kind,
    run.date,
    run.template.id,
    run.template.version,
    run.results.map((r) => [r.id, r.value, r.unit]),
    run.operator,
    run.notes,
    run.laboratory,
    run.accreditation,
    run.software.version,
    run.series,
    run.amends,
    sign.role,
    sign.name,
    sign.date,
  ]);
