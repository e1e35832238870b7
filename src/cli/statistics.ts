import { readFile, writeFile } from 'node:fs/promises';
import { fill } from '../core/localised.ts';
import { createNodeEngine } from '../engine/node.ts';
import { robustWith } from '../engine/repeatability/export.ts';
import type { Statistics } from '../engine/statistics.ts';
import type { IccForm } from '../statistics/agreement/icc.ts';
import type { NoValue } from '../statistics/outcome.ts';
import type { UnreadableTable } from '../statistics/verdict/repeated-table.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { printedCarried } from './carried.ts';
import { DONE, print, say, SOME_REFUSED } from './output.ts';

const FORMS: readonly IccForm[] = ['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)'];

/** @throws BadArguments for a name that is none */
export function iccForm(name = 'ICC(2,1)'): IccForm {
  const form = FORMS.find((f) => f === name);
  if (!form) throw new BadArguments(`--icc is one of: ${FORMS.join(', ')}`);
  return form;
}

/** Verdict table of repeated measurements; `--robust FILE.json` saves the list of features that may be kept. */
export async function repeatabilityCommand(args: readonly string[]): Promise<number> {
  const { paths, value, flags } = readArguments(args, ['truth', 'icc', 'robust'], ['true-zero']);
  const [path] = paths;
  if (path === undefined || paths.length !== 1) throw new BadArguments('name one FILE.csv');
  const icc = iccForm(value('icc'));
  const statistics = await createNodeEngine().statistics();
  const truth = value('truth');
  const text = await textOf(path);
  const report = statistics.repeatability(text, {
    icc,
    trueZero: flags.has('true-zero'),
    ...(truth !== undefined && { truth }),
  });
  if ('problem' in report) return refuse(statistics, path, report);
  const carried = statistics.carried(text);
  const robust = robustWith(report.robust, carried);
  const save = value('robust');
  if (save !== undefined) await writeFile(save, `${JSON.stringify(robust, null, 2)}\n`);
  const { features, ...rest } = report;
  print({
    ...rest,
    robust,
    features: features.map((f) => withSentences(statistics, f)),
    ...printedCarried(carried),
    refused: [],
  });
  return DONE;
}

/** One method of the registry on each file. */
export async function statisticsCommand(args: readonly string[]): Promise<number> {
  const { paths } = readArguments(args, []);
  const statistics = await createNodeEngine().statistics();
  const [id, ...files] = paths;
  const method = statistics.methods.find((m) => m.id === id);
  if (!method) throw new BadArguments(`METHOD is one of: ${statistics.methods.map((m) => m.id).join(', ')}`);
  if (files.length === 0) throw new BadArguments('name a FILE.csv');
  const results = [];
  const refused = [];
  for (const file of files) {
    const text = await textOf(file);
    const result = statistics.run(method.id, text);
    const message =
      isObject(result) && ('problem' in result || 'noValue' in result) ? sentence(statistics, result) : null;
    if (message === null)
      results.push({
        file,
        value: withSentences(statistics, result),
        ...printedCarried(statistics.carried(text), file),
      });
    else {
      say(`refused ${file}: ${message}`);
      const kind =
        isObject(result) && ('problem' in result ? result.problem : (result as unknown as NoValue).noValue);
      refused.push({ file, kind, message });
    }
  }
  print({ method: method.id, label: method.label.en, source: method.source, results, refused });
  return refused.length > 0 ? SOME_REFUSED : DONE;
}

function refuse(statistics: Statistics, file: string, unreadable: UnreadableTable): number {
  const message = sentence(statistics, unreadable);
  say(`refused ${file}: ${message}`);
  print({ features: [], refused: [{ file, kind: unreadable.problem, message }] });
  return SOME_REFUSED;
}

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null;

function sentence(statistics: Statistics, outcome: object): string {
  if ('problem' in outcome) {
    const { problem, facts } = outcome as UnreadableTable;
    return fill(statistics.explainTable(problem).en, facts);
  }
  return statistics.explain((outcome as NoValue).noValue).en;
}

/** Every missing value, however deep, beside its sentence. */
export function withSentences(statistics: Statistics, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((v) => withSentences(statistics, v));
  if (!isObject(value)) return value;
  if ('noValue' in value) return { ...value, message: sentence(statistics, value) };
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withSentences(statistics, v)]));
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new BadArguments(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
