import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusedInput } from '../core/refusal.ts';
import { createNodeEngine } from '../engine/node.ts';
import { readSettings } from '../engine/settings.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { openedPair, regionsNamed, seriesFor } from './choice.ts';
import { GATE_FLAGS, GATE_OPTIONS, gateArguments, gateRequest, judge, type Gate } from './gate.ts';
import { exitCodeOf, print, printedFinding, printedRefusals, say, SOME_REFUSED } from './output.ts';

const FORMATS = ['seg', 'rtstruct', 'nifti', 'nrrd', 'sr'] as const;

/** Regions of a mask written on the grid of an image, in another format; `sr`: their features as a structured report. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    gateArguments(args),
    ['image', 'mask', 'region', 'series', 'format', 'out', 'settings', ...GATE_OPTIONS],
    ['identified', 'separate', 'resample', ...GATE_FLAGS],
  );
  const { need, value, all, flags } = parsed;
  const format = FORMATS.find((f) => f === need('format'));
  if (!format) throw new BadArguments(`--format takes one of ${FORMATS.join(', ')}`);
  if (format !== 'sr' && flags.has('qc'))
    throw new BadArguments('--qc goes with --format sr: the other formats hold no numbers');
  const out = need('out');
  const settingsFile = value('settings');
  const engine = createNodeEngine();
  try {
    const asked = await gateRequest(engine, parsed);
    if (asked === 'refused') return SOME_REFUSED;
    const { image, study, fresh } = await openedPair(engine, need('image'), need('mask'));
    const series = seriesFor(image, value('series')).uid;
    const regions = regionsNamed(fresh, all('region'));
    const options = { series, identified: flags.has('identified'), resample: flags.has('resample') };
    let made;
    let gate: Gate | null = null;
    if (format === 'sr') {
      const { settings } = await readSettings(settingsFile ? await readFile(settingsFile, 'utf8') : '');
      const tables = [];
      for (const { id: region } of regions) {
        const table = await engine.extract({ study, series, region, settings, resample: options.resample });
        tables.push({ region, table });
      }
      if (asked) {
        const placed = [];
        for (const { id } of regions) placed.push(await engine.placeRegion(study, id, series, options));
        gate = await judge(engine, asked, { study, series, placed, tables: tables.map((t) => t.table) });
      }
      const numbers = gate?.numbers;
      const open = tables.flatMap((t, at) =>
        numbers?.[at]!.closed ? [] : [{ ...t, ...(numbers && { verdict: numbers[at]!.verdict }) }],
      );
      if (open.length === 0) {
        print({ files: [], findings: [], refused: [], qc: numbers!.map((n) => n.printed) });
        return SOME_REFUSED;
      }
      made = await engine.exportReport(study, open, options);
    } else {
      const ids = regions.map((r) => r.id);
      const separate = flags.has('separate');
      made = await engine.exportRegions(study, ids, format, { ...options, separate });
    }
    await mkdir(out, { recursive: true });
    for (const { name, bytes } of made.files) await writeFile(join(out, name), bytes);
    const findings = made.findings.map(printedFinding);
    for (const f of findings) say(`${f.severity}  ${f.id}  ${f.message}`);
    const refused = made.refused.map((r) => {
      const { sentence, remedy } = engine.explain(r);
      return { file: r.file, kind: r.kind, message: `${sentence.en} ${remedy.en}` };
    });
    for (const r of refused) say(`refused ${r.file}: ${r.message}`);
    print({
      files: made.files.map(({ name, bytes, holds }) => ({ name, bytes: bytes.length, regions: holds })),
      findings,
      refused: [...refused, ...printedRefusals(engine, study)],
      ...(gate && { qc: gate.numbers.map((n) => n.printed) }),
    });
    const written = made.files.flatMap((f) => f.holds).length > 0;
    const left =
      gate?.closed || refused.length > 0 || findings.some((f) => f.severity === 'block') || !written;
    return left ? SOME_REFUSED : exitCodeOf(engine, study);
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal(need('mask')));
    say(`refused: ${sentence.en} ${remedy.en}`);
    print({
      files: [],
      findings: [],
      refused: [{ file: need('mask'), kind: error.kind, message: `${sentence.en} ${remedy.en}` }],
    });
    return SOME_REFUSED;
  }
}
