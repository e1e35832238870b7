import { readFile } from 'node:fs/promises';
import type { Series } from '../core/series.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { NameScheme, Study } from '../engine/api.ts';
import { createNodeEngine } from '../engine/node.ts';
import { readSettings } from '../engine/settings.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { filesUnder } from './files.ts';
import { exitCodeOf, print, printedFinding, say, SOME_REFUSED } from './output.ts';

const SCHEMES: readonly NameScheme[] = ['ibsi', 'pyradiomics', 'mirp'];

/** Features of the regions of a mask on an image. */
export async function extractCommand(args: readonly string[]): Promise<number> {
  const { need, value, all, flags } = readArguments(
    args,
    ['image', 'mask', 'region', 'settings', 'names', 'series'],
    ['csv', 'resample'],
  );
  const names = (value('names') ?? 'ibsi') as NameScheme;
  if (!SCHEMES.includes(names)) throw new BadArguments(`--names takes one of ${SCHEMES.join(', ')}`);
  const imageFiles = (await filesUnder([need('image')])).map((f) => ({ ...f, use: 'image' as const }));
  const maskFiles = (await filesUnder([need('mask')])).map((f) => ({ ...f, use: 'mask' as const }));
  const settingsFile = value('settings');
  const engine = createNodeEngine();
  try {
    const { settings, notes } = await readSettings(settingsFile ? await readFile(settingsFile, 'utf8') : '');
    for (const note of notes) say(`${note.key}: ${note.text.en}`);
    const image = await engine.open(imageFiles);
    const study = await engine.open(maskFiles, { into: image });
    const series = seriesFor(image, value('series'));
    const fresh = study.regions.filter((r) => !image.regions.some((old) => old.id === r.id));
    const regions = regionsNamed(fresh.length > 0 ? fresh : study.regions, all('region'));
    const tables = [];
    for (const region of regions) {
      tables.push(
        await engine.extract({
          study,
          series: series.uid,
          region: region.id,
          settings,
          resample: flags.has('resample'),
        }),
      );
    }
    for (const f of tables.flatMap((t) => t.findings).map(printedFinding))
      say(`${f.severity}  ${f.id}  ${f.message}`);
    if (flags.has('csv')) process.stdout.write(engine.exportCsv(tables, { names }));
    else process.stdout.write(`${engine.exportJson(tables, { names })}\n`);
    return exitCodeOf(engine, study);
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const file = error.kind === 'settings_invalid' && settingsFile ? settingsFile : need('mask');
    const { sentence, remedy } = engine.explain(error.toRefusal(file));
    say(`refused: ${sentence.en} ${remedy.en}`);
    print({ refused: [{ file, kind: error.kind, message: `${sentence.en} ${remedy.en}` }] });
    return SOME_REFUSED;
  }
}

function seriesFor(study: Study, uid: string | undefined): Series {
  const found = study.series.filter((s) => uid === undefined || s.uid === uid);
  if (found.length === 0) throw new BadArguments('--image holds no image');
  if (found.length > 1) {
    throw new BadArguments(
      `--image holds ${found.length} images; name one with --series: ${found.map((s) => s.uid).join(', ')}`,
    );
  }
  return found[0];
}

/** Regions of the given names in the order asked for; all regions when none is named. */
function regionsNamed(regions: Study['regions'], names: readonly string[]) {
  if (regions.length === 0) throw new BadArguments('--mask holds no region');
  if (names.length === 0) return regions;
  return [...new Set(names)].flatMap((name) => {
    const found = regions.filter((r) => r.name === name);
    if (found.length > 0) return found;
    throw new BadArguments(`no region named ${name}; there are: ${regions.map((r) => r.name).join(', ')}`);
  });
}
