import { describe, expect, it } from 'vitest';
import { rungOf, technicalVerdict, type BiomarkerCard } from './biomarker-card.ts';
import { CLEAR_ITEMS, clearCounts } from './clear.ts';
import { IBSI_ITEMS, IBSI_SECTIONS } from './ibsi-items.ts';
import type { Answers } from './item.ts';
import { METRICS_ITEMS, metricsScore, USUAL_CONDITIONS } from './metrics.ts';

const yes = { answer: 'yes', evidence: { kind: 'entered', reference: '', text: 'protocol 12' } } as const;

describe('the checklists', () => {
  it.each([
    ['IBSI', IBSI_ITEMS, 76],
    ['METRICS', METRICS_ITEMS, 30],
    ['CLEAR', CLEAR_ITEMS, 58],
  ])('%s has its items in order, each with a text in its script', (_, items, count) => {
    expect(items.map((i) => i.number)).toEqual(Array.from({ length: count }, (_, n) => n + 1));
    for (const { title } of items) {
      expect(title.en).toMatch(/[A-Za-z]/);
      expect(title.ru).toMatch(/[А-Яа-я]/);
      expect(title.zh).toMatch(/\p{Script=Han}/u);
    }
    expect(new Set(items.map((i) => i.title.en)).size).toBe(count);
  });

  it('IBSI sections start at items in order', () => {
    const starts = IBSI_SECTIONS.map((s) => s.number);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('METRICS weights sum to 1 within the rounding of four digits', () => {
    expect(METRICS_ITEMS.reduce((sum, i) => sum + i.weight, 0)).toBeCloseTo(1, 3);
  });

  it('METRICS scores known answers', () => {
    // By hand: items 9 and 17 do not apply, so 1 − 0.0225 − 0.0200 of the weights can be earned.
    const possible = METRICS_ITEMS.reduce((sum, i) => sum + i.weight, 0) - 0.0425;
    const all: Answers = Object.fromEntries(METRICS_ITEMS.map((i) => [i.number, yes]));
    expect(metricsScore(all, USUAL_CONDITIONS)).toMatchObject({ grade: 'excellent', applicable: 28 });
    expect(metricsScore(all, USUAL_CONDITIONS).score).toBeCloseTo(100, 10);
    const some: Answers = { 3: yes, 27: yes, 9: yes, 1: { answer: 'no' } };
    const got = metricsScore(some, USUAL_CONDITIONS);
    expect(got.score).toBeCloseTo((100 * (0.0919 + 0.0749)) / possible, 10);
    expect(got).toMatchObject({ grade: 'very_low', answered: 3 });
    const deep = { ...USUAL_CONDITIONS, automated: true, endToEnd: true };
    expect(metricsScore(some, deep).score).toBeCloseTo(100 * (0.0919 + 0.0749 + 0.0225), 1);
  });

  it('a yes without evidence is no yes', () => {
    const bare: Answers = {
      3: { answer: 'yes' },
      4: { answer: 'yes', evidence: { ...yes.evidence, text: '  ' } },
    };
    expect(metricsScore(bare, USUAL_CONDITIONS)).toMatchObject({ score: 0, answered: 0 });
    expect(clearCounts({ ...bare, 5: yes, 6: { answer: 'na' } })).toEqual({ yes: 1, no: 0, na: 1, open: 56 });
  });
});

describe('a biomarker card', () => {
  const card: BiomarkerCard = {
    name: 'Joint entropy',
    ibsi: 'TU9B',
    modality: 'CT',
    settingsHash: 'abc',
    overrides: [],
  };
  const technical = { study: 'phantom 1' };

  it('needs bias and CoV, both at 15 % or less, before it rises', () => {
    expect([technicalVerdict(card), rungOf(card)]).toEqual([null, 'exploratory']);
    expect(technicalVerdict({ ...card, technical: { ...technical, bias: -15, cov: 15 } })).toBe(true);
    expect(technicalVerdict({ ...card, technical: { ...technical, bias: -15.1, cov: 1 } })).toBe(false);
    expect(technicalVerdict({ ...card, technical: { ...technical, bias: 1 } })).toBe(null);
  });

  it('climbs one rung after the other', () => {
    const good = { ...card, technical: { ...technical, bias: 2, cov: 4 } };
    const validation = { internal: 'A', external: 'B' };
    expect(rungOf(good)).toBe('technical');
    expect(rungOf({ ...good, validation: { internal: 'A', external: '' } })).toBe('internal');
    expect(rungOf({ ...good, validation })).toBe('external');
    expect(rungOf({ ...good, validation: { internal: '', external: 'B' } })).toBe('technical');
    expect(rungOf({ ...card, validation })).toBe('exploratory');
  });
});
