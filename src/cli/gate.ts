import { fill } from '../core/localised.ts';
import type { Engine, FeatureTable, PlacedRegion, Study } from '../engine/api.ts';
import { releasedVerdict } from '../engine/export.ts';
import { wordsOut } from '../engine/study/told.ts';
import { asksForReason, gateOf, verdictOf, verdictText } from '../engine/quality/verdict.ts';
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
  if ((reason ?? role) !== undefined && !(reason?.trim() && role?.trim()))
    throw new BadArguments('--override "reason" and --role "role" go together, and neither is blank');
  const profile = await profileFrom(engine, value('rules'));
  if (profile === null) return 'refused';
  return { profile, override: reason && role ? { reason: reason.trim(), role: role.trim() } : undefined };
}

/** What the rules said, as JSON prints it: the verdict with the sentence of every rule above information. */
export interface Gate {
  readonly verdict: Verdict;
  /** Numbers must not be shown. */
  readonly closed: boolean;
  readonly printed: object;
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
  },
): Promise<Gate> {
  const { study, series, placed = [], tables = [] } = of;
  const made = await engine.assess({
    study,
    series,
    masks: placed.map((p) => p.mask),
    regionFacts: {
      placing: placed.map((p) => ({ region: p.mask.name, method: p.placement, findings: p.findings })),
      ...(tables.length > 0 && { extractions: tables }),
    },
    ...(profile && { profile }),
  });
  const found = [...made.results, ...made.reading];
  const verdict = verdictOf(found, made.profile, override);
  const closed = gateOf(verdict) === 'closed';
  const words = wordsOut(false);
  const rules = verdict.rules.map(({ id, severity }) => {
    const told = found.find((f) => f.id === id && f.severity === severity)!;
    say(`${severity}  ${id}  ${fill(told.text.en, told.facts)}`);
    // On the screen under the names that the person knows; what is printed goes on with the numbers.
    return { id, severity, message: words.filled(told.text.en, told.facts) };
  });
  if (closed)
    say('Numbers are withheld: a rule blocks. To have them all the same: --override "reason" --role "role"');
  else if (asksForReason(verdict))
    say('Warning: a rule failed; these numbers go out under that verdict, and no reason was given.');
  return {
    verdict,
    closed,
    printed: {
      ...releasedVerdict(verdict, words),
      rules,
      text: verdictText(releasedVerdict(verdict, words)),
      withheld: closed,
    },
  };
}

/** A table without its numbers. */
export const withoutNumbers = (table: FeatureTable): FeatureTable => ({
  ...table,
  diagnostics: [],
  features: [],
});

/** Printed tables, or a summary, with what the rules said in each. */
export function withQc(json: string, { printed }: Gate): string {
  const made = JSON.parse(json) as object | readonly object[];
  const out = Array.isArray(made)
    ? made.map((m: object) => ({ ...m, qc: printed }))
    : { ...made, qc: printed };
  return JSON.stringify(out, null, 2);
}
