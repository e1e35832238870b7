import { readFile } from 'node:fs/promises';
import { RefusedInput } from '../core/refusal.ts';
import { createNodeEngine } from '../engine/node.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { DONE, print, say, SOME_REFUSED } from './output.ts';

/** Judges a file of equipment runs: control charts of constancy, limits of acceptance and periodic runs. */
export async function constancyCommand(args: readonly string[]): Promise<number> {
  const { paths, need, value, flags } = readArguments(args, ['runs', 'rules', 'limits'], ['csv']);
  if (paths.length > 0) throw new BadArguments(`unknown argument ${paths[0]}`);
  const file = need('runs');
  const rules = value('rules') ?? 'western-electric';
  const limits = value('limits') ?? 'prediction';
  if (rules !== 'western-electric' && rules !== 'westgard')
    throw new BadArguments('--rules is western-electric or westgard');
  if (limits !== 'prediction' && limits !== 'plain')
    throw new BadArguments('--limits is prediction or plain');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new BadArguments(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const engine = createNodeEngine();
  const constancy = await engine.constancy();
  try {
    const devices = (await constancy.fromJson(text)).map((book) => ({
      device: book.device,
      runs: book.runs.length,
      ...constancy.judgeDevice(book, { rules, limits }),
    }));
    for (const d of devices) {
      say(`${d.device.label || d.device.id}: ${d.severity}`);
      for (const c of d.constancy) {
        const rung = c.charts.filter((x) => x.severity === 'fail' || x.severity === 'warn');
        say(
          `  constancy ${c.template}: ${c.severity}, ${c.since} runs since the baseline${rung.map((x) => `; ${x.result} ${x.severity}`).join('')}`,
        );
      }
      for (const l of d.limits) say(`  run ${l.run}: ${l.severity}`);
    }
    if (flags.has('csv')) process.stdout.write(csvOf(devices));
    else print({ file, settings: { rules, limits }, devices, refused: [] });
    return DONE;
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal(file));
    const message = `${sentence.en} ${remedy.en}`;
    say(`refused ${file}: ${message}`);
    if (!flags.has('csv')) print({ file, devices: [], refused: [{ file, kind: error.kind, message }] });
    return SOME_REFUSED;
  }
}

type Judged = { readonly device: { readonly label: string } } & ReturnType<
  Awaited<ReturnType<ReturnType<typeof createNodeEngine>['constancy']>>['judgeDevice']
>;

/** One row a run and result of the charts. Cells never start a formula. */
function csvOf(devices: readonly Judged[]): string {
  const cell = (v: string | number) => {
    const text = typeof v === 'number' ? String(v) : /^[=+\-@\t\r]/.test(v) ? `'${v}` : v;
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const head =
    'device,template,result,unit,date,value,mean,sd,baseline_n,line_3sd,rules,ewma,ewma_limit,ewma_signal,cusum_up,cusum_down,cusum_signal';
  const rows = devices.flatMap((d) =>
    d.constancy.flatMap((c) =>
      c.charts.flatMap((x) =>
        x.runs.map((r) =>
          [
            d.device.label,
            c.template,
            x.result,
            x.unit,
            r.date,
            r.value,
            x.baseline.mean,
            x.baseline.sd,
            x.baseline.n,
            x.lines[2],
            r.rung.join(' '),
            r.ewma,
            r.ewmaLimit,
            Number(r.ewmaSignal),
            r.up,
            r.down,
            Number(r.cusumSignal),
          ]
            .map(cell)
            .join(','),
        ),
      ),
    ),
  );
  return `${[head, ...rows].join('\n')}\n`;
}
