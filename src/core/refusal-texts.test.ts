import { describe, expect, it } from 'vitest';
import { explainRefusal, REFUSAL_TEXTS } from './refusal-texts.ts';
import { REFUSAL_KINDS } from './refusal.ts';

const marks = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('texts of refusals', () => {
  it('are at most 25 kinds, each with a text', () => {
    expect(REFUSAL_KINDS.length).toBeLessThanOrEqual(25);
    expect(Object.keys(REFUSAL_TEXTS).sort()).toEqual([...REFUSAL_KINDS].sort());
  });

  it.each(REFUSAL_KINDS)('%s names the file in every language, and the same facts', (kind) => {
    const { sentence, remedy } = REFUSAL_TEXTS[kind];
    for (const s of [sentence.en, sentence.ru, sentence.zh]) expect(marks(s)).toEqual(['file']);
    for (const r of [remedy.en, remedy.ru, remedy.zh]) expect(marks(r)).toEqual([]);
    expect(remedy.ru).toMatch(/[а-я]/);
    expect(remedy.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it('tells the facts behind the sentence', () => {
    const facts = { attribute: 'Rows (0028,0010)', expected: '1 … 65535', received: 0 };
    const { sentence } = explainRefusal({ kind: 'inconsistent_attributes', file: 'a.dcm', facts });
    expect(sentence.en).toBe('a.dcm contradicts itself. (Rows (0028,0010); expected: 1 … 65535; found: 0)');
    expect(sentence.zh).toContain('应为: 1 … 65535');
  });

  it('names the file that is missing beside a header', () => {
    const facts = { name: 'scan.raw' };
    const { sentence } = explainRefusal({ kind: 'detached_data_missing', file: 'scan.nhdr', facts });
    for (const told of Object.values(sentence)) expect(told).toContain('scan.raw');
  });

  it('keeps a hostile file name as it is, and fills no mark from it', () => {
    const { sentence } = explainRefusal({ kind: 'empty_file', file: '{remedy}<b>', facts: {} });
    expect(sentence.en).toBe('{remedy}<b> is empty.');
  });
});
