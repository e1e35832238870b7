import { readFile } from 'node:fs/promises';
import { RefusedInput } from '../core/refusal.ts';
import type { Engine } from '../engine/api.ts';
import { createNodeEngine } from '../engine/node.ts';
import type { ModelId } from '../kinetics/models/model.ts';
import { verdictText } from '../engine/quality/verdict.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { printedCarried } from './carried.ts';
import { fitSeries, SERIES_OPTIONS } from './fit-series.ts';
import { GATE_FLAGS, GATE_OPTIONS, gateArguments } from './gate.ts';
import { DONE, print, say, SOME_REFUSED } from './output.ts';

/**
 * Not models: the shape of the curves, T1 from several flip angles or inversion times, the model of the lowest AICc in
 * each voxel, and the motion between frames.
 */
const MAPS = ['curve-shape', 't1', 'best', 'motion'] as const;

/** Kinetic models fitted to curves in a JSON file, or to every voxel of a dynamic series. */
export async function fitCommand(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    gateArguments(args),
    ['curves', 'model', ...SERIES_OPTIONS, ...GATE_OPTIONS],
    ['dicom', 'identified', ...GATE_FLAGS],
  );
  const { need, paths, value } = parsed;
  if (paths.length > 0) throw new BadArguments(`unknown argument ${paths[0]}`);
  const [curves, series] = [value('curves'), value('series')];
  const file = curves ?? series;
  if (file === undefined || (curves !== undefined && series !== undefined))
    throw new BadArguments('name --curves FILE.json or --series PATH');
  if (series === undefined || need('model') === 'motion')
    for (const option of [...GATE_FLAGS, ...GATE_OPTIONS])
      if (parsed.flags.has(option) || value(option) !== undefined)
        throw new BadArguments(
          `--${option === 'rules' ? 'qc' : option} goes with maps of a series: --series and a model or t1; of curves, what their file says of the rules is carried on`,
        );
  const engine = createNodeEngine();
  const model = engine.kineticModels.find((m) => m.id === need('model'))?.id;
  const map = series === undefined ? undefined : MAPS.find((m) => m === need('model'));
  const asked = model ?? map;
  if (!asked)
    throw new BadArguments(
      `--model is one of: ${engine.kineticModels.map((m) => m.id).join(', ')}; with --series also ${MAPS.join(', ')}`,
    );
  try {
    if (curves !== undefined && model) return await fitCurves(engine, await textOf(curves), model);
    return await fitSeries(engine, asked, parsed);
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal(file));
    const message = `${sentence.en} ${remedy.en}`;
    say(`refused: ${message}`);
    print({ model: asked, results: [], refused: [{ file, kind: error.kind, message }] });
    return SOME_REFUSED;
  }
}

async function fitCurves(engine: Engine, text: string, model: ModelId): Promise<number> {
  const { results, refused, carried } = await engine.fitCurves(text, model);
  const printed = refused.map((r) => {
    const { sentence, remedy } = engine.explain(r);
    return { case: r.file, kind: r.kind, message: `${sentence.en} ${remedy.en}` };
  });
  for (const r of printed) say(`refused ${r.case}: ${r.message}`);
  const fits = results.map(({ origin, ...fit }) => ({
    ...fit,
    ...(origin?.verdict && { ...origin, verdict: verdictText(origin.verdict) }),
  }));
  print({ model, results: fits, ...printedCarried(carried), refused: printed });
  return refused.length > 0 ? SOME_REFUSED : DONE;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new BadArguments(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
