import type { Finding } from '../core/finding.ts';
import { fill } from '../core/localised.ts';
import type { Engine, Study } from '../engine/api.ts';

export const DONE = 0;
export const SOME_REFUSED = 3;

/** A finding as the command line prints it: plain English beside its facts. */
export const printedFinding = (f: Finding) => ({
  id: f.id,
  severity: f.severity,
  subject: f.subject,
  message: fill(f.text.en, f.facts),
  ...(f.remedy && { remedy: fill(f.remedy.en, f.facts) }),
  facts: f.facts,
});

/** Refused files, each with its sentence and what to do. */
export const printedRefusals = (engine: Engine, study: Study) =>
  study.refused.map((r) => {
    const { sentence, remedy } = engine.explain(r);
    return { file: r.file, kind: r.kind, message: `${sentence.en} ${remedy.en}` };
  });

export function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** Names each refused file on stderr and gives the exit code that says whether there were any. */
export function exitCodeOf(engine: Engine, study: Study): number {
  for (const r of printedRefusals(engine, study)) say(`refused ${r.file}: ${r.message}`);
  return study.refused.length > 0 ? SOME_REFUSED : DONE;
}
