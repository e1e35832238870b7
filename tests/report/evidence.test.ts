import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, FeatureTable, Study } from '../../src/engine/api.ts';
import { createNodeEngine } from '../../src/engine/node.ts';
import type { Report, ReportRequest } from '../../src/engine/report/request.ts';
import { DEFAULT_SETTINGS } from '../../src/radiomics/settings.ts';
import { CLEAR_ITEMS } from '../../src/report/checklists/clear.ts';
import type { Answers, Evidence } from '../../src/report/checklists/item.ts';
import { METRICS_ITEMS, USUAL_CONDITIONS } from '../../src/report/checklists/metrics.ts';
import { markedStudy } from '../end-to-end/marked-study.ts';

// No yes without evidence: whatever is answered, a yes of the report points at something that is in it.

const settings = { ...DEFAULT_SETTINGS, families: ['intensity_statistics'] } as typeof DEFAULT_SETTINGS;
/** The same answer to every item. */
const all = (items: readonly { readonly number: number }[], evidence?: Evidence): Answers =>
  Object.fromEntries(items.map((i) => [i.number, { answer: 'yes', ...(evidence && { evidence }) }]));

describe('answers of the checklists', () => {
  let engine: Engine;
  let study: Study;
  let series: string;
  let tables: { region: string; table: FeatureTable }[];
  beforeAll(async () => {
    engine = createNodeEngine();
    const files = markedStudy('Chest', ['Lesion', 'Node']);
    study = await engine.open(files.map((f) => ({ path: f.name, content: Uint8Array.from(f.buffer) })));
    series = study.series[0].uid;
    tables = [];
    for (const { id: region } of study.regions)
      tables.push({ region, table: await engine.extract({ study, series, region, settings }) });
  }, 120_000);
  const made = (metrics: Answers, clear: Answers, more: Partial<ReportRequest> = {}): Promise<Report> =>
    engine.report({
      study,
      series,
      tables,
      pictures: false,
      override: { reason: 'test', role: 'tester' },
      metrics: { answers: metrics, conditions: USUAL_CONDITIONS },
      clear,
      ...more,
    });
  const yeses = ({ content }: Report) =>
    [...content.metrics!.items, ...content.clear!].filter((i) => i.answer === 'yes');

  it.each<readonly [string, Evidence | undefined]>([
    ['nothing', undefined],
    ['an empty word', { kind: 'entered', reference: '', text: ' \t' }],
    ['a series that is not there', { kind: 'series', reference: 'Series 9', text: 'protocol' }],
    ['regions that are not there', { kind: 'region', reference: 'Lesion', text: 'drawn' }],
    ['other settings', { kind: 'settings', reference: 'ab'.repeat(32), text: 'FBN' }],
    ['settings without a hash', { kind: 'settings', reference: '', text: 'FBN' }],
    ['a self-test that was not run', { kind: 'self-test', reference: 'k', text: '100 / 100' }],
  ])('a yes to every item that rests on %s is none', async (_, evidence) => {
    const report = await made(all(METRICS_ITEMS, evidence), all(CLEAR_ITEMS, evidence));
    expect(yeses(report)).toEqual([]);
    expect(report.content.metrics!.score).toMatchObject({ score: 0, answered: 0 });
    expect(report.content.clear!).toHaveLength(58);
  });

  it('what the report proves itself is a yes, linked to where it stands', async () => {
    const selfTest = await engine.selfTest();
    const { content } = await made({}, {}, { selfTest });
    const { draftAnswers } = await engine.reportChecklists();
    const drafts = draftAnswers(content);
    const report = await made(drafts.metrics, drafts.clear, { selfTest });
    expect(yeses(report).length).toBeGreaterThan(8);
    expect(yeses(report).map((i) => i.number)).toEqual([
      ...Object.keys(drafts.metrics).map(Number),
      ...Object.keys(drafts.clear).map(Number),
    ]);
    for (const { number, evidence } of yeses(report)) {
      expect(evidence?.text.trim(), String(number)).toBeTruthy();
      expect(evidence!.kind, String(number)).not.toBe('entered');
    }
    const links = [...report.html.matchAll(/<a class="quiet" href="#([a-z]+)"/g)].map((m) => m[1]);
    expect(links).toHaveLength(yeses(report).length);
    for (const id of new Set(links)) expect(report.html).toContain(`<section id="${id}">`);
  });

  it('drafts of another report are none here: other settings, or a self-test that failed', async () => {
    const selfTest = await engine.selfTest();
    const { content } = await made({}, {}, { selfTest });
    const { metrics } = (await engine.reportChecklists()).draftAnswers(content);
    const binned = { ...settings, discretisation: { ...settings.discretisation, bins: 16 } };
    const others = [];
    for (const { region } of tables)
      others.push({ region, table: await engine.extract({ study, series, region, settings: binned }) });
    const changed = await made(metrics, {}, { tables: others, selfTest: { ...selfTest, failed: 1 } });
    const numbers = yeses(changed).map((i) => i.number);
    expect(Object.keys(metrics).map(Number)).toEqual(expect.arrayContaining([8, 12, 13]));
    // The regions are the same; the settings and the self-test are not.
    expect(numbers).toContain(8);
    expect(numbers).not.toContain(12);
    expect(numbers).not.toContain(13);
  });

  it('the 76 items of IBSI: known ones say what is known, and none is known without numbers', async () => {
    const { content } = await made({}, {});
    expect(content.ibsi).toHaveLength(76);
    const states = ['filled', 'not_done', 'not_applicable', 'entered', 'missing'];
    for (const { number, state, value } of content.ibsi) {
      expect(states).toContain(state);
      expect(value.trim() !== '', `item ${number}, ${state}`).toBe(state !== 'missing');
    }
    const bare = await made({}, {}, { tables: [] });
    const known = bare.content.ibsi.filter((i) => i.state === 'filled').map((i) => i.number);
    // Segmentation, chain and features (48 to 71) are facts of an extraction; only the program itself is known before.
    expect(known.filter((n) => n >= 48 && n !== 61)).toEqual([]);
    const self = (n: number) => content.ibsi.find((i) => i.number === n)!.state;
    // Compliance rests on the self-test alone, robustness and the study as a whole on what a person says.
    expect([59, 60, 72, 73, 74, 75, 76].map(self)).toEqual(Array.from({ length: 7 }, () => 'missing'));
  });
});
