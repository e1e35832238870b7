import { applyDelta, bytesOf, type MaskDelta, type PackedMask } from './packed-mask.ts';

export type Colour = readonly [number, number, number];

/** How a region, or a change of it, came to be. */
export interface Origin {
  /** Who did it, when the person said so. */
  readonly who?: string;
  /** Time of the clock, ms since 1970. */
  readonly when: number;
  /** Id of the tool: `brush`, `threshold`, …. */
  readonly tool: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** How many times in a row the tool was used so. */
  readonly times: number;
}

/** Which reader a region belongs to; the second reader does not see the first one's until both are compared. */
export type Reader = 'first' | 'second';

/** What a person may set about a region without touching its voxels. */
export interface RegionProperties {
  readonly name: string;
  /** sRGB, 0 to 255. */
  readonly colour: Colour;
  /** A locked region is not painted on, edited, or removed. */
  readonly locked: boolean;
  readonly visible: boolean;
}

/** Strokes of two tissues, and points: what a person marks for a method. */
export type MarkKind = 'lesion' | 'background' | 'points';

/** A region that can be edited, on the grid of its series. */
export interface RegionRecord extends RegionProperties {
  readonly id: string;
  readonly series: string;
  readonly reader: Reader;
  readonly mask: PackedMask;
  /** How it began, then every tool that changed it. */
  readonly origins: readonly [Origin, ...Origin[]];
  /** What an automatic tool proposed, to tell how much of it was corrected by hand since. */
  readonly proposal?: PackedMask;
  /** Marks for a method, kept like a region and listed nowhere. */
  readonly marks?: MarkKind;
}

/** `second`: only the regions of the second reader are shown. */
export type Reading = 'first' | 'second' | 'both';

/** Everything a person made of the regions of a study. Never changed, only replaced: states share what is equal. */
export interface RegionState {
  readonly regions: readonly RegionRecord[];
  /** Ids of imported regions that were removed, or that an editable copy stands for. */
  readonly leftOut: readonly string[];
  /** What was changed about imported regions, by their id. */
  readonly overrides: Readonly<Record<string, Partial<RegionProperties>>>;
  readonly reading: Reading;
}

/** One thing that changed; each can be turned round. */
export type Change =
  | {
      readonly kind: 'mask';
      readonly region: string;
      readonly delta: MaskDelta;
      readonly before: RegionRecord['origins'];
      readonly after: RegionRecord['origins'];
    }
  | { readonly kind: 'add' | 'remove'; readonly record: RegionRecord; readonly at: number }
  | {
      readonly kind: 'properties';
      readonly region: string;
      readonly before: Partial<RegionProperties>;
      readonly after: Partial<RegionProperties>;
    }
  | { readonly kind: 'left-out'; readonly region: string; readonly out: boolean }
  | { readonly kind: 'reading'; readonly before: Reading; readonly after: Reading };

/** What one undo takes back. */
export interface Step {
  /** Rises by one with each step of the document, never used twice. */
  readonly number: number;
  readonly when: number;
  readonly tool: string;
  /** Name of the region that it was about, for the list of steps. */
  readonly subject: string;
  readonly changes: readonly Change[];
}

/** The regions of a study with the steps that led here and those that were taken back. */
export interface RegionDocument {
  readonly state: RegionState;
  readonly steps: readonly Step[];
  /** How many of the steps are done; the rest can be done again. */
  readonly done: number;
  readonly nextNumber: number;
}

export const NEW_DOCUMENT: RegionDocument = {
  state: { regions: [], leftOut: [], overrides: {}, reading: 'first' },
  steps: [],
  done: 0,
  nextNumber: 1,
};

/** What history may hold. Beyond it the oldest steps can no longer be taken back; their effect stays. */
export interface HistoryLimits {
  readonly steps: number;
  readonly bytes: number;
}

export const HISTORY_LIMITS: HistoryLimits = { steps: 500, bytes: 128 * 2 ** 20 };

/** The document after a new step; steps that were taken back before are gone. */
export function commit(
  document: RegionDocument,
  step: Omit<Step, 'number'>,
  limits = HISTORY_LIMITS,
): RegionDocument {
  const numbered: Step = { ...step, number: document.nextNumber };
  const state = step.changes.reduce(applied, document.state);
  const steps = withinLimits([...document.steps.slice(0, document.done), numbered], limits);
  return { state, steps, done: steps.length, nextNumber: document.nextNumber + 1 };
}

/** The document before its last step; the same document when nothing can be taken back. */
export function undo(document: RegionDocument): RegionDocument {
  if (document.done === 0) return document;
  const { changes } = document.steps[document.done - 1];
  const state = [...changes].reverse().map(inverse).reduce(applied, document.state);
  return { ...document, state, done: document.done - 1 };
}

/** The document with the step done that was taken back last. */
export function redo(document: RegionDocument): RegionDocument {
  if (document.done === document.steps.length) return document;
  const state = document.steps[document.done].changes.reduce(applied, document.state);
  return { ...document, state, done: document.done + 1 };
}

function inverse(change: Change): Change {
  switch (change.kind) {
    case 'add':
      return { ...change, kind: 'remove' };
    case 'remove':
      return { ...change, kind: 'add' };
    case 'left-out':
      return { ...change, out: !change.out };
    case 'mask':
      return { ...change, before: change.after, after: change.before };
    case 'properties':
      return { ...change, before: change.after, after: change.before };
    case 'reading':
      return { ...change, before: change.after, after: change.before };
  }
}

function applied(state: RegionState, change: Change): RegionState {
  switch (change.kind) {
    case 'add':
      return { ...state, regions: state.regions.toSpliced(change.at, 0, change.record) };
    case 'remove':
      return { ...state, regions: state.regions.filter((r) => r.id !== change.record.id) };
    case 'left-out': {
      const others = state.leftOut.filter((id) => id !== change.region);
      return { ...state, leftOut: change.out ? [...others, change.region] : others };
    }
    case 'mask':
      return withRecord(state, change.region, (r) => ({
        ...r,
        mask: applyDelta(r.mask, change.delta),
        origins: change.after,
      }));
    case 'properties':
      if (state.regions.some((r) => r.id === change.region)) {
        return withRecord(state, change.region, (r) => ({ ...r, ...change.after }));
      }
      return withOverride(state, change.region, change.before, change.after);
    case 'reading':
      return { ...state, reading: change.after };
  }
}

const withRecord = (
  state: RegionState,
  id: string,
  change: (record: RegionRecord) => RegionRecord,
): RegionState => ({ ...state, regions: state.regions.map((r) => (r.id === id ? change(r) : r)) });

/** Of an imported region: what `before` named is taken off, what `after` names put on. */
function withOverride(
  state: RegionState,
  id: string,
  before: Partial<RegionProperties>,
  after: Partial<RegionProperties>,
): RegionState {
  const kept = Object.entries(state.overrides[id] ?? {}).filter(([key]) => !Object.hasOwn(before, key));
  const next = { ...Object.fromEntries(kept), ...after };
  const { [id]: _, ...others } = state.overrides;
  return { ...state, overrides: Object.keys(next).length === 0 ? others : { ...others, [id]: next } };
}

function withinLimits(steps: readonly Step[], limits: HistoryLimits): readonly Step[] {
  let from = Math.max(0, steps.length - limits.steps);
  let bytes = steps.slice(from).reduce((sum, s) => sum + bytesOfStep(s), 0);
  // The last step stays, however large: what was just done can always be taken back.
  while (bytes > limits.bytes && from < steps.length - 1) bytes -= bytesOfStep(steps[from++]);
  return from === 0 ? steps : steps.slice(from);
}

/** Bytes of voxels that a step holds. */
export const bytesOfStep = ({ changes }: Step): number =>
  changes.reduce((sum, c) => {
    if (c.kind === 'mask') return sum + bytesOf(c.delta);
    return c.kind === 'add' || c.kind === 'remove' ? sum + bytesOf(c.record.mask) : sum;
  }, 0);

/** The list of origins with one more; the same tool with the same parameters in a row is counted. */
export function withOrigin(
  origins: RegionRecord['origins'],
  origin: Omit<Origin, 'times'>,
): RegionRecord['origins'] {
  const last = origins[origins.length - 1];
  const same =
    origins.length > 1 &&
    last.tool === origin.tool &&
    last.who === origin.who &&
    JSON.stringify(last.parameters) === JSON.stringify(origin.parameters);
  const next: Origin = { ...origin, times: same ? last.times + 1 : 1 };
  const [first, ...rest] = origins;
  return same ? [first, ...rest.slice(0, -1), next] : [first, ...rest, next];
}
