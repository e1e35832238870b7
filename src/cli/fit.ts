import { readFile } from 'node:fs/promises';
import { RefusedInput } from '../core/refusal.ts';
import { createNodeEngine } from '../engine/node.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { fitSeries, SERIES_OPTIONS } from './fit-series.ts';
import { DONE, print, say, SOME_REFUSED } from './output.ts';

/** Kinetic models fitted to curves in a JSON file, or to every voxel of a dynamic series. */
export async function fitCommand(args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, ['curves', 'model', ...SERIES_OPTIONS]);
  const { need, paths, value } = parsed;
  if (paths.length > 0) throw new BadArguments(`unknown argument ${paths[0]}`);
  if ((value('curves') === undefined) === (value('series') === undefined))
    throw new BadArguments('name --curves FILE.json or --series PATH');
  const engine = createNodeEngine();
  const model = engine.kineticModels.find((m) => m.id === need('model'))?.id;
  if (!model)
    throw new BadArguments(`--model is one of: ${engine.kineticModels.map((m) => m.id).join(', ')}`);
  const file = value('curves') ?? need('series');
  let text = '';
  try {
    if (value('curves') !== undefined) text = await readFile(file, 'utf8');
  } catch (error) {
    throw new BadArguments(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  try {
    if (value('series') !== undefined) return await fitSeries(engine, model, parsed);
    const { results, refused } = await engine.fitCurves(text, model);
    const printed = refused.map((r) => {
      const { sentence, remedy } = engine.explain(r);
      return { case: r.file, kind: r.kind, message: `${sentence.en} ${remedy.en}` };
    });
    for (const r of printed) say(`refused ${r.case}: ${r.message}`);
    print({ model, results, refused: printed });
    return refused.length > 0 ? SOME_REFUSED : DONE;
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal(file));
    say(`refused: ${sentence.en} ${remedy.en}`);
    print({
      model,
      results: [],
      refused: [{ file, kind: error.kind, message: `${sentence.en} ${remedy.en}` }],
    });
    return SOME_REFUSED;
  }
}
