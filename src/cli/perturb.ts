import { readFile, writeFile } from 'node:fs/promises';
import { RefusedInput } from '../core/refusal.ts';
import { createNodeEngine } from '../engine/node.ts';
import { robustWith, saidOf, withVerdicts } from '../engine/repeatability/export.ts';
import { readSettings } from '../engine/settings.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { openedPair, regionsNamed, seriesFor } from './choice.ts';
import { GATE_FLAGS, GATE_OPTIONS, gateArguments, gateRequest, judgeRegions, sayPooled } from './gate.ts';
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
  const parsed = readArguments(
    gateArguments(args),
    [...OPTIONS, ...RANGES, ...GATE_OPTIONS],
    ['resample', 'true-zero', ...GATE_FLAGS],
  );
  const { paths, need, value, all, flags } = parsed;
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
    const asked = await gateRequest(engine, parsed);
    if (asked === 'refused') return SOME_REFUSED;
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
    const of = {
      study,
      series: seriesFor(image, value('series')).uid,
      regions: regionsNamed(fresh, all('region')).map((r) => r.id),
      settings,
      resample: flags.has('resample'),
    };
    const gate = asked && (await judgeRegions(engine, asked, of));
    const qc = gate && { qc: gate.numbers.map((n) => n.printed) };
    const verdicts = of.regions.map((_, at) => gate?.numbers[at]!.verdict ?? null);
    const said = saidOf(settings, verdicts);
    if (gate?.closed) {
      sayPooled(of.regions.length);
      print({ ...said, perturbations: [], report: { features: [] }, refused: [], ...qc });
      return SOME_REFUSED;
    }
    const done = await engine.perturbationStudy({
      ...of,
      ranges,
      runs: number('runs', 30),
      seed: number('seed', 1),
      statistics: { icc: iccForm(value('icc')), trueZero: flags.has('true-zero') },
    });
    const table = value('table');
    if (table !== undefined) await writeFile(table, withVerdicts(done.csv, settings, verdicts));
    const robust = value('robust');
    const list = robustWith(done.report.robust, said);
    if (robust !== undefined) await writeFile(robust, `${JSON.stringify(list, null, 2)}\n`);
    const statistics = await engine.statistics();
    const { csv: _, report, ...rest } = done;
    print({
      ...rest,
      ...said,
      report: {
        ...report,
        robust: list,
        features: report.features.map((f) => withSentences(statistics, f)),
      },
      refused: [],
      ...qc,
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
