import { readFile } from 'node:fs/promises';
import type { Severity } from '../core/finding.ts';
import { fill } from '../core/localised.ts';
import type { Engine, FeatureTable, PlacedRegion, Study } from '../engine/api.ts';
import { releasedVerdict } from '../engine/export.ts';
import { originOf } from '../engine/quality/carried.ts';
import type { KineticResult } from '../engine/kinetics/request.ts';
import { wordsOut } from '../engine/study/told.ts';
import type { ExtractionSettings } from '../radiomics/settings.ts';
import {
  asksForReason,
  gateOf,
  isOfRegion,
  together,
  verdictOn,
  verdictText,
} from '../engine/quality/verdict.ts';
import type { Override, Verdict } from '../quality/gate.ts';
import type { RuleProfile } from '../quality/rules/profile.ts';
import { BadArguments, type Parsed } from './arguments.ts';
import { say } from './output.ts';
import { profileFrom } from './qc.ts';

/** Options of commands whose numbers go through the gate. */
export const GATE_OPTIONS = ['rules', 'override', 'role'] as const;
export const GATE_FLAGS = ['qc'] as const;

/** `--qc FILE.json` as the flag and a profile: an option whose value may be left out is not known to the reader. */
export function gateArguments(args: readonly string[]): string[] {
  return args.flatMap((arg, at) => {
    if (arg.startsWith('--qc=')) return ['--qc', '--rules', arg.slice('--qc='.length)];
    const isProfile = args[at - 1] === '--qc' && !arg.startsWith('-');
    return isProfile ? ['--rules', arg] : [arg];
  });
}

/** What the person asked of the gate; null: the rules are not run. */
export interface GateRequest {
  readonly profile: RuleProfile | undefined;
  readonly override: Override | undefined;
}

/**
 * Reads `--qc`, `--override` and `--role`. `refused` when the profile is none: that was said on stderr.
 * @throws BadArguments for an override without its role, or without the rules
 */
export async function gateRequest(
  engine: Engine,
  { flags, value }: Parsed,
): Promise<GateRequest | null | 'refused'> {
  const [reason, role] = [value('override'), value('role')];
  if (!flags.has('qc')) {
    for (const name of GATE_OPTIONS)
      if (value(name) !== undefined) throw new BadArguments(`--${name} goes with --qc`);
    return null;
  }
  const override = overrideOf(reason, role);
  const profile = await profileFrom(engine, value('rules'));
  if (profile === null) return 'refused';
  return { profile, override };
}

/** Why numbers are used all the same. @throws BadArguments for a reason without its role, and for a blank one */
export function overrideOf(reason: string | undefined, role: string | undefined): Override | undefined {
  if ((reason ?? role) === undefined) return undefined;
  if (!(reason?.trim() && role?.trim()))
    throw new BadArguments('--override "reason" and --role "role" go together, and neither is blank');
  return { reason: reason.trim(), role: role.trim() };
}

/** What the rules said of numbers, as JSON prints it: the verdict with the sentence of every rule above information. */
export interface Numbers {
  readonly verdict: Verdict;
  /** The numbers must not be shown. */
  readonly closed: boolean;
  readonly printed: Omit<Verdict, 'rules'> & {
    readonly rules: readonly { readonly id: string; readonly severity: Severity; readonly message: string }[];
    readonly text: string;
    readonly withheld: boolean;
  };
}

export interface Gate {
  /** Of each region, in their order; one, of the whole image, where there are none. */
  readonly numbers: readonly Numbers[];
  /** Numbers of at least one region must not be shown. */
  readonly closed: boolean;
}

/** Runs the rules on a series with the regions that its numbers come from, and says on stderr what they found. */
export async function judge(
  engine: Engine,
  { profile, override }: GateRequest,
  of: {
    readonly study: Study;
    readonly series: string;
    readonly placed?: readonly PlacedRegion[];
    readonly tables?: readonly FeatureTable[];
    readonly fitted?: KineticResult;
  },
): Promise<Gate> {
  const { study, series, placed = [], tables = [], fitted } = of;
  const made = await engine.assess({
    study,
    series,
    masks: placed.map((p) => p.mask),
    regionFacts: {
      placing: placed.map((p) => ({ region: p.mask.name, method: p.placement, findings: p.findings })),
      ...(tables.length > 0 && { extractions: tables }),
    },
    ...(fitted && { fitted }),
    ...(profile && { profile }),
  });
  // A region is told where there are several: what blocks one leaves the numbers of the others.
  const numbers = placed.length === 0 ? [null] : placed.map((_, at) => at);
  const words = wordsOut(false);
  const gates = numbers.map((at) => {
    const verdict = verdictOn(made, at, override);
    const { results, reading } = (at === null ? undefined : made.regions[at]) ?? made.whole;
    const found = [...results, ...reading];
    const told = verdict.rules.map(({ id, severity }) => ({
      ...found.find((f) => f.id === id && f.severity === severity)!,
      id,
      severity,
    }));
    const closed = gateOf(verdict) === 'closed';
    const goes = releasedVerdict(verdict, words);
    return {
      verdict,
      closed,
      // On the screen under the names that the person knows; what is printed goes on with the numbers.
      lines: told.map((f) => {
        const whose =
          at !== null && placed.length > 1 && isOfRegion(f.id) ? `${placed[at]!.mask.name}: ` : '';
        return `${f.severity}  ${f.id}  ${whose}${fill(f.text.en, f.facts)}`;
      }),
      printed: {
        ...goes,
        rules: told.map((f) => ({
          id: f.id,
          severity: f.severity,
          message: words.filled(f.text.en, f.facts),
        })),
        text: verdictText(goes),
        withheld: closed,
      },
    };
  });
  const several = gates.length > 1;
  for (const line of new Set(gates.flatMap((g) => g.lines))) say(line);
  const closed = gates.filter((g) => g.closed);
  if (closed.length > 0) {
    const names = several
      ? ` of ${gates.flatMap((g, at) => (g.closed ? [placed[at]!.mask.name] : [])).join(', ')}`
      : '';
    say(
      `Numbers${names} are withheld: a rule blocks. To have them all the same: --override "reason" --role "role"`,
    );
  }
  if (gates.some((g) => !g.closed && asksForReason(g.verdict)))
    say('Warning: a rule failed; these numbers go out under that verdict, and no reason was given.');
  return { numbers: gates, closed: closed.length > 0 };
}

/** Numbers that come of several images, such as a fit and the T1 map that it took: the worst of each rule. */
export function pooled(all: readonly Numbers[]): Numbers {
  if (all.length === 1) return all[0]!;
  const verdict = together(all.map((n) => n.verdict));
  const goes = releasedVerdict(verdict, wordsOut(false));
  const closed = gateOf(verdict) === 'closed';
  const rules = all
    .flatMap((n) => n.printed.rules)
    .filter((r, at, list) => list.findIndex((o) => o.id === r.id && o.message === r.message) === at);
  return { verdict, closed, printed: { ...goes, rules, text: verdictText(goes), withheld: closed } };
}

/** What was said of the numbers of a NIfTI map when it was made: the file beside it under the same name has it. */
export async function saidBeside(path: string, { override }: GateRequest): Promise<Numbers | null> {
  const beside = path.replace(/\.nii(\.gz)?$/i, '.json');
  const text = beside === path ? '' : await readFile(beside, 'utf8').catch(() => '');
  let fields: unknown = null;
  try {
    fields = JSON.parse(text);
  } catch {
    // Nothing lies there, or something else.
  }
  if (typeof fields !== 'object' || fields === null) return null;
  const { verdict: found } = originOf(fields as Readonly<Record<string, unknown>>, {});
  if (!found) return null;
  const verdict = override ? { ...found, override } : found;
  const closed = gateOf(verdict) === 'closed';
  const goes = releasedVerdict(verdict, wordsOut(false));
  const rules = found.rules.map((r) => ({ ...r, message: 'Said of the map when it was made.' }));
  for (const r of rules) say(`${r.severity}  ${r.id}  ${path}: ${r.message}`);
  return { verdict, closed, printed: { ...goes, rules, text: verdictText(goes), withheld: closed } };
}

/** What the rules say of numbers of regions under these settings, from one table each, before they are measured many times. */
export async function judgeRegions(
  engine: Engine,
  asked: GateRequest,
  of: {
    readonly study: Study;
    readonly series: string;
    /** Ids. */
    readonly regions: readonly string[];
    readonly settings: ExtractionSettings;
    readonly resample: boolean;
  },
): Promise<Gate> {
  const { study, series, regions, settings, resample } = of;
  const placed = [];
  const tables = [];
  for (const region of regions) {
    placed.push(await engine.placeRegion(study, region, series, { resample }));
    tables.push(await engine.extract({ study, series, region, settings, resample }));
  }
  return judge(engine, asked, { study, series, placed, tables });
}

/** Why a block on one region hides the numbers of all, where they make one statistic. */
export function sayPooled(regions: number): void {
  if (regions > 1)
    say('All regions make one statistic, so that none is shown; name the others to measure them alone.');
}

/** A table without its numbers. */
export const withoutNumbers = (table: FeatureTable): FeatureTable => ({
  ...table,
  diagnostics: [],
  features: [],
});

/** Printed tables, each with what the rules said of its region. */
export function withQc(json: string, { numbers }: Gate): string {
  const made = JSON.parse(json) as object | readonly object[];
  const out = Array.isArray(made)
    ? made.map((m: object, at) => ({ ...m, qc: numbers[at]!.printed }))
    : { ...made, qc: numbers[0]!.printed };
  return JSON.stringify(out, null, 2);
}
