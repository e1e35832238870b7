import { readFile, writeFile } from 'node:fs/promises';
import { RefusedInput } from '../core/refusal.ts';
import type { Study } from '../engine/api.ts';
import type { Constancy } from '../engine/equipment/api.ts';
import { createNodeEngine } from '../engine/node.ts';
import type { PhantomMeasurement } from '../quality/physical-phantoms/measure.ts';
import type { PhantomTemplate } from '../quality/physical-phantoms/template.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { seriesFor } from './choice.ts';
import { filesUnder } from './files.ts';
import { exitCodeOf, print, printedRefusals, say, SOME_REFUSED } from './output.ts';

const OPTIONS = [
  'image',
  'template',
  'truth',
  'factor',
  'series',
  'phase',
  'save',
  'kind',
  'date',
  'role',
  'device',
] as const;

/** Finds a physical phantom in an image and measures it; `--save` adds the numbers as a run to a file of runs. */
export async function phantomMeasureCommand(args: readonly string[]): Promise<number> {
  const { paths, value, need, all } = readArguments(args, OPTIONS);
  if (paths.length > 0) throw new BadArguments(`unknown argument ${paths[0]}`);
  const engine = createNodeEngine();
  const phantoms = await engine.phantoms();
  const asked = need('template');
  // What is being read, so that a refusal names the right file.
  let file = asked;
  try {
    const known = phantoms.templates.find((t) => t.id === asked);
    if (!known && !asked.endsWith('.json')) {
      throw new BadArguments(
        `--template is a FILE.json or one of: ${phantoms.templates.map((t) => t.id).join(', ')}`,
      );
    }
    const template = withTruths(known ?? phantoms.fromJson(await textOf(asked)), all('truth'));
    file = need('image');
    const study = await engine.open(
      (await filesUnder([need('image')])).map((f) => ({ ...f, use: 'image' as const })),
    );
    const series = seriesFor(study, value('series'));
    const place = { study, series: series.uid, phase: numberOf('phase', value('phase'), 0), template };
    const found = await phantoms.find(place);
    const factor = value('factor');
    const measured = await phantoms.measure(
      place,
      found.pose,
      factor === undefined ? {} : { factor: numberOf('factor', factor, 1) },
    );
    tell(template, measured);
    const save = value('save');
    const constancy = await engine.constancy();
    if (save !== undefined) {
      file = save;
      await saveRun(
        save,
        constancy,
        study,
        series.uid,
        {
          kind: oneOf('kind', value('kind') ?? 'constancy', constancy.kinds),
          operator: oneOf('role', value('role') ?? 'physicist', constancy.roles),
          date: value('date') ?? new Date().toISOString().slice(0, 10),
          template: measured.template,
          results: phantoms.resultsOf(template, measured),
          series: await constancy.fingerprint(study, series.uid),
        },
        value('device'),
      );
    }
    print({
      ...measured,
      likeness: found.likeness,
      remarks: found.remarks,
      refused: printedRefusals(engine, study),
      software: { name: 'kinetex', version: engine.version },
    });
    return exitCodeOf(engine, study);
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal(file));
    const message = `${sentence.en} ${remedy.en}`;
    say(`refused ${file}: ${message}`);
    print({ inserts: [], metrics: [], refused: [{ file, kind: error.kind, message }] });
    return SOME_REFUSED;
  }
}

function tell(template: PhantomTemplate, { inserts, metrics }: PhantomMeasurement): void {
  const shown = (v: number | null) => (v === null ? '–' : String(Number(v.toPrecision(5))));
  for (const insert of inserts) {
    const label = template.inserts.find((i) => i.id === insert.id)!.label.en;
    say(
      `${label}: ${shown(insert.mean)} ± ${shown(insert.sd)} (truth ${shown(insert.truth)})  ${insert.reason ?? insert.severity}`,
    );
  }
  for (const m of metrics) say(`${m.id}: ${shown(m.value)} ${m.unit}  ${m.reason ?? m.severity}`);
}

/** Truths by `--truth ID=NUMBER`. @throws BadArguments for inserts that there are not */
function withTruths(template: PhantomTemplate, settings: readonly string[]): PhantomTemplate {
  const truths = new Map(
    settings.map((s) => {
      const [, id, text] = /^([^=]+)=(.+)$/.exec(s) ?? [];
      if (id === undefined || !template.inserts.some((i) => i.id === id)) {
        throw new BadArguments(
          `--truth ${s}: ID=NUMBER, ids: ${template.inserts.map((i) => i.id).join(', ')}`,
        );
      }
      return [id, numberOf('truth', text, 0)] as const;
    }),
  );
  return {
    ...template,
    inserts: template.inserts.map((i) => ({ ...i, truth: truths.get(i.id) ?? i.truth })),
  };
}

async function saveRun(
  path: string,
  constancy: Constancy,
  study: Study,
  series: string,
  run: Parameters<Constancy['saveRun']>[1],
  named: string | undefined,
): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => null);
  if (before !== null) await constancy.importJson(before);
  const modality = study.series.find((s) => s.uid === series)?.modality ?? '';
  const own = await constancy.deviceOf(study, series);
  const device =
    named === undefined && own.id !== '' ? own : await constancy.deviceNamed(named ?? 'unnamed', modality);
  await constancy.saveRun(device, run);
  await writeFile(path, constancy.toJson((await constancy.books()).books));
  say(`run of ${run.date} saved to ${path}`);
}

function numberOf(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const n = Number(text);
  if (text.trim() === '' || !Number.isFinite(n)) throw new BadArguments(`--${name} ${text} is no number`);
  return n;
}

function oneOf<T extends string>(name: string, text: string, values: readonly T[]): T {
  const found = values.find((v) => v === text);
  if (found === undefined) throw new BadArguments(`--${name} is one of: ${values.join(', ')}`);
  return found;
}

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new BadArguments(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
