import { writeFile } from 'node:fs/promises';
import { RefusedInput } from '../core/refusal.ts';
import { releasedRecord } from '../engine/export.ts';
import { createNodeEngine } from '../engine/node.ts';
import type { PreprocessRequest } from '../engine/preprocess/request.ts';
import { wordsOut } from '../engine/study/told.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { regionsNamed, seriesFor } from './choice.ts';
import { filesUnder } from './files.ts';
import { exitCodeOf, print, say, SOME_REFUSED } from './output.ts';

const OPTIONS = ['image', 'mask', 'region', 'steps', 'out', 'reference', 'set', 'series', 'phase'] as const;

/** An image after steps of preprocessing, as NIfTI, with figures and provenance on stdout. */
export async function preprocessCommand(args: readonly string[]): Promise<number> {
  const { paths, value, need, all } = readArguments(args, OPTIONS);
  if (paths.length > 0) throw new BadArguments(`unknown argument ${paths[0]}`);
  const out = need('out');
  if (!/\.nii\.gz$/.test(out)) throw new BadArguments('--out ends in .nii.gz');
  const engine = createNodeEngine();
  const steps = stepsOf(need('steps'), all('set'), await engine.preprocessingSteps());
  const phase = value('phase') === undefined ? 0 : Number(value('phase'));
  const image = await engine.open(
    (await filesUnder([need('image')])).map((f) => ({ ...f, use: 'image' as const })),
  );
  const series = seriesFor(image, value('series'));
  if (!Number.isInteger(phase) || phase < 0 || phase >= series.size[3]) {
    throw new BadArguments(`--phase is 0 to ${series.size[3] - 1}`);
  }
  let study = image;
  let region: string | null = null;
  const mask = value('mask');
  if (mask !== undefined) {
    study = await engine.open(
      (await filesUnder([mask])).map((f) => ({ ...f, use: 'mask' as const })),
      {
        into: study,
      },
    );
    const fresh = study.regions.filter((r) => !image.regions.some((old) => old.id === r.id));
    const named = regionsNamed(fresh.length > 0 ? fresh : study.regions, all('region'));
    if (named.length !== 1) throw new BadArguments(`name one region: ${named.map((r) => r.name).join(', ')}`);
    region = named[0].id;
  }
  const before = new Set(study.series.map((s) => s.uid));
  for (const path of all('reference')) {
    study = await engine.open(
      (await filesUnder([path])).map((f) => ({ ...f, use: 'image' as const })),
      {
        into: study,
      },
    );
  }
  const references = study.series.filter((s) => !before.has(s.uid)).map((s) => s.uid);
  try {
    const done = await engine.preprocess({
      study,
      series: series.uid,
      phase,
      steps,
      region,
      references,
    });
    await writeFile(out, await engine.preprocessedAsNifti(done));
    for (const step of done.record.steps) {
      const figures = step.figures.map(
        (f) => `${f.id} ${f.value === null ? '–' : Number(f.value.toPrecision(4))}${f.unit && ` ${f.unit}`}`,
      );
      say(`${step.id}  ${figures.join('; ')}`);
    }
    print({
      ...releasedRecord(done.record, wordsOut(false)),
      out,
      size: done.volume.grid.size,
      milliseconds: done.milliseconds,
    });
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal(series.description));
    say(`refused: ${sentence.en} ${remedy.en}`);
    return SOME_REFUSED;
  }
  return exitCodeOf(engine, study);
}

/** Steps by name, with `--set step.parameter=value`. @throws BadArguments for names that do not exist. */
function stepsOf(
  text: string,
  settings: readonly string[],
  known: Awaited<ReturnType<ReturnType<typeof createNodeEngine>['preprocessingSteps']>>,
): PreprocessRequest['steps'] {
  const chosen = text.split(',').map((id) => {
    const found = known.find((s) => s.id === id.trim());
    if (!found) throw new BadArguments(`no step "${id}"; there are: ${known.map((s) => s.id).join(', ')}`);
    return { step: found, parameters: {} as Record<string, number | string> };
  });
  for (const setting of settings) {
    const [, id, parameter, given] = /^([^.=]+)\.([^=]+)=(.*)$/.exec(setting) ?? [];
    const target = chosen.find((c) => c.step.id === id);
    const kind = target?.step.parameters.find((p) => p.id === parameter)?.kind;
    if (!target || parameter === undefined || given === undefined || kind === undefined) {
      throw new BadArguments(`--set ${setting}: write STEP.PARAMETER=VALUE for one of the steps`);
    }
    target.parameters[parameter] = kind === 'number' ? Number(given) : given;
  }
  return chosen.map(({ step, parameters }) => ({ id: step.id, parameters }));
}
