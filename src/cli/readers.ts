import { readFile, writeFile } from 'node:fs/promises';
import { fill } from '../core/localised.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { Study } from '../engine/api.ts';
import { createNodeEngine } from '../engine/node.ts';
import type { ReaderProposal } from '../engine/repeatability/request.ts';
import { readSettings } from '../engine/settings.ts';
import type { RegionPair } from '../quality/readers/pair-regions.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { filesUnder } from './files.ts';
import { exitCodeOf, print, say, SOME_REFUSED } from './output.ts';
import { iccForm, withSentences } from './statistics.ts';

const OPTIONS = ['image', 'first', 'second', 'pair', 'settings', 'series', 'icc', 'limit', 'table', 'robust'];

/** How far two readers' outlines and their features agree; verdict of each feature as JSON. */
export async function readersCommand(args: readonly string[]): Promise<number> {
  const { paths, need, value, all, flags } = readArguments(args, OPTIONS, ['resample', 'true-zero']);
  if (paths.length > 0) throw new BadArguments(`unknown argument ${paths[0]}`);
  const limit = value('limit');
  if (limit !== undefined && !(Number(limit) > 0)) throw new BadArguments('--limit takes a number above 0');
  const icc = iccForm(value('icc'));
  const engine = createNodeEngine();
  const settingsFile = value('settings');
  try {
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
    const done = await engine.readerStudy({
      study,
      pairs,
      settings,
      resample: flags.has('resample'),
      statistics: {
        icc,
        trueZero: flags.has('true-zero'),
        ...(limit !== undefined && { limitPercent: Number(limit) }),
      },
    });
    const table = value('table');
    if (table !== undefined) await writeFile(table, done.csv);
    const robust = value('robust');
    if (robust !== undefined) await writeFile(robust, `${JSON.stringify(done.report.robust, null, 2)}\n`);
    const statistics = await engine.statistics();
    const { csv: _, report, findings, ...rest } = done;
    for (const f of findings) say(`${fill(f.text.en, f.facts)} ${f.remedy?.en ?? ''}`);
    print({
      ...rest,
      report: { ...report, features: report.features.map((f) => withSentences(statistics, f)) },
      findings,
      refused: [],
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
