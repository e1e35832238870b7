import { RefusedInput } from '../core/refusal.ts';
import { createNodeEngine } from '../engine/node.ts';
import { readArguments } from './arguments.ts';
import { DONE, print, say, SOME_REFUSED } from './output.ts';

/** Every segmentation tool on the digital phantoms; a Markdown table on stdout, or JSON. */
export async function segmentationBenchCommand(args: readonly string[]): Promise<number> {
  const { value, flags } = readArguments(args, ['tools', 'repeats']);
  const tools = value('tools')?.split(',');
  const engine = createNodeEngine();
  let told = '';
  try {
    const rows = await engine.segmentationBench(
      { repeats: Number(value('repeats') ?? 3), ...(tools && { tools }) },
      {
        onProgress: (_share, what = '') => {
          if (what !== told) say(what);
          told = what;
        },
      },
    );
    if (flags.has('json')) print(rows);
    else process.stdout.write(`${tableOf(rows)}\n`);
    return DONE;
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal('segmentation-bench'));
    say(`refused: ${sentence.en} ${remedy.en}`);
    return SOME_REFUSED;
  }
}

type Rows = Awaited<ReturnType<ReturnType<typeof createNodeEngine>['segmentationBench']>>;

function tableOf(rows: Rows): string {
  const cell = (e: Rows[number]['dice'], digits: number) =>
    e === null
      ? '–'
      : `${e.mean.toFixed(digits)}${e.low === null ? '' : ` [${e.low.toFixed(digits)}, ${e.high!.toFixed(digits)}]`}`;
  const lines = rows.map(
    (r) =>
      `| ${r.tool} | ${r.shape} | ${r.contrastToNoise} | ${cell(r.dice, 3)} | ${cell(r.bias, 1)} | ${r.variation?.toFixed(1) ?? '–'} | ${cell(r.hd95, 2)} | ${r.pass ? 'pass' : 'fail'} |`,
  );
  return [
    '| tool | lesion | contrast / noise | Dice | volume bias, % | volume variation, % | HD95, mm | R69 |',
    '| :-- | :-- | --: | --: | --: | --: | --: | :-- |',
    ...lines,
  ].join('\n');
}
