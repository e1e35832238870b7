import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine, Study } from '../engine/api.ts';
import { releasedFinding } from '../engine/export.ts';
import { inputSeries } from '../engine/kinetics/input-series.ts';
import { motionRow } from '../engine/kinetics/export.ts';
import { wordsOut } from '../engine/study/told.ts';
import type {
  B1Map,
  InputChoice,
  KineticMap,
  KineticResult,
  KineticSettings,
  ShapeResult,
  T1Result,
} from '../engine/kinetics/request.ts';
import { together } from '../engine/quality/verdict.ts';
import { kineticSettingsHash } from '../engine/settings-hash.ts';
import type { Verdict } from '../quality/gate.ts';
import { BadArguments, type Parsed } from './arguments.ts';
import { filesUnder } from './files.ts';
import { gateRequest, judge, pooled, saidBeside, type GateRequest, type Numbers } from './gate.ts';
import { exitCodeOf, print, printedFinding, say, SOME_REFUSED } from './output.ts';

/** Options of `fit --series`. */
export const SERIES_OPTIONS = [
  'series',
  'uid',
  'mask',
  'region',
  'aif',
  'dose',
  'arrival',
  't10',
  't10-blood',
  'tr',
  'flip-angle',
  'relaxivity',
  'haematocrit',
  'delay',
  'baseline',
  'seconds',
  'early',
  'late',
  'threshold',
  'b1',
  't1-method',
  'motion',
  'out',
] as const;

/** Kinetic maps of a dynamic series as NIfTI files, with a summary on stdout. */
export async function fitSeries(
  engine: Engine,
  model: KineticSettings['model'] | 'curve-shape' | 't1' | 'best' | 'motion',
  parsed: Parsed,
): Promise<number> {
  const { flags, need, value } = parsed;
  const out = need('out');
  let study = await engine.open(
    (await filesUnder([need('series')])).map((f) => ({ ...f, use: 'image' as const })),
  );
  for (const option of ['mask', 't10', 'b1'] as const) {
    const path = value(option);
    // A mask in the folder of the series was opened with it.
    if (path === undefined || path === need('series') || (option === 't10' && isNumber(path))) continue;
    const use = option === 'mask' ? ('mask' as const) : ('image' as const);
    study = await engine.open(
      (await filesUnder([option === 'b1' ? path.split('@')[0] : path])).map((f) => ({ ...f, use })),
      { into: study },
    );
  }
  const region = value('mask') === undefined ? null : regionOf(study, value('region'));
  const asked = await gateRequest(engine, parsed);
  if (asked === 'refused') return SOME_REFUSED;
  if (model === 't1') return fitT1(engine, study, region, parsed, asked);
  const series = dynamicSeries(study, value('uid'));
  sayOfSeries(study, series);
  if (model === 'motion') return measureMotion(engine, study, series, region);
  const placed = asked && region !== null ? [await engine.placeRegion(study, region, series)] : [];
  const before = asked && (await judge(engine, asked, { study, series, placed })).numbers[0]!;
  const withhold = (gate: Numbers) => {
    print({ model, series: wordsOut(false).shown(series), results: [], files: {}, qc: gate.printed });
    return SOME_REFUSED;
  };
  if (before?.closed) return withhold(before);
  if (model === 'curve-shape') return fitShapes(engine, study, series, region, parsed, before);
  const proposed = await settingsOf(engine, study, series, parsed);
  const taken: Numbers[] = [];
  if (asked)
    for (const uid of inputSeries(proposed)) {
      taken.push((await judge(engine, asked, { study, series: uid })).numbers[0]!);
      const path = [parsed.value('t10'), parsed.value('b1')?.split('@')[0]].find(
        (p) => p !== undefined && seriesIn(study, p)?.uid === uid,
      );
      const said = path === undefined ? null : await saidBeside(path, asked);
      if (said) taken.push(said);
    }
  if (before && taken.some((n) => n.closed)) return withhold(pooled([before, ...taken]));
  const request = { study, series, region, settings: { ...proposed, ...(model !== 'best' && { model }) } };
  const options = { onProgress: (share: number) => progress(share) };
  const choice = model === 'best' ? await engine.modelChoice(request, options) : undefined;
  const result = choice?.result ?? (await engine.kinetics(request, options));
  // Now there is a fit, which has rules of its own.
  const own = asked && (await judge(engine, asked, { study, series, placed, fitted: result })).numbers[0]!;
  const gate = own && pooled([own, ...taken]);
  if (gate?.closed) return withhold(gate);
  const files = await writeMaps(engine, out, result, gate?.verdict, [
    ['', result.maps],
    ['_error', result.errorMaps],
  ]);
  await writeFile(join(out, 'curves.csv'), engine.kineticsCsv(result, gate?.verdict));
  const summary = engine.kineticsJson(result, gate?.verdict);
  await writeFile(join(out, 'summary.json'), summary);
  if (flags.has('dicom'))
    Object.assign(
      files,
      await writeDicomMaps(engine, study, out, result, gate?.verdict, flags.has('identified')),
    );
  for (const f of result.findings.map(printedFinding)) say(`${f.severity}  ${f.id}  ${f.message}`);
  print({
    ...(JSON.parse(summary) as object),
    ...(choice && { choice: { models: choice.models, voxels: choice.voxels } }),
    files,
    ...(gate && { qc: gate.printed }),
  });
  return exitCodeOf(engine, study);
}

/** How far the patient moved between frames; nothing is written. */
async function measureMotion(
  engine: Engine,
  study: Study,
  series: string,
  region: string | null,
): Promise<number> {
  const { motions, findings, regionName } = await engine.motion(
    { study, series, region },
    { onProgress: progress },
  );
  for (const f of findings.map(printedFinding)) say(`${f.severity}  ${f.id}  ${f.message}`);
  const words = wordsOut(false);
  print({
    series: words.shown(series),
    region: regionName === null ? null : words.shown(regionName),
    motion: motions.map(motionRow),
    findings: findings.map((f) => printedFinding(releasedFinding(f, words))),
  });
  return exitCodeOf(engine, study);
}

/** One DICOM Parametric Map a map; returns their names. */
async function writeDicomMaps(
  engine: Engine,
  study: Study,
  out: string,
  result: KineticResult,
  verdict: Verdict | undefined,
  identified: boolean,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const map of result.maps) {
    const name = `${map.id}.dcm`;
    await writeFile(join(out, name), await engine.mapAsDicom(study, map, result, { verdict, identified }));
    files[`${map.id}_dicom`] = name;
  }
  return files;
}

/** Maps of curve shape: no model, no input. */
async function fitShapes(
  engine: Engine,
  study: Study,
  series: string,
  region: string | null,
  parsed: Parsed,
  gate: Numbers | null,
): Promise<number> {
  const out = parsed.need('out');
  const seconds = parsed.value('seconds');
  const settings = {
    baselineFrames: numberOf(parsed, 'baseline') ?? null,
    early: numberOf(parsed, 'early') ?? null,
    late: numberOf(parsed, 'late') ?? null,
    threshold: numberOf(parsed, 'threshold') ?? 0,
    ...(seconds !== undefined && { seconds: list(seconds) }),
  };
  const result = await engine.curveShapes({ study, series, region, settings });
  const files = await writeMaps(engine, out, result, gate?.verdict, [['', result.maps]]);
  const summary = engine.shapesJson(result, gate?.verdict);
  await writeFile(join(out, 'summary.json'), summary);
  print({ ...(JSON.parse(summary) as object), files, ...(gate && { qc: gate.printed }) });
  return exitCodeOf(engine, study);
}

/** T1 from every series that was opened, or the one that is named. */
async function fitT1(
  engine: Engine,
  study: Study,
  region: string | null,
  parsed: Parsed,
  asked: GateRequest | null,
): Promise<number> {
  const { value } = parsed;
  const uid = value('uid');
  const series = study.series.filter((s) => uid === undefined || s.uid === uid).map((s) => s.uid);
  const method = value('t1-method');
  const known = T1_METHODS.find((m) => m === method);
  if (method !== undefined && !known)
    throw new BadArguments(`--t1-method is one of: ${T1_METHODS.join(', ')}`);
  const b1 = b1Of(study, parsed);
  const from = b1 ? series.filter((s) => s !== b1.series) : series;
  const gates: Numbers[] = [];
  if (asked)
    for (const one of from) {
      const placed = region !== null ? [await engine.placeRegion(study, region, one)] : [];
      gates.push((await judge(engine, asked, { study, series: one, placed })).numbers[0]!);
    }
  const qc = asked && { qc: gates.map((g) => g.printed) };
  if (gates.some((g) => g.closed)) {
    print({ model: 't1', files: {}, ...qc });
    return SOME_REFUSED;
  }
  const result = await engine.t1Maps({
    study,
    series: from,
    region,
    ...(known && { method: known }),
    ...(b1 && { b1 }),
  });
  const verdict = asked ? together(gates.map((g) => g.verdict)) : undefined;
  const files = await writeMaps(engine, parsed.need('out'), result, verdict, [['', result.maps]]);
  print({
    protocol: result.protocol,
    counts: result.counts,
    settingsHash: kineticSettingsHash(result),
    qcHash: verdict?.qcHash ?? '',
    files,
    ...qc,
  });
  return exitCodeOf(engine, study);
}

/** One NIfTI file a map, with a JSON file beside each; returns the names of the maps. */
async function writeMaps(
  engine: Engine,
  out: string,
  made: KineticResult | ShapeResult | T1Result,
  verdict: Verdict | undefined,
  kinds: readonly (readonly [suffix: string, maps: readonly KineticMap[]])[],
): Promise<Record<string, string>> {
  await mkdir(out, { recursive: true });
  const files: Record<string, string> = {};
  for (const [suffix, maps] of kinds)
    for (const map of maps) {
      const name = `${map.id}${suffix}.nii.gz`;
      await writeFile(join(out, name), engine.mapAsNifti(map));
      await writeFile(join(out, `${map.id}${suffix}.json`), engine.mapSidecar(map, made, verdict));
      files[`${map.id}${suffix}`] = name;
    }
  return files;
}

let last = 0;
function progress(share: number): void {
  const percent = Math.floor(10 * share) * 10;
  if (percent > last) say(`${(last = percent)} %`);
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

function numberOf({ value }: Parsed, option: string): number | undefined {
  const text = value(option);
  if (text === undefined) return undefined;
  if (!isNumber(text)) throw new BadArguments(`--${option} is a number, not "${text}"`);
  return Number(text);
}

/** What the headers propose, and what the person said instead. */
async function settingsOf(
  engine: Engine,
  study: Study,
  series: string,
  parsed: Parsed,
): Promise<KineticSettings> {
  const proposed = engine.proposeKinetics(study, series);
  const number = (option: string) => numberOf(parsed, option);
  const input = await inputChoice(study, proposed, parsed);
  const { signal } = proposed;
  const t10 = parsed.value('t10');
  const map = t10 !== undefined && !isNumber(t10);
  const mapSeries = map ? seriesIn(study, t10) : undefined;
  if (map && !mapSeries) throw new BadArguments(`--t10 ${t10} holds no image`);
  const b1 = b1Of(study, parsed);
  const motion = parsed.value('motion');
  if (motion !== undefined && motion !== 'correct')
    throw new BadArguments('--motion is: correct (to measure it: --model motion)');
  const delay = parsed.value('delay');
  return {
    ...proposed,
    input,
    haematocrit: number('haematocrit') ?? proposed.haematocrit,
    delay:
      delay === 'fit'
        ? { lower: -10, upper: 10 }
        : (number('delay') ??
          (input.kind === 'population' && input.arrival === null ? { lower: -10, upper: 10 } : 0)),
    signal:
      signal.kind === 'spoiled-gradient-echo'
        ? {
            ...signal,
            repetitionTime: milliseconds(number('tr')),
            flipAngle: number('flip-angle') ?? null,
            relaxivity: number('relaxivity') ?? signal.relaxivity,
          }
        : signal,
    t1: {
      tissue: mapSeries
        ? { kind: 'map', series: mapSeries.uid, unit: 'ms' }
        : { kind: 'fixed', seconds: number('t10') ?? fixedOf(proposed) },
      blood: number('t10-blood') ?? proposed.t1.blood,
    },
    ...(b1 && { b1 }),
    ...(motion === 'correct' && { correctMotion: true }),
    baselineFrames: number('baseline') ?? null,
    ...(parsed.value('seconds') !== undefined && { seconds: list(parsed.need('seconds')) }),
  };
}

/** The series that a path of the command line brought in. */
const seriesIn = (study: Study, path: string) =>
  study.series.find((s) => s.files.some((f) => path.endsWith(f) || f.endsWith(path)));

/** A B1 map as factors, or in per cent when `@%` follows its name. */
function b1Of(study: Study, parsed: Parsed): B1Map | undefined {
  const path = parsed.value('b1');
  if (path === undefined) return undefined;
  const [file, unit = 'factor'] = path.split('@');
  if (unit !== 'factor' && unit !== '%') throw new BadArguments('--b1 is MAP or MAP@%');
  const found = seriesIn(study, file);
  if (!found) throw new BadArguments(`--b1 ${file} holds no image`);
  return { series: found.uid, unit };
}

const T1_METHODS = ['nonlinear', 'linear', 'weighted', 'inversion-recovery', 'saturation-recovery'] as const;

const milliseconds = (ms: number | undefined): number | null => (ms === undefined ? null : ms / 1000);
const fixedOf = ({ t1 }: KineticSettings): number => (t1.tissue.kind === 'fixed' ? t1.tissue.seconds : 1);

function list(text: string): number[] {
  const numbers = text.split(/[\s,;]+/).map(Number);
  if (numbers.some((n) => !Number.isFinite(n))) throw new BadArguments('--seconds is a list such as 0,5,10');
  return numbers;
}

async function inputChoice(study: Study, proposed: KineticSettings, parsed: Parsed): Promise<InputChoice> {
  const aif = parsed.value('aif');
  if (aif === undefined) return proposed.input;
  const numbers = { dose: numberOf(parsed, 'dose') ?? 1, arrival: numberOf(parsed, 'arrival') ?? null };
  if (aif === 'auto') return { kind: 'automatic' };
  if (aif.startsWith('region:'))
    return { kind: 'region', region: regionOf(study, aif.slice('region:'.length)) };
  if (!/[./\\]/.test(aif)) return { kind: 'population', id: aif, ...numbers };
  try {
    return { kind: 'table', name: aif, text: await readFile(aif, 'utf8') };
  } catch (error) {
    throw new BadArguments(`--aif ${aif}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What is wrong with the series itself, such as frames that were left out. */
function sayOfSeries(study: Study, uid: string): void {
  const { findings = [] } = study.series.find((s) => s.uid === uid) ?? {};
  for (const f of findings.filter((x) => ['block', 'fail', 'warn'].includes(x.severity)).map(printedFinding))
    say(`${f.severity}  ${f.id}  ${f.message}`);
}

function dynamicSeries(study: Study, uid: string | undefined): string {
  const found = study.series.filter((s) => (uid === undefined ? s.size[3] > 1 : s.uid === uid));
  if (found.length === 1) return found[0].uid;
  // The only series there is: what it lacks is said by the fit that refuses it.
  if (found.length === 0 && study.series.length === 1 && uid === undefined) return study.series[0].uid;
  throw new BadArguments(
    `--series holds ${found.length} series over time; name one with --uid: ${study.series.map((s) => s.uid).join(', ')}`,
  );
}

function regionOf(study: Study, name: string | undefined): string {
  const found = study.regions.filter((r) => name === undefined || r.name === name);
  if (found.length === 1) return found[0].id;
  throw new BadArguments(
    `there are ${found.length} such regions (${study.regions.map((r) => r.name).join(', ') || 'none'}); name one`,
  );
}
