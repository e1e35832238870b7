import { readFile, writeFile } from 'node:fs/promises';
import { RefusedInput } from '../core/refusal.ts';
import { createNodeEngine } from '../engine/node.ts';
import { readSettings } from '../engine/settings.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { openedPair, regionsNamed, seriesFor } from './choice.ts';
import { exitCodeOf, print, say, SOME_REFUSED } from './output.ts';
import { iccForm, withSentences } from './statistics.ts';

const RANGES = ['noise', 'rotation', 'translation', 'volume', 'contour', 'filter'] as const;
const OPTIONS = [
  'image',
  'mask',
  'region',
  'settings',
  'series',
  'runs',
  'seed',
  'spacings',
  'icc',
  'table',
  'robust',
];

/** Features of regions under repeated small changes; the verdict of each feature as JSON. */
export async function perturbCommand(args: readonly string[]): Promise<number> {
  const { paths, need, value, all, flags } = readArguments(
    args,
    [...OPTIONS, ...RANGES],
    ['resample', 'true-zero'],
  );
  if (paths.length > 0) throw new BadArguments(`unknown argument ${paths[0]}`);
  const number = (name: string, otherwise: number) => {
    const text = value(name);
    if (text === undefined) return otherwise;
    if (text.trim() === '' || Number.isNaN(Number(text))) throw new BadArguments(`--${name} takes a number`);
    return Number(text);
  };
  const engine = createNodeEngine();
  const settingsFile = value('settings');
  try {
    const { settings, notes } = await readSettings(settingsFile ? await readFile(settingsFile, 'utf8') : '');
    for (const note of notes) say(`${note.key}: ${note.text.en}`);
    const defaults = await engine.perturbationDefaults();
    const ranges = {
      ...defaults,
      ...Object.fromEntries(RANGES.map((name) => [name, number(name, defaults[name])])),
      spacings: (value('spacings') ?? '')
        .split(',')
        .filter((part) => part.trim() !== '')
        .map(Number),
    };
    const { image, study, fresh } = await openedPair(engine, need('image'), need('mask'));
    const done = await engine.perturbationStudy({
      study,
      series: seriesFor(image, value('series')).uid,
      regions: regionsNamed(fresh, all('region')).map((r) => r.id),
      settings,
      ranges,
      runs: number('runs', 30),
      seed: number('seed', 1),
      resample: flags.has('resample'),
      statistics: { icc: iccForm(value('icc')), trueZero: flags.has('true-zero') },
    });
    const table = value('table');
    if (table !== undefined) await writeFile(table, done.csv);
    const robust = value('robust');
    if (robust !== undefined) await writeFile(robust, `${JSON.stringify(done.report.robust, null, 2)}\n`);
    const statistics = await engine.statistics();
    const { csv: _, report, ...rest } = done;
    print({
      ...rest,
      report: { ...report, features: report.features.map((f) => withSentences(statistics, f)) },
      refused: [],
    });
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
