import { readFile } from 'node:fs/promises';
import { RefusedInput } from '../core/refusal.ts';
import type { Engine, FeatureTable, NameScheme } from '../engine/api.ts';
import { createNodeEngine } from '../engine/node.ts';
import { readSettings } from '../engine/settings.ts';
import type { RobustList } from '../statistics/verdict/repeated-table.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { openedPair, regionsNamed, seriesFor } from './choice.ts';
import {
  GATE_FLAGS,
  GATE_OPTIONS,
  gateArguments,
  gateRequest,
  judge,
  withoutNumbers,
  withQc,
} from './gate.ts';
import { exitCodeOf, print, printedFinding, say, SOME_REFUSED } from './output.ts';

const SCHEMES: readonly NameScheme[] = ['ibsi', 'pyradiomics', 'mirp'];

/** Features of the regions of a mask on an image. */
export async function extractCommand(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    gateArguments(args),
    ['image', 'mask', 'region', 'settings', 'names', 'series', 'features', ...GATE_OPTIONS],
    ['csv', 'resample', 'identified', ...GATE_FLAGS],
  );
  const { need, value, all, flags } = parsed;
  const names = (value('names') ?? 'ibsi') as NameScheme;
  if (!SCHEMES.includes(names)) throw new BadArguments(`--names takes one of ${SCHEMES.join(', ')}`);
  const settingsFile = value('settings');
  const engine = createNodeEngine();
  try {
    const asked = await gateRequest(engine, parsed);
    if (asked === 'refused') return SOME_REFUSED;
    const { settings, notes } = await readSettings(settingsFile ? await readFile(settingsFile, 'utf8') : '');
    for (const note of notes) say(`${note.key}: ${note.text.en}`);
    const { image, study, fresh } = await openedPair(engine, need('image'), need('mask'));
    const series = seriesFor(image, value('series'));
    const regions = regionsNamed(fresh, all('region'));
    const robust = await robustList(engine, value('features'));
    const tables = [];
    for (const region of regions) {
      const table = await engine.extract({
        study,
        series: series.uid,
        region: region.id,
        settings,
        resample: flags.has('resample'),
      });
      tables.push(robust ? await filtered(engine, table, robust) : table);
    }
    for (const f of tables.flatMap((t) => t.findings).map(printedFinding))
      say(`${f.severity}  ${f.id}  ${f.message}`);
    const placed = [];
    if (asked)
      for (const { id } of regions)
        placed.push(await engine.placeRegion(study, id, series.uid, { resample: flags.has('resample') }));
    const gate = asked && (await judge(engine, asked, { study, series: series.uid, placed, tables }));
    const shown = tables.map((table, at) => (gate?.numbers[at]!.closed ? withoutNumbers(table) : table));
    const options = {
      names,
      identified: flags.has('identified'),
      ...(gate && { verdicts: gate.numbers.map((n) => n.verdict) }),
    };
    if (flags.has('csv')) process.stdout.write(engine.exportCsv(shown, options));
    else {
      const json = engine.exportJson(shown, options);
      process.stdout.write(`${gate ? withQc(json, gate) : json}\n`);
    }
    const code = exitCodeOf(engine, study);
    return gate?.closed ? SOME_REFUSED : code;
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const file = error.kind === 'settings_invalid' && settingsFile ? settingsFile : need('mask');
    const { sentence, remedy } = engine.explain(error.toRefusal(file));
    say(`refused: ${sentence.en} ${remedy.en}`);
    print({ refused: [{ file, kind: error.kind, message: `${sentence.en} ${remedy.en}` }] });
    return SOME_REFUSED;
  }
}

/** A table of the features on a list alone, with what the list says of its settings and images. */
async function filtered(engine: Engine, table: FeatureTable, robust: RobustList): Promise<FeatureTable> {
  const names = new Set(robust.features);
  const remarks = (await engine.statistics()).robustFindings(robust, table);
  return {
    ...table,
    features: table.features.filter((f) => names.has(f.column)),
    findings: [...table.findings, ...remarks],
  };
}

/** A saved list of robust features; null without one. @throws BadArguments for a file that is none */
async function robustList(engine: Engine, path: string | undefined): Promise<RobustList | null> {
  if (path === undefined) return null;
  const text = await readFile(path, 'utf8').catch(() => '');
  const list = (await engine.statistics()).readRobust(text);
  if (!list)
    throw new BadArguments(`--features ${path} is no list that kinetex repeatability --robust saved`);
  return list;
}
