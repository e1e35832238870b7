import { readFile, writeFile } from 'node:fs/promises';
import type { Language } from '../core/localised.ts';
import { RefusedInput } from '../core/refusal.ts';
import { createNodeEngine } from '../engine/node.ts';
import { readSettings } from '../engine/settings.ts';
import { overrideOf } from './gate.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { openedPair, regionsNamed, seriesFor } from './choice.ts';
import { exitCodeOf, print, say, SOME_REFUSED } from './output.ts';

const LANGUAGES: readonly Language[] = ['en', 'ru', 'zh'];

/** A report of an image and its regions as one HTML file, and the same as JSON beside it. */
export async function reportCommand(args: readonly string[]): Promise<number> {
  const { need, value, all, flags } = readArguments(
    args,
    ['image', 'mask', 'region', 'settings', 'series', 'out', 'language', 'override', 'role'],
    ['identified', 'resample'],
  );
  const language = LANGUAGES.find((l) => l === (value('language') ?? 'en'));
  if (!language) throw new BadArguments(`--language takes one of ${LANGUAGES.join(', ')}`);
  const out = need('out');
  if (!/\.html?$/i.test(out)) throw new BadArguments('--out names an HTML file: its name ends in .html');
  const override = overrideOf(value('override'), value('role'));
  const settingsFile = value('settings');
  const engine = createNodeEngine();
  try {
    const { settings, notes } = await readSettings(settingsFile ? await readFile(settingsFile, 'utf8') : '');
    for (const note of notes) say(`${note.key}: ${note.text.en}`);
    const { image, study, fresh } = await openedPair(engine, need('image'), need('mask'));
    const series = seriesFor(image, value('series')).uid;
    const resample = flags.has('resample');
    const tables = [];
    for (const { id: region } of regionsNamed(fresh, all('region')))
      tables.push({ region, table: await engine.extract({ study, series, region, settings, resample }) });
    const selfTest = await engine.selfTest();
    const made = await engine.report(
      { study, series, tables, selfTest, ...(override && { override }) },
      { language, identified: flags.has('identified') },
    );
    const json = out.replace(/\.html?$/i, '.json');
    await writeFile(out, made.html);
    await writeFile(json, made.json);
    const { content } = made;
    const states = (['filled', 'not_done', 'not_applicable', 'entered', 'missing'] as const).map((state) => [
      state,
      content.ibsi.filter((i) => i.state === state).length,
    ]);
    print({
      files: [out, json],
      verdict: content.verdict,
      regions: content.regions.map((r) => ({
        region: r.region,
        features: r.features.length,
        withheld: r.withheld,
        verdict: r.verdict,
        settingsHash: r.settingsHash,
        qcHash: r.qcHash,
      })),
      ibsi: Object.fromEntries(states),
    });
    return exitCodeOf(engine, study);
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const file = error.kind === 'settings_invalid' && settingsFile ? settingsFile : need('mask');
    const { sentence, remedy } = engine.explain(error.toRefusal(file));
    say(`refused: ${sentence.en} ${remedy.en}`);
    print({ files: [], refused: [{ file, kind: error.kind, message: `${sentence.en} ${remedy.en}` }] });
    return SOME_REFUSED;
  }
}
