import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../core/dicom.ts';
import { pieces, searchLines, shownTag, tagLines, valueText } from './lines.ts';
import { loadNames } from './names.ts';

const file: Attributes = {
  '00100010': { vr: 'PN', length: 4, text: 'A^B' },
  '00081140': {
    vr: 'SQ',
    length: 99,
    items: [
      { '00081155': { vr: 'UI', length: 3, text: '1.2' }, '00081150': { vr: 'UI', length: 3, text: '9.9' } },
      { '0040A730': { vr: 'SQ', length: 9, items: [{ '00080100': { vr: 'SH', length: 4, text: 'DEEP' } }] } },
    ],
  },
};

describe('the lines of the tag browser', () => {
  it('stand in the order of tags, items under their sequence', () => {
    expect(tagLines(file).map((l) => [l.depth, l.tag || `item ${l.item}`])).toEqual([
      [0, '00081140'],
      [1, 'item 1'],
      [1, '00081150'],
      [1, '00081155'],
      [1, 'item 2'],
      [1, '0040A730'],
      [2, 'item 1'],
      [2, '00080100'],
      [0, '00100010'],
    ]);
  });

  it('have ids of their own', () => {
    const ids = tagLines(file).map((l) => l.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('survive a file nested a thousand deep', () => {
    let deep: Attributes = { '00080060': { vr: 'CS', length: 2, text: 'CT' } };
    for (let i = 0; i < 1000; i++) deep = { '00081140': { vr: 'SQ', length: 1, items: [deep] } };
    expect(tagLines(deep).length).toBeLessThan(100);
  });

  it('show numbers, tags and bytes as text', () => {
    expect(valueText({ vr: 'US', length: 4, numbers: [512, 3] })).toBe('512\\3');
    expect(valueText({ vr: 'AT', length: 4, numbers: [0x00280010] })).toBe('(0028,0010)');
    expect(valueText({ vr: 'UN', length: 3, bytes: new Uint8Array([0, 171, 255]) })).toBe('00 ab ff');
    expect(valueText({ vr: 'OW', length: 1 << 20 })).toBe('');
    expect(shownTag('7FE00010')).toBe('(7FE0,0010)');
    expect(shownTag('__proto__')).toBe('__proto__');
  });

  it('are found by tag, name and value, with the sequences around them', () => {
    const lines = tagLines(file);
    const name = (tag: string) => (tag === '00100010' ? 'Patient’s Name' : '');
    const found = (query: string) => searchLines(lines, query, name).map((l) => l.tag || `item ${l.item}`);
    expect(found('(0010,0010)')).toEqual(['00100010']);
    expect(found('patient')).toEqual(['00100010']);
    expect(found('deep')).toEqual(['00081140', 'item 2', '0040A730', 'item 1', '00080100']);
    expect(found('')).toHaveLength(lines.length);
    expect(found('absent')).toEqual([]);
  });
});

describe('text of files', () => {
  const shown = (text: string) => pieces(text).map((p) => (p.mark ? `[${p.text}]` : p.text));

  it('stays as it is when nothing hides in it', () => {
    expect(shown('<b>Иванов^山田 é 👩</b>')).toEqual(['<b>Иванов^山田 é 👩</b>']);
  });

  it('shows controls, zero-width and direction marks by name', () => {
    expect(shown('a\u0000b\u202egnp.exe\u200b\r\n\tc')).toEqual([
      'a',
      '[U+0000]',
      'b',
      '[U+202E]',
      'gnp.exe',
      '[U+200B]',
      '[␍]',
      '[⏎]',
      '[⇥]',
      'c',
    ]);
    expect(shown('\u{e0041}\u2066x\ufeff')).toEqual(['[U+E0041]', '[U+2066]', 'x', '[U+FEFF]']);
  });
});

it('names come from the standard; private and unknown tags have none', async () => {
  const name = await loadNames();
  expect(name('00280010')).toBe('Rows');
  expect(name('00020010')).toBe('Transfer Syntax UID');
  expect(name('00100010')).toBe('Patient’s Name');
  expect(name('60023000')).toBe('Overlay Data');
  expect(name('00291010')).toBe('');
  expect(name('__proto__')).toBe('');
});

it('padding to an even length is no content, more than that is shown', () => {
  expect(valueText({ vr: 'UI', length: 4, text: '1.2\0' })).toBe('1.2');
  expect(valueText({ vr: 'LO', length: 4, text: 'ab\0\0' })).toBe('ab\0');
});
