import { SvelteMap } from 'svelte/reactivity';
import type { FeatureTable } from '../../engine/api.ts';
import { inputSeries } from '../../engine/kinetics/input-series.ts';
import type { KineticResult } from '../../engine/kinetics/request.ts';
import type { Assessment } from '../../engine/quality/request.ts';
import { notRun, together, verdictBeside, verdictOn } from '../../engine/quality/verdict.ts';
import type { Override, Verdict } from '../../quality/gate.ts';
import type { RuleProfile } from '../../quality/rules/profile.ts';
import type { Session } from './session.svelte.ts';

/** Numbers on the page, by what they come from. */
export interface Numbers {
  readonly series: string;
  /** Id of the region that they are of; null: the whole image. */
  readonly region: string | null;
  /** How often that region had been changed when they were made. */
  readonly revision?: number;
  /** The table or the fit that holds them, of which rules ask too; absent for an image that is numbers itself. */
  readonly table?: FeatureTable;
  readonly fit?: KineticResult;
}

/** An assessment with what it looked at. */
export interface Assessed {
  readonly made: Assessment;
  readonly profile: RuleProfile;
  /** Ids of the regions, in the order of the assessment's, and their revisions then. */
  readonly regions: readonly { readonly id: string; readonly revision: number }[];
  readonly tables: readonly FeatureTable[];
  readonly fit: KineticResult | null;
}

/** What the rules said of certain numbers: it stays with them when their region is changed afterwards. */
interface Judged {
  readonly made: Assessment;
  readonly at: number | null;
  readonly profile: RuleProfile;
}

/** An override, and the rules that it was given for, each with its severity. */
interface Given {
  readonly override: Override;
  readonly against: readonly string[];
}

/** Says of numbers on the page whether the rules let them be seen, and keeps why people used them all the same. */
export class Verdicts {
  /** The last assessment of each series, with what it looked at. */
  readonly assessed = new SvelteMap<string, Assessed>();
  /** Series whose rules were stopped or could not run. */
  readonly gaveUp = new SvelteMap<string, true>();
  /** By series: what was said of a rule on one region holds for the others that break no more than that. */
  readonly #given = new SvelteMap<string, readonly Given[]>();
  readonly #judged = new WeakMap<object, Judged>();

  constructor(
    readonly session: Session,
    readonly profile: () => RuleProfile,
    /** Every number that is on the page now. */
    readonly shown: () => readonly Numbers[],
  ) {}

  clear(): void {
    this.assessed.clear();
    this.gaveUp.clear();
    this.#given.clear();
  }

  /** Takes what the rules said, and keeps it with the numbers that it is about. */
  take(uid: string, found: Assessed): void {
    const { made, profile, regions } = found;
    for (const n of this.shown()) {
      const holder = n.table ?? n.fit;
      if (n.series !== uid || !holder || !covers(found, n)) continue;
      const at = n.region === null ? null : regions.findIndex((r) => r.id === n.region);
      if (at !== null && regions[at]?.revision !== (n.revision ?? 0)) continue;
      this.#judged.set(holder, { made, at, profile });
    }
    this.gaveUp.delete(uid);
    // A new object, so that whoever asked is told.
    this.assessed.set(uid, { ...found });
  }

  /** The verdict on numbers; null while the rules are still to be heard. */
  of(numbers: Numbers): Verdict | null {
    const parts = this.#partsOf(numbers);
    const verdicts = parts.map((part) => this.#own(part, numbers));
    const known = verdicts.filter((v) => v !== null);
    return known.length === verdicts.length ? together(known) : null;
  }

  /** The verdict on numbers of several regions together, such as a study of their repeatability. */
  ofAll(numbers: readonly Numbers[]): Verdict | null {
    const verdicts = numbers.map((n) => this.of(n));
    const known = verdicts.filter((v) => v !== null);
    return known.length === verdicts.length && known.length > 0 ? together(known) : null;
  }

  /** Series among those that numbers come of whose rules are still to be heard. */
  waiting(numbers: Numbers): string[] {
    return this.#partsOf(numbers)
      .filter((part) => this.#own(part, numbers) === null)
      .map((part) => part.series);
  }

  /** Keeps, or with undefined withdraws, why numbers are used all the same. */
  override(numbers: Numbers, override: Override | undefined): void {
    for (const part of this.#partsOf(numbers)) {
      const plain = this.#plain(part, numbers);
      if (!plain) continue;
      const others = (this.#given.get(part.series) ?? []).filter((g) => !isCovered(plain, g));
      const given = override ? [...others, { override, against: broken(plain) }] : others;
      this.#given.set(part.series, given);
    }
  }

  /** Is this series itself a map of numbers, computed from other series? */
  isMap(uid: string): boolean {
    const series = this.session.study?.series.find((s) => s.uid === uid);
    return series !== undefined && !series.preprocessing && this.session.sourcesOf(uid).length > 0;
  }

  /** The numbers themselves, and every image that their image was computed from or that their fit took with it. */
  #partsOf(numbers: Numbers): Numbers[] {
    const { series: own, fit } = numbers;
    const taken = fit ? inputSeries(fit.settings) : [];
    const sources = [...this.session.sourcesOf(own), ...taken].flatMap((series) =>
      this.#partsOf({ series, region: null }),
    );
    return [numbers, ...sources];
  }

  #own(part: Numbers, of: Numbers): Verdict | null {
    const plain = this.#plain(part, of);
    // A rule that is broken later, or worse than it was, is not covered by what was said before.
    const given = plain && this.#given.get(part.series)?.find((g) => isCovered(plain, g));
    return given ? { ...plain, override: given.override } : plain;
  }

  /** The verdict without what people said. */
  #plain(part: Numbers, of: Numbers): Verdict | null {
    const { series, region } = part;
    const last = this.assessed.get(series);
    const nobody = () => (this.gaveUp.has(series) ? notRun(this.profile().name) : null);
    const holder = part.table ?? part.fit;
    const changed =
      region !== null && part.revision !== undefined && this.#revisionOf(region) !== part.revision;
    if (!holder) {
      if (changed) return notRun(this.profile().name);
      if (!last || last.profile !== this.profile()) return nobody();
      const own = part === of ? undefined : this.assessed.get(of.series);
      if (own && this.#isPrepared(of.series)) return verdictBeside(last.made, own.made);
      const at = region === null ? null : last.regions.findIndex((r) => r.id === region);
      return verdictOn(last.made, at === -1 ? null : at);
    }
    const judged = this.#judged.get(holder);
    // The region is another by now: what was said of it as it was stays, and what was never said cannot be said any more.
    if (changed) return judged ? verdictOn(judged.made, judged.at) : notRun(this.profile().name);
    if (!judged || judged.profile !== this.profile()) return nobody();
    return verdictOn(judged.made, judged.at);
  }

  #isPrepared = (uid: string): boolean =>
    this.session.study?.series.some((s) => s.uid === uid && s.preprocessing !== undefined) ?? false;

  #revisionOf = (region: string): number => this.session.workbench.revisions.get(region) ?? 0;
}

/** Was this said of everything that is broken here? */
const isCovered = (verdict: Verdict, { against }: Given): boolean =>
  broken(verdict).length > 0 && broken(verdict).every((id) => against.includes(id));

/** Rules above a warning, each with how bad it is; that they did not run at all is one too. */
const broken = (verdict: Verdict): string[] => [
  ...(verdict.notRun ? ['not run'] : []),
  ...verdict.rules.flatMap((r) =>
    r.severity === 'block' || r.severity === 'fail' ? [`${r.id} ${r.severity}`] : [],
  ),
];

/** Did the rules look at the table or the fit that these numbers stand in? Equal tables are one. */
function covers({ tables, fit }: Assessed, { table, fit: own }: Numbers): boolean {
  if (own) return own === fit;
  return tables.some((t) => t === table || (table !== undefined && sameTable(t, table)));
}

const sameTable = (a: FeatureTable, b: FeatureTable): boolean =>
  a.mask.hash !== '' &&
  a.mask.hash === b.mask.hash &&
  a.image.hash === b.image.hash &&
  JSON.stringify(a.settings) === JSON.stringify(b.settings);
