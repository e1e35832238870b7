import { readFile, writeFile } from 'node:fs/promises';
import { fill } from '../core/localised.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { Engine, Study } from '../engine/api.ts';
import { createNodeEngine } from '../engine/node.ts';
import { robustWith, saidOf, withVerdicts } from '../engine/repeatability/export.ts';
import type { ReaderProposal } from '../engine/repeatability/request.ts';
import { readSettings } from '../engine/settings.ts';
import type { RegionPair } from '../quality/readers/pair-regions.ts';
import type { ExtractionSettings } from '../radiomics/settings.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { filesUnder } from './files.ts';
import {
  GATE_FLAGS,
  GATE_OPTIONS,
  gateArguments,
  gateRequest,
  judgeRegions,
  sayPooled,
  type GateRequest,
  type Numbers,
} from './gate.ts';
import { exitCodeOf, print, say, SOME_REFUSED } from './output.ts';
import { iccForm, withSentences } from './statistics.ts';

const OPTIONS = ['image', 'first', 'second', 'pair', 'settings', 'series', 'icc', 'limit', 'table', 'robust'];

/** How far two readers' outlines and their features agree; verdict of each feature as JSON. */
export async function readersCommand(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    gateArguments(args),
    [...OPTIONS, ...GATE_OPTIONS],
    ['resample', 'true-zero', ...GATE_FLAGS],
  );
  const { paths, need, value, all, flags } = parsed;
  if (paths.length > 0) throw new BadArguments(`unknown argument ${paths[0]}`);
  const limit = value('limit');
  if (limit !== undefined && !(Number(limit) > 0)) throw new BadArguments('--limit takes a number above 0');
  const icc = iccForm(value('icc'));
  const engine = createNodeEngine();
  const settingsFile = value('settings');
  try {
    const gateAsked = await gateRequest(engine, parsed);
    if (gateAsked === 'refused') return SOME_REFUSED;
    const { settings, notes } = await readSettings(settingsFile ? await readFile(settingsFile, 'utf8') : '');
    for (const note of notes) say(`${note.key}: ${note.text.en}`);
    let study: Study | undefined;
    const sides: (readonly string[])[] = [];
    for (const name of ['image', 'first', 'second'] as const) {
      const use = name === 'image' ? ('image' as const) : ('mask' as const);
      const files = (await filesUnder([need(name)])).map((f) => ({ ...f, use }));
      const before: Study | undefined = study;
      study = await engine.open(files, before ? { into: before } : {});
      const known = before?.regions.map((r) => r.id);
      sides.push(study.regions.map((r) => r.id).filter((id) => !known?.includes(id)));
    }
    if (!study) return SOME_REFUSED;
    const [, first = [], second = []] = sides;
    const series = value('series');
    const proposal = await engine.readerPairs(study, { sides: { first, second }, ...(series && { series }) });
    const asked = all('pair').map((text) => named(proposal, text));
    const pairs = asked.length > 0 ? asked : proposal.pairs;
    if (asked.length === 0)
      for (const { name } of proposal.alone) say(`${name} has no counterpart and is left out`);
    const of = { study, pairs, settings, resample: flags.has('resample') };
    const numbers = gateAsked && (await judgeReaders(engine, gateAsked, of));
    const qc = numbers && { qc: numbers.map((n) => n.printed) };
    const verdicts = pairs.flatMap((_, n) => [0, 1].map((side) => numbers?.[2 * n + side]!.verdict ?? null));
    const said = saidOf(settings, verdicts);
    if (numbers?.some((n) => n.closed)) {
      sayPooled(numbers.length);
      print({ ...said, pairs: [], report: { features: [] }, findings: [], refused: [], ...qc });
      return SOME_REFUSED;
    }
    const done = await engine.readerStudy({
      ...of,
      statistics: {
        icc,
        trueZero: flags.has('true-zero'),
        ...(limit !== undefined && { limitPercent: Number(limit) }),
      },
    });
    const table = value('table');
    if (table !== undefined) await writeFile(table, withVerdicts(done.csv, settings, verdicts));
    const robust = value('robust');
    const list = robustWith(done.report.robust, said);
    if (robust !== undefined) await writeFile(robust, `${JSON.stringify(list, null, 2)}\n`);
    const statistics = await engine.statistics();
    const { csv: _, report, findings, ...rest } = done;
    for (const f of findings) say(`${fill(f.text.en, f.facts)} ${f.remedy?.en ?? ''}`);
    print({
      ...rest,
      ...said,
      report: {
        ...report,
        robust: list,
        features: report.features.map((f) => withSentences(statistics, f)),
      },
      findings,
      refused: [],
      ...qc,
    });
    return exitCodeOf(engine, study);
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const file = error.kind === 'settings_invalid' && settingsFile ? settingsFile : need('second');
    const { sentence, remedy } = engine.explain(error.toRefusal(file));
    say(`refused: ${sentence.en} ${remedy.en}`);
    print({ refused: [{ file, kind: error.kind, message: `${sentence.en} ${remedy.en}` }] });
    return SOME_REFUSED;
  }
}

/** What the rules say of both regions of each pair, first and second in turn: a reader at a time, for both use the same names. */
async function judgeReaders(
  engine: Engine,
  asked: GateRequest,
  of: {
    readonly study: Study;
    readonly pairs: readonly RegionPair[];
    readonly settings: ExtractionSettings;
    readonly resample: boolean;
  },
): Promise<Numbers[]> {
  const { pairs, ...rest } = of;
  const numbers: Numbers[] = [];
  for (const series of new Set(pairs.map((p) => p.series)))
    for (const [at, side] of (['first', 'second'] as const).entries()) {
      const own = [...pairs.entries()].filter(([, p]) => p.series === series);
      const regions = own.map(([, p]) => p[side]);
      const gate = await judgeRegions(engine, asked, { ...rest, series, regions });
      own.forEach(([n], i) => (numbers[2 * n + at] = gate.numbers[i]!));
    }
  return numbers;
}

/** `A=B`: a region of the first reader and one of the second, by their names. */
function named({ regions }: ReaderProposal, text: string): RegionPair {
  const [left, right, more] = text.split('=');
  if (!left || !right || more !== undefined) throw new BadArguments('--pair takes NAME=NAME');
  const find = (side: 'first' | 'second', name: string) => {
    const found = regions.filter((r) => r.side === side && r.name === name);
    if (found.length === 1) return found[0];
    const names = regions.filter((r) => r.side === side).map((r) => r.name);
    throw new BadArguments(
      `the ${side} reader has ${found.length} regions named ${name}; there are: ${names.join(', ')}`,
    );
  };
  const [a, b] = [find('first', left), find('second', right)];
  return { subject: a.name, first: a.id, second: b.id, series: a.series };
}
